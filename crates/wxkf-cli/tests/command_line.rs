//! The binary, started as people start it.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by panicking")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn wxkf(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxkf"));
    command.args(args);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WX")) {
        command.env_remove(name);
    }
    run(command, input)
}

fn run(mut command: Command, input: &str) -> Output {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.env("LC_ALL", "C").spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> &str {
    core::str::from_utf8(&output.stdout).unwrap()
}

const ACCOUNT: &[&str] = &[
    "--kind",
    "official_account",
    "--app-id",
    "wx0123456789abcdef",
    "--token",
    "token",
    "--encoding-aes-key",
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
];
const MESSAGE: &str = "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName>\
                       <MsgType>text</MsgType><Content>a\u{1}\u{1b}[31mb</Content><MsgId>1</MsgId></xml>";

#[test]
fn what_is_sealed_is_received_opened_answered_and_explained() {
    let sealed = wxkf(&[&["seal", "--push-to", "gh_0"], ACCOUNT].concat(), MESSAGE);
    assert!(sealed.status.success(), "{sealed:?}");
    let query = String::from_utf8_lossy(&sealed.stderr).trim().to_owned();
    let url = format!("https://example.com/wechat?{query}");
    let run = |command: &[&str], query: &str| {
        wxkf(&[command, &["--query", query], ACCOUNT].concat(), stdout(&sealed))
    };
    let received: Value = serde_json::from_str(stdout(&run(&["receive"], &url))).unwrap();
    assert_eq!(received["inbound"]["msg_id"], "1");
    assert_eq!(received["sealed"], true);
    // Bytes that a terminal would act on come out as they went in.
    assert_eq!(stdout(&run(&["open"], &query)), MESSAGE);
    let answer = run(&["reply", "--text", "您好"], &query);
    assert!(stdout(&answer).starts_with("<xml><Encrypt>"), "{answer:?}");
    // In place of this one the user would be shown a failure; it is written all the same.
    let long = run(&["reply", "--text", &"a".repeat(2049)], &query);
    assert!(stdout(&long).starts_with("<xml><Encrypt>"), "{long:?}");
    assert!(String::from_utf8_lossy(&long.stderr).contains("2048"), "{long:?}");
    let explained = run(&["explain", "--lang", "zh"], &query);
    assert!(explained.status.success() && stdout(&explained).contains("通过"), "{explained:?}");
    let wrong = query.replace("nonce=wxkf", "nonce=wxkx");
    let explained = run(&["explain", "--json"], &wrong);
    assert!(!explained.status.success());
    let explained: Value = serde_json::from_str(stdout(&explained)).unwrap();
    assert_eq!(explained["code"], "callback.signature_mismatch");
    let refused = run(&["receive"], &wrong);
    assert!(!refused.status.success() && refused.stdout.is_empty());
}

#[test]
fn the_demo_plays_to_its_end_in_both_languages_and_is_plain_when_piped() {
    for (language, last) in [("en", "README.md"), ("zh", "README.zh-CN.md")] {
        let demo = wxkf(&["demo", "--lang", language], "");
        assert!(demo.status.success(), "{demo:?}");
        let text = stdout(&demo);
        assert!(!text.contains('\u{1b}'), "colours in a pipe");
        // What happens, in its order.
        let mut rest = text;
        for shown in [
            "callback.signature_mismatch",
            "callback.mode_refused",
            "Fetch #1, force = false",
            "observe: New; at_least 5, at_most 5",
            "observe: Repeat",
            "\"command\":\"Typing\"",
            "{\"errcode\":0,",
            "start_typing: already_typing, retry_at +12 s",
            "at_least 4, at_most 4",
            "at_least 3, at_most 3",
            "at_least 2, at_most 2",
            "restore: at_least 2, at_most 2",
            "{\"errcode\":40001,",
            "Fetch #2, force = false",
            "Fetch #3, force = true",
            "reserve #4, sure = true; settle: delivered; at_least 1, at_most 1",
            "reserve #5, sure = true; settle: delivered; at_least 0, at_most 0",
            "reserve: quota_exhausted, retry_at none",
            "{\"errcode\":45047,",
            "45047 quota_exhausted: ",
            "at_least 2, at_most 5, closes_at +47 h",
            "at_least 2, at_most 2, closes_at +60 s",
            "reserve #6, sure = true; settle: delivered; at_least 1, at_most 1",
            "reserve: window_closed, retry_at none",
            "at_least 5, at_most 5, closes_at +48 h",
            last,
        ] {
            rest = rest.split_once(shown).unwrap_or_else(|| panic!("no {shown} now:\n{text}")).1;
        }
        let count = |what: &str| text.lines().filter(|line| line.contains(what)).count();
        // Each of the six that are sent, one with a dead token, and one too many.
        assert_eq!(count("← POST /cgi-bin/message/custom/send?"), 8, "{text}");
        assert_eq!(count("← POST /cgi-bin/message/custom/typing?"), 1, "{text}");
        // The echo of the URL is answered as it came.
        let (_, echo) = text.split_once("&echostr=").unwrap();
        let (echo, _) = echo.split_once('&').unwrap();
        assert_eq!(count(&format!("← 200 text/plain  {echo}")), 1, "{text}");
        // One push, two deliveries, one key; then three other pushes.
        let keys: Vec<_> =
            text.lines().filter_map(|line| line.split_once("dedupe_key ")).map(|it| it.1).collect();
        assert_eq!((keys.len(), keys[0]), (5, keys[1]), "{text}");
        assert!(keys[2..].iter().all(|key| *key != keys[0]), "{keys:?}");
        // Chinese takes two columns.
        let columns = |line: &str| -> usize {
            line.chars().map(|it| if it < '\u{2e80}' { 1 } else { 2 }).sum()
        };
        let wide: Vec<_> = text.lines().filter(|line| columns(line) > 108).collect();
        assert!(wide.is_empty(), "{wide:?}");
        assert_eq!(wxkf(&["demo", "--lang", language], "").stdout, demo.stdout, "another run");
    }
}

#[test]
fn a_forgotten_option_is_named_and_no_secret_is_repeated() {
    let output = wxkf(&["explain", "--query", "a=b", "--body", "", "--token", "t"], "");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && message.contains("--kind"), "{message}");
    let file = std::env::temp_dir().join("wxkf-account-test.toml");
    std::fs::write(&file, "encoding_aes_key = \"VerySecretKey\" nonsense").unwrap();
    let output = wxkf(&["receive", "--query", "a=b", "--account", file.to_str().unwrap()], "");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && !message.contains("VerySecretKey"), "{message}");
}

