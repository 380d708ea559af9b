<?php

declare(strict_types=1);

namespace Wxkf\Tests;

use Wxkf\AccountKind;
use Wxkf\Conversation;
use Wxkf\Dedupe;
use Wxkf\Observation;
use Wxkf\Origin;
use Wxkf\Refusal;
use Wxkf\Reservation;
use Wxkf\Settlement;
use Wxkf\TokenKeeper;
use Wxkf\TokenSource;
use Wxkf\TypingSettlement;

test('a conversation holds, settles and refuses', function (): void {
    $record = new Conversation(AccountKind::MiniProgram);
    same([null, null], [$record->allowance(NOW)->closesAt, $record->keepUntil()]);
    same(Observation::New, $record->observePush('m1', 'message', NOW, NOW));
    same(Observation::Repeat, $record->observePush('m1', 'message', null, NOW + 1));
    $most = $record->allowance(NOW)->atMost;
    same(true, $most > 0 && $record->allowance(NOW)->closesAt > NOW);
    $held = $record->reserve(NOW);
    same(true, $held instanceof Reservation && $held->sure);
    same(1, $record->allowance(NOW)->held);
    same(['applied', null], [($it = $record->settle($held, Settlement::Delivered, NOW))->name, $it->retryAfterMs]);
    same('stale', $record->settle($held->id, 0, NOW)->name);
    same($most - 1, $record->allowance(NOW)->atMost);
    $early = $record->settle($record->reserve(NOW), 45047, NOW);
    same(['retry_after', 1000], [$early->name, $early->retryAfterMs]);
    $later = NOW + 60_000;
    same('applied', $record->settle($record->reserve($later), 45047, $later)->name);
    $no = $record->reserve($later);
    same(true, $no instanceof Refusal);
    same('quota_exhausted', $no->reason);
    same(true, is_int($record->nextDeadline()));
});

test('of more pushes than there is room for nobody knows', function (): void {
    $record = new Conversation(AccountKind::MiniProgram);
    $seen = Observation::New;
    for ($i = 0; $i < 5000 && $seen === Observation::New; $i++) {
        $seen = $record->observePush("$i", 'message', NOW, NOW);
    }
    same(Observation::Overflow, $seen);
    same(Observation::Repeat, $record->observePush('0', 'message', NOW, NOW + 50_000));
});

test('a conversation without a window refuses for good', function (): void {
    $no = (new Conversation(AccountKind::OfficialAccount))->reserve(NOW);
    same([true, 'window_closed', null], [$no instanceof Refusal, $no->reason, $no->retryAt]);
});

test('a conversation observes pushes and shows typing', function (): void {
    $account = official();
    $sealed = $account->seal(xml('x'), 'xml', 'gh_1', NOW);
    $push = $account->receive($sealed->query(), $sealed->body, NOW);
    $record = new Conversation(['preset' => 'mini_program']);
    same([Observation::New, Observation::Repeat], [$record->observe($push, NOW), $record->observe($push, NOW)]);
    $record->forget($push->dedupeKey());
    same(Observation::New, $record->observe($push, NOW));
    same(null, $record->startTyping(NOW));
    $record->settleTyping(TypingSettlement::NotSent, NOW);
    same(null, $record->startTyping(NOW));
    $record->settleTyping(45081, NOW);
    same('already_typing', $record->startTyping(NOW)->reason);
    $record->stopTyping();
    $before = $record->allowance(NOW)->atLeast;
    $record->sentElsewhere(NOW, NOW);
    $record->sentElsewhere(now: NOW);
    same($before - 2, $record->allowance(NOW)->atLeast);
    same(true, (new Conversation('"mini_program"'))->startTyping(NOW) instanceof Refusal);
});

