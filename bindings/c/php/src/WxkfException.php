<?php

declare(strict_types=1);

namespace Wxkf;

use Exception;
use Wxkf\Internal\Call;
use Wxkf\Internal\Library;
use Wxkf\Internal\Value;

/**
 * A failure. Its `code` is a name, such as `callback.signature_mismatch`, and never changes; getCode() is the same.
 * Do not show the detail to a stranger.
 */
final class WxkfException extends Exception
{
    /** @var string */
    public $code;

    private int $status = 0;

    private function __construct(
        string $code,
        string $message,
        public readonly Origin $origin,
        /** Which argument or field is meant. */
        public readonly ?string $field,
        /** What was found, for the log. */
        public readonly ?string $detail,
    ) {
        parent::__construct($message);
        $this->code = $code;
    }

    /** The message in Chinese; in English if there is none. */
    public function getChineseMessage(): string
    {
        if ($this->status === 0) {
            return $this->getMessage();
        }
        return Call::text(Library::get()->wxkf_status_message($this->status, true));
    }

    /** @internal */
    public static function fromLibrary(int $status, string $json): self
    {
        if ($json === '') {
            $c = Library::get();
            $origin = Origin::tryFrom(Call::text($c->wxkf_status_origin($status))) ?? Origin::Caller;
            $message = Call::text($c->wxkf_status_message($status, false));
            $made = new self(Call::text($c->wxkf_status_name($status)), $message, $origin, null, null);
        } else {
            $said = Value::fromJson($json);
            $origin = Origin::tryFrom($said['origin']) ?? Origin::Caller;
            [$field, $detail] = [$said['field'] ?? null, $said['detail'] ?? null];
            $made = new self($said['code'], $said['message'], $origin, $field, $detail);
        }
        $made->status = $status;
        return $made;
    }

    /** @internal */
    public static function argument(string $field, string $detail): self
    {
        $message = 'an argument is of the wrong type, unknown, or out of range';
        return self::here('binding.argument_invalid', $message, $field, $detail);
    }

    /** @internal */
    public static function here(string $code, string $message, ?string $field, ?string $detail): self
    {
        return new self($code, $message, Origin::Caller, $field, $detail);
    }
}
