<?php

declare(strict_types=1);

namespace Wxkf;

use FFI;
use Wxkf\Internal\Call;
use Wxkf\Internal\Handle;
use Wxkf\Internal\Value;

/**
 * What may be sent to one user of one account: window, quota, typing and repeats, in one record. Load it, take one
 * step, save the snapshot, and act on what the step said only then.
 */
final class Conversation
{
    private readonly Handle $handle;

    /**
     * @param AccountKind|array<mixed>|string $policy the preset of a kind; or `preset` and what differs, as an array
     *     or as JSON
     * @param string $snapshot what snapshot() gave; without it nothing is known of the user
     */
    public function __construct(AccountKind|array|string $policy, ?string $snapshot = null)
    {
        $call = new Call();
        $json = $policy instanceof AccountKind ? "\"$policy->value\"" : Value::toJson($policy, 'policy');
        $made = $call->room('wxkf_conversation *');
        $call->check($call->c->wxkf_conversation_new(
            $call->bytes($json),
            $call->bytes($snapshot),
            FFI::addr($made),
            $call->error(),
        ));
        $this->handle = new Handle($made, 'wxkf_conversation_free');
    }

    /** Frees it now. It is refused from then on. */
    public function close(): void
    {
        $this->handle->close();
    }

    /** Takes note of a push, and says whether to handle it. */
    public function observe(Received $push, ?int $now = null): Observation
    {
        $call = new Call();
        $seen = $call->room('wxkf_observation');
        $call->check($call->c->wxkf_conversation_observe(
            $this->handle->get(),
            $push->pointer(),
            Value::now($now),
            FFI::addr($seen),
            $call->error(),
        ));
        return Observation::read($seen->cdata);
    }

    /**
     * The same of a push that is known in another way.
     *
     * @param string $key a dedupe key, or any other text that is the same for every delivery
     * @param string $trigger what it grants, as Received::$trigger
     * @param int $at when it happened
     */
    public function observePush(string $key, ?string $trigger = null, ?int $at = null, ?int $now = null): Observation
    {
        $call = new Call();
        $seen = $call->room('wxkf_observation');
        $call->check($call->c->wxkf_conversation_observe_push(
            $this->handle->get(),
            $call->bytes($key),
            $call->bytes($trigger),
            Value::maybeCount($at, 'at'),
            Value::now($now),
            FFI::addr($seen),
            $call->error(),
        ));
        return Observation::read($seen->cdata);
    }

    /** Lets the next delivery of a push in, because handling it failed. It grants nothing again. */
    public function forget(string $key): void
    {
        $call = new Call();
        $call->check($call->c->wxkf_conversation_forget($this->handle->get(), $call->bytes($key), $call->error()));
    }

    /** Holds one message, or says why not. Save the record, send, and settle. */
    public function reserve(?int $now = null): Reservation|Refusal
    {
        $call = new Call();
        $held = $call->room('wxkf_reservation');
        $call->check($call->c->wxkf_conversation_reserve(
            $this->handle->get(),
            Value::now($now),
            FFI::addr($held),
            $call->error(),
        ));
        $id = Value::id($held->id);
        return $id === null ? Refusal::read($held->refusal) : new Reservation($id, $held->sure);
    }

    /**
     * Says what became of a message that was held.
     *
     * @param Settlement|int $as or the `errcode` that WeChat answered; 0 is delivered
     */
    public function settle(Reservation|int $held, Settlement|int $as, ?int $now = null): Settled
    {
        $call = new Call();
        $settled = $call->room('wxkf_settled');
        $id = Value::count($held instanceof Reservation ? $held->id : $held, 'id');
        $rest = [Value::now($now), FFI::addr($settled), $call->error()];
        $record = $this->handle->get();
        $call->check(is_int($as)
            ? $call->c->wxkf_conversation_settle_errcode($record, $id, $as, ...$rest)
            : $call->c->wxkf_conversation_settle($record, $id, $call->bytes($as->value), ...$rest));
        return new Settled(Call::text($settled->name), Value::time($settled->retry_after_ms));
    }

    /** Takes note that typing is shown, if it may be; otherwise says why not. */
    public function startTyping(?int $now = null): ?Refusal
    {
        $call = new Call();
        $refusal = $call->room('wxkf_refusal');
        $call->check($call->c->wxkf_conversation_start_typing(
            $this->handle->get(),
            Value::now($now),
            FFI::addr($refusal),
            $call->error(),
        ));
        return FFI::isNull($refusal->reason->ptr) ? null : Refusal::read($refusal);
    }

    /**
     * Says what came of showing it.
     *
     * @param TypingSettlement|int $as or the `errcode` that WeChat answered; 0 is delivered
     */
    public function settleTyping(TypingSettlement|int $as, ?int $now = null): void
    {
        $call = new Call();
        $rest = [Value::now($now), $call->error()];
        $record = $this->handle->get();
        $call->check(is_int($as)
            ? $call->c->wxkf_conversation_settle_typing_errcode($record, $as, ...$rest)
            : $call->c->wxkf_conversation_settle_typing($record, $call->bytes($as->value), ...$rest));
    }

    /** Takes note that typing is shown no longer. */
    public function stopTyping(): void
    {
        $call = new Call();
        $call->check($call->c->wxkf_conversation_stop_typing($this->handle->get(), $call->error()));
    }

    /**
     * Takes note of a message that this record did not hold: somebody wrote in the web console, or another program
     * sent. Say it once of each.
     *
     * @param int $at when WeChat accepted it; now unless it is given
     */
    public function sentElsewhere(?int $at = null, ?int $now = null): void
    {
        $call = new Call();
        $call->check($call->c->wxkf_conversation_sent_elsewhere(
            $this->handle->get(),
            Value::maybeCount($at, 'at'),
            Value::now($now),
            $call->error(),
        ));
    }

    /** How many messages may be sent. */
    public function allowance(?int $now = null): Allowance
    {
        $call = new Call();
        $said = $call->room('wxkf_allowance');
        $call->check($call->c->wxkf_conversation_allowance(
            $this->handle->get(),
            Value::now($now),
            FFI::addr($said),
            $call->error(),
        ));
        return new Allowance($said->at_least, $said->at_most, $said->held, Value::time($said->closes_at));
    }

    /** When time alone changes something next; `null` if never. */
    public function nextDeadline(): ?int
    {
        return Value::time((new Call())->c->wxkf_conversation_next_deadline($this->handle->get()));
    }

    /** Until when a store has to keep the record; `null` if there is nothing worth keeping. */
    public function keepUntil(): ?int
    {
        return Value::time((new Call())->c->wxkf_conversation_keep_until($this->handle->get()));
    }

    /** The record in bytes: below 100 as a rule, 16 KiB at most. Equal records give equal bytes. */
    public function snapshot(): string
    {
        $call = new Call();
        $snapshot = $call->buffer();
        $call->check($call->c->wxkf_conversation_snapshot(
            $this->handle->get(),
            FFI::addr($snapshot),
            $call->error(),
        ));
        return Call::text($snapshot);
    }
}
