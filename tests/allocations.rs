//! How often a push that is received asks for memory: a test of its own, as it counts for the whole process.

use allocation_counter::measure;
use wxkf_core::{Account, AccountKind, Format, Fresh, Mode, Query, Timestamp};

const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);

fn account(mode: Mode) -> Account {
    Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
        .encoding_aes_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
        .mode(mode)
        .build()
        .unwrap()
}

/// A push with so many fields beside the usual ones.
fn message(format: Format, more: usize) -> String {
    let fields =
        (0..more).map(|at| (format!("SomeFieldOfTheEvent{at}"), "oAbCdEfGhIjKlMnOpQrStUvWxYz0"));
    match format {
        Format::Json => {
            let more: String =
                fields.map(|(name, text)| format!(",\"{name}\":\"{text}\"")).collect();
            format!(
                r#"{{"ToUserName":"gh_0","FromUserName":"oAbCdEfGhIjKlMnOpQrStUvWxYz0","CreateTime":1763700000,"MsgType":"text","Content":"您好","MsgId":23241477706429916{more}}}"#
            )
        }
        _ => {
            let more: String =
                fields.map(|(name, text)| format!("<{name}><![CDATA[{text}]]></{name}>")).collect();
            format!(
                "<xml><ToUserName><![CDATA[gh_0]]></ToUserName><FromUserName><![CDATA[oAbCdEfGhIjKlMnOpQrStUvWxYz0]]></FromUserName><CreateTime>1763700000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好]]></Content><MsgId>23241477706429916</MsgId>{more}</xml>"
            )
        }
    }
}

#[test]
fn a_receive_allocates_four_times_at_the_most_however_many_fields_there_are() {
    for (mode, most) in [(Mode::Plain, 3), (Mode::Compatible, 4), (Mode::Secure, 4)] {
        let account = account(mode);
        for format in [Format::Xml, Format::Json] {
            for more in [0, 1, 10, 100, 1000] {
                let message = message(format, more);
                let seal = Fresh::new([7; 16], NOW).nonce("1320562132");
                let (query, body) = match mode {
                    Mode::Plain => {
                        (format!("signature={}", account.sign("1763700000", "1320562132")), message)
                    }
                    _ => {
                        let sealed = account.seal(message.as_bytes(), seal).unwrap();
                        (
                            format!("encrypt_type=aes&msg_signature={}", sealed.msg_signature()),
                            sealed.to_push_body(format, "gh_0"),
                        )
                    }
                };
                let query = format!("{query}&timestamp=1763700000&nonce=1320562132&openid=o");
                let mut received = None;
                let count = measure(|| {
                    let query = Query::parse(&query).unwrap();
                    received = Some(account.receive(&query, body.as_bytes(), NOW));
                });
                assert!(received.is_some_and(|received| received.is_ok()), "{mode:?} {format:?}");
                println!("{mode:?} {format:?}, {more} more fields: {}", count.count_total);
                assert!(count.count_total <= most, "{mode:?} {format:?} {more}: {count:?}");
            }
        }
    }
}
