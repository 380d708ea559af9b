<?php

declare(strict_types=1);

namespace Wxkf;

/** What is known of a push. */
enum Observation: string
{
    /** It was not here before, or it was forgotten: handle it. */
    case New = 'new';
    /** It was here: answer `success`, and do nothing. */
    case Repeat = 'repeat';
    /**
     * Nobody knows: so many pushes of this user came within a minute that there is no room to note this one. Ask a
     * Dedupe that all processes share, or do not handle it.
     */
    case Overflow = 'overflow';

    /** @internal */
    public static function read(int $number): self
    {
        return self::cases()[$number];
    }
}
