<?php

declare(strict_types=1);

namespace Wxkf;

/** Which call fetches the token. */
enum TokenSource: string
{
    case StableToken = 'stable_token';
    case Token = 'token';
    /** Of an account that authorized a third-party platform; only this one has a refresh token. */
    case Authorizer = 'authorizer';
}
