<?php

declare(strict_types=1);

namespace Wxkf;

/** One message of the quota, held until it is settled. */
final class Reservation
{
    /** @internal */
    public function __construct(
        public readonly int $id,
        /** Whether WeChat will accept it, as far as one can know. If not, it is worth a try. */
        public readonly bool $sure,
    ) {
    }
}
