<?php

declare(strict_types=1);

// A small runner: each test is a name and a function, and fails by throwing.

namespace Wxkf\Tests;

use Wxkf\Account;
use Wxkf\AccountKind;
use Wxkf\Origin;
use Wxkf\WxkfException;

require __DIR__ . '/../autoload.php';

const NOW = 1_763_700_000_000;
const TOKEN = 'a-token-of-tests';
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const APP = 'wx0123456789abcdef';

final class Run
{
    public static int $passed = 0;
    public static int $failed = 0;
    public static int $absent = 0;

    public static function end(): never
    {
        printf("%d passed, %d failed, %d absent\n", self::$passed, self::$failed, self::$absent);
        exit(self::$failed > 0 ? 1 : 0);
    }
}

function test(string $name, callable $body): void
{
    try {
        $body();
        Run::$passed++;
    } catch (\Throwable $error) {
        Run::$failed++;
        printf("FAILED %s: %s (%s:%d)\n", $name, $error->getMessage(), basename($error->getFile()), $error->getLine());
        echo $error->getTraceAsString(), "\n";
    }
}

function same(mixed $wanted, mixed $got): void
{
    if ($wanted !== $got) {
        throw new \Exception('wanted ' . var_export($wanted, true) . ', got ' . var_export($got, true));
    }
}

function refused(string $code, Origin $origin, callable $body): WxkfException
{
    try {
        $body();
    } catch (WxkfException $error) {
        same($code, $error->code);
        same($code, $error->getCode());
        same($origin, $error->origin);
        same(true, $error->getMessage() !== '');
        return $error;
    }
    throw new \Exception("it was not refused: $code");
}

function official(mixed ...$more): Account
{
    return new Account(AccountKind::OfficialAccount, APP, TOKEN, ...['encodingAesKey' => KEY, ...$more]);
}

function xml(string $content, string $id = '1'): string
{
    return '<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[user]]></FromUserName>'
        . '<CreateTime>' . intdiv(NOW, 1000) . '</CreateTime><MsgType><![CDATA[text]]></MsgType>'
        . "<Content><![CDATA[$content]]></Content><MsgId>$id</MsgId></xml>";
}
