<?php

declare(strict_types=1);

namespace Wxkf;

/** Whether what WeChat pushes is sealed. */
enum Mode: string
{
    case Secure = 'secure';
    case Compatible = 'compatible';
    case Plain = 'plain';
}
