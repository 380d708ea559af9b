<?php

declare(strict_types=1);

namespace Wxkf;

/** What to do about the token now: use, fetch or wait. One of the three is not `null`. */
final class TokenStep
{
    /** @internal */
    public function __construct(
        /** Call with this token. */
        public readonly ?string $use,
        /** Fetch one, once the record is saved; nobody else does. This id is for what follows. */
        public readonly ?int $fetch,
        /** Whether to ask `stable_token` with `force_refresh`. */
        public readonly bool $force,
        /** Somebody else is fetching, or it failed just now: ask again then. */
        public readonly ?int $waitUntil,
    ) {
    }
}
