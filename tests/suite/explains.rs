//! Every mistake that people make is told apart from the others.

use wxkf_core::{
    Account, AccountBuilder, AccountKind, Explanation, Finding, Language, Mode, Seal, Timestamp,
    Verdict, explain,
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
            let seal = Seal::new([random; 16], NOW).nonce("n");
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
    let (head, tail) = encrypt.split_at(76);
    check(&account, &good, &body(&format!("{head}\n{tail}")), Finding::SignatureWrapped);
    check(&account, &good, &body(&encrypt.replace('/', "\\/")), Finding::SignatureEscaped);
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
    let tolerant = builder().encoding_aes_key(KEY).tolerance(core::time::Duration::from_secs(60));
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
    use base64::Engine as _;
    let doubled = base64::engine::general_purpose::STANDARD.encode(&encrypt);
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

    let also = [Finding::AgeStale, Finding::AgeOld];
    for finding in Finding::ALL {
        assert!(seen.contains(finding) || also.contains(finding), "nothing shows {finding:?}");
        assert_ne!(finding.message(Language::English), finding.message(Language::Chinese));
    }
}
