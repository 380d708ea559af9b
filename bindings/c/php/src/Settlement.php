<?php

declare(strict_types=1);

namespace Wxkf;

/** What became of a message that was held. */
enum Settlement: string
{
    case Delivered = 'delivered';
    /** It surely was not sent. */
    case NotSent = 'not_sent';
    /** Nobody knows: a timeout. */
    case Unknown = 'unknown';
    case QuotaExhausted = 'quota_exhausted';
    case WindowClosed = 'window_closed';
    case EnterRevoked = 'enter_revoked';
}
