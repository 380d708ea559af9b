//! Everything a host calls, for a target that has nothing: the build for `wasm32-unknown-unknown`
//! must not import a single function (`cargo xtask wasm-imports`).

use core::hint::black_box;
use core::time::Duration;

use wxkf_core::{
    Account, AccountKind, Conversation, Dedupe, DedupeKey, Error, FetchedToken, Format, Fresh,
    Language, Policy, Push, Query, Reply, Settlement, Timestamp, TokenKeeper, TokenSource,
    TokenStep, Trigger, api, explain, text,
};

fn main() {
    let _ = black_box(callback(black_box("signature=0&timestamp=1&nonce=2&echostr=3")));
    let _ = black_box(machines(black_box("{}"), black_box(b"C"), Timestamp::from_millis(0)));
    let _ = black_box(call(black_box("message.custom.send"), black_box("{}"), black_box(b"{}")));
}

fn call(name: &str, params: &str, answer: &[u8]) -> Result<(), Error> {
    let request = black_box(api::request_for(name, params, AccountKind::MiniProgram)?);
    let _ = black_box(request.url(api::BASE_URL, black_box("token")));
    let response = api::Response::new(black_box(200), answer).content_type(black_box("image/png"));
    if let api::Outcome::Rejected(rejection) = api::decode(name, response)? {
        let _ = black_box((rejection.kind().name(), rejection.rid_time(), rejection.hint()));
        let _ = black_box(rejection.advice(black_box(Language::Chinese)));
    }
    let _ = black_box(text::split(params, black_box(2048), black_box(5)));
    let _ = black_box(text::mini_program_link(name, name, name, name));
    Ok(())
}

fn machines(policy: &str, bytes: &[u8], now: Timestamp) -> Result<Vec<u8>, Error> {
    let mut conversation = Conversation::restore(bytes, Policy::from_json(policy)?)?;
    let key = DedupeKey::of_text(policy);
    let _ = black_box(conversation.observe(Push::new(key, Some(Trigger::Message), now), now));
    if let Ok(reservation) = conversation.reserve(now) {
        let _ = black_box(conversation.settle(reservation.id, Settlement::from_errcode(-1), now));
    }
    let _ = black_box((conversation.start_typing(now), conversation.allowance(now)));
    let _ = black_box((conversation.next_deadline(), conversation.keep_until()));
    conversation.forget(key);
    let mut dedupe = Dedupe::restore(bytes, black_box(9), Duration::from_secs(60))?;
    let _ = black_box(dedupe.observe(key, now));
    let mut keeper = TokenKeeper::restore(bytes)?;
    let _ = black_box(TokenKeeper::new(TokenSource::Token));
    if let TokenStep::Fetch { id, .. } = keeper.step(now) {
        let answer = FetchedToken::new(policy, Duration::from_secs(7200));
        let _ = black_box(keeper.fetched(id, answer, now));
        let _ = black_box(keeper.rejected(policy, now));
    }
    Ok([conversation.snapshot(), dedupe.snapshot(), keeper.snapshot()].concat())
}

fn callback(url: &str) -> Result<Vec<u8>, Error> {
    let now = Timestamp::from_millis(black_box(1_763_700_000_000));
    let account = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
        .encoding_aes_key(black_box("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"))
        .build()?;
    let _ = black_box(account.verify_url(&Query::parse(url)?, now));
    let seal = Fresh::new(black_box([1; 16]), now).nonce("2");
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
