<?php

declare(strict_types=1);

namespace Wxkf;

/** Whose mistake a failure is. */
enum Origin: string
{
    /** This program's. */
    case Caller = 'caller';
    /** Of who sent the push: answer with an HTTP error and no details. */
    case Peer = 'peer';
    /** Of WeChat's answer. */
    case Platform = 'platform';
}
