<?php

declare(strict_types=1);

namespace Wxkf;

/** How a message is written. */
enum Format: string
{
    case Xml = 'xml';
    case Json = 'json';
}