#[test]
fn a_variable_has_one_name_and_an_old_one_is_told() {
    let account = [
        ("WXKF_KIND", "official_account"),
        ("WXKF_APP_ID", "wx0123456789abcdef"),
        ("WXKF_TOKEN", "token"),
        ("WXKF_ENCODING_AES_KEY", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
    ];
    let seal = |renamed: &[(&str, &str)], more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wxkf"));
        command.args(["seal", "--message", "m"]).args(more);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WX")) {
            command.env_remove(name);
        }
        for (name, value) in account {
            let other = renamed.iter().find(|(new, _)| *new == name);
            command.env(other.map_or(name, |(_, old)| old), value);
        }
        run(command, "")
    };
    assert!(seal(&[], &[]).status.success());
    for (name, old) in [
        ("WXKF_APP_ID", "WX_APPID"),
        ("WXKF_TOKEN", "WX_TOKEN"),
        ("WXKF_ENCODING_AES_KEY", "WX_AES_KEY"),
        ("WXKF_ENCODING_AES_KEY", "WXKF_KEY"),
    ] {
        let refused = seal(&[(name, old)], &[]);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && said.contains(old) && said.contains(name), "{said}");
        assert!(!said.contains(account[3].1), "{said}");
    }
    // An old name does not matter beside what was given.
    let key = ["--encoding-aes-key", account[3].1];
    assert!(seal(&[("WXKF_ENCODING_AES_KEY", "WXKF_KEY")], &key).status.success());
}

#[test]
fn the_driver_answers_line_by_line() {
    let output = wxkf(&["conform"], "nonsense\n{\"op\":\"decode\",\"body\":\"{}\"}\n\n");
    let answers: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["error"]["code"], "conform.bad_line");
    assert_eq!(answers[1]["ok"]["inbound"]["kind"], "unknown");
}

