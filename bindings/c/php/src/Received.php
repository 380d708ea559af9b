<?php

declare(strict_types=1);

namespace Wxkf;

use FFI;
use FFI\CData;
use Wxkf\Internal\Call;
use Wxkf\Internal\Handle;
use Wxkf\Internal\Value;

/** A push that was verified, opened and decoded. Its properties stay when it is closed. */
final class Received
{
    /** `FromUserName`: the user, by openid. */
    public readonly string $from;
    /** `ToUserName`: the account. */
    public readonly string $to;
    /** `MsgId`, of a message. */
    public readonly ?string $msgId;
    /** `text`, `image`, …, `event.subscribe`, …, `unknown`. */
    public readonly string $kind;
    /** What it grants: `message`, `enter`, `menu`, `subscribe`, `scan`, `pay` or `unsubscribe`. */
    public readonly ?string $trigger;
    /** `Content`, of a text. */
    public readonly ?string $content;
    /** `Event`, of an event. */
    public readonly ?string $event;
    /** `EventKey`, of an event. */
    public readonly ?string $eventKey;
    public readonly Format $format;
    /** The message as it was written: bytes that may be no UTF-8. */
    public readonly string $plaintext;
    /** `CreateTime`, in milliseconds. */
    public readonly ?int $created;
    /** Which key opened it, 0 being the current one; `null` if it was not sealed. */
    public readonly ?int $keyIndex;
    /** Which token signed it, 0 being the current one. */
    public readonly int $tokenIndex;
    /** Whether the signature covers the message. Of a plain push it does not. */
    public readonly bool $sealed;
    /** Whether its answer has to be `err_code`: WeChat repeats such an event for a day otherwise. */
    public readonly bool $wantsErrCode;

    /** WXKF_NO_INDEX. */
    private const NO_INDEX = 0xffff_ffff;

    /** @internal */
    public function __construct(private readonly Handle $handle)
    {
        $call = new Call();
        $view = $call->room('wxkf_view');
        $call->check($call->c->wxkf_received_view($handle->get(), FFI::addr($view), $call->error()));
        $this->from = Call::text($view->from);
        $this->to = Call::text($view->to);
        $this->msgId = Call::maybe($view->msg_id);
        $this->kind = Call::text($view->kind);
        $this->trigger = Call::maybe($view->trigger);
        $this->content = Call::maybe($view->content);
        $this->event = Call::maybe($view->event);
        $this->eventKey = Call::maybe($view->event_key);
        $this->format = Format::from(Call::text($view->format));
        $this->plaintext = Call::text($view->plaintext);
        $this->created = Value::time($view->created);
        $this->keyIndex = $view->key_index === self::NO_INDEX ? null : $view->key_index;
        $this->tokenIndex = $view->token_index;
        $this->sealed = $view->sealed;
        $this->wantsErrCode = $view->wants_err_code;
    }

    /** Frees it now. Its methods are refused from then on. */
    public function close(): void
    {
        $this->handle->close();
    }

    /** The text of an element by its name on the wire, such as `MediaId`; `null` if there is none. */
    public function field(string $name): ?string
    {
        $call = new Call();
        return Call::maybe($call->c->wxkf_received_field($this->handle->get(), $call->bytes($name)));
    }

    /** What the message is known by when it comes again: a text for a store. */
    public function dedupeKey(): string
    {
        return $this->say('wxkf_received_dedupe_key');
    }

    /** What its answer has to match, as a text that may be kept: for Account::reply(). */
    public function replyTo(): string
    {
        return $this->say('wxkf_received_reply_to');
    }

    /**
     * The whole message; `created` is in seconds here.
     *
     * @return array<string, mixed>
     */
    public function inbound(): array
    {
        return Value::fromJson($this->inboundJson());
    }

    /** The same as the JSON text. */
    public function inboundJson(): string
    {
        return $this->say('wxkf_received_inbound');
    }

    /**
     * Everything that is in the message. PHP rounds its fractions; treeJson() does not.
     *
     * @return array<string, mixed>
     */
    public function tree(): array
    {
        return Value::fromJson($this->treeJson());
    }

    /** The same as the JSON text, with numbers in their exact text. */
    public function treeJson(): string
    {
        return $this->say('wxkf_received_tree');
    }

    /** @internal */
    public function pointer(): CData
    {
        return $this->handle->get();
    }

    private function say(string $function): string
    {
        $call = new Call();
        $said = $call->buffer();
        $call->check($call->c->$function($this->handle->get(), FFI::addr($said), $call->error()));
        return Call::text($said);
    }
}
