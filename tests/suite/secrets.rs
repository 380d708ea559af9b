//! Nothing that can be printed prints a secret.

use core::fmt::{Debug, Display};
use core::time::Duration;

use wxkf_core::api::{self, Endpoint};
use wxkf_core::content::Content;
use wxkf_core::{
    Account, AccountKind, FetchedToken, Fresh, Inbound, Query, Reply, Timestamp, TokenKeeper,
    TokenStep, explain,
};

const TOKEN: &str = "SecretToken0123456789";
const KEY: &str = "SecretKeyxyzabcdefghijklmnopqrstuvwxyz01234";
const PREVIOUS: &str = "OlderSecretKeyefghijklmnopqrstuvwxyz0123456";
const SAID: &str = "what the user said";
const TICKET: &str = "ticket@@@whoever-has-it-is-the-platform";
const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);

#[derive(Default)]
struct Printed(Vec<String>);

impl Printed {
    fn debug(&mut self, value: &impl Debug) {
        self.0.push(format!("{value:?}"));
        self.0.push(format!("{value:#?}"));
    }

    fn both(&mut self, value: &(impl Debug + Display)) {
        self.debug(value);
        self.0.push(value.to_string());
    }
}

#[test]
fn no_secret_of_a_call_is_ever_printed() {
    const SECRET: &str = "AppSecret0123456789abcdef";
    const ACCESS: &str = "57_access-token-of-an-account";
    const FILE: &[u8] = b"\xff\xd8\xff what is in the picture";
    let mut printed = Printed::default();
    macro_rules! call {
        ($call:expr, $answer:expr) => {
            let call = $call;
            printed.debug(&call);
            let request = call.request().unwrap();
            printed.debug(&request);
            printed.debug(&request.clone().with_path("/relay"));
            let answer = $answer.replace("ACCESS", ACCESS).replace("SAID", SAID);
            let response = api::Response::new(200, answer.as_bytes());
            printed.debug(&response);
            printed.debug(&call.decode(response).unwrap());
        };
    }
    let token = r#"{"access_token":"ACCESS","expires_in":7200}"#;
    call!(api::GetAccessToken::new("wx", SECRET), token);
    call!(api::GetStableAccessToken::new("wx", SECRET).force_refresh(true), token);
    call!(api::ClearQuotaByAppSecret::new("wx", SECRET), r#"{"errcode":0}"#);
    call!(
        api::GetComponentAccessToken::new("wx", SECRET, TICKET),
        r#"{"component_access_token":"ACCESS","expires_in":7200}"#
    );
    call!(
        api::GetAuthorizerAccessToken::new("wx", "wx", SECRET),
        r#"{"authorizer_access_token":"ACCESS","expires_in":7200,"authorizer_refresh_token":"ACCESS"}"#
    );
    call!(
        api::QueryAuth::new("wx", SECRET),
        r#"{"authorization_info":{"authorizer_appid":"wx","authorizer_access_token":"ACCESS","expires_in":7200,"authorizer_refresh_token":"ACCESS"}}"#
    );
    call!(api::ClearComponentQuotaByAppSecret::new("wx", "wx", SECRET), r#"{"errcode":0}"#);
    call!(
        api::GetRidInfo::new("608780e2"),
        r#"{"request":{"request_url":"https://x/?access_token=ACCESS","request_body":"SAID","response_body":"SAID"}}"#
    );
    call!(
        api::GetMsgList::new(NOW, NOW, 1, 10),
        r#"{"recordlist":[{"openid":"o","text":"SAID"}],"number":1,"msgid":2}"#
    );
    call!(
        api::UploadMedia::new(FILE, [0x5a; 16]),
        r#"{"type":"image","media_id":"m","created_at":1}"#
    );
    call!(api::GetMedia::new("m"), r#"{"video_url":"https://x/?token=ACCESS"}"#);
    let file = api::GetMedia::new("m").decode(api::Response::new(200, FILE));
    printed.debug(&file.unwrap());

    let file = core::str::from_utf8(&FILE[3..]).unwrap();
    for secret in [SECRET, ACCESS, TICKET, SAID, file] {
        let bytes = format!("{:?}", secret.as_bytes());
        for text in &printed.0 {
            assert!(!text.contains(secret), "{secret} is printed: {text}");
            assert!(!text.contains(bytes.trim_matches(['[', ']'])), "{secret}: {text}");
        }
    }
}

#[test]
fn no_token_that_is_kept_is_ever_printed() {
    const ACCESS: &str = "57_access-token-of-an-account";
    const REFRESH: &str = "refreshtoken@@@of-an-account";
    let mut printed = Printed::default();
    let mut keeper = TokenKeeper::with_refresh_token(REFRESH);
    printed.debug(&keeper);
    let TokenStep::Fetch { id, .. } = keeper.step(NOW) else { panic!("nothing is kept yet") };
    let answer = FetchedToken::new(ACCESS, Duration::from_secs(7200)).refresh_token(REFRESH);
    printed.debug(&answer);
    let _ = keeper.fetched(id, answer, NOW);
    printed.debug(&keeper);
    printed.debug(&keeper.step(NOW));
    printed.debug(&keeper.refresh_token());
    printed.debug(&TokenKeeper::restore(&keeper.snapshot()));
    let mut cut = keeper.snapshot();
    cut.pop();
    printed.both(&TokenKeeper::restore(&cut).unwrap_err());
    for secret in [ACCESS, REFRESH] {
        let bytes = format!("{:?}", secret.as_bytes());
        for text in &printed.0 {
            assert!(!text.contains(secret), "{secret} is printed: {text}");
            assert!(!text.contains(bytes.trim_matches(['[', ']'])), "{secret}: {text}");
        }
    }
}

#[test]
fn no_secret_is_ever_printed() {
    let mut printed = Printed::default();
    let builder = || {
        Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", TOKEN)
            .encoding_aes_key(KEY)
            .previous_encoding_aes_key(PREVIOUS)
            .previous_token("OlderSecretToken")
    };
    printed.debug(&builder());
    let account = builder().build().unwrap();
    printed.debug(&account);

    let message = format!(
        "<xml><ToUserName>gh</ToUserName><FromUserName>user</FromUserName><MsgType>text</MsgType>\
         <Content>{SAID}</Content><MsgId>1</MsgId></xml>"
    );
    let seal = Fresh::new([0x5a; 16], NOW).nonce("n");
    printed.debug(&seal);
    let sealed = account.seal(message.as_bytes(), seal).unwrap();
    printed.debug(&sealed);
    let signature = account.sign("1763700000", "n");
    let raw = format!(
        "signature={signature}&timestamp=1763700000&nonce=n&msg_signature={}",
        sealed.msg_signature()
    );
    let query = Query::parse(&raw).unwrap();
    printed.debug(&query);
    let body = sealed.to_push_body(wxkf_core::Format::Xml, "gh");
    let envelope = account.envelope(&query, body.as_bytes()).unwrap();
    printed.debug(&envelope);
    let verified = envelope.verify(NOW).unwrap();
    printed.debug(&verified);
    let plaintext = verified.open().unwrap();
    printed.debug(&plaintext);
    let received = plaintext.decode().unwrap();
    printed.debug(&received);
    printed.debug(received.inbound());
    printed.debug(&received.inbound().tree());
    printed.both(&received.inbound().dedupe_key());
    printed.debug(&account.reply(&received, &Reply::Success, seal));

    let ticket = format!(
        "<xml><InfoType>component_verify_ticket</InfoType>\
         <ComponentVerifyTicket>{TICKET}</ComponentVerifyTicket></xml>"
    );
    let ticket = Inbound::decode_unverified(ticket.as_bytes()).unwrap();
    printed.debug(&ticket);
    printed.debug(&ticket.tree());
    match ticket.content() {
        content @ Content::Info(_) => printed.debug(&content),
        other => panic!("{other:?}"),
    }

    // Everything that can go wrong, and what is said about it.
    let wrong = raw.replace("timestamp=17", "timestamp=18");
    for (raw, body) in [(raw.as_str(), body.as_str()), (&wrong, &body), (&raw, &message), ("", "")]
    {
        let explanation = explain(&account, raw, body.as_bytes(), NOW);
        printed.debug(&explanation);
        printed.0.push(serde_json::to_string(&explanation).unwrap());
        let error =
            Query::parse(raw).and_then(|query| account.receive(&query, body.as_bytes(), NOW));
        if let Err(error) = error {
            printed.both(&error);
        }
    }
    for key in ["", "short", &KEY.replace('S', "!")] {
        let builder = Account::builder(AccountKind::MiniProgram, "wx", TOKEN).encoding_aes_key(key);
        printed.both(&builder.build().unwrap_err());
    }

    let key_bytes = "5a".repeat(16);
    for secret in [TOKEN, KEY, PREVIOUS, "OlderSecretToken", SAID, TICKET, &signature, &key_bytes] {
        // As it is, and as a list of bytes.
        let bytes = format!("{:?}", secret.as_bytes());
        for text in &printed.0 {
            assert!(!text.contains(secret), "{secret} is printed: {text}");
            assert!(!text.contains(bytes.trim_matches(['[', ']'])), "{secret}: {text}");
        }
    }
}