test('a snapshot of a conversation is all of it', function (): void {
    $record = new Conversation('"mini_program"');
    $record->observePush('m1', 'message', NOW, NOW);
    $held = $record->reserve(NOW);
    $again = new Conversation(AccountKind::MiniProgram, $record->snapshot());
    same($record->snapshot(), $again->snapshot());
    same(true, strlen($record->snapshot()) <= 512);
    same('applied', $again->settle($held, Settlement::NotSent, NOW)->name);
    $bad = fn () => new Conversation(AccountKind::MiniProgram, 'no snapshot');
    refused('snapshot.malformed', Origin::Caller, $bad);
    refused('snapshot.malformed', Origin::Caller, fn () => new Conversation(AccountKind::MiniProgram, ''));
    refused('config.policy_invalid', Origin::Caller, fn () => new Conversation(['preset' => 'none']));
    refused('binding.argument_invalid', Origin::Caller, fn () => $record->observePush('k', 'wave', now: NOW));
    $wrong = fn (string $field, callable $body) =>
        same($field, refused('binding.argument_invalid', Origin::Caller, $body)->field);
    $wrong('id', fn () => $record->settle(-1, Settlement::Delivered, NOW));
    $wrong('id', fn () => $record->settle(-1, 0, NOW));
    $wrong('at', fn () => $record->observePush('k', 'message', -1, NOW));
    $wrong('at', fn () => $record->sentElsewhere(-1, NOW));
    $wrong('now', fn () => $record->reserve(-1));
    $record->close();
    refused('binding.argument_invalid', Origin::Caller, fn () => $record->nextDeadline());
});

test('a memory knows what was here', function (): void {
    $memory = new Dedupe(10, 60_000);
    same([null, NOW], [$memory->observe('a', NOW), $memory->observe('a', NOW + 5)]);
    same(null, $memory->observe('b', NOW));
    same(2, $memory->len());
    $again = new Dedupe(10, 60_000, $memory->snapshot());
    same(NOW, $again->observe('a', NOW + 9));
    $again->forget('a');
    same(null, $again->observe('a', NOW + 9));
    same(null, $memory->observe('a', NOW + 600_000));
    $memory->close();
    refused('binding.argument_invalid', Origin::Caller, fn () => $memory->len());
    refused('binding.argument_invalid', Origin::Caller, fn () => new Dedupe(-1));
});

test('a token is fetched once, used, and fetched again', function (): void {
    $keeper = TokenKeeper::create();
    same(null, $keeper->refreshToken());
    $step = $keeper->step(NOW);
    same([null, true, false, null], [$step->use, is_int($step->fetch), $step->force, $step->waitUntil]);
    $wait = $keeper->step(NOW);
    same([null, null], [$wait->use, $wait->fetch]);
    same(true, $wait->waitUntil > NOW);
    same(true, $keeper->fetched($step->fetch, 'T1', 7200, now: NOW));
    same(false, $keeper->fetched($step->fetch + 9, 'T2', 7200, now: NOW));
    $keeper = TokenKeeper::restore($keeper->snapshot());
    same('T1', $keeper->step(NOW)->use);
    same(true, $keeper->nextDeadline() > NOW);
    same(true, $keeper->rejected('T1', NOW + 600_000));
    same(false, $keeper->rejected('other', NOW + 600_000));
    $step = $keeper->step(NOW + 600_000);
    same(true, is_int($step->fetch));
    same(true, $keeper->fetchFailed($step->fetch, now: NOW + 600_000));
    refused('binding.argument_invalid', Origin::Caller, fn () => $keeper->fetchFailed(1, 'perhaps', NOW));
    refused('snapshot.malformed', Origin::Caller, fn () => TokenKeeper::restore('x'));
    foreach ([
        'id' => fn () => $keeper->fetched(-1, 'T', 7200, now: NOW),
        'expires_in' => fn () => $keeper->fetched(1, 'T', -1, now: NOW),
        'now' => fn () => $keeper->step(-1),
    ] as $field => $wrong) {
        same($field, refused('binding.argument_invalid', Origin::Caller, $wrong)->field);
    }
    refused('binding.argument_invalid', Origin::Caller, fn () => $keeper->fetchFailed(-1, now: NOW));
    same('R', TokenKeeper::create(TokenSource::Authorizer, 'R')->refreshToken());
});
