<?php

declare(strict_types=1);

namespace Wxkf\Tests;

use Wxkf\Account;
use Wxkf\Decoded;
use Wxkf\Format;
use Wxkf\Mode;
use Wxkf\Origin;

test('an account says what it is', function (): void {
    same(Mode::Secure, official()->mode());
    same(Mode::Plain, (new Account('mini_program', APP, TOKEN, mode: Mode::Plain))->mode());
    same('wx1', (new Account('mini_program', " wx1\n", TOKEN, KEY))->appId());
    same(Mode::Compatible, official(mode: 'compatible')->mode());
    same(true, official()->largestBody() > 0);
    same(true, official(maxBody: 1000)->largestBody() < official()->largestBody());
});

test('what is wrong with an account is named', function (): void {
    refused('config.key_invalid', Origin::Caller, fn () => official(encodingAesKey: 'short'));
    refused('config.token_empty', Origin::Caller, fn () => new Account('mini_program', APP, ''));
    refused('config.mode_needs_key', Origin::Caller, fn () =>
        new Account('mini_program', APP, TOKEN, mode: 'secure'));
    // A key that was forgotten opens no door.
    refused('config.mode_needs_key', Origin::Caller, fn () => new Account('mini_program', APP, TOKEN));
    refused('binding.argument_invalid', Origin::Caller, fn () => official(mode: 'secret'));
    refused('binding.argument_invalid', Origin::Caller, fn () => new Account('cloud', APP, TOKEN));
    foreach ([
        'tolerance_ms' => ['toleranceMs' => -1],
        'max_body' => ['maxBody' => -1],
        'previous_encoding_aes_key' => ['previousEncodingAesKeys' => [null]],
        'previous_token' => ['previousTokens' => ['before', null]],
        'accept_id' => ['acceptIds' => [5]],
    ] as $field => $wrong) {
        $error = refused('binding.argument_invalid', Origin::Caller, fn () => official(...$wrong));
        same($field, $error->field);
    }
    try {
        official(colour: 'red');
    } catch (\Error $error) {
        same('Unknown named parameter $colour', $error->getMessage());
        return;
    }
    throw new \Exception('an unknown option was taken');
});

test('a URL check is answered, and a forged one is not', function (): void {
    $plain = new Account('mini_program', APP, TOKEN, mode: Mode::Plain);
    $at = (string) intdiv(NOW, 1000);
    $query = "signature={$plain->sign($at, 'n')}&timestamp=$at&nonce=n&echostr=hello";
    same('hello', $plain->verifyUrl($query, NOW));
    $forged = str_replace('nonce=n', 'nonce=m', $query);
    $error = refused('callback.signature_mismatch', Origin::Peer, fn () => $plain->verifyUrl($forged, NOW));
    same(true, $error->getChineseMessage() !== $error->getMessage());
    refused('callback.parameter_missing', Origin::Peer, fn () => $plain->verifyUrl('timestamp=1', NOW));
});

test('a sealed push in XML is received and answered', function (): void {
    $account = official();
    $sealed = $account->seal(xml('你好'), Format::Xml, 'gh_1', NOW);
    $push = $account->receive($sealed->query(), $sealed->body, NOW);
    same(['user', 'gh_1', '1', 'text', 'message'], [$push->from, $push->to, $push->msgId, $push->kind, $push->trigger]);
    same(['你好', null, Format::Xml, true, 0, 0, NOW, false], [$push->content, $push->event, $push->format,
        $push->sealed, $push->keyIndex, $push->tokenIndex, $push->created, $push->wantsErrCode]);
    same(xml('你好'), $push->plaintext);
    same(['你好', null], [$push->field('Content'), $push->field('MediaId')]);
    same('1', $push->inbound()['msg_id']);
    same('你好', $push->tree()['Content'] ?? $push->tree()['xml']['Content'] ?? null);
    same(xml('你好'), $account->open($sealed->query(), $sealed->body, NOW));

    foreach ([$push, $push->replyTo()] as $to) {
        $answer = $account->reply($to, ['type' => 'text', 'content' => 'a/b “c”'], NOW);
        same(true, str_contains($answer->contentType, 'xml'));
        $read = static function (string $name) use ($answer): string {
            same(1, preg_match("~<$name>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</$name>~", $answer->body, $found));
            return $found[1];
        };
        $query = http_build_query(['timestamp' => $read('TimeStamp'), 'nonce' => $read('Nonce'),
            'encrypt_type' => 'aes', 'msg_signature' => $read('MsgSignature')]);
        $wrapped = "<xml><ToUserName>gh_1</ToUserName><Encrypt><![CDATA[{$read('Encrypt')}]]></Encrypt></xml>";
        same(true, str_contains($account->open($query, $wrapped, NOW), 'a/b “c”'));
    }
});

test('a sealed push in JSON is received and answered', function (): void {
    $account = official();
    $message = '{"ToUserName":"gh_1","FromUserName":"user","CreateTime":1763700000,"MsgType":"text","Content":"hi",'
        . '"MsgId":9223372036854775807,"Big":12345678901234567890.10}';
    $sealed = $account->seal($message, 'json', 'gh_1', NOW);
    $push = $account->receive($sealed->query(), $sealed->body, NOW);
    same([Format::Json, 'hi', '9223372036854775807'], [$push->format, $push->content, $push->msgId]);
    same(true, str_contains($push->treeJson(), '12345678901234567890.10'));
    $answer = $account->reply($push, '{"type":"text","content":"再见"}', NOW);
    same(true, str_contains($answer->contentType, 'json'));
    $part = json_decode($answer->body, true);
    $query = http_build_query(['timestamp' => $part['TimeStamp'], 'nonce' => $part['Nonce'],
        'encrypt_type' => 'aes', 'msg_signature' => $part['MsgSignature']]);
    $wrapped = json_encode(['ToUserName' => 'gh_1', 'Encrypt' => $part['Encrypt']]);
    same('再见', json_decode($account->open($query, $wrapped, NOW), true)['Content']);
});

