//! The binary, started as people start it.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by panicking")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn wxkf(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxkf"));
    command.args(args);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("WXKF_")) {
        command.env_remove(name);
    }
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
