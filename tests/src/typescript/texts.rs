//! The sentences for people, in a module of their own: most programs need none of them.

use wxkf_core::api::{Errcode, RejectionKind};
use wxkf_core::{Finding, Language};

use super::NOTE;
use super::print::quoted;

/// `texts.ts`. Each table is JSON, to be read when it is asked for: to a program that starts it is one string.
pub fn texts() -> String {
    let both = |pick: &dyn Fn(Language) -> &'static str| {
        [Language::English, Language::Chinese].map(|language| quoted(pick(language)))
    };
    let errcodes = Errcode::ALL.iter().map(|row| {
        let kind = row.kind().map_or("null".into(), |kind| quoted(kind.name()));
        let advice = |language| row.own_advice(language).map_or("null".into(), quoted);
        // A line each: they are what is long, and a file of an entry is read by people, too.
        let advice = [Language::English, Language::Chinese].map(advice).join(",\n    ");
        let meaning = both(&|language| row.meaning(language)).join(", ");
        format!("[{}, {kind}, {meaning},\n    {advice}]", row.code())
    });
    let kinds = RejectionKind::ALL.iter().map(|kind| {
        let advice = both(&|language| kind.advice(language)).join(", ");
        format!("{}: [{advice}]", quoted(kind.name()))
    });
    let findings = Finding::ALL.iter().map(|finding| {
        let message = both(&|language| finding.message(language)).join(",\n    ");
        format!("{}: [\n    {message}]", quoted(finding.name()))
    });
    [
        NOTE,
        "\n/** Every return code that is known: code, kind, English, Chinese, advice in both; `null` is that of the kind. */\n",
        &table("ERRCODES", '[', errcodes, ']'),
        "\n/** What to do about a rejection of each kind, in English and Chinese. */\n",
        &table("KIND_ADVICE", '{', kinds, '}'),
        "\n/** What each finding of an explanation means, in English and Chinese. */\n",
        &table("FINDINGS", '{', findings, '}'),
    ]
    .concat()
}

fn table(name: &str, open: char, rows: impl Iterator<Item = String>, close: char) -> String {
    let rows: Vec<_> = rows.map(|row| format!("  {}", escaped(&row))).collect();
    format!("export const {name} = `{open}\n{}\n{close}`;\n", rows.join(",\n"))
}

/// As it stands between backquotes.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${")
}
