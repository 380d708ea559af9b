<?php

declare(strict_types=1);

namespace Wxkf;

use FFI;
use Wxkf\Internal\Call;
use Wxkf\Internal\Value;

/** A text in parts that WeChat takes. */
final class Split
{
    private function __construct(
        /** @var list<string> */
        public readonly array $parts,
        /** What was left over. */
        public readonly string $rest,
    ) {
    }

    /**
     * Splits between paragraphs, sentences or words where it can, and never inside a character or a link.
     *
     * @param int $maxBytes of a part; WeChat was seen to take 2,048
     */
    public static function text(string $text, int $maxBytes = 2048, int $maxParts = 5): self
    {
        $call = new Call();
        $split = $call->buffer();
        $call->check($call->c->wxkf_split_text(
            $call->bytes($text),
            Value::count($maxBytes, 'max_bytes'),
            Value::count($maxParts, 'max_parts'),
            FFI::addr($split),
            $call->error(),
        ));
        $said = Value::fromJson(Call::text($split));
        return new self($said['parts'], $said['rest']);
    }
}
