<?php

declare(strict_types=1);

namespace Wxkf;

/** How many messages may be sent. */
final class Allowance
{
    /** @internal */
    public function __construct(
        /** So many are safe to promise. */
        public readonly int $atLeast,
        /** So many are worth a try. */
        public readonly int $atMost,
        /** So many are held by reservations. */
        public readonly int $held,
        /** When the last window closes; `null` if none is open. */
        public readonly ?int $closesAt,
    ) {
    }
}
