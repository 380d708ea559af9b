//! The sentences for people, in a module of their own: most programs need none of them.

use wxkf_core::api::{Errcode, RejectionKind};
use wxkf_core::{Finding, Language};

use super::NOTE;
use super::print::quoted;

/// `texts.ts`.
pub fn texts() -> String {
    let both = |pick: &dyn Fn(Language) -> &'static str| {
        [Language::English, Language::Chinese].map(|language| quoted(pick(language))).join(", ")
    };
    let mut out = format!(
        "{NOTE}\nimport type {{ Errcode, Finding, RejectionKind }} from \"./types.js\";\n\n\
         /** Every return code that is known. `null` advice is that of the kind. */\n\
         export const ERRCODES: readonly (readonly [\n  code: Errcode,\n  kind: RejectionKind | null,\n  \
         en: string,\n  zh: string,\n  adviceEn: string | null,\n  adviceZh: string | null,\n])[] = [\n"
    );
    for row in Errcode::ALL {
        let kind = row.kind().map_or("null".into(), |kind| quoted(kind.name()));
        let advice = |language| row.own_advice(language).map_or("null".into(), quoted);
        let advice = [Language::English, Language::Chinese].map(advice).join(", ");
        let meaning = both(&|language| row.meaning(language));
        out += &format!("  [{}, {kind}, {meaning}, {advice}],\n", row.code());
    }
    out += "];\n\n/** What to do about a rejection of each kind, in English and Chinese. */\n\
            export const KIND_ADVICE: Readonly<Record<RejectionKind, readonly [en: string, zh: string]>> = {\n";
    for kind in RejectionKind::ALL {
        out += &format!("  {}: [{}],\n", kind.name(), both(&|language| kind.advice(language)));
    }
    out += "};\n\n/** What each finding of an explanation means, in English and Chinese. */\n\
            export const FINDINGS: Readonly<Record<Finding, readonly [en: string, zh: string]>> = {\n";
    for finding in Finding::ALL {
        let message = both(&|language| finding.message(language));
        out += &format!("  {}: [{message}],\n", quoted(finding.name()));
    }
    out + "};\n"
}
