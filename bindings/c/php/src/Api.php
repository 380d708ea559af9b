<?php

declare(strict_types=1);

namespace Wxkf;

use FFI;
use Wxkf\Internal\Call;
use Wxkf\Internal\Library;
use Wxkf\Internal\Value;

/** Calls of WeChat's API, which the program itself sends. */
final class Api
{
    /**
     * Makes a call by its name, such as `message.custom.send`.
     *
     * @param array<mixed>|string $params WeChat's parameters, of body and query together; a string is JSON
     * @param AccountKind|string $kind checks what that kind of account may send
     */
    public static function request(
        string $endpoint,
        array|string $params = [],
        AccountKind|string|null $kind = null,
    ): Request {
        $call = new Call();
        [$head, $body] = [$call->buffer(), $call->buffer()];
        $call->check($call->c->wxkf_request(
            $call->bytes($endpoint),
            $call->bytes(Value::toJson($params, 'params')),
            $call->bytes($kind instanceof AccountKind ? $kind->value : $kind),
            FFI::addr($head),
            FFI::addr($body),
            $call->error(),
        ));
        return new Request(Value::fromJson(Call::text($head)), Call::text($body));
    }

    /**
     * Reads the answer to a call.
     *
     * @param int $status of HTTP
     */
    public static function decode(
        string $endpoint,
        int $status,
        string $body,
        ?string $contentType = null,
        ?string $contentDisposition = null,
    ): Accepted|Rejected {
        if ($status < 0 || $status > 0xffff) {
            throw WxkfException::argument('status', 'it is no HTTP status');
        }
        $call = new Call();
        $outcome = $call->buffer();
        $call->check($call->c->wxkf_decode(
            $call->bytes($endpoint),
            $status,
            $call->bytes($contentType),
            $call->bytes($contentDisposition),
            $call->bytes($body),
            FFI::addr($outcome),
            $call->error(),
        ));
        $json = Call::text($outcome);
        $said = Value::fromJson($json);
        // What stands between {"accepted": or {"rejected": and the last bracket.
        $inner = substr($json, 12, -1);
        return isset($said['rejected'])
            ? new Rejected($said['rejected'], $inner)
            : new Accepted($said['accepted'], $inner, isset($said['accepted']['media_base64']) ? $body : null);
    }

    /**
     * What a return code of WeChat's means and what to do about it; `null` if nothing is known of it.
     *
     * @return ?array{errcode: int, kind: string, meaning: array<string, string>, advice: array<string, string>}
     */
    public static function errcode(int $code): ?array
    {
        $call = new Call();
        $info = $call->buffer();
        return $call->c->wxkf_errcode($code, FFI::addr($info)) ? Value::fromJson(Call::text($info)) : null;
    }

    /** What to do about a rejection with this `errcode`: `token_rejected`, `quota_exhausted`, … */
    public static function rejectionKind(int $errcode): string
    {
        return Call::text(Library::get()->wxkf_rejection_kind($errcode));
    }

    /** The version of the library that was loaded. */
    public static function version(): string
    {
        return Call::text(Library::get()->wxkf_version());
    }

    /** The number of its ABI. */
    public static function abi(): int
    {
        return Library::get()->wxkf_abi();
    }
}
