<?php

declare(strict_types=1);

namespace Wxkf;

use FFI\CData;
use Wxkf\Internal\Call;
use Wxkf\Internal\Value;

/** A no of our own record. */
final class Refusal
{
    private function __construct(
        /** `window_closed`, `quota_exhausted`, … */
        public readonly string $reason,
        /** When to ask again; `null` if only the user can change it. */
        public readonly ?int $retryAt,
    ) {
    }

    /** @internal */
    public static function read(CData $refusal): self
    {
        return new self(Call::text($refusal->reason), Value::time($refusal->retry_at));
    }
}
