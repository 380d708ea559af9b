//! An explanation, for people.

use std::io::{self, Write};

use wxkf_core::{Code, Explanation, Language};

use crate::paint::{BAD, GOOD, paint, step};

pub(crate) fn print(
    out: &mut dyn Write,
    explanation: &Explanation,
    language: Language,
) -> io::Result<()> {
    for line in explanation.steps.iter().flat_map(|found| step(found, language)) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    let is_chinese = language == Language::Chinese;
    match &explanation.result {
        Ok(()) if is_chinese => writeln!(out, "{}", paint(GOOD, "通过：请求可信")),
        Ok(()) => writeln!(out, "{}", paint(GOOD, "accepted: the request can be trusted")),
        Err(error) => {
            let code: Code = error.code();
            let verdict = if is_chinese { "拒绝" } else { "refused" };
            writeln!(out, "{} {code}: {}", paint(BAD, verdict), code.message(language))
        }
    }
}
