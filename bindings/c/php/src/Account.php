<?php

declare(strict_types=1);

namespace Wxkf;

use FFI;
use FFI\CData;
use SensitiveParameter;
use Wxkf\Internal\Call;
use Wxkf\Internal\Handle;
use Wxkf\Internal\Value;

/** An account with its keys. It never changes. */
final class Account
{
    private readonly Handle $handle;

    /**
     * Checks all of it. An account without a key needs Mode::Plain.
     *
     * @param string $encodingAesKey the 43 characters shown in the console
     * @param list<string> $previousEncodingAesKeys keys that still open
     * @param list<string> $previousTokens tokens that still verify
     * @param list<string> $acceptIds further ids to accept inside a seal
     * @param int $toleranceMs refuse what is signed further from now; unset, the age does not matter
     * @param int $maxBody in bytes
     *
     * @throws WxkfException `config.…`, or `binding.argument_invalid`
     */
    public function __construct(
        AccountKind|string $kind,
        string $appId,
        #[SensitiveParameter] string $token,
        #[SensitiveParameter] ?string $encodingAesKey = null,
        #[SensitiveParameter] array $previousEncodingAesKeys = [],
        #[SensitiveParameter] array $previousTokens = [],
        array $acceptIds = [],
        Mode|string|null $mode = null,
        ?int $toleranceMs = null,
        ?int $maxBody = null,
    ) {
        $call = new Call();
        $number = static fn (?int $it, string $name): ?string =>
            $it === null ? null : (string) Value::count($it, $name);
        $once = array_filter([
            'encoding_aes_key' => $encodingAesKey,
            'mode' => $mode instanceof Mode ? $mode->value : $mode,
            'tolerance_ms' => $number($toleranceMs, 'tolerance_ms'),
            'max_body' => $number($maxBody, 'max_body'),
        ], static fn (?string $it): bool => $it !== null);
        [$options, $count] = self::options($call, array_map(static fn (string $it): array => [$it], $once) + [
            'previous_encoding_aes_key' => $previousEncodingAesKeys,
            'previous_token' => $previousTokens,
            'accept_id' => $acceptIds,
        ]);
        $made = $call->room('wxkf_account *');
        $call->check($call->c->wxkf_account_new(
            $call->bytes($kind instanceof AccountKind ? $kind->value : $kind),
            $call->bytes($appId),
            $call->bytes($token),
            $options,
            $count,
            FFI::addr($made),
            $call->error(),
        ));
        $this->handle = new Handle($made, 'wxkf_account_free');
    }

    /** Frees it now. What was received with it stays; the account itself is refused from then on. */
    public function close(): void
    {
        $this->handle->close();
    }

    /** The AppID, without the white space that was around it. */
    public function appId(): string
    {
        return Call::text((new Call())->c->wxkf_account_app_id($this->handle->get()));
    }

    /** Secure unless it was told. */
    public function mode(): Mode
    {
        return Mode::from(Call::text((new Call())->c->wxkf_account_mode($this->handle->get())));
    }

    /** More of a body than so many bytes is not worth reading: one byte more is refused. */
    public function largestBody(): int
    {
        return (new Call())->c->wxkf_account_largest_body($this->handle->get());
    }

    /** Answers the GET with which WeChat checks the URL: what to send back, as text/plain. `$query` is raw. */
    public function verifyUrl(string $query, ?int $now = null): string
    {
        $call = new Call();
        $echo = $call->buffer();
        $call->check($call->c->wxkf_account_verify_url(
            $this->handle->get(),
            $call->bytes($query),
            Value::now($now),
            FFI::addr($echo),
            $call->error(),
        ));
        return Call::text($echo);
    }

    /** Verifies, opens and decodes a push, from the raw query string and the raw body. */
    public function receive(string $query, string $body, ?int $now = null): Received
    {
        $call = new Call();
        $made = $call->room('wxkf_received *');
        $call->check($call->c->wxkf_account_receive(
            $this->handle->get(),
            $call->bytes($query),
            $call->bytes($body),
            Value::now($now),
            FFI::addr($made),
            $call->error(),
        ));
        return new Received(new Handle($made, 'wxkf_received_free'));
    }

    /** The bytes inside a push, verified and opened but not decoded. */
    public function open(string $query, string $body, ?int $now = null): string
    {
        $call = new Call();
        $plaintext = $call->buffer();
        $call->check($call->c->wxkf_account_open(
            $this->handle->get(),
            $call->bytes($query),
            $call->bytes($body),
            Value::now($now),
            FFI::addr($plaintext),
            $call->error(),
        ));
        return Call::text($plaintext);
    }

