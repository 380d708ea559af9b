//! Bodies that an attacker would send, each family at any size.

/// A family: its name, and its body of about so many bytes.
pub type Family = (&'static str, fn(usize) -> String);

/// What the others are measured against, by format: as many ordinary fields as the core takes, or
/// as fit, with an openid in each.
pub const PLAIN: &[Family] = &[
    ("xml plain", |size| {
        let field = "<FriendUserName><![CDATA[oGZUI0egBJY1zhBYw2KhdUfwVJJE]]></FriendUserName>";
        format!("<xml>{}</xml>", field.repeat(16_000.min(size / field.len())))
    }),
    ("json plain", |size| {
        let field = "\"FriendUserName\":\"oGZUI0egBJY1zhBYw2KhdUfwVJJE\",";
        format!("{{{}\"Last\":1}}", field.repeat(16_000.min(size / field.len())))
    }),
];

/// Every family. The first word is the format.
pub const FAMILIES: &[Family] = &[
    ("xml deep nesting", |size| "<a>".repeat(size / 3)),
    ("xml deep closed", |size| "<a>".repeat(size / 7) + &"</a>".repeat(size / 7)),
    ("xml long attribute", |size| format!("<xml a=\"{}\"><b/></xml>", "x".repeat(size))),
    ("xml long attributes", |size| format!("<xml {}/>", "a='b' ".repeat(size / 6))),
    ("xml many entities", |size| {
        format!("<xml><Content>{}</Content></xml>", "&lt;".repeat(size / 4))
    }),
    ("xml character references", |size| {
        format!("<xml><Content>{}</Content></xml>", "&#x4f60;".repeat(size / 8))
    }),
    ("xml unknown entities", |size| format!("<xml>{}</xml>", "&lol;".repeat(size / 5))),
    ("xml many children", |size| format!("<xml>{}</xml>", "<a/>".repeat(size / 4))),
    ("xml many duplicates", |size| format!("<xml>{}</xml>", "<item>1</item>".repeat(size / 14))),
    ("xml duplicate fields", |size| format!("<xml>{}</xml>", "<MsgId>1</MsgId>".repeat(size / 16))),
    ("xml carriage returns", |size| format!("<xml><Content>{}</Content></xml>", "\r".repeat(size))),
    ("xml carriage returns in many", |size| {
        format!("<xml>{}</xml>", "<a>\r\n</a>".repeat(size / 9))
    }),
    ("json control characters", |size| format!("{{\"Content\":\"{}\"}}", "\u{1}".repeat(size))),
    ("json control characters behind an escape", |size| {
        format!("{{\"Content\":\"\\n{}\"}}", "\u{1}".repeat(size))
    }),
    ("xml many sections", |size| {
        format!("<xml><Content>{}</Content></xml>", "<![CDATA[a]]>".repeat(size / 13))
    }),
    ("xml section never closed", |size| {
        format!("<xml><Content><![CDATA[{}", "]]".repeat(size / 2))
    }),
    ("xml section of end marks", |size| {
        format!("<xml><Content><![CDATA[{}]]></Content></xml>", "]>".repeat(size / 2))
    }),
    ("xml comments", |size| format!("<xml>{}</xml>", "<!---->".repeat(size / 7))),
    ("xml text between", |size| format!("<xml>{}</xml>", "t&amp;<b>&amp;</b>".repeat(size / 19))),
    ("xml tag never closed", |size| format!("<xml><{}", "a".repeat(size))),
    ("xml many opened", |size| format!("<xml>{}", "<".repeat(size))),
    ("json deep nesting", |size| "{\"a\":".repeat(size / 5)),
    ("json deep closed", |size| "{\"a\":".repeat(size / 6) + "1" + &"}".repeat(size / 6)),
    ("json deep lists", |size| format!("{{\"a\":{}", "[".repeat(size))),
    ("json many numbers", |size| format!("{{\"a\":[{}1]}}", "1,".repeat(size / 2))),
    ("json many keys", |size| {
        let fields: Vec<_> = (0..size / 12).map(|n| format!("\"k{n:06}\":1")).collect();
        format!("{{{}}}", fields.join(","))
    }),
    ("json many duplicates", |size| format!("{{{}\"a\":1}}", "\"a\":1,".repeat(size / 6))),
    ("json duplicate fields", |size| format!("{{{}\"a\":1}}", "\"MsgId\":1,".repeat(size / 10))),
    ("json many escapes", |size| format!("{{\"Content\":\"{}\"}}", "\\u4f60".repeat(size / 6))),
    ("json lone surrogates", |size| format!("{{\"Content\":\"{}\"}}", "\\ud83d".repeat(size / 6))),
    ("json long number", |size| format!("{{\"a\":{}}}", "1".repeat(size))),
    ("json string never closed", |size| format!("{{\"a\":\"{}", "\\\\".repeat(size / 2))),
    ("json white space", |size| format!("{{{}}}", " ".repeat(size))),
];

/// The family with this name.
#[must_use]
pub fn family(name: &str) -> Option<Family> {
    PLAIN.iter().chain(FAMILIES).find(|(known, _)| *known == name).copied()
}
