//! Everything a host calls, for a target that has nothing: the build for `wasm32-unknown-unknown`
//! must not import a single function (`cargo xtask wasm-imports`).

use core::hint::black_box;

use wxkf_core::{Account, AccountKind, Error, Format, Query, Reply, Seal, Timestamp, explain};

fn main() {
    let _ = black_box(callback(black_box("signature=0&timestamp=1&nonce=2&echostr=3")));
}

fn callback(url: &str) -> Result<Vec<u8>, Error> {
    let now = Timestamp::from_millis(black_box(1_763_700_000_000));
    let account = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
        .encoding_aes_key(black_box("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"))
        .build()?;
    let _ = black_box(account.verify_url(&Query::parse(url)?, now));
    let seal = Seal::new(black_box([1; 16]), now).nonce("2");
    let message =
        br#"{"ToUserName":"gh","FromUserName":"user","MsgType":"text","Content":"\u4f60"}"#;
    let sealed = account.seal(black_box(message), seal)?;
    let query = format!("timestamp=1&nonce=2&msg_signature={}", sealed.msg_signature());
    let body = sealed.to_push_body(black_box(Format::Xml), "gh");
    let _ = black_box(explain(&account, &query, body.as_bytes(), now));
    let received = account.receive(&Query::parse(&query)?, body.as_bytes(), now)?;
    let _ = black_box(serde_json::to_string(received.inbound()));
    let _ = black_box(serde_json::to_string(&received.inbound().tree()));
    let reply = Reply::from_json(black_box(r#"{"type":"text","content":"您好"}"#))?;
    Ok(account.reply(&received, &reply, seal)?.bytes)
}
