<?php

declare(strict_types=1);

namespace Wxkf;

/** What WeChat answered to a call that it took. */
final class Accepted
{
    /** @internal */
    public function __construct(
        /** @var array<string, mixed> by WeChat's names; `media_base64` is empty, the file is in `media` */
        public readonly array $value,
        /** The same as the JSON text. */
        public readonly string $json,
        /** The bytes of a file that was downloaded. */
        public readonly ?string $media,
    ) {
    }
}
