<?php

declare(strict_types=1);

namespace Wxkf;

use FFI;
use Wxkf\Internal\Call;
use Wxkf\Internal\Handle;
use Wxkf\Internal\Value;

/** A memory of pushes, of all users. */
final class Dedupe
{
    private readonly Handle $handle;

    /**
     * @param int $capacity at most so many pushes
     * @param int $horizonMs each for so long; WeChat repeats a push within a minute
     * @param string $snapshot what snapshot() gave; without it the memory is empty
     */
    public function __construct(int $capacity = 10_000, int $horizonMs = 60_000, ?string $snapshot = null)
    {
        $call = new Call();
        $made = $call->room('wxkf_dedupe *');
        $call->check($call->c->wxkf_dedupe_new(
            Value::count($capacity, 'capacity'),
            Value::count($horizonMs, 'horizon_ms'),
            $call->bytes($snapshot),
            FFI::addr($made),
            $call->error(),
        ));
        $this->handle = new Handle($made, 'wxkf_dedupe_free');
    }

    /** Frees it now. It is refused from then on. */
    public function close(): void
    {
        $this->handle->close();
    }

    /** Takes note of a push by its dedupe key: when it was here first, or `null` if it is new. */
    public function observe(string $key, ?int $now = null): ?int
    {
        $call = new Call();
        $since = $call->room('uint64_t');
        $call->check($call->c->wxkf_dedupe_observe(
            $this->handle->get(),
            $call->bytes($key),
            Value::now($now),
            FFI::addr($since),
            $call->error(),
        ));
        return Value::time($since->cdata);
    }

    /** Lets the next delivery in, because handling it failed. */
    public function forget(string $key): void
    {
        $call = new Call();
        $call->check($call->c->wxkf_dedupe_forget($this->handle->get(), $call->bytes($key), $call->error()));
    }

    /** How many pushes it remembers. */
    public function len(): int
    {
        return (new Call())->c->wxkf_dedupe_len($this->handle->get());
    }

    /** The memory in bytes. */
    public function snapshot(): string
    {
        $call = new Call();
        $snapshot = $call->buffer();
        $call->check($call->c->wxkf_dedupe_snapshot($this->handle->get(), FFI::addr($snapshot), $call->error()));
        return Call::text($snapshot);
    }
}
