<?php

declare(strict_types=1);

// Drives the echo example over HTTP.

namespace Wxkf\Tests;

test('the echo example answers WeChat and nobody else', function (): void {
    // The number of a port that was free just now.
    $probe = stream_socket_server('tcp://127.0.0.1:0');
    $address = stream_socket_get_name($probe, false);
    fclose($probe);
    $store = sys_get_temp_dir() . '/wxkf-php-test-' . getmypid();
    $settings = ['WXKF_KIND' => 'official_account', 'WXKF_APP_ID' => APP, 'WXKF_TOKEN' => TOKEN,
        'WXKF_ENCODING_AES_KEY' => KEY, 'WXKF_STORE' => $store] + getenv();
    $command = [PHP_BINARY, '-d', 'ffi.enable=1', '-S', $address, __DIR__ . '/../examples/echo.php'];
    $quiet = ['file', '/dev/null', 'w'];
    $server = proc_open($command, [['file', '/dev/null', 'r'], $quiet, $quiet], $pipes, null, $settings);
    try {
        for ($i = 0; $i < 100 && !@fsockopen("tcp://$address"); $i++) {
            usleep(50_000);
        }
        drive("http://$address/");
    } finally {
        proc_terminate($server);
        proc_close($server);
        array_map(unlink(...), glob("$store/*") ?: []);
        is_dir($store) && rmdir($store);
    }
});

function drive(string $url): void
{
    $account = official();
    $now = (int) (microtime(true) * 1000);
    $at = (string) intdiv($now, 1000);
    $check = "signature={$account->sign($at, 'n')}&timestamp=$at&nonce=n&echostr=123";
    same([200, '123'], ask($url . '?' . $check));
    same([403, ''], ask($url . '?' . str_replace('nonce=n', 'nonce=m', $check)));

    $sealed = $account->seal(xml('回声', '99'), 'xml', 'gh_1', $now);
    [$status, $body] = ask("$url?{$sealed->query()}", $sealed->body);
    same(200, $status);
    same(1, preg_match('~<Encrypt>(?:<!\[CDATA\[)?([^\]<]+).*<MsgSignature>(?:<!\[CDATA\[)?([^\]<]+)~s', $body, $sign));
    same(1, preg_match('~<TimeStamp>(\d+)<.*<Nonce>(?:<!\[CDATA\[)?([^\]<]+)~s', $body, $when));
    $query = http_build_query(['timestamp' => $when[1], 'nonce' => $when[2], 'encrypt_type' => 'aes',
        'msg_signature' => $sign[2]]);
    $answer = $account->open($query, "<xml><ToUserName>gh_1</ToUserName><Encrypt>$sign[1]</Encrypt></xml>", $now);
    same(true, str_contains($answer, '回声') && str_contains($answer, '<ToUserName><![CDATA[user]]>'));

    same([200, 'success'], ask("$url?{$sealed->query()}", $sealed->body));
    $forged = str_replace('msg_signature=', 'msg_signature=0', $sealed->query());
    same([403, ''], ask("$url?$forged", $sealed->body));
    same([403, ''], ask("$url?{$sealed->query()}", str_repeat('x', $account->largestBody() + 5)));
}

/** @return array{int, string} */
function ask(string $url, ?string $body = null): array
{
    $http = ['ignore_errors' => true, 'timeout' => 10, 'method' => $body === null ? 'GET' : 'POST',
        'header' => 'Content-Type: text/xml', 'content' => $body ?? ''];
    $answer = file_get_contents($url, false, stream_context_create(['http' => $http]));
    return [(int) explode(' ', $http_response_header[0])[1], (string) $answer];
}
