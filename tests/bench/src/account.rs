//! The account that everything is measured with, and WeChat's part of a push.

use std::hint::black_box;

use wxkf_core::content::{Content, Event, Message};
use wxkf_core::{Account, AccountKind, Format, Inbound, Mode, Query, Received, Fresh, Timestamp};

pub const TOKEN: &str = "b3nchT0kenOf26Characters0k";
pub const ENCODING_AES_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
pub const APP_ID: &str = "wxb11529c136998cb6";
pub const TO_USER_NAME: &str = "gh_680bdefc8c5d";
pub const FROM_USER_NAME: &str = "oIDrpjqASyTPnxRmpS9O_ruZGsfk";
pub const TIMESTAMP: &str = "1714037059";
pub const NONCE: &str = "486452656";
pub const NOW: Timestamp = Timestamp::from_secs(1_714_037_060);
const RANDOM: [u8; 16] = *b"b0a1c2d3e4f5a6b7";

/// One in 安全模式, for the speed of what real accounts do.
pub fn secure() -> Account {
    let account = Account::builder(AccountKind::OfficialAccount, APP_ID, TOKEN)
        .encoding_aes_key(ENCODING_AES_KEY)
        .build();
    account.expect("the account is in order")
}

/// One in 明文模式 that takes bodies of that size, so that hostile ones reach the readers.
pub fn plain(max_body: usize) -> Account {
    let account = Account::builder(AccountKind::OfficialAccount, APP_ID, TOKEN)
        .mode(Mode::Plain)
        .max_body(max_body)
        .build();
    account.expect("the account is in order")
}

pub fn seal() -> Fresh<'static> {
    Fresh::new(RANDOM, Timestamp::from_secs(1_714_037_059))
}

/// A push as it comes over the wire, with the parts that its signature covers.
pub struct Push {
    pub query: String,
    pub body: String,
    pub encrypt: String,
    pub msg_signature: String,
}

impl Push {
    pub fn sealed(account: &Account, format: Format, message: &str) -> Self {
        let sealed = account.seal(message.as_bytes(), seal().nonce(NONCE));
        let sealed = sealed.expect("the account has a key");
        let msg_signature = sealed.msg_signature().to_owned();
        Self {
            query: format!(
                "{}&openid={FROM_USER_NAME}&encrypt_type=aes&msg_signature={msg_signature}",
                plain_query(account)
            ),
            body: sealed.to_push_body(format, TO_USER_NAME),
            encrypt: sealed.encrypt().to_owned(),
            msg_signature,
        }
    }

    /// All of our side: from the bytes of a request to a typed message.
    pub fn receive(&self, account: &Account) -> Received {
        receive(account, &self.query, self.body.as_bytes()).expect("the push is in order")
    }
}

pub fn plain_query(account: &Account) -> String {
    let signature = account.sign(TIMESTAMP, NONCE);
    format!("signature={signature}&timestamp={TIMESTAMP}&nonce={NONCE}")
}

pub fn receive(account: &Account, query: &str, body: &[u8]) -> Result<Received, wxkf_core::Error> {
    let query = Query::parse(black_box(query))?;
    account.receive(&query, black_box(body), NOW)
}

/// Looks at what a host looks at.
pub fn touch(inbound: &Inbound) {
    black_box((inbound.from(), inbound.msg_id()));
    match inbound.content() {
        Content::Message(Message::Text(text)) => {
            black_box(text.content);
        }
        Content::Event(Event::PicWeixin(pics)) => {
            black_box(pics.send_pics_info.map(|info| info.pic_list.len()));
        }
        other => {
            black_box(other);
        }
    }
}
