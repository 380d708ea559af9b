<?php

declare(strict_types=1);

namespace Wxkf;

/** What to answer a push with. */
final class Answer
{
    /** @internal */
    public function __construct(
        /** Send it unchanged; it may be empty. */
        public readonly string $body,
        /** Its Content-Type. */
        public readonly string $contentType,
    ) {
    }
}
