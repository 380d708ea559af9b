//! Every mistake that people make is told apart from the others.

mod bodies;

use core::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wxkf_core::{
    Account, AccountBuilder, AccountKind, Check, Explanation, Finding, Fresh, Inbound, Language,
    Mode, Step, Timestamp, Verdict, explain,
};

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const OTHER_KEY: &str = "0123456789ABCDEFGabcdefghijklmnopqrstuvwxyz";
const NOW: Timestamp = Timestamp::from_secs(1_763_700_000);
const MESSAGE: &str = "<xml><ToUserName>gh_0</ToUserName><FromUserName>user</FromUserName>\
                       <MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId></xml>";

fn builder() -> AccountBuilder {
    Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
}

fn secure() -> Account {
    builder().encoding_aes_key(KEY).build().unwrap()
}

/// A good push: signature, msg_signature, Encrypt.
fn parts(account: &Account, message: &str) -> (String, String, String) {
    // Bytes that give a ciphertext with every character that gets damaged on the way.
    (0..=255u8)
        .map(|random| {
            let seal = Fresh::new([random; 16], NOW).nonce("n");
            let sealed = account.seal(message.as_bytes(), seal).unwrap();
            let plain = account.sign("1763700000", "n");
            (plain, sealed.msg_signature().to_owned(), sealed.encrypt().to_owned())
        })
        .find(|(.., encrypt)| ['+', '/'].iter().all(|mark| encrypt.contains(*mark)))
        .unwrap()
}

fn query(signature: &str, msg_signature: &str) -> String {
    format!("signature={signature}&timestamp=1763700000&nonce=n&msg_signature={msg_signature}")
}

fn body(encrypt: &str) -> String {
    format!("<xml><ToUserName>gh_0</ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>")
}

/// The finding of the step that fails, or of the last one that deserves a look.
fn finding(explanation: &Explanation) -> Finding {
    let worst = |verdict| explanation.steps.iter().rfind(|step| step.verdict == verdict);
    let step = worst(Verdict::Fails).or_else(|| worst(Verdict::Warns));
    assert_eq!(explanation.result.is_err(), worst(Verdict::Fails).is_some(), "{explanation:#?}");
    step.or(explanation.steps.last()).unwrap().finding
}

