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
    if columns(text) <= most {
        return text.into();
    }
    let head = most.saturating_mul(2) / 3;
    let tail = most.saturating_sub(head).saturating_sub(3);
    let start: String = fitting(text.chars(), head).into_iter().collect();
    let end: String = fitting(text.chars().rev(), tail).into_iter().rev().collect();
    format!("{start} … {end}")
}

/// Cuts a text into lines of at most so many columns, where a word ends if one does.
pub(crate) fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut end_of_word = None;
    for character in text.chars() {
        let width = if character == ESCAPE { 0 } else { columns_of(character) };
        if columns(&line).saturating_add(width) > most {
            let rest = line.split_off(end_of_word.take().unwrap_or(line.len()));
            lines.push(core::mem::replace(&mut line, rest));
        }
        line.push(character);
        if matches!(character, ' ' | '&' | ',') || columns_of(character) > 1 {
            end_of_word = Some(line.len());
        }
    }
    lines.push(line);
    lines
}

/// How wide a text is in a terminal. Styles take no room.
fn columns(text: &str) -> usize {
    let mut is_style = false;
    let seen = text.chars().filter(|character| {
        let was_style = is_style;
        is_style = *character == ESCAPE || (is_style && *character != 'm');
        !was_style && !is_style
    });
    seen.map(columns_of).sum()
}

/// Chinese and emoji are twice as wide as the rest.
const fn columns_of(character: char) -> usize {
    if character < '\u{2e80}' { 1 } else { 2 }
}

fn fitting(characters: impl Iterator<Item = char>, most: usize) -> Vec<char> {
    let mut width: usize = 0;
    let fits = |character: &char| {
        width = width.saturating_add(columns_of(*character));
        width <= most
    };
    characters.take_while(fits).collect()
}

/// Begins a style, which ends in an `m`.
const ESCAPE: char = '\u{1b}';

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
