//! What has happened to a body on its way is told by the body.

use super::*;

/// What `explain` says of a good query with this body.
fn of_body(account: &Account, query: &str, body: &[u8]) -> (Finding, Option<String>) {
    let found = explain(account, query, body, NOW);
    let mut facts = found.steps.iter().flat_map(|step| &step.facts);
    let looks_like = facts.find(|(name, _)| *name == "looks_like");
    (finding(&found), looks_like.map(|(_, value)| value.clone()))
}

#[test]
fn a_body_that_something_has_parsed_is_told_whatever_printed_it() {
    let account = secure();
    let (plain, sealed, encrypt) = parts(&account, MESSAGE);
    let good = query(&plain, &sealed);
    let bytes: Vec<_> = body(&encrypt).bytes().map(|byte| byte.to_string()).collect();
    let by_key: Vec<_> =
        bytes.iter().enumerate().map(|(at, byte)| format!("\"{at}\":{byte}")).collect();
    for (parsed, word) in [
        // JavaScript: body parsers, XML parsers, and what becomes of an object in a text.
        ("{}", "empty"),
        ("[object Object]", "JavaScript"),
        ("[object ReadableStream]", "JavaScript"),
        ("undefined", "value"),
        ("null", "value"),
        (&format!(r#"{{"xml":{{"ToUserName":["gh_0"],"Encrypt":["{encrypt}"]}}}}"#), "XML parser"),
        (&format!(r#"{{"xml":{{"ToUserName":"gh_0","Encrypt":"{encrypt}"}}}}"#), "XML parser"),
        (&format!(r#"{{"?xml":"","xml":{{"Encrypt":"{encrypt}"}}}}"#), "XML parser"),
        (&format!(r#"{{"ToUserName":["gh_0"],"Encrypt":["{encrypt}"]}}"#), "XML parser"),
        (&format!(r#"{{"Encrypt":{{"_cdata":"{encrypt}"}}}}"#), "XML parser"),
        (&format!(r#"{{"xml":{{"tousername":["gh_0"],"encrypt":["{encrypt}"]}}}}"#), "XML parser"),
        (&format!(r#"{{"tousername":"gh_0","encrypt":"{encrypt}"}}"#), "lower case"),
        (&format!(r#"{{"<xml><Encrypt><![CDATA[{encrypt}":"]]></Encrypt></xml>"}}"#), "form"),
        (
            &format!("{{ xml: {{ ToUserName: [ 'gh_0' ], Encrypt: [ '{encrypt}' ] }} }}"),
            "JavaScript",
        ),
        (&format!(r#"{{"type":"Buffer","data":[{}]}}"#, bytes.join(",")), "Buffer"),
        (&format!("{{{}}}", by_key.join(",")), "bytes"),
        (&bytes.join(","), "bytes"),
        ("<Buffer 3c 78 6d 6c 3e>", "bytes"),
        // Python.
        (&format!("{{'xml': {{'ToUserName': 'gh_0', 'Encrypt': '{encrypt}'}}}}"), "Python"),
        (&format!("OrderedDict([('xml', OrderedDict([('Encrypt', '{encrypt}')]))])"), "Python"),
        ("ImmutableMultiDict([])", "Python"),
        (&format!("b'{}'", body(&encrypt)), "bytes"),
        ("<Element 'xml' at 0x7f2b3c1d5e90>", "object"),
        ("None", "value"),
        // Go, Java, Ruby, PHP, .NET.
        (&format!("map[Encrypt:{encrypt} ToUserName:gh_0]"), "Go"),
        (&format!("[{}]", bytes.join(" ")), "bytes"),
        (&format!("{{ToUserName=gh_0, Encrypt={encrypt}}}"), "Java"),
        ("[B@1b6d3586", "object"),
        (&format!(r#"{{"xml"=>{{"Encrypt"=>"{encrypt}"}}}}"#), "Ruby"),
        (&format!("Array\n(\n    [Encrypt] => {encrypt}\n)\n"), "PHP"),
        ("Array", "value"),
        ("System.Byte[]", "object"),
        // A form.
        (&format!("ToUserName=gh_0&Encrypt={encrypt}"), "urlencoded"),
        (&format!("xml={}", crate::reference::percent_encode(&body(&encrypt))), "urlencoded"),
        ("--x\r\nContent-Disposition: form-data; name=\"xml\"\r\n\r\n<xml>\r\n--x--", "multipart"),
    ] {
        let (finding, looks_like) = of_body(&account, &good, parsed.as_bytes());
        assert_eq!(finding, Finding::BodyParsed, "{parsed}");
        assert!(looks_like.as_ref().unwrap().contains(word), "{parsed}: {looks_like:?}");
    }
    // Where `Encrypt` is lost the mode says so, and the body not once more.
    for parsed in [r#"{"xml":{"ToUserName":["gh_0"]}}"#, r#"{"0":60,"1":120}"#] {
        let found = explain(&account, &good, parsed.as_bytes(), NOW);
        let told = found.steps.iter().filter(|step| step.finding == Finding::BodyParsed);
        assert_eq!(told.count(), 1, "{found:#?}");
    }
    // A plain account reads any object, and is warned.
    let plain_account = builder().mode(Mode::Plain).build().unwrap();
    let found = explain(&plain_account, &good, b"{}", NOW);
    assert!(found.result.is_ok());
    assert!(
        found
            .steps
            .iter()
            .any(|step| step.finding == Finding::BodyParsed && step.verdict == Verdict::Warns)
    );
    // What the platform sends is not taken for it.
    for sent in [
        MESSAGE,
        "<xml><xml><MsgType>text</MsgType></xml></xml>",
        r#"{"ToUserName":"gh_0","MsgType":"event","Event":"x","List":[{"a":1}]}"#,
    ] {
        let found = explain(&plain_account, &good, sent.as_bytes(), NOW);
        assert!(found.steps.iter().all(|step| step.finding != Finding::BodyParsed), "{sent}");
    }
}

#[test]
fn a_body_that_something_has_encoded_is_told() {
    let account = secure();
    let (plain, sealed, encrypt) = parts(&account, MESSAGE);
    let good = query(&plain, &sealed);
    let document = body(&encrypt);
    let told = |bytes: &[u8]| of_body(&account, &good, bytes);
    let encoded = STANDARD.encode(&document);
    let json = STANDARD.encode(format!(r#"{{"ToUserName":"gh_0","Encrypt":"{encrypt}"}}"#));
    let wrapped: Vec<_> = encoded.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
    for body in [
        encoded.clone(),
        json,
        wrapped.join("\r\n"),
        format!("\"{encoded}\""),
        format!("data:text/xml;base64,{encoded}"),
        encoded.replace('+', "-").replace('/', "_").trim_end_matches('=').into(),
    ] {
        assert_eq!(told(body.as_bytes()).0, Finding::BodyBase64, "{body}");
    }
    // The first bytes of each, and something that is no text.
    let gzip: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xb3, 0xa9, 0xc8, 0xcd, 0xb1, 0x03, 0];
    let zlib: &[u8] = &[0x78, 0x9c, 0xb3, 0xa9, 0xc8, 0xcd, 0xb1, 0x03, 0];
    for (bytes, name) in [
        (gzip, "gzip"),
        (zlib, "zlib"),
        (&[0x28, 0xb5, 0x2f, 0xfd, 0, 1], "zstd"),
        (String::from_utf8_lossy(gzip).as_bytes(), "gzip"),
        (String::from_utf8_lossy(zlib).as_bytes(), "zlib"),
    ] {
        let (finding, looks_like) = told(bytes);
        assert_eq!(finding, Finding::BodyCompressed, "{bytes:?}");
        assert!(looks_like.unwrap().contains(name), "{bytes:?}");
    }
    assert_eq!(told(STANDARD.encode(gzip).as_bytes()), (Finding::BodyBase64, Some("gzip".into())));
    let wide: Vec<u8> = document.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(&wide).0, Finding::BodyRecoded);
    let gbk = [document.as_bytes(), b"\xc4\xe3"].concat();
    assert_eq!(told(&gbk).0, Finding::BodyRecoded);
}

/// A push of a plain account, with what stands in place of its body.
fn of_plain_body(body: &str) -> Finding {
    let account = builder().mode(Mode::Plain).build().unwrap();
    let query =
        format!("signature={}&timestamp=1763700000&nonce=n", account.sign("1763700000", "n"));
    finding(&explain(&account, &query, body.as_bytes(), NOW))
}

#[test]
fn an_escaped_body_is_told_by_how_it_begins() {
    for body in ["%3Cxml%3E", "%3cxml%3e", "%7B%22a%22%7D", "%7b%22a%22%7d", "&lt;xml&gt;"] {
        assert_eq!(of_plain_body(body), Finding::BodyEscaped, "{body}");
    }
}

#[test]
fn a_body_that_is_cut_off_is_told_in_both_formats() {
    for body in ["{\"a\":", "{\"a\":{\"b\":1", "<xml><a>", "<xml><a>1</a>", "<xml><![CDATA["] {
        assert_eq!(of_plain_body(body), Finding::BodyCut, "{body}");
    }
    assert_eq!(of_plain_body("{\"a\"}"), Finding::BodyMalformed);
}

#[test]
fn what_escapes_a_body_has_changed_what_is_signed() {
    let account = secure();
    // A ciphertext that has all the characters which are escaped somewhere.
    let (_, sealed, encrypt) = (0..64)
        .map(|blanks| parts(&account, &format!("{MESSAGE}{}", " ".repeat(blanks))))
        .find(|(.., encrypt)| encrypt.ends_with('='))
        .unwrap();
    let good = format!("timestamp=1763700000&nonce=n&msg_signature={sealed}");
    for [slash, plus, equals] in [
        ["&#47;", "&#43;", "&#61;"],
        ["&#x2f;", "&#x2b;", "&#x3d;"],
        ["\\u002f", "\\u002b", "\\u003d"],
        ["\\/", "+", "="],
        ["/", "+", "\\u003d"],
        ["&#47;", "+", "="],
    ] {
        let escaped = encrypt.replace('/', slash).replace('+', plus).replace('=', equals);
        let in_json = serde_json::json!({ "Encrypt": escaped }).to_string();
        let found = explain(&account, &good, in_json.as_bytes(), NOW);
        assert_eq!(finding(&found), Finding::SignatureEscaped, "{slash} {plus} {equals}");
    }
}
