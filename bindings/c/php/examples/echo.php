<?php

declare(strict_types=1);

// A webhook that answers every text with the same text, on PHP's built-in server:
//
//     export WXKF_KIND=official_account WXKF_APP_ID=wx… WXKF_TOKEN=… WXKF_ENCODING_AES_KEY=… PORT=8080
//     php -d ffi.enable=1 -S 127.0.0.1:$PORT echo.php
//
// An account without a key is a plain one, which is asked for by WXKF_MODE=plain. WXKF_STORE is a folder for the
// records of the users.

use Wxkf\Account;
use Wxkf\AccountKind;
use Wxkf\Answer;
use Wxkf\Conversation;
use Wxkf\Observation;
use Wxkf\Origin;
use Wxkf\Received;
use Wxkf\WxkfException;

require __DIR__ . '/../autoload.php';

try {
    serve(new Account(
        kind: setting('WXKF_KIND'),
        appId: setting('WXKF_APP_ID'),
        token: setting('WXKF_TOKEN'),
        encodingAesKey: getenv('WXKF_ENCODING_AES_KEY') ?: null,
        mode: getenv('WXKF_MODE') ?: null,
    ));
} catch (WxkfException $error) {
    error_log("$error->code: " . ($error->detail ?? $error->getMessage()));
    respond($error->origin === Origin::Peer ? 403 : 500);
} catch (Throwable $error) {
    error_log($error->getMessage());
    respond(500);
}

function serve(Account $account): void
{
    $query = $_SERVER['QUERY_STRING'] ?? '';
    switch ($_SERVER['REQUEST_METHOD']) {
        case 'GET':
            respond(200, $account->verifyUrl($query));
            break;
        case 'POST':
            $body = file_get_contents('php://input', false, null, 0, $account->largestBody() + 1);
            $answer = answer($account, $account->receive($query, (string) $body));
            respond(200, $answer->body, $answer->contentType);
            break;
        default:
            respond(405);
    }
}

function answer(Account $account, Received $push): Answer
{
    $reply = match (true) {
        $push->wantsErrCode => ['type' => 'err_code', 'err_code' => 0],
        !is_new($push) || $push->content === null => ['type' => 'success'],
        AccountKind::from(setting('WXKF_KIND')) === AccountKind::MiniProgram => ['type' => 'success'],
        default => ['type' => 'text', 'content' => $push->content],
    };
    return $account->reply($push, $reply);
}

/** Takes note of the push in the record of its user; one process at a time. */
function is_new(Received $push): bool
{
    $folder = getenv('WXKF_STORE') ?: sys_get_temp_dir() . '/wxkf-echo';
    if (!is_dir($folder) && !@mkdir($folder, 0700, true) && !is_dir($folder)) {
        throw new RuntimeException('the store cannot be made');
    }
    $file = fopen("$folder/" . hash('sha256', "$push->to\n$push->from"), 'c+b');
    if ($file === false || !flock($file, LOCK_EX)) {
        throw new RuntimeException('the store cannot be opened');
    }
    try {
        $snapshot = (string) stream_get_contents($file);
        $record = new Conversation(AccountKind::from(setting('WXKF_KIND')), $snapshot === '' ? null : $snapshot);
        $observation = $record->observe($push);
        // A snapshot of another length must not keep the end of the one before.
        rewind($file);
        ftruncate($file, 0);
        fwrite($file, $record->snapshot());
        return $observation === Observation::New;
    } finally {
        fclose($file);
    }
}

function respond(int $status, string $body = '', string $type = 'text/plain'): void
{
    http_response_code($status);
    header("Content-Type: $type");
    echo $body;
}

function setting(string $name): string
{
    return getenv($name) ?: '';
}