test('a reply has a caution', function (): void {
    same(null, Account::replyCaution(['type' => 'text', 'content' => str_repeat('x', 2048)]));
    same('long_reply', Account::replyCaution(['type' => 'text', 'content' => str_repeat('x', 2049)]));
    same(null, Account::replyCaution('{"type":"success"}'));
    refused('reply.unsupported', Origin::Caller, fn () => Account::replyCaution(['type' => 'dance']));
});

test('a forged push is refused, and explained', function (): void {
    $account = official();
    $sealed = $account->seal(xml('x'), 'xml', 'gh_1', NOW);
    $other = official(encodingAesKey: strrev(KEY));
    $forged = str_replace('msg_signature=', 'msg_signature=0', $sealed->query());
    refused('callback.signature_mismatch', Origin::Peer, fn () => $account->receive($forged, $sealed->body, NOW));
    refused('callback.ciphertext_invalid', Origin::Peer, fn () =>
        $other->receive($sealed->query(), $sealed->body, NOW));
    $stale = official(toleranceMs: 1000);
    refused('callback.timestamp_stale', Origin::Peer, fn () =>
        $stale->receive($sealed->query(), $sealed->body, NOW + 9000));
    $said = $account->explain($forged, $sealed->body, NOW);
    same([false, 'callback.signature_mismatch'], [$said['accepted'], $said['code']]);
    same(true, $said['steps'][0]['en'] !== $said['steps'][0]['zh']);
    same(true, $account->explain($sealed->query(), $sealed->body, NOW)['accepted']);
    same(1, official(previousEncodingAesKeys: [KEY], encodingAesKey: strrev(KEY))
        ->receive($sealed->query(), $sealed->body, NOW)->keyIndex);
});

test('what was closed is refused, and closing twice is fine', function (): void {
    $account = official();
    $sealed = $account->seal(xml('x'), 'xml', 'gh_1', NOW);
    $push = $account->receive($sealed->query(), $sealed->body, NOW);
    $account->close();
    $account->close();
    refused('binding.argument_invalid', Origin::Caller, fn () =>
        $account->receive($sealed->query(), $sealed->body, NOW));
    same('x', $push->field('Content'));
    $push->close();
    same('x', $push->content);
    refused('binding.argument_invalid', Origin::Caller, fn () => $push->dedupeKey());
    refused('binding.argument_invalid', Origin::Caller, fn () =>
        official()->reply($push, ['type' => 'success']));
});

test('a clone is the same object, and what lives in the library is not serialized', function (): void {
    $account = official();
    $again = clone $account;
    same(Mode::Secure, $again->mode());
    $account->close();
    refused('binding.argument_invalid', Origin::Caller, fn () => $again->mode());
    unset($account, $again);
    $kept = official();
    $error = refused('binding.argument_invalid', Origin::Caller, fn () => serialize($kept));
    same('object', $error->field);
    same(Mode::Secure, $kept->mode());
});

test('arguments that cannot be are refused', function (): void {
    $account = official();
    refused('binding.argument_invalid', Origin::Caller, fn () => $account->verifyUrl('', -1));
    refused('binding.argument_invalid', Origin::Caller, fn () => $account->seal('x', 'yaml'));
    refused('binding.argument_invalid', Origin::Caller, fn () => $account->seal('x', 'xml', random: 'short'));
    $error = refused('binding.argument_invalid', Origin::Caller, fn () => $account->reply('', ["\xff"]));
    same('reply', $error->field);
});

test('a message can be decoded without a seal', function (): void {
    $it = Decoded::unverified(xml('hi', '7'));
    same([Format::Xml, '7'], [$it->format, $it->inbound['msg_id']]);
    same(true, $it->tree() !== []);
    refused('callback.body_malformed', Origin::Peer, fn () => Decoded::unverified('<xml'));
});

test('an account serves fibers and processes alike', function (): void {
    $account = official();
    $work = function () use ($account): void {
        foreach (range(1, 50) as $i) {
            $sealed = $account->seal(xml("n$i"), 'xml', 'gh_1', NOW);
            \Fiber::getCurrent() && \Fiber::suspend();
            same("n$i", $account->receive($sealed->query(), $sealed->body, NOW)->content);
        }
    };
    $fibers = array_map(fn () => new \Fiber($work), range(1, 4));
    array_walk($fibers, fn (\Fiber $fiber) => $fiber->start());
    while ($fibers = array_filter($fibers, fn (\Fiber $fiber) => !$fiber->isTerminated())) {
        array_walk($fibers, fn (\Fiber $fiber) => $fiber->resume());
    }
    $children = [];
    foreach (function_exists('pcntl_fork') ? range(1, 4) : [] as $_) {
        $children[] = $child = pcntl_fork();
        if ($child === 0) {
            try {
                $work();
                exit(0);
            } catch (\Throwable) {
                exit(1);
            }
        }
    }
    foreach ($children as $child) {
        pcntl_waitpid($child, $status);
        same(0, $status);
    }
});
