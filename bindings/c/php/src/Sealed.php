<?php

declare(strict_types=1);

namespace Wxkf;

/** A message that was sealed. */
final class Sealed
{
    /** @internal */
    public function __construct(
        /** The whole document. */
        public readonly string $body,
        public readonly string $encrypt,
        public readonly string $msgSignature,
        /** In seconds. */
        public readonly string $timestamp,
        public readonly string $nonce,
    ) {
    }

    /** The query string of a push with this body. */
    public function query(): string
    {
        return http_build_query([
            'timestamp' => $this->timestamp,
            'nonce' => $this->nonce,
            'encrypt_type' => 'aes',
            'msg_signature' => $this->msgSignature,
        ], '', '&', PHP_QUERY_RFC3986);
    }
}
