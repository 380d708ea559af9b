//! Unions of names.

use wxkf_core::api::{Auth, Caution, Errcode, RejectionKind};
use wxkf_core::schema::{Named, Names};
use wxkf_core::{
    AccountKind, Check, Code, FetchFailure, Finding, Format, Mode, Origin, Policy, RefusalReason,
    Settlement, TokenSource, Trigger, TypingSettlement, Verdict,
};

use super::print::{comment, first, one_of};

pub(super) fn types() -> String {
    let named = [
        AccountKind::NAMES,
        Auth::NAMES,
        Caution::NAMES,
        Check::NAMES,
        Code::NAMES,
        FetchFailure::NAMES,
        Finding::NAMES,
        Format::NAMES,
        Mode::NAMES,
        Origin::NAMES,
        RefusalReason::NAMES,
        RejectionKind::NAMES,
        Settlement::NAMES,
        TokenSource::NAMES,
        Trigger::NAMES,
        TypingSettlement::NAMES,
        Verdict::NAMES,
    ];
    let mut out = String::from("\n");
    for Names { name, doc, names, .. } in named {
        let names: Vec<_> = names.iter().map(|(name, said)| (*name, said.text())).collect();
        out += &union(name, first(doc.text()), &names);
    }
    let presets: Vec<_> = Policy::presets().collect();
    let doc = "A table of what the platform grants, and when it was in force.";
    out += &union("PolicyPreset", doc, &presets);
    out += &comment("", "A return code that is known.");
    let codes: Vec<_> = Errcode::ALL.iter().map(|row| row.code().to_string()).collect();
    out + &format!("export type Errcode = {};\n\n", codes.join(" | "))
}

/// What an error says where one of a few names was expected.
pub(super) fn expected() -> String {
    let said = [
        ("KINDS", AccountKind::NAMES),
        ("FAILURES", FetchFailure::NAMES),
        ("FORMATS", Format::NAMES),
        ("MODES", Mode::NAMES),
        ("SETTLEMENTS", Settlement::NAMES),
        ("TYPING_SETTLEMENTS", TypingSettlement::NAMES),
        ("SOURCES", TokenSource::NAMES),
        ("TRIGGERS", Trigger::NAMES),
    ];
    let mut out = String::new();
    for (constant, Names { name, names, .. }) in said {
        out += "\n";
        let names: Vec<_> = names.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        let (last, others) = names.split_last().expect("each has names");
        out += &comment("", &format!("The names of `{name}`, for a message."));
        out += &format!("export const {constant} = '{} or {last}';\n", others.join(", "));
    }
    out
}

fn union(name: &str, doc: &str, names: &[(&str, &str)]) -> String {
    let line = |(name, doc): &(&str, &str)| {
        let text: Vec<_> = first(doc).lines().map(str::trim).collect();
        format!(" - `{name}`: {}\n", text.join(" ").replace('\n', " "))
    };
    let list: String = names.iter().map(line).collect();
    let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
    comment("", &format!("{}\n\n{list}", doc.trim_end()))
        + &format!("export type {name} = {};\n\n", one_of(&names))
}
