<?php

declare(strict_types=1);

namespace Wxkf\Driver;

use Wxkf\Conversation;
use Wxkf\Dedupe;
use Wxkf\Refusal;
use Wxkf\Settlement;
use Wxkf\TokenKeeper;
use Wxkf\TokenSource;
use Wxkf\TypingSettlement;

/** The state machines: each op is a machine and the steps it takes, with one result a step. */
final class Steps
{
    public static function conversation(array $op, string $line): string
    {
        $policy = Json::member($line, 'policy') ?? throw new BadLine();
        $machine = new Conversation($policy);
        $life = new Life();
        return self::run($op, [
            'allowance' => static function (mixed $_, callable $now) use (&$machine): array {
                $it = $machine->allowance($now());
                return [
                    'at_least' => $it->atLeast,
                    'at_most' => $it->atMost,
                    'held' => $it->held,
                    'closes_at' => $it->closesAt,
                ];
            },
            'forget' => static function (mixed $key) use (&$machine): string {
                $machine->forget(Want::text($key));
                return 'forgotten';
            },
            'observe' => static function (mixed $push, callable $now) use (&$machine): string {
                $push = Want::object($push);
                $key = Want::text($push['key'] ?? null);
                $trigger = Want::maybeText($push['trigger'] ?? null);
                $at = Want::maybeCount($push['at'] ?? null);
                return $machine->observePush($key, $trigger, $at, $now())->value;
            },
            'reload' => static function () use (&$machine, $policy): string {
                $machine = new Conversation($policy, $machine->snapshot());
                return 'ok';
            },
            'reserve' => static function (mixed $_, callable $now) use (&$machine, $life): array {
                $it = $machine->reserve($now());
                return $it instanceof Refusal
                    ? ['refused' => $it->reason]
                    : ['id' => $life->show($it->id), 'sure' => $it->sure];
            },
            'sent_elsewhere' => static function (mixed $sent, callable $now) use (&$machine): string {
                $machine->sentElsewhere(Want::maybeCount(Want::object($sent)['at'] ?? null), $now());
                return 'ok';
            },
            'settle' => static function (mixed $what, callable $now) use (&$machine, $life): array|string {
                $what = Want::object($what);
                $as = self::settlement($what, Settlement::tryFrom(...));
                $it = $machine->settle($life->id($what['id'] ?? null), $as, $now());
                return $it->retryAfterMs === null ? $it->name : ['retry_after_ms' => $it->retryAfterMs];
            },
            'typing' => static function (mixed $what, callable $now) use (&$machine): array|string {
                if (is_array($what)) {
                    $as = self::settlement(Want::object($what), TypingSettlement::tryFrom(...));
                    $machine->settleTyping($as, $now());
                    return 'ok';
                }
                if ($what === 'stop') {
                    $machine->stopTyping();
                    return 'ok';
                }
                $no = $what === 'start' ? $machine->startTyping($now()) : throw new BadLine();
                return $no === null ? 'ok' : ['refused' => $no->reason];
            },
        ]);
    }

    public static function dedupe(array $op): string
    {
        $size = [Want::count($op['capacity'] ?? null), Want::count($op['horizon_ms'] ?? null)];
        $machine = new Dedupe(...$size);
        return self::run($op, [
            'forget' => static function (mixed $key) use (&$machine): string {
                $machine->forget(Want::text($key));
                return 'forgotten';
            },
            'observe' => static function (mixed $key, callable $now) use (&$machine): array|string {
                $since = $machine->observe(Want::text($key), $now());
                return $since === null ? 'new' : ['repeat_since' => $since];
            },
            'reload' => static function () use (&$machine, $size): string {
                $machine = new Dedupe(...[...$size, $machine->snapshot()]);
                return 'ok';
            },
        ]);
    }

    public static function token(array $op): string
    {
        $source = TokenSource::tryFrom(Want::maybeText($op['source'] ?? null) ?? 'stable_token');
        $machine = TokenKeeper::create($source ?? throw new BadLine());
        $life = new Life();
        $say = static fn (bool $applied): string => $applied ? 'applied' : 'stale';
        return self::run($op, [
            'fetch_failed' => static function (mixed $what, callable $now) use (&$machine, $life, $say): string {
                $what = Want::object($what);
                $failure = Want::maybeText($what['failure'] ?? null) ?? 'temporary';
                return $say($machine->fetchFailed($life->id($what['id'] ?? null), $failure, $now()));
            },
            'fetched' => static function (mixed $what, callable $now) use (&$machine, $life, $say): string {
                $what = Want::object($what);
                [$id, $expires] = [$life->id($what['id'] ?? null), Want::count($what['expires_in'] ?? null)];
                return $say($machine->fetched($id, Want::text($what['token'] ?? null), $expires, now: $now()));
            },
            'rejected' => static function (mixed $what, callable $now) use (&$machine, $say): string {
                return $say($machine->rejected(Want::text(Want::object($what)['token'] ?? null), $now()));
            },
            'reload' => static function () use (&$machine): string {
                $machine = TokenKeeper::restore($machine->snapshot());
                return 'ok';
            },
            'step' => static function (mixed $_, callable $now) use (&$machine, $life): array {
                $it = $machine->step($now());
                return match (true) {
                    $it->use !== null => ['use' => $it->use],
                    $it->fetch !== null => ['fetch' => $life->show($it->fetch), 'force' => $it->force],
                    default => ['wait_until' => $it->waitUntil],
                };
            },
        ]);
    }

    /**
     * What became of a call: its name, or the errcode that WeChat answered; beside that one it may be `rejected`.
     *
     * @param callable(string): ?\BackedEnum $named
     */
    private static function settlement(array $what, callable $named): \BackedEnum|int
    {
        [$as, $errcode] = [Want::maybeText($what['as'] ?? null), $what['errcode'] ?? null];
        if ($errcode === null) {
            return $named($as ?? '') ?? throw new BadLine();
        }
        return is_int($errcode) && ($as ?? 'rejected') === 'rejected' ? $errcode : throw new BadLine();
    }

    /** @param array<string, callable> $steps */
    private static function run(array $op, array $steps): string
    {
        $taken = $op['steps'] ?? null;
        if (!is_array($taken) || !array_is_list($taken)) {
            throw new BadLine();
        }
        $results = [];
        foreach ($taken as $step) {
            Want::maybeCount(Want::object($step)['now'] ?? null);
            $name = array_key_first(array_intersect_key($step, $steps)) ?? throw new BadLine();
            $now = static fn (): int => Want::count($step['now'] ?? null);
            $results[] = Json::write($steps[$name]($step[$name], $now));
        }
        return '[' . implode(',', $results) . ']';
    }
}
