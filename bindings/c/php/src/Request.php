<?php

declare(strict_types=1);

namespace Wxkf;

/** A call to send. */
final class Request
{
    public readonly string $method;
    public readonly string $path;
    /** Without the token. */
    public readonly string $query;
    /** `null` if there is no body. */
    public readonly ?string $contentType;
    /** Which token it needs. */
    public readonly ?string $auth;
    /** What to mind before sending it again. */
    public readonly ?string $caution;

    /**
     * @internal
     * @param array<string, mixed> $head
     */
    public function __construct(array $head, public readonly string $body)
    {
        $this->method = $head['method'];
        $this->path = $head['path'];
        $this->query = $head['query'];
        $this->contentType = $head['content_type'] ?? null;
        $this->auth = $head['auth'] ?? null;
        $this->caution = $head['caution'] ?? null;
    }

    /** Path and query with the token, to follow `https://api.weixin.qq.com`. */
    public function target(#[\SensitiveParameter] string $accessToken): string
    {
        $before = $this->query === '' ? '' : "$this->query&";
        return "$this->path?{$before}access_token=" . rawurlencode($accessToken);
    }
}
