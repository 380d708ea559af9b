<?php

declare(strict_types=1);

// The PHP driver of the conformance protocol (tests/README.md) on standard input and output.

namespace Wxkf\Driver;

use Wxkf\Account;
use Wxkf\Accepted;
use Wxkf\Api;
use Wxkf\Decoded;
use Wxkf\Format;
use Wxkf\Mode;
use Wxkf\AccountKind;
use Wxkf\Received;
use Wxkf\Split;
use Wxkf\WxkfException;

require __DIR__ . '/../autoload.php';
foreach (['BadLine', 'Want', 'Json', 'Life', 'Steps'] as $name) {
    require __DIR__ . "/$name.php";
}

// Without the library there is nothing to answer.
Api::abi();

while (($line = fgets(STDIN)) !== false) {
    fwrite(STDOUT, answer(rtrim($line, "\n")) . "\n");
}

function answer(string $line): string
{
    try {
        return '{"ok":' . run(Json::read($line), $line) . '}';
    } catch (BadLine) {
        return '{"error":{"code":"conform.bad_line"}}';
    } catch (WxkfException $error) {
        if ($error->code === 'binding.argument_invalid') {
            return '{"error":{"code":"conform.bad_line"}}';
        }
        $said = ['code' => $error->code, 'origin' => $error->origin->value, 'field' => $error->field];
        return Json::write(['error' => array_filter($said, static fn (?string $it): bool => $it !== null)]);
    }
}

function run(array $op, string $line): string
{
    return match ($op['op'] ?? null) {
        'verify_url' => verifyUrl($op),
        'receive' => received(receive($op, account($op))),
        'decode' => decoded($op),
        'reply' => reply($op, $line),
        'seal' => seal($op),
        'open' => open($op),
        'request' => request($op, $line),
        'response' => response($op),
        'split_text' => splitText($op),
        'conversation' => Steps::conversation($op, $line),
        'dedupe' => Steps::dedupe($op),
        'token' => Steps::token($op),
        default => throw new BadLine(),
    };
}

function verifyUrl(array $op): string
{
    [$query, $now] = [Want::text($op['query'] ?? null), Want::count($op['now'] ?? null)];
    return '{"echo":' . Json::write(account($op)->verifyUrl($query, $now)) . '}';
}

function receive(array $op, Account $account): Received
{
    $query = Want::text($op['query'] ?? null);
    return $account->receive($query, Want::body($op), Want::count($op['now'] ?? null));
}

function received(Received $it): string
{
    return '{"sealed":' . Json::write($it->sealed)
        . ',"format":' . Json::write($it->format->value)
        . ',"plaintext":' . Json::write($it->plaintext)
        . ',"key_index":' . Json::write($it->keyIndex)
        . ',"token_index":' . Json::write($it->tokenIndex)
        . ',"inbound":' . $it->inboundJson() . '}';
}

function decoded(array $op): string
{
    $it = Decoded::unverified(Want::body($op));
    // The tree is one more member of what was decoded.
    return substr($it->json, 0, -1) . ',"tree":' . $it->treeJson . '}';
}

function reply(array $op, string $line): string
{
    $reply = Json::member($line, 'reply') ?? throw new BadLine();
    [$digits, $nonce] = [Want::text($op['random'] ?? null), Want::maybeText($op['nonce'] ?? null)];
    $account = account($op);
    $push = receive($op, $account);
    $it = $account->reply($push, $reply, Want::count($op['now']), $nonce, Want::random($digits));
    return '{"body":' . Json::write($it->body) . ',"content_type":' . Json::write($it->contentType) . '}';
}

function seal(array $op): string
{
    $of = static fn (string $name): string => Want::text($op[$name] ?? null);
    [$plaintext, $format, $nonce, $digits] = array_map($of, ['plaintext', 'format', 'nonce', 'random']);
    $account = account($op);
    $at = $op['timestamp'] ?? null;
    $now = Want::seconds(is_string($at) && preg_match('/^\d+$/D', $at) === 1 ? $at + 0 : $at);
    $format = Format::tryFrom($format) ?? throw new BadLine();
    return Json::write($account->seal($plaintext, $format, null, $now, $nonce, Want::random($digits))->body);
}

