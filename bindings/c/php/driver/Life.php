<?php

declare(strict_types=1);

namespace Wxkf\Driver;

/** A line counts ids 1, 2, … within the life of the record: that of the last one which was shown. */
final class Life
{
    private int $began = 0;

    public function show(int $id): int
    {
        $number = $id & ((1 << 21) - 1);
        $this->began = $id - $number;
        return $number;
    }

    public function id(mixed $number): int
    {
        return $this->began + min(Want::count($number), PHP_INT_MAX - $this->began);
    }
}
