<?php

declare(strict_types=1);

namespace Wxkf;

use FFI;
use SensitiveParameter;
use Wxkf\Internal\Call;
use Wxkf\Internal\Handle;
use Wxkf\Internal\Value;

/**
 * The token of one account, in one record for all processes. Load it, take one step, save the snapshot, and act on
 * what the step said only then.
 */
final class TokenKeeper
{
    private function __construct(private readonly Handle $handle)
    {
    }

    /** A record that has no token yet. Only TokenSource::Authorizer has a refresh token. */
    public static function create(
        TokenSource $source = TokenSource::StableToken,
        #[SensitiveParameter] ?string $refreshToken = null,
    ): self {
        $call = new Call();
        $made = $call->room('wxkf_token *');
        $call->check($call->c->wxkf_token_new(
            $call->bytes($source->value),
            $call->bytes($refreshToken),
            FFI::addr($made),
            $call->error(),
        ));
        return new self(new Handle($made, 'wxkf_token_free'));
    }

    /** The record that snapshot() gave. */
    public static function restore(#[SensitiveParameter] string $snapshot): self
    {
        $call = new Call();
        $made = $call->room('wxkf_token *');
        $call->check($call->c->wxkf_token_restore($call->bytes($snapshot), FFI::addr($made), $call->error()));
        return new self(new Handle($made, 'wxkf_token_free'));
    }

    /** Frees it now. It is refused from then on. */
    public function close(): void
    {
        $this->handle->close();
    }

    /** Asks what to do now. */
    public function step(?int $now = null): TokenStep
    {
        $call = new Call();
        $token = $call->buffer();
        $action = $call->room('wxkf_token_action');
        $call->check($call->c->wxkf_token_step(
            $this->handle->get(),
            Value::now($now),
            FFI::addr($token),
            FFI::addr($action),
            $call->error(),
        ));
        if ($token->len > 0) {
            return new TokenStep(Call::text($token), null, false, null);
        }
        return new TokenStep(null, Value::id($action->fetch), $action->force, Value::time($action->wait_until));
    }

    /**
     * Says what was fetched. `false` is stale: that fetch has been replaced since.
     *
     * @param int $fetch the id of the step
     * @param int $expiresIn in seconds, WeChat's `expires_in`
     */
    public function fetched(
        int $fetch,
        #[SensitiveParameter] string $token,
        int $expiresIn,
        #[SensitiveParameter] ?string $refreshToken = null,
        ?int $now = null,
    ): bool {
        $call = new Call();
        $applied = $call->room('bool');
        $call->check($call->c->wxkf_token_fetched(
            $this->handle->get(),
            Value::count($fetch, 'id'),
            $call->bytes($token),
            Value::count($expiresIn, 'expires_in'),
            $call->bytes($refreshToken),
            Value::now($now),
            FFI::addr($applied),
            $call->error(),
        ));
        return $applied->cdata;
    }

    /**
     * Says that fetching failed. `false` is stale.
     *
     * @param string $failure `temporary`, `misconfigured`, or the kind of the rejection
     */
    public function fetchFailed(int $fetch, string $failure = 'temporary', ?int $now = null): bool
    {
        $call = new Call();
        $applied = $call->room('bool');
        $call->check($call->c->wxkf_token_fetch_failed(
            $this->handle->get(),
            Value::count($fetch, 'id'),
            $call->bytes($failure),
            Value::now($now),
            FFI::addr($applied),
            $call->error(),
        ));
        return $applied->cdata;
    }

    /** Says that WeChat refused a call because of this token (`token_rejected`). `false` is stale. */
    public function rejected(#[SensitiveParameter] string $token, ?int $now = null): bool
    {
        $call = new Call();
        $applied = $call->room('bool');
        $call->check($call->c->wxkf_token_rejected(
            $this->handle->get(),
            $call->bytes($token),
            Value::now($now),
            FFI::addr($applied),
            $call->error(),
        ));
        return $applied->cdata;
    }

    /** The refresh token of an authorizer: whoever loses it loses the account. */
    public function refreshToken(): ?string
    {
        return Call::maybe((new Call())->c->wxkf_token_refresh_token($this->handle->get()));
    }

    /** When time alone changes something next; `null` if never. */
    public function nextDeadline(): ?int
    {
        return Value::time((new Call())->c->wxkf_token_next_deadline($this->handle->get()));
    }

    /** The record in bytes. The token is in it: keep it like the app secret. */
    public function snapshot(): string
    {
        $call = new Call();
        $snapshot = $call->buffer();
        $call->check($call->c->wxkf_token_snapshot($this->handle->get(), FFI::addr($snapshot), $call->error()));
        return Call::text($snapshot);
    }
}
