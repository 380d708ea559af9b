//! A few styles; `anstream` drops them when nobody looks.

use core::fmt::Display;

use anstyle::{AnsiColor, Style};
use wxkf_core::{Language, Step, Verdict};

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
pub(crate) const IN: Style = AnsiColor::Cyan.on_default();
pub(crate) const OUT: Style = AnsiColor::Magenta.on_default();

pub(crate) fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Longer texts are cut in the middle, so that both ends can be seen.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.into();
    }
    let head = most.saturating_mul(2) / 3;
    let tail = most.saturating_sub(head).saturating_sub(3);
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(length.saturating_sub(tail)).collect();
    format!("{start} … {end}")
}

/// Cuts a text into lines of so many characters.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let characters: Vec<_> = text.chars().collect();
    characters.chunks(width.max(1)).map(|line| line.iter().collect()).collect()
}

/// One line for a step of an explanation, and one for its facts.
pub(crate) fn step(step: &Step, language: Language) -> Vec<String> {
    let (mark, style) = match step.verdict {
        Verdict::Fails => ("✗", BAD),
        Verdict::Warns => ("!", WARN),
        _ => ("✓", GOOD),
    };
    let title = paint(BOLD, step.check.title(language));
    let separator = if language == Language::Chinese { "：" } else { ": " };
    let sentence = step.finding.message(language);
    let mut lines = vec![format!("{} {title}{separator}{sentence}", paint(style, mark))];
    if !step.facts.is_empty() {
        let facts: Vec<_> = step
            .facts
            .iter()
            .map(|(name, value)| format!("{name} = {}", shorten(value, 80)))
            .collect();
        lines.push(format!("    {}", paint(DIM, facts.join("   "))));
    }
    lines
}
