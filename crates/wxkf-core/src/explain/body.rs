//! What a body has been through that is not the raw one.

use alloc::string::String;
use alloc::vec::Vec;

use super::findings::Finding;
use crate::codec::{Node, NodeKind};
use crate::crypto;
use crate::params::lone_text;

/// What was found, and what it looks like.
pub(super) type Diagnosis = (Finding, Option<&'static str>);

const fn parsed(looks_like: &'static str) -> Diagnosis {
    (Finding::BodyParsed, Some(looks_like))
}

/// Of a body that is no document: why.
pub(super) fn of_no_document(body: &[u8]) -> Diagnosis {
    if let Some(compression) = compression(body) {
        return (Finding::BodyCompressed, Some(compression));
    }
    if let Some(encoding) = foreign_encoding(body) {
        return (Finding::BodyRecoded, Some(encoding));
    }
    let Ok(text) = core::str::from_utf8(body) else { return (Finding::BodyMalformed, None) };
    let text = text.trim_start_matches('\u{feff}').trim();
    let inside = lone_text(text);
    let lower = text.to_ascii_lowercase();
    if text.is_empty() || inside.as_deref().is_some_and(|inside| inside.trim().is_empty()) {
        (Finding::BodyEmpty, None)
    } else if let Some(found) = of_base64(inside.as_deref().unwrap_or(text)) {
        found
    } else if inside.is_some() {
        (Finding::BodyQuoted, None)
    } else if ["&lt;xml", "&lt;?xml", "%3cxml", "%3c%3fxml", "%7b"]
        .iter()
        .any(|start| lower.starts_with(start))
    {
        (Finding::BodyEscaped, None)
    } else if let Some(looks_like) = printed(text) {
        parsed(looks_like)
    } else if (text.starts_with('<') && !lower.ends_with("</xml>"))
        || (text.starts_with('{') && !text.ends_with('}'))
    {
        (Finding::BodyCut, None)
    } else {
        (Finding::BodyMalformed, None)
    }
}

/// Of a document that can be read, but is not one of WeChat's: whether something has parsed the body and
/// written it again in its own form.
pub(super) fn of_document(root: Node<'_>) -> Option<Diagnosis> {
    let first = root.children().next();
    let Some(first) = first else { return Some(parsed("an empty object")) };
    let child = |name: &str| root.children().find(|child| child.name().eq_ignore_ascii_case(name));
    let is_structure = |node: &Node<'_>| matches!(node.kind(), NodeKind::Array | NodeKind::Element);
    let known = ["ToUserName", "Encrypt", "MsgType", "InfoType", "action"];
    if known.iter().any(|name| child(name).is_some_and(|node| is_structure(&node))) {
        return Some(parsed("the lists or objects that an XML parser makes of elements"));
    }
    if child("Encrypt").is_some() || known.iter().any(|name| root.child(name).is_some()) {
        // A lower-case `encrypt` alone is what another product sends.
        let is_lower = child("ToUserName").is_some_and(|node| node.name() != "ToUserName");
        return is_lower.then_some(parsed("an object of a parser that writes names in lower case"));
    }
    if child("MsgType").or_else(|| child("ToUserName")).is_some() {
        return Some(parsed("an object of a parser that writes names in lower case"));
    }
    if child("xml").is_some() {
        return Some(parsed("the object that an XML parser makes of the document"));
    }
    if root.child("type").and_then(|node| node.text()) == Some("Buffer") {
        return Some(parsed("a Buffer, written as JSON"));
    }
    if first.name() == "0" {
        return Some(parsed("an array of bytes, written as JSON"));
    }
    if first.name().starts_with(['<', '{']) {
        return Some(parsed("the object that a form parser makes of the document"));
    }
    let has_body = ["body", "rawBody", "Body"].iter().any(|name| root.child(name).is_some());
    has_body.then_some((Finding::BodyWrapped, None))
}

/// A sealed text that stands alone, or a document in base64.
fn of_base64(text: &str) -> Option<Diagnosis> {
    let text = text.rsplit_once(";base64,").map_or(text, |(_, text)| text);
    let bytes = lenient_base64(text)?;
    if bytes.len() >= 32 && bytes.len() % 16 == 0 && core::str::from_utf8(&bytes).is_err() {
        return Some(match compression(&bytes) {
            Some(compression) => (Finding::BodyBase64, Some(compression)),
            None => (Finding::BodyEncryptAlone, None),
        });
    }
    if let Some(compression) = compression(&bytes) {
        return Some((Finding::BodyBase64, Some(compression)));
    }
    let inside = core::str::from_utf8(&bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
    inside.starts_with(['<', '{']).then_some((Finding::BodyBase64, None))
}

/// The bytes of base64 in either alphabet, wrapped or not, with or without padding.
pub(super) fn lenient_base64(text: &str) -> Option<Vec<u8>> {
    // Shorter ones may be words.
    let is_long = text.len() > 16;
    is_long.then(|| crypto::decode_base64(&standard_base64(text)).ok())?
}

/// In the alphabet that WeChat uses, on one line, padded.
pub(super) fn standard_base64(text: &str) -> String {
    let mut standard: String = text
        .split_ascii_whitespace()
        .flat_map(|part| part.trim_end_matches('=').chars())
        .map(|character| match character {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    while standard.len() % 4 != 0 {
        standard.push('=');
    }
    standard
}

fn compression(body: &[u8]) -> Option<&'static str> {
    Some(match body {
        // As it stands, and as it is after somebody has read it as text.
        [0x1f, 0x8b, ..] | [0x1f, 0xef, 0xbf, 0xbd, 0x08, ..] => "gzip",
        [0x28, 0xb5, 0x2f, 0xfd, ..] => "zstd",
        [0x78, 0x9c | 0xda, ..] | [0x78, 0xef, 0xbf, 0xbd, ..] => "zlib (deflate)",
        // These two are characters.
        [0x78, 0x01 | 0x5e, rest @ ..] if core::str::from_utf8(rest).is_err() => "zlib (deflate)",
        _ => return None,
    })
}

/// An encoding of text that is not UTF-8.
fn foreign_encoding(body: &[u8]) -> Option<&'static str> {
    match body {
        [0xff, 0xfe, ..] | [b'<' | b'{', 0, ..] => Some("UTF-16, little-endian"),
        [0xfe, 0xff, ..] | [0, b'<' | b'{', ..] => Some("UTF-16, big-endian"),
        [b'<' | b'{', ..] if core::str::from_utf8(body).is_err() => {
            Some("another character set than UTF-8, such as GBK or Latin-1")
        }
        _ => None,
    }
}

/// The form in which a language prints what it has parsed.
fn printed(text: &str) -> Option<&'static str> {
    let starts = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
    let inner = text.strip_prefix('{').map(str::trim_start);
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
    // What follows the first word inside braces, if there is one.
    let after_word = inner.and_then(|inner| {
        let length = inner.bytes().take_while(|byte| is_word(byte)).count();
        inner.get(length..).filter(|_| length > 0)
    });
    Some(if starts(&["[object ", "[Object", "[Function"]) {
        "an object of JavaScript, as text"
    } else if ["undefined", "null", "None", "nil", "NaN", "true", "false", "[]", "Array", "Object"]
        .contains(&text)
    {
        "a value of a programming language, as text"
    } else if starts(&["<Buffer", "Uint8Array(", "ArrayBuffer {", "b'", "b\""]) {
        "bytes, printed"
    } else if is_numbers(text) {
        "bytes, printed as numbers"
    } else if starts(&[
        "{'",
        "{b'",
        "OrderedDict(",
        "defaultdict(",
        "ImmutableMultiDict(",
        "MultiDict(",
    ]) || starts(&["<QueryDict", "FormData(", "<MultiDict"])
    {
        "a dict of Python, printed"
    } else if starts(&["map[", "&map[", "&{", "url.Values", "[map["]) {
        "a value of Go, printed"
    } else if starts(&["#<"]) || (inner.is_some() && text.contains("=>")) {
        "a hash of Ruby, printed"
    } else if starts(&[
        "Array\n",
        "Array (",
        "array(",
        "array (",
        "stdClass",
        "object(",
        "SimpleXMLElement",
    ]) {
        "an array or object of PHP, printed"
    } else if after_word.is_some_and(|after| after.starts_with('=')) {
        "a map of Java, printed"
    } else if after_word.is_some_and(|after| after.trim_start().starts_with(':')) {
        "an object of JavaScript, printed"
    } else if starts(&["System.", "java.", "org.", "com.", "io.", "[B@"])
        || (text.starts_with('<') && text.ends_with('>') && text.contains(" at 0x"))
        || starts(&["<_io.", "<Element "])
    {
        "the name of an object, not what is in it"
    } else if text.starts_with("--") && text.contains("form-data") {
        "a form (multipart/form-data)"
    } else if is_form(text) {
        "a form (application/x-www-form-urlencoded)"
    } else {
        return None;
    })
}

/// `60,120,109`, with or without brackets.
fn is_numbers(text: &str) -> bool {
    let list = text.trim_start_matches('[').trim_end_matches(']');
    let mut numbers = list.split([',', ' ', '\n']).filter(|number| !number.is_empty());
    let first = numbers.next().and_then(|number| number.parse().ok());
    let is_start = first.is_some_and(|first: u8| b"<{ \n\r\xef".contains(&first));
    is_start && numbers.clone().count() > 2 && numbers.all(|number| number.parse::<u8>().is_ok())
}

/// `ToUserName=gh_1&Encrypt=…`: what stands before the first `=` is a name.
fn is_form(text: &str) -> bool {
    let is_part = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'.' | b'%' | b'[' | b']' | b'+')
    };
    text.split_once('=').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(is_part))
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::{
        Finding, compression, foreign_encoding, is_form, is_numbers, lenient_base64, of_base64,
        printed,
    };

    #[test]
    fn a_sealed_text_alone_is_whole_blocks_and_no_text() {
        let of = |bytes: &[u8]| of_base64(&STANDARD.encode(bytes));
        let sealed = Some((Finding::BodyEncryptAlone, None));
        assert_eq!(of(&[0xc3; 32]), sealed);
        assert_eq!(of(&[0xc3; 48]), sealed);
        for no_seal in [&[0xc3; 16][..], &[0xc3; 31], &[0xc3; 33], &[b'a'; 32], &[b'a'; 33]] {
            assert_eq!(of(no_seal), None, "{no_seal:?}");
        }
        assert_eq!(of(b"\xef\xbb\xbf <xml></xml>"), Some((Finding::BodyBase64, None)));
    }

    #[test]
    fn a_word_is_no_base64() {
        assert_eq!(lenient_base64("PHhtbD48L3htbD4K"), None);
        assert_eq!(lenient_base64("PHhtbD48L3htbD4KIA"), Some(b"<xml></xml>\n ".into()));
        assert_eq!(
            lenient_base64("-_-_-_-_\r\n-_-_-_-_-_=="),
            Some(vec![
                0xfb, 0xff, 0xbf, 0xfb, 0xff, 0xbf, 0xfb, 0xff, 0xbf, 0xfb, 0xff, 0xbf, 0xfb
            ])
        );
    }

    #[test]
    fn a_text_is_not_compressed() {
        for (body, expected) in [
            (&[0x78, 0x9c, b'a'][..], Some("zlib (deflate)")),
            (&[0x78, 0xda, b'a'], Some("zlib (deflate)")),
            (&[0x78, 0x5e, 0xff], Some("zlib (deflate)")),
            (&[0x78, 0x01, 0xff], Some("zlib (deflate)")),
            (b"x^a", None),
            (b"x\x01a", None),
            (b"x", None),
            (b"", None),
        ] {
            assert_eq!(compression(body), expected, "{body:?}");
        }
    }

    #[test]
    fn another_encoding_is_told_by_how_a_document_begins() {
        let [little, big] = ["UTF-16, little-endian", "UTF-16, big-endian"].map(Some);
        for (body, expected) in [
            (&b"\xff\xfe<\0"[..], little),
            (b"<\0x\0", little),
            (b"{\0", little),
            (b"\xfe\xff\0<", big),
            (b"\0<\0x", big),
            (b"\0{", big),
            (b"<a>\xc4\xe3</a>", Some("another character set than UTF-8, such as GBK or Latin-1")),
            ("<a>你</a>".as_bytes(), None),
            (b"\0a", None),
            (b"a\xff", None),
            (b"", None),
        ] {
            assert_eq!(foreign_encoding(body), expected, "{body:?}");
        }
    }

    #[test]
    fn what_has_only_a_part_of_it_is_not_taken_for_a_print() {
        for (text, part) in [
            ("{a=1}", "Java"),
            ("{a: 1}", "JavaScript"),
            ("<object at 0x7f>", "name of an object"),
            ("<_io.BytesIO>", "name of an object"),
            ("System.Xml.XmlDocument", "name of an object"),
            ("--x form-data", "multipart"),
        ] {
            assert!(printed(text).is_some_and(|told| told.contains(part)), "{text}");
        }
        for text in [
            "{=1}",
            "{:1}",
            "<a>",
            "<a at 0x7f",
            "a at 0x7f>",
            "a at 0x7f",
            "--x",
            "x form-data",
            "",
        ] {
            assert_eq!(printed(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_of_bytes_and_a_form_are_told_from_any_text() {
        for text in ["60,1,2,3", "[60,120,109,108,62]", "123 34 97 34", "[ 60, 120, 109, 108 ]"] {
            assert!(is_numbers(text), "{text}");
        }
        for text in ["60,1,2", "1,2,3,4", "60,1,2,256", "60,a,b,c", "", "60"] {
            assert!(!is_numbers(text), "{text}");
        }
        for text in ["a=b", "a%5B0%5D=", "a_-.+[0]=b c"] {
            assert!(is_form(text), "{text}");
        }
        for text in ["=b", "a b=c", "a", "", "<a b=c"] {
            assert!(!is_form(text), "{text}");
        }
    }
}
