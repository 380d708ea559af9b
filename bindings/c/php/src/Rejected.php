<?php

declare(strict_types=1);

namespace Wxkf;

/** WeChat said no. */
final class Rejected
{
    public readonly int $errcode;
    public readonly string $errmsg;
    /** By which WeChat knows the call. */
    public readonly ?string $rid;
    /** What to do about it: `token_rejected`, `quota_exhausted`, … */
    public readonly string $kind;

    /**
     * @internal
     * @param array<string, mixed> $said
     */
    public function __construct(
        array $said,
        /** The same as the JSON text. */
        public readonly string $json,
    ) {
        $this->errcode = $said['errcode'];
        $this->errmsg = $said['errmsg'];
        $this->rid = $said['rid'] ?? null;
        $this->kind = $said['kind'];
    }
}