#[test]
fn every_finding_is_found() {
    let account = secure();
    let (plain, sealed, encrypt) = parts(&account, MESSAGE);
    let good = query(&plain, &sealed);
    let mut seen = Vec::new();
    let mut check = |account: &Account, query: &str, body: &str, expected: Finding| {
        let found = explain(account, query, body.as_bytes(), NOW);
        assert_eq!(finding(&found), expected, "{query}\n{body}\n{found:#?}");
        seen.extend(found.steps.iter().map(|step| step.finding));
    };
    let holds = Finding::MessageRead;
    check(&account, &good, &body(&encrypt), holds);

    check(&account, "nonce=%", "", Finding::QueryBroken);
    check(&account, "nonce=1&timestamp=2", "", Finding::QueryIncomplete);
    check(&account, &good.replace('&', "&amp;"), &body(&encrypt), Finding::QueryNotRaw);
    check(&account, "", MESSAGE, Finding::QueryUnsigned);
    check(&account, "", r#"{"action":"CheckContainerPath"}"#, Finding::ContainerChecked);
    let url = format!("signature={plain}&timestamp=1763700000&nonce=n&echostr=1");
    check(&account, &url, "", Finding::UrlVerified);

    let unsealed = format!("signature={plain}&timestamp=1763700000&nonce=n");
    check(&account, &unsealed, MESSAGE, Finding::ModeUnsealed);
    check(&account, &good, MESSAGE, Finding::ModeStripped);
    let plain_account = builder().mode(Mode::Plain).build().unwrap();
    check(&plain_account, &unsealed, &body(&encrypt), Finding::ModeSealed);
    check(&plain_account, &unsealed, MESSAGE, holds);

    check(&account, &good, "", Finding::BodyEmpty);
    let small = builder().encoding_aes_key(KEY).max_body(10).build().unwrap();
    check(&small, &good, &"x".repeat(2000), Finding::BodyTooLarge);
    let quoted = serde_json::to_string(&body(&encrypt)).unwrap();
    check(&account, &good, &quoted, Finding::BodyQuoted);
    check(&account, &good, &body(&encrypt).replace('<', "&lt;"), Finding::BodyEscaped);
    check(&account, &good, &body(&encrypt)[..200], Finding::BodyCut);
    check(&account, &good, "what is this?", Finding::BodyMalformed);
    check(&account, &good, r#"{"xml":{"Encrypt":["x"]}}"#, Finding::BodyParsed);
    let event = serde_json::json!({ "httpMethod": "POST", "body": body(&encrypt) }).to_string();
    check(&account, &good, &event, Finding::BodyWrapped);
    let in_base64 = |text: &str| STANDARD.encode(text);
    check(&account, &good, &in_base64(&body(&encrypt)), Finding::BodyBase64);
    check(&account, &good, &encrypt, Finding::BodyEncryptAlone);

    check(&account, &query(&plain, &plain), &body(&encrypt), Finding::SignatureSwapped);
    let compatible = builder().encoding_aes_key(KEY).mode(Mode::Compatible).build().unwrap();
    let swapped = format!("signature={sealed}&timestamp=1763700000&nonce=n");
    check(&compatible, &swapped, &body(&encrypt), Finding::SignatureSwappedBack);
    let upper = query(&plain, &sealed.to_uppercase());
    check(&account, &upper, &body(&encrypt), Finding::SignatureUpperCase);
    let padded = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token\n");
    let padded = padded.encoding_aes_key(KEY).build().unwrap();
    check(&padded, &good, &body(&encrypt), holds);
    let twice = good.replace("nonce=n", "nonce=%256e");
    check(&account, &twice, &body(&encrypt), Finding::SignatureDecodedTwice);
    check(&account, &good, &body(&encrypt.replace('+', " ")), Finding::SignaturePlusLost);
    let ends_in_plus = (0..=255).find_map(|random| {
        let sealed = account.seal(&[b'x'; 40], Fresh::new([random; 16], NOW).nonce("n")).unwrap();
        let encrypt = sealed.encrypt().to_owned();
        encrypt.ends_with('+').then(|| (query(&plain, sealed.msg_signature()), encrypt))
    });
    let (its_query, its_encrypt) = ends_in_plus.unwrap();
    let its_body = body(&its_encrypt.replace('+', " "));
    check(&account, &its_query, &its_body, Finding::SignaturePlusLost);
    let (head, tail) = encrypt.split_at(76);
    check(&account, &good, &body(&format!("{head}\n{tail}")), Finding::SignatureWrapped);
    check(&account, &good, &body(&encrypt.replace('/', "\\/")), Finding::SignatureEscaped);
    let percent = super::reference::percent_encode(&encrypt);
    for escaped in [&percent, &percent.replace('%', "%25"), &encrypt.replace('+', "%2b")] {
        check(&account, &good, &body(escaped), Finding::SignatureEscaped);
    }
    let url_safe = encrypt.replace('+', "-").replace('/', "_");
    check(&account, &good, &body(url_safe.trim_end_matches('=')), Finding::SignatureAlphabet);
    check(&account, &good, &body(&encrypt[..100]), Finding::SignatureBodyChanged);
    check(
        &account,
        &query(&"0".repeat(40), &"0".repeat(40)),
        &body(&encrypt),
        Finding::SignatureOther,
    );
    let renamed = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "new");
    let renamed = renamed.previous_token("token").encoding_aes_key(KEY).build().unwrap();
    check(&renamed, &good, &body(&encrypt), Finding::SignaturePrevious);

    let late = |seconds: u64| Timestamp::from_secs(1_763_700_000 + seconds);
    let tolerant = builder().encoding_aes_key(KEY).tolerance(Duration::from_secs(60));
    let tolerant = tolerant.build().unwrap();
    let stale = explain(&tolerant, &good, body(&encrypt).as_bytes(), late(61));
    assert_eq!(finding(&stale), Finding::AgeStale);
    let old = explain(&account, &good, body(&encrypt).as_bytes(), late(301));
    assert_eq!(finding(&old), Finding::AgeOld);
    check(&tolerant, &good, &body(&encrypt), holds);

    let rotated = builder().encoding_aes_key(OTHER_KEY).previous_encoding_aes_key(KEY);
    check(&rotated.build().unwrap(), &good, &body(&encrypt), Finding::SealPrevious);
    let stranger = builder().encoding_aes_key(OTHER_KEY).build().unwrap();
    check(&stranger, &good, &body(&encrypt), Finding::SealOtherKey);
    let other_id = Account::builder(AccountKind::OfficialAccount, "wxother", "token");
    let other_id = other_id.encoding_aes_key(KEY).build().unwrap();
    check(&other_id, &good, &body(&encrypt), Finding::IdOther);
    let signed = |encrypt: &str| {
        let signature = super::reference::signature(&["token", "1763700000", "n", encrypt]);
        (query(&plain, &signature), body(encrypt))
    };
    let (not_base64, its_body) = signed("not base64!");
    check(&account, &not_base64, &its_body, Finding::SealNotBase64);
    let doubled = STANDARD.encode(&encrypt);
    let (doubled, its_body) = signed(&doubled);
    check(&account, &doubled, &its_body, Finding::SealEncodedTwice);

    let sealed_message = |message: &str| {
        let (plain, sealed, encrypt) = parts(&account, message);
        (query(&plain, &sealed), body(&encrypt))
    };
    let (query, its_body) = sealed_message("<xml><MsgType>hologram</MsgType></xml>");
    check(&account, &query, &its_body, Finding::MessageUnknown);
    let (query, its_body) = sealed_message("<xml>");
    check(&account, &query, &its_body, Finding::MessageMalformed);
    let (query, its_body) = sealed_message(&MESSAGE.replace("gh_0", "gh_1"));
    check(&account, &query, &its_body, Finding::RecipientDiffers);

    let also = [Finding::AgeStale, Finding::AgeOld, Finding::AgeOtherTime];
    // These have tests of their own below.
    let also = [&also[..], &[Finding::BodyCompressed, Finding::BodyRecoded, Finding::OtherProduct]];
    let also = also.concat();
    for finding in Finding::ALL {
        assert!(seen.contains(finding) || also.contains(finding), "nothing shows {finding:?}");
        assert_ne!(finding.message(Language::English), finding.message(Language::Chinese));
    }
}

#[test]
fn another_product_is_told_from_ours() {
    let account = secure();
    let corp = Account::builder(AccountKind::OfficialAccount, "ww0123456789abcdef", "corp");
    let corp = corp.encoding_aes_key(OTHER_KEY).build().unwrap();
    let seal = |message: &str| corp.seal(message.as_bytes(), Fresh::new([7; 16], NOW).nonce("n"));
    // The check of its URL: `echostr` is sealed, and there is no `signature`.
    let echo = seal("1616140317555161061").unwrap();
    for encoded in [
        super::reference::percent_encode(echo.encrypt()),
        // A framework has decoded it, and lost the plus signs.
        echo.encrypt().replace('+', " "),
    ] {
        let url = format!(
            "msg_signature={}&timestamp=1763700000&nonce=n&echostr={encoded}",
            echo.msg_signature()
        );
        for account in [&account, &corp, &builder().mode(Mode::Plain).build().unwrap()] {
            let found = explain(account, &url, b"", NOW);
            assert_eq!(finding(&found), Finding::OtherProduct, "{found:#?}");
            let renamed = explain(account, &url.replace("msg_signature", "signature"), b"", NOW);
            assert_eq!(finding(&renamed), Finding::OtherProduct, "{renamed:#?}");
        }
    }
    // A push: `ww…` outside and inside.
    let message = "<xml><ToUserName>ww0123456789abcdef</ToUserName><MsgType>event</MsgType>\
                   <Event>kf_msg_or_event</Event><Token>t</Token><OpenKfId>wk</OpenKfId></xml>";
    let push = seal(message).unwrap();
    let query = format!("msg_signature={}&timestamp=1763700000&nonce=n", push.msg_signature());
    let outer = |inside: &str| {
        format!("<xml>{inside}<Encrypt><![CDATA[{}]]></Encrypt></xml>", push.encrypt())
    };
    let token_of_both = |app_id: &str, key: &str| {
        let account = Account::builder(AccountKind::OfficialAccount, app_id, "corp");
        account.encoding_aes_key(key).build().unwrap()
    };
    for (account, body) in [
        // Another token, key, id; or none of them.
        (&account, outer("<ToUserName>ww0123456789abcdef</ToUserName><AgentID>1</AgentID>")),
        (&account, outer("<ToUserName>wx5823bf96d3bd56c7</ToUserName><AgentID></AgentID>")),
        (&account, format!(r#"{{"encrypt":"{}"}}"#, push.encrypt())),
        (
            &token_of_both("wx0123456789abcdef", KEY),
            outer("<ToUserName>ww0123456789abcdef</ToUserName>"),
        ),
        (&token_of_both("wx0123456789abcdef", OTHER_KEY), outer("")),
        (
            &builder().mode(Mode::Plain).build().unwrap(),
            outer("<ToUserName>ww0123456789abcdef</ToUserName>"),
        ),
        (&corp, outer("<ToUserName>ww0123456789abcdef</ToUserName>")),
    ] {
        let found = explain(account, &query, body.as_bytes(), NOW);
        assert_eq!(finding(&found), Finding::OtherProduct, "{body}\n{found:#?}");
    }
    // Ours with another token is not taken for it, nor is the check of our URL.
    let (_, _, encrypt) = parts(&account, MESSAGE);
    let stranger = query.replace("msg_signature", "signature=0&msg_signature");
    let found = explain(&account, &stranger, body(&encrypt).as_bytes(), NOW);
    assert_eq!(finding(&found), Finding::SignatureOther);
    // Nor is base64 that is not two blocks at least, and whole ones.
    for echo in
        ["4375120948345356249".into(), STANDARD.encode([0xc3; 16]), STANDARD.encode([0xc3; 33])]
    {
        let echo = super::reference::percent_encode(&echo);
        let url = format!("signature=0&timestamp=1763700000&nonce=n&echostr={echo}");
        assert_eq!(finding(&explain(&account, &url, b"", NOW)), Finding::SignatureOther, "{url}");
    }
}

#[test]
fn what_was_seen_is_told_as_the_error_tells_it() {
    let plain = builder().mode(Mode::Plain).build().unwrap();
    let (signature, _, _) = parts(&secure(), MESSAGE);
    let query = format!("signature={signature}&timestamp=1763700000&nonce=n");
    let found = explain(&plain, &query, b"<xml><MsgType>", NOW);
    let detail = found.result.as_ref().unwrap_err().detail().unwrap();
    let facts = &found.steps.last().unwrap().facts;
    assert!(facts.contains(&("detail", detail.into())), "{found:#?}");
}

/// Numbers that a log is searched for.
#[test]
fn each_check_tells_what_it_looked_at() {
    let account = secure();
    let (plain, sealed, encrypt) = parts(&account, MESSAGE);
    let told = |account: &Account, query: &str, body: &[u8]| -> Vec<String> {
        let facts = |step: &Step| {
            step.facts.iter().map(|(name, fact)| format!(" {name}={fact}")).collect::<String>()
        };
        let steps = explain(account, query, body, NOW).steps;
        steps.iter().map(|step| format!("{}:{}", step.check.name(), facts(step))).collect()
    };
    let whole = body(&encrypt);
    let key = Inbound::decode_unverified(MESSAGE.as_bytes()).unwrap().dedupe_key();
    assert_eq!(
        told(&account, &query(&plain, &sealed), whole.as_bytes()),
        [
            "query:".to_owned(),
            format!("body: bytes={} format=xml", whole.len()),
            "mode: mode=secure".into(),
            "signature: token_index=0".into(),
            "age: timestamp=1763700000 now=1763700000 seconds_apart=0".into(),
            "seal: key_index=0".into(),
            "receive_id: inside=wx0123456789abcdef".into(),
            format!("message: kind=text from=user dedupe_key={key}"),
        ]
    );
    let large = vec![b' '; 2 << 20];
    assert_eq!(told(&account, &query(&plain, &sealed), &large), ["body: bytes=2097152"]);
    let open = told(&account, &query(&plain, &sealed), MESSAGE.as_bytes());
    assert_eq!(open[1..], ["body: bytes=133 format=xml", "mode: mode=secure"]);
    let strict = builder().encoding_aes_key(KEY).previous_encoding_aes_key(OTHER_KEY);
    let strict = strict.tolerance(Duration::from_secs(300)).build().unwrap();
    let late = Timestamp::from_secs(1_763_700_301);
    let last = |account: &Account, now| -> String {
        let other = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token");
        let other = other.encoding_aes_key(&"k".repeat(43)).build().unwrap();
        let (plain, sealed, encrypt) = parts(&other, MESSAGE);
        let steps = explain(account, &query(&plain, &sealed), body(&encrypt).as_bytes(), now).steps;
        let step = steps.last().unwrap();
        step.facts.iter().map(|(name, fact)| format!("{name}={fact} ")).collect()
    };
    assert!(last(&strict, NOW).starts_with("keys_tried=2 "), "{}", last(&strict, NOW));
    assert_eq!(last(&strict, late), "timestamp=1763700000 now=1763700301 seconds_apart=301 ");
}

/// Of 微信客服 the events, and of a company what it is called.
#[test]
fn a_message_of_another_product_is_read_with_a_warning() {
    let plain = builder().mode(Mode::Plain).build().unwrap();
    let query = format!("signature={}&timestamp=1763700000&nonce=n", plain.sign("1763700000", "n"));
    let told = |message: &str| {
        let found = explain(&plain, &query, format!("<xml>{message}</xml>").as_bytes(), NOW);
        assert!(found.result.is_ok());
        (found.steps.last().unwrap().verdict, found.steps.last().unwrap().finding)
    };
    let text = "<MsgType>text</MsgType>";
    for other in [
        "<ToUserName>gh_0</ToUserName><MsgType>event</MsgType><Event>kf_msg_or_event</Event>".into(),
        "<ToUserName>gh_0</ToUserName><MsgType>event</MsgType><Event>kf_account_auth_change</Event>".into(),
        format!("<ToUserName>ww0</ToUserName>{text}"),
    ] {
        assert_eq!(told(&other), (Verdict::Warns, Finding::OtherProduct), "{other}");
    }
    for ours in ["ww", "gh_0", "wx0"] {
        let ours = format!("<ToUserName>{ours}</ToUserName>{text}");
        assert_eq!(told(&ours), (Verdict::Holds, Finding::MessageRead), "{ours}");
    }
}

#[test]
fn the_path_check_of_a_container_is_told_in_every_mode() {
    let (plain, sealed, _) = parts(&secure(), MESSAGE);
    let compatible = builder().encoding_aes_key(KEY).mode(Mode::Compatible).build().unwrap();
    let plain_query = format!("signature={plain}&timestamp=1763700000&nonce=n");
    for account in [secure(), compatible, builder().mode(Mode::Plain).build().unwrap()] {
        for body in [
            r#"{"action":"CheckContainerPath"}"#,
            "<xml><action>CheckContainerPath</action></xml>",
            "<xml><action><![CDATA[CheckContainerPath]]></action></xml>",
        ] {
            for query in
                ["", &plain_query, &query(&plain, &sealed), "signature=0&timestamp=1&nonce=2"]
            {
                let found = explain(&account, query, body.as_bytes(), NOW);
                let last = found.steps.last().unwrap();
                assert_eq!(last.finding, Finding::ContainerChecked, "{query} {body} {found:#?}");
            }
        }
    }
}

/// The push of a secure account at a plain one, with the signature that covers `Encrypt` in the wrong place.
#[test]
fn a_swapped_signature_is_told_whatever_is_around_the_text() {
    let account = builder().mode(Mode::Plain).build().unwrap();
    let (_, sealed, encrypt) = parts(&secure(), MESSAGE);
    let query = format!("signature={sealed}&timestamp=1763700000&nonce=n");
    for around in ["", "\n", "  "] {
        let body = format!("<xml><Encrypt>{around}{encrypt}{around}</Encrypt></xml>");
        let found = explain(&account, &query, body.as_bytes(), NOW);
        assert_eq!(finding(&found), Finding::SignatureSwappedBack, "{around:?}");
    }
}

#[test]
fn an_upper_case_signature_is_told_with_blanks_around_it() {
    let account = builder().mode(Mode::Plain).build().unwrap();
    let signature = account.sign("1763700000", "n").to_uppercase();
    for signature in [signature.clone(), format!("%20{signature}"), format!("{signature}%20")] {
        let query = format!("signature={signature}&timestamp=1763700000&nonce=n");
        let found = explain(&account, &query, MESSAGE.as_bytes(), NOW);
        assert_eq!(finding(&found), Finding::SignatureUpperCase, "{query}");
    }
}

/// What decoded the body as a form has made blanks of plus signs, whatever stands around the text.
#[test]
fn a_lost_plus_sign_is_told_within_layout() {
    let account = secure();
    let (_, sealed, encrypt) = parts(&account, MESSAGE);
    let query = format!("timestamp=1763700000&nonce=n&msg_signature={sealed}");
    for around in ["", "\n"] {
        let body = body(&format!("{around}{}{around}", encrypt.replace('+', " ")));
        let found = explain(&account, &query, body.as_bytes(), NOW);
        assert_eq!(finding(&found), Finding::SignaturePlusLost, "{around:?}");
    }
}

/// Of an unsealed query at a secure account the seal is not what is missing: that is for the next check to say.
#[test]
fn what_is_missing_of_a_query_is_told_by_name() {
    let missing = |account: &Account, query: &str| {
        let found = explain(account, query, b"", NOW);
        assert_eq!(finding(&found), Finding::QueryIncomplete, "{query}");
        let facts = &found.steps.last().unwrap().facts;
        facts.iter().find(|(name, _)| *name == "missing").unwrap().1.clone()
    };
    let plain = builder().mode(Mode::Plain).build().unwrap();
    assert_eq!(missing(&plain, "nonce=1"), "timestamp, signature");
    assert_eq!(missing(&plain, "nonce=1&msg_signature=2&timestamp=3"), "signature");
    assert_eq!(missing(&secure(), "nonce=1"), "timestamp, msg_signature");
    assert_eq!(missing(&secure(), "nonce=1&signature=2"), "timestamp");
    assert_eq!(missing(&secure(), "timestamp=1&msg_signature=2"), "nonce");
}

/// Five minutes are old; what is as old as that is not yet.
#[test]
fn a_request_of_five_minutes_ago_is_not_old() {
    let account = builder().mode(Mode::Plain).build().unwrap();
    let query =
        format!("signature={}&timestamp=1763700000&nonce=n", account.sign("1763700000", "n"));
    let age = |now| {
        let found = explain(&account, &query, MESSAGE.as_bytes(), Timestamp::from_secs(now));
        let age = found.steps.iter().find(|step| step.check == Check::Age);
        age.unwrap().finding
    };
    assert_eq!(age(1_763_700_300), Finding::AgeUnchecked);
    assert_eq!(age(1_763_700_301), Finding::AgeOld);
    assert_eq!(age(1_763_699_700), Finding::AgeUnchecked);
    assert_eq!(age(1_763_699_699), Finding::AgeOld);
}

/// What `receive` passes over, the explanation passes over.
#[test]
fn what_says_nothing_outside_the_seal_is_not_told() {
    let account = secure();
    let (_, sealed, encrypt) = parts(&account, MESSAGE);
    let query = format!("timestamp=1763700000&nonce=n&msg_signature={sealed}");
    for body in [
        format!("<xml><ToUserName></ToUserName><Encrypt>{encrypt}</Encrypt></xml>"),
        format!("<xml><Encrypt>\n{encrypt} </Encrypt></xml>"),
    ] {
        let found = explain(&account, &query, body.as_bytes(), NOW);
        assert_eq!(finding(&found), Finding::MessageRead, "{body}");
    }
    // White space that is signed, because the sender signs what it writes.
    let spaced = format!(" {encrypt} ");
    let signature = super::reference::signature(&["token", "1763700000", "n", &spaced]);
    let query = format!("timestamp=1763700000&nonce=n&msg_signature={signature}");
    let body = format!("<xml><Encrypt>{spaced}</Encrypt></xml>");
    let found = explain(&account, &query, body.as_bytes(), NOW);
    assert_eq!(finding(&found), Finding::MessageRead);
}