function open(array $op): string
{
    $query = Want::text($op['query'] ?? null);
    // The seal is asked about here, not the time.
    $said = preg_match('/(?:^|&)timestamp=(\d{1,12})(?:&|$)/D', $query, $found) === 1 ? (int) $found[1] * 1000 : 0;
    $now = Want::maybeCount($op['now'] ?? null) ?? $said;
    $body = Want::body($op);
    $opened = account($op)->open($query, $body, $now);
    return Json::isUtf8($opened) ? Json::write($opened) : Json::write(['base64' => base64_encode($opened)]);
}

function request(array $op, string $line): string
{
    $params = Json::member($line, 'params');
    $params = $params === null || $params === 'null' ? '{}' : $params;
    $account = isset($op['account']) ? given($op['account']) : [];
    $it = Api::request(Want::text($op['endpoint'] ?? null), $params, $account['kind'] ?? null);
    $head = ['method' => $it->method, 'path' => $it->path, 'query' => $it->query];
    if ($it->contentType !== null) {
        $head['content_type'] = $it->contentType;
    }
    if (!Json::isUtf8($it->body)) {
        $head['body_base64'] = base64_encode($it->body);
    } elseif ($it->contentType !== null) {
        $head['body'] = $it->body;
    }
    return Json::write($head);
}

function response(array $op): string
{
    [$endpoint, $status] = [Want::text($op['endpoint'] ?? null), Want::count($op['status'] ?? null)];
    $body = Want::body($op);
    $it = Api::decode($endpoint, $status, $body, Want::maybeText($op['content_type'] ?? null));
    if (!$it instanceof Accepted) {
        return '{"rejected":' . $it->json . '}';
    }
    $json = $it->json;
    if ($it->media !== null) {
        $json = str_replace('"media_base64":""', '"media_base64":' . Json::write(base64_encode($it->media)), $json);
    }
    return '{"accepted":' . $json . '}';
}

function splitText(array $op): string
{
    $text = Want::text($op['text'] ?? null);
    $it = Split::text($text, Want::count($op['max_bytes'] ?? null), Want::count($op['parts'] ?? null));
    return Json::write(['parts' => $it->parts, 'rest' => $it->rest]);
}

/** The members of an account, read. */
function given(mixed $account): array
{
    $given = Want::object($account);
    $texts = ['kind', 'app_id', 'token', 'encoding_aes_key', 'mode'];
    $lists = ['previous_encoding_aes_keys', 'previous_tokens', 'accept_ids'];
    $counts = ['tolerance_s', 'max_body'];
    if (array_diff(array_keys($given), $texts, $lists, $counts) !== []) {
        throw new BadLine();
    }
    $read = [];
    foreach ($texts as $name) {
        $read[$name] = Want::maybeText($given[$name] ?? null);
    }
    foreach ($lists as $name) {
        $read[$name] = Want::texts($given, $name);
    }
    foreach ($counts as $name) {
        $read[$name] = Want::maybeCount($given[$name] ?? null);
    }
    $read['kind'] = $read['kind'] === null ? null : AccountKind::tryFrom($read['kind']) ?? throw new BadLine();
    $read['mode'] = $read['mode'] === null ? null : Mode::tryFrom($read['mode']) ?? throw new BadLine();
    return $read;
}

function account(array $op): Account
{
    $it = given($op['account'] ?? null);
    return new Account(
        kind: $it['kind'] ?? AccountKind::OfficialAccount,
        appId: $it['app_id'] ?? '',
        token: $it['token'] ?? '',
        encodingAesKey: $it['encoding_aes_key'],
        previousEncodingAesKeys: $it['previous_encoding_aes_keys'],
        previousTokens: $it['previous_tokens'],
        acceptIds: $it['accept_ids'],
        mode: $it['mode'],
        toleranceMs: $it['tolerance_s'] === null ? null : Want::seconds($it['tolerance_s']),
        maxBody: $it['max_body'],
    );
}
