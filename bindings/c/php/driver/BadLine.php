<?php

declare(strict_types=1);

namespace Wxkf\Driver;

/** A line that says nothing. */
final class BadLine extends \Exception
{
}