    /**
     * What is known to go wrong with an answer that is correct otherwise, by its name, such as `long_reply`. It can be
     * sent.
     *
     * @param array<mixed>|string $reply as for reply()
     */
    public static function replyCaution(array|string $reply): ?string
    {
        $call = new Call();
        $caution = $call->room('wxkf_bytes');
        $json = $call->bytes(Value::toJson($reply, 'reply'));
        $call->check($call->c->wxkf_reply_caution($json, FFI::addr($caution), $call->error()));
        return Call::maybe($caution);
    }

    /**
     * The passive answer (被动回复), sealed if the push was.
     *
     * @param Received|string $to the push, or what its replyTo() said
     * @param array<mixed>|string $reply such as ['type' => 'text', 'content' => '…'], or that as JSON
     * @param string $nonce that of the push unless it is given
     * @param string $random sixteen bytes, fresh and unpredictable
     */
    public function reply(
        Received|string $to,
        array|string $reply,
        ?int $now = null,
        ?string $nonce = null,
        ?string $random = null,
    ): Answer {
        $call = new Call();
        $body = $call->buffer();
        $type = $call->room('wxkf_bytes');
        $rest = [
            $call->bytes(Value::toJson($reply, 'reply')),
            $call->bytes(Value::random($random)),
            $call->bytes($nonce),
            Value::now($now),
            FFI::addr($body),
            FFI::addr($type),
            $call->error(),
        ];
        $account = $this->handle->get();
        $call->check($to instanceof Received
            ? $call->c->wxkf_account_reply($account, $to->pointer(), ...$rest)
            : $call->c->wxkf_account_reply_to($account, $call->bytes($to), ...$rest));
        return new Answer(Call::text($body), Call::text($type));
    }

    /**
     * Seals a message as WeChat does: for tests, and for what stands in for WeChat.
     *
     * @param string $toUserName with it the body is that of a push, without it that of an answer
     */
    public function seal(
        string $message,
        Format|string $format,
        ?string $toUserName = null,
        ?int $now = null,
        ?string $nonce = null,
        ?string $random = null,
    ): Sealed {
        $call = new Call();
        [$body, $parts] = [$call->buffer(), $call->buffer()];
        $call->check($call->c->wxkf_account_seal(
            $this->handle->get(),
            $call->bytes($message),
            $call->bytes($format instanceof Format ? $format->value : $format),
            $call->bytes($toUserName),
            $call->bytes(Value::random($random)),
            $call->bytes($nonce ?? bin2hex(random_bytes(8))),
            Value::now($now),
            FFI::addr($body),
            FFI::addr($parts),
            $call->error(),
        ));
        $said = Value::fromJson(Call::text($parts));
        return new Sealed(
            Call::text($body),
            (string) $said['encrypt'],
            (string) $said['msg_signature'],
            (string) $said['timestamp'],
            (string) $said['nonce'],
        );
    }

    /** The plain signature over a timestamp and a nonce, as it stands in `signature`: for tests. */
    public function sign(string $timestamp, string $nonce): string
    {
        $call = new Call();
        $signature = $call->buffer();
        $call->check($call->c->wxkf_account_sign(
            $this->handle->get(),
            $call->bytes($timestamp),
            $call->bytes($nonce),
            FFI::addr($signature),
            $call->error(),
        ));
        return Call::text($signature);
    }

    /**
     * Says which check of receive() fails, and which mistake fits. It is for the developer, never for an answer.
     *
     * @return array{accepted: bool, code: ?string, steps: list<array<string, mixed>>}
     */
    public function explain(string $query, string $body, ?int $now = null): array
    {
        $call = new Call();
        $explanation = $call->buffer();
        $call->check($call->c->wxkf_account_explain(
            $this->handle->get(),
            $call->bytes($query),
            $call->bytes($body),
            Value::now($now),
            FFI::addr($explanation),
            $call->error(),
        ));
        return Value::fromJson(Call::text($explanation));
    }

    /**
     * @param array<string, array<mixed>> $given
     * @return array{?CData, int}
     */
    private static function options(Call $call, #[SensitiveParameter] array $given): array
    {
        $flat = [];
        foreach ($given as $name => $values) {
            foreach ($values as $value) {
                $flat[] = [$name, is_string($value) ? $value : throw WxkfException::argument($name, 'it is no text')];
            }
        }
        if ($flat === []) {
            return [null, 0];
        }
        $options = $call->room('wxkf_account_option[' . count($flat) . ']');
        foreach ($flat as $i => [$name, $value]) {
            $options[$i]->name = $call->bytes($name);
            $options[$i]->value = $call->bytes($value);
        }
        return [$call->c->cast('wxkf_account_option *', $options), count($flat)];
    }
}
