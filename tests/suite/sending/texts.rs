//! Texts: parts that fit, links, and what to be careful with.

use proptest::prelude::*;
use wxkf_core::api::{self, Caution, Endpoint};
use wxkf_core::text::{MAX_TEXT_BYTES, split};
use wxkf_core::{Code, Language, Outbound, Reply};
use wxkf_tests::fuzz;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_text_is_split_into_parts_that_fit(
        pieces in prop::collection::vec(prop_oneof![
            Just("字"), Just("a"), Just(" "), Just("\n"), Just("\n\n"), Just("。"), Just("word "),
            Just("👨‍👩‍👧‍👦"), Just("🇨🇳"), Just("e\u{301}"), Just("\r\n"), Just("❤️"), Just("<a "), Just("</a>"),
            Just("<a href=\"x\">链接</a>"), Just("<A data-miniprogram-path='p'>x y</A >"), Just("<"), Just(">"),
            Just("”"), Just("，"), Just("\u{200d}"), Just("\u{301}"), Just("한"),
        ], 0..60),
        max_bytes in 0..120usize,
        max_parts in 0..9usize,
    ) {
        fuzz::check_split(&pieces.concat(), max_bytes, max_parts);
    }
}

#[test]
fn cautions_are_about_what_can_be_sent() {
    let caution = |message| api::SendMessage::new("o", message).request().unwrap().caution();
    assert_eq!(caution(Outbound::text("a".repeat(MAX_TEXT_BYTES))), None);
    let long = caution(Outbound::text("a".repeat(MAX_TEXT_BYTES + 1)));
    assert_eq!(long, Some(Caution::LongText));
    let outdated = caution(Outbound::MpNews { media_id: "m".into() });
    assert_eq!(outdated, Some(Caution::Outdated));
    assert_eq!(caution(Outbound::menu([("1", "a"), ("02", "b")])), None);
    for id in ["yes", "1a", "１", "-1", " 1"] {
        let menu = caution(Outbound::menu([("1", "a"), (id, "b")]));
        assert_eq!(menu, Some(Caution::MenuId), "{id}");
    }
    assert_eq!(Reply::text("a".repeat(MAX_TEXT_BYTES)).caution(), None);
    let characters = MAX_TEXT_BYTES / 3;
    assert_eq!(Reply::text("字".repeat(characters)).caution(), None);
    let long = Reply::text("字".repeat(characters + 1));
    assert_eq!(long.caution(), Some(Caution::LongReply));
    assert_eq!(Reply::Success.caution(), None);
    for (caution, part) in [
        (Caution::LargeImage, "2 MB"),
        (Caution::LongReply, "success"),
        (Caution::LongText, "45002"),
        (Caution::MenuId, "id"),
        (Caution::Outdated, "40007"),
    ] {
        for language in [Language::Chinese, Language::English] {
            assert!(caution.message(language).contains(part), "{caution:?}");
        }
    }
}

#[test]
fn links_hold_what_they_are_given_or_are_refused() {
    use wxkf_core::text::{menu_link, mini_program_link};
    let app = |parts: [&str; 4]| mini_program_link(parts[0], parts[1], parts[2], parts[3]);
    let menu = |parts: [&str; 3]| menu_link(parts[0], parts[1], parts[2]);
    assert_eq!(
        app(["点 \"我\" & 我", "http://x/?a=1&b=%20#c", "wx0", "pages/index?x=1&y='中'"])
            .as_deref(),
        Ok("<a href=\"http://x/?a=1&b=%20#c\" data-miniprogram-appid=\"wx0\" \
            data-miniprogram-path=\"pages/index?x=1&y='中'\">点 \"我\" & 我</a>")
    );
    assert_eq!(
        menu(["满 意", "满意", "101"]).as_deref(),
        Ok("<a href=\"weixin://bizmsgmenu?msgmenucontent=满意&msgmenuid=101\">满 意</a>")
    );
    let refused = |result: Result<String, wxkf_core::Error>, field: &str, what: &str| {
        let error = result.expect_err(what);
        assert_eq!(
            (error.code(), error.field()),
            (Code::RequestFieldInvalid, Some(field)),
            "{what:?}"
        );
    };
    let names = ["label", "href", "appid", "path"];
    for (at, name) in names.iter().enumerate() {
        let outside_the_label = ["a\"b", "a b", "a\u{3000}b"];
        let anywhere = ["", "a<b", "a>b", "a\nb", "a\u{7}b", "a\u{85}b"];
        for wrong in anywhere.iter().chain(outside_the_label.iter().filter(|_| at > 0)) {
            let mut parts = ["l", "h", "wx0", "p"];
            parts[at] = wrong;
            refused(app(parts), name, wrong);
        }
    }
    for (at, name) in ["label", "content", "id"].iter().enumerate() {
        let outside_the_label = ["a\"b", "a b", "a&b", "a#b", "a%b"];
        for wrong in
            ["", "a<b", "a>b", "a\tb"].iter().chain(outside_the_label.iter().filter(|_| at > 0))
        {
            let mut parts = ["l", "c", "1"];
            parts[at] = wrong;
            refused(menu(parts), name, wrong);
        }
    }
    // The splitter takes for a link what these write.
    let text = format!("字字{}", app(["点我", "h", "wx0", "p"]).unwrap());
    let cut = split(&text, text.len() - 1, 5);
    assert_eq!((cut.parts.len(), cut.parts[0]), (2, "字字"));
}

#[test]
fn splitting_takes_as_long_as_the_text() {
    // Many cuts, many links, one endless character: all of them have to end.
    for text in [
        format!("a{}b", " ".repeat(600_000)),
        format!("a{}b", "\n\n".repeat(300_000)),
        "a\n\n".repeat(200_000),
        "好。」".repeat(60_000),
        "字".repeat(400_000),
        "<a ".repeat(300_000),
        "\u{301}".repeat(300_000),
        " \n".repeat(300_000),
    ] {
        for (max_bytes, max_parts) in [(1, usize::MAX), (3, usize::MAX), (2048, 5), (usize::MAX, 1)]
        {
            let split = split(&text, max_bytes, max_parts);
            let length: usize = split.parts.iter().map(|part| part.len()).sum();
            assert_eq!(length + split.rest.len(), text.len());
        }
    }
}
