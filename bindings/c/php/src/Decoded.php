<?php

declare(strict_types=1);

namespace Wxkf;

use FFI;
use Wxkf\Internal\Call;
use Wxkf\Internal\Value;

/** A message of which nothing was verified. */
final class Decoded
{
    private function __construct(
        public readonly Format $format,
        /** @var array<string, mixed> as Received::inbound() */
        public readonly array $inbound,
        /** `format` and `inbound` as the JSON text. */
        public readonly string $json,
        /** Everything that is in the message, as the JSON text. */
        public readonly string $treeJson,
    ) {
    }

    /**
     * Decodes a message that came through another gate, such as a cloud function (云函数), and so has no signature.
     * **Nothing is verified.** Never use it for what anybody can post.
     */
    public static function unverified(string $body): self
    {
        $call = new Call();
        [$decoded, $tree] = [$call->buffer(), $call->buffer()];
        $status = $call->c->wxkf_decode_unverified(
            $call->bytes($body),
            FFI::addr($decoded),
            FFI::addr($tree),
            $call->error(),
        );
        $call->check($status);
        $json = Call::text($decoded);
        $said = Value::fromJson($json);
        return new self(Format::from($said['format']), $said['inbound'], $json, Call::text($tree));
    }

    /**
     * Everything that is in the message. PHP rounds its fractions; the JSON text does not.
     *
     * @return array<string, mixed>
     */
    public function tree(): array
    {
        return Value::fromJson($this->treeJson);
    }
}
