<?php

declare(strict_types=1);

namespace Wxkf;

/** What came of showing that an answer is being written. */
enum TypingSettlement: string
{
    case Delivered = 'delivered';
    /** WeChat shows it already (45081). */
    case AlreadyTyping = 'already_typing';
    /** The user has not written for too long (45080). */
    case NoRecentMessage = 'no_recent_message';
    case NotSent = 'not_sent';
    case Unknown = 'unknown';
    case WindowClosed = 'window_closed';
}
