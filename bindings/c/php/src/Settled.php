<?php

declare(strict_types=1);

namespace Wxkf;

/** What came of settling. */
final class Settled
{
    /** @internal */
    public function __construct(
        /**
         * `applied`; `stale`, if it was settled or given up before; `retry_after`: WeChat does not know of the
         * user's message yet, send the same once more after a pause.
         */
        public readonly string $name,
        /** How long to wait, in milliseconds; `null` unless it is `retry_after`. */
        public readonly ?int $retryAfterMs,
    ) {
    }
}