#[test]
fn requests_are_printed_as_they_go_out_and_as_curl_commands() {
    const PARAMS: &str = r#"{"touser":"o","msgtype":"text","text":{"content":"it's 好"}}"#;
    let printed = wxkf(&["request", "message.custom.send", "--params", PARAMS], "");
    let (head, body) = stdout(&printed).split_once("\r\n\r\n").unwrap();
    assert_eq!(body, PARAMS);
    let target = "/cgi-bin/message/custom/send?access_token=ACCESS_TOKEN";
    assert_eq!(head.lines().next(), Some(&*format!("POST {target} HTTP/1.1")));
    assert!(head.ends_with(&format!("Content-Length: {}", PARAMS.len())), "{head}");

    // A shell makes the same of the curl command, and takes the token from its variable.
    let file = std::env::temp_dir().join(format!("wxkf-{}.png", std::process::id()));
    std::fs::write(&file, b"\x89PNG\r\n\x1a\n").unwrap();
    let path = file.to_str().unwrap();
    let part =
        format!("<media=@\"{path}\";filename=wxkf-{}.png;type=image/png>", std::process::id());
    let relay = ["--base", "http://localhost:1/wx/"];
    for (args, expected) in [
        (
            ["message.custom.send", "--params", PARAMS],
            format!(
                "<-X><POST><https://api.weixin.qq.com/cgi-bin/message/custom/send?access_token=T$T>\
                 <-H><Content-Type: application/json; charset=utf-8><--data-binary><{PARAMS}>"
            ),
        ),
        (
            ["token", "--params", r#"{"appid":"wx","secret":"a&b"}"#],
            "<-X><GET><https://api.weixin.qq.com/cgi-bin/token?appid=wx&secret=a%26b\
             &grant_type=client_credential>"
                .into(),
        ),
        (
            ["media.upload", "--file", path],
            format!(
                "<-X><POST><https://api.weixin.qq.com/cgi-bin/media/upload?access_token=T$T&type=image>\
                 <-F>{part}"
            ),
        ),
    ] {
        for base in [&[][..], &relay] {
            let printed = wxkf(&[&["request", "--curl"], &args[..], base].concat(), "");
            let script = format!("curl() {{ printf '<%s>' \"$@\"; }}\n{}", stdout(&printed));
            let mut shell = Command::new("sh");
            let shell = shell.arg("-c").arg(&script).env("ACCESS_TOKEN", "T$T").output().unwrap();
            let expected = match base {
                [] => expected.clone(),
                _ => expected.replace("https://api.weixin.qq.com", "http://localhost:1/wx"),
            };
            assert_eq!(stdout(&shell), expected, "{printed:?}");
        }
    }
    std::fs::remove_file(&file).unwrap();

    let listed = wxkf(&["request"], "");
    assert!(stdout(&listed).lines().any(|line| line.starts_with("openapi.rid.get ")), "{listed:?}");
    for (args, said) in [
        (&["message.custom.send", "--params", "{}"][..], "request.field_missing"),
        (&["message.custom.send", "--params", PARAMS, "--path", "send"], "[path]"),
        (&["kfsession.create"], "request.unsupported"),
        (
            &[
                "message.custom.send",
                "--kind",
                "mini_program",
                "--params",
                r#"{"touser":"o","msgtype":"voice","voice":{"media_id":"m"}}"#,
            ],
            "[msgtype]",
        ),
    ] {
        let refused = wxkf(&[&["request"], args].concat(), "");
        let error = String::from_utf8_lossy(&refused.stderr);
        assert!(!refused.status.success() && error.contains(said), "{error}");
    }
    let long =
        format!(r#"{{"touser":"o","msgtype":"text","text":{{"content":"{}"}}}}"#, "好".repeat(683));
    let warned = wxkf(&["request", "message.custom.send", "--params", &long], "");
    assert!(warned.status.success() && String::from_utf8_lossy(&warned.stderr).contains("45002"));
}

#[test]
fn return_codes_are_explained_in_both_languages() {
    let known = wxkf(&["errcode", "45047"], "");
    assert!(known.status.success());
    for part in ["45047", "quota_exhausted", "客服接口下行条数超过上限", "Wait for the user"]
    {
        assert!(stdout(&known).contains(part), "{known:?}");
    }
    let busy = wxkf(&["errcode", "-1"], "");
    assert!(busy.status.success() && stdout(&busy).contains("busy"), "{busy:?}");
    let answer = r#"{"errcode":45015,"errmsg":"x hint: [ab] rid: 608780e2-4b5d9662-035705c2"}"#;
    let explained = wxkf(&["errcode", answer], "");
    for part in ["window_closed", "608780e2-4b5d9662-035705c2", "1619493090", "ab"] {
        assert!(stdout(&explained).contains(part), "{explained:?}");
    }
    assert!(!wxkf(&["errcode", "7"], "").status.success());
    assert!(!wxkf(&["errcode", "seven"], "").status.success());
    assert!(stdout(&wxkf(&["errcode"], "")).lines().count() > 100);
}

#[test]
fn a_code_is_found_in_whatever_line_it_is_pasted() {
    // The codes and names that are explained, in their order.
    let heads = |output: &Output| -> Vec<String> {
        let is_head = |line: &&str| !line.starts_with([' ', 'r', 'h']) || line.starts_with("reply");
        let first = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
        stdout(output).lines().filter(is_head).map(first).collect()
    };
    for (line, expected) in [
        (
            r#"{"errcode":45047,"errmsg":"out of response count limit rid: 40001234-45015000-48001000"}"#,
            "45047",
        ),
        (r#"{ "errmsg" : "api unauthorized", "errcode" : 48001 }"#, "48001"),
        (r#""{\"errcode\":40001,\"errmsg\":\"invalid credential\"}""#, "40001"),
        (r#"{"errCode":45047,"errMsg":"openapi.customerServiceMessage.send:fail"}"#, "45047"),
        (r#"{"errcode":"40013"}"#, "40013"),
        (r#"{"code":200,"data":{"errcode":40003}}"#, "40003"),
        (r#"{"errcode":0,"errmsg":"ok"}"#, "0"),
        ("errcode: 40001, errmsg=invalid credential, access_token is invalid", "40001"),
        ("errcode=45015&errmsg=response+out+of+time+limit", "45015"),
        ("Error 45015", "45015"),
        ("Error: 45015 (window_closed): response out of time limit", "45015"),
        ("<xml><errcode>40164</errcode><errmsg>not in whitelist</errmsg></xml>", "40164"),
        ("错误码：45047，请稍后再试。", "45047"),
        ("接口返回错误码为４５０４７（out of response count limit）", "45047"),
        ("报错 48001 api unauthorized", "48001"),
        ("【45047】客服接口下行条数超过上限", "45047"),
        (
            "2026-11-28 17:05:45.047 [40001] ERROR wx - errcode=45009 took 45047 ms, 10.0.40.45:40001",
            "40001 45009",
        ),
        ("2026-11-28T17:05:45Z send failed: 45009 reach max api daily quota limit", "45009"),
        ("https://api.weixin.qq.com/cgi-bin/message/custom/send: 45047", "45047"),
        ("40001、42001, 40014; then 45009/45011", "40001 42001 40014 45009 45011"),
        ("40001 40001 40001", "40001"),
        ("errcode -1, system error", "-1"),
        ("errcode: −1", "-1"),
        ("WXBizMsgCrypt returned -40001", "-40001 callback.signature_mismatch"),
        ("-40001", "-40001 callback.signature_mismatch"),
        ("－40005", "-40005 callback.receive_id_mismatch"),
        ("ret=-40010", "-40010 callback.ciphertext_invalid"),
        ("callback.signature_mismatch", "callback.signature_mismatch"),
        ("Error: callback.body_malformed: the body is not …", "callback.body_malformed"),
        ("WXKF_CALLBACK_SIGNATURE_MISMATCH", "callback.signature_mismatch"),
        ("reply.field_invalid [text.content].", "reply.field_invalid"),
        ("signature.plus_lost", "signature.plus_lost"),
        ("202", "callback.signature_mismatch"),
        ("quota_exhausted", "quota_exhausted"),
    ] {
        let answer = wxkf(&["errcode", line], "");
        assert_eq!(heads(&answer).join(" "), expected, "{line}\n{answer:?}");
        assert!(answer.status.success(), "{line}");
        // Not quoted, it comes in words; and it may come through a pipe.
        let words: Vec<_> = ["errcode"].into_iter().chain(line.split(' ')).collect();
        assert_eq!(wxkf(&words, "").stdout, answer.stdout, "{line}");
        assert_eq!(wxkf(&["errcode", "-"], line).stdout, answer.stdout, "{line}");
    }
    for (line, expected) in [("errcode: 7654321", "7654321"), ("HTTP error 500", "500")] {
        let answer = wxkf(&["errcode", line], "");
        assert_eq!(heads(&answer).join(" "), expected, "{answer:?}");
        assert!(!answer.status.success() && stdout(&answer).contains("unknown"), "{answer:?}");
    }
    for line in [
        "rid: 40001234-45015000-48001000",
        "took 45047 ms",
        "7f3a-40001-45047",
        "127.0.0.1:40001",
        "2026-11-28 17:05:45",
        "it does not work",
    ] {
        let answer = wxkf(&["errcode", line], "");
        assert!(!answer.status.success() && answer.stdout.is_empty(), "{line} {answer:?}");
        let said = String::from_utf8_lossy(&answer.stderr);
        assert!(said.contains("45047") && said.contains("未找到返回码"), "{said}");
    }
    let with_rid = wxkf(&["errcode", "45015 rid：608780e2-4b5d9662-035705c2"], "");
    for part in ["window_closed", "608780e2-4b5d9662-035705c2", "1619493090"] {
        assert!(stdout(&with_rid).contains(part), "{with_rid:?}");
    }
    assert!(stdout(&wxkf(&["errcode", "--help"], "")).contains("Usage"));
}
