<?php

declare(strict_types=1);

namespace Wxkf;

/** A kind of account, and the policy that goes with it. */
enum AccountKind: string
{
    case OfficialAccount = 'official_account';
    case MiniProgram = 'mini_program';
}
