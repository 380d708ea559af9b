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
        for shown in
            ["callback.signature_mismatch", "callback.mode_refused", "4375120948345356249", last]
        {
            assert!(text.contains(shown), "{shown} is not shown:\n{text}");
        }
        // One push, three deliveries, one key.
        let keys: Vec<_> = text.lines().filter(|line| line.contains("dedupe_key ")).collect();
        assert_eq!(keys.len(), 3, "{text}");
        assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
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
