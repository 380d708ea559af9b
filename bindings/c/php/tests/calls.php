<?php

declare(strict_types=1);

namespace Wxkf\Tests;

use Wxkf\Accepted;
use Wxkf\Api;
use Wxkf\Origin;
use Wxkf\Rejected;
use Wxkf\Split;

test('a call is made', function (): void {
    $params = ['touser' => 'user', 'msgtype' => 'text', 'text' => ['content' => '你好/"']];
    $it = Api::request('message.custom.send', $params, 'mini_program');
    same(['POST', '/cgi-bin/message/custom/send'], [$it->method, $it->path]);
    same($params['text'], json_decode($it->body, true)['text']);
    same('/cgi-bin/message/custom/send?access_token=T', $it->target('T'));
    same(true, str_contains((string) $it->contentType, 'json'));
    refused('request.unsupported', Origin::Caller, fn () => Api::request('message.none'));
    $missing = refused('request.field_missing', Origin::Caller, fn () => Api::request('message.custom.send', []));
    same(true, $missing->field !== null);
});

test('a file is uploaded byte by byte', function (): void {
    $file = "\xff\xd8\xff\xe0 all \x00\r\n bytes\xff\xd9";
    $params = ['type' => 'image', 'media_base64' => base64_encode($file), 'filename' => 'a.jpg',
        'random' => str_repeat('0a', 16)];
    $it = Api::request('media.upload', $params);
    same(true, str_contains($it->body, "\r\n\r\n$file\r\n"));
    same(true, str_starts_with((string) $it->contentType, 'multipart/form-data; boundary='));
});

test('an answer is accepted or rejected', function (): void {
    $said = '{"errcode":45047,"errmsg":"out of response count limit rid: a-b"}';
    $no = Api::decode('message.custom.send', 200, $said);
    same(true, $no instanceof Rejected);
    same([45047, 'quota_exhausted'], [$no->errcode, $no->kind]);
    same(45047, json_decode($no->json)->errcode);
    $yes = Api::decode('message.custom.send', 200, '{"errcode":0,"errmsg":"ok"}');
    same([true, '{}', null], [$yes instanceof Accepted, $yes->json, $yes->media]);
    $file = Api::decode('media.get', 200, "\xff\x00", 'image/jpeg');
    same([true, "\xff\x00"], [$file instanceof Accepted, $file->media]);
    refused('response.malformed', Origin::Platform, fn () => Api::decode('message.custom.send', 200, 'oops'));
    refused('binding.argument_invalid', Origin::Caller, fn () => Api::decode('media.get', 70000, ''));
});

test('texts are split, codes are known', function (): void {
    $it = Split::text('one two three', 8, 2);
    same('one two three', implode('', $it->parts) . $it->rest);
    same(2, count($it->parts));
    refused('binding.argument_invalid', Origin::Caller, fn () => Split::text("\xff"));
    same(['quota_exhausted', null], [Api::errcode(45047)['kind'], Api::errcode(-987654)]);
    same('quota_exhausted', Api::rejectionKind(45047));
    same(2, Api::abi());
    same(1, preg_match('/^\d+\.\d+\.\d+$/', Api::version()));
});

test('memory does not grow', function (): void {
    $work = function (): void {
        foreach (range(1, 300) as $i) {
            $account = official();
            $sealed = $account->seal(xml("$i"), 'xml', 'gh_1', NOW);
            $account->receive($sealed->query(), $sealed->body, NOW)->inbound();
        }
    };
    $resident = static function (): int {
        preg_match('/VmRSS:\s+(\d+)/', (string) file_get_contents('/proc/self/status'), $found);
        return (int) $found[1];
    };
    $work();
    [$php, $all] = [memory_get_usage(), $resident()];
    for ($i = 0; $i < 5; $i++) {
        $work();
    }
    same(true, memory_get_usage() - $php < 65536);
    same(true, $resident() - $all < 2048);
});
