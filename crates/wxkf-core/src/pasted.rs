//! What people copy from a console, a chat or a file: it comes with blanks around it.

/// Whether a character is only there by accident: white space of any script, and what cannot be seen at
/// all (the mark at the beginning of a file, joiners, marks of direction).
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character,
            '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The same without the blanks around it: what a token, a key, an id or a secret is.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_around_goes() {
        for blank in [
            " ", "\t", "\r\n", "\u{b}", "\u{85}", "\u{a0}", "\u{1680}", "\u{2003}", "\u{2028}",
            "\u{3000}", "\u{200b}", "\u{200e}", "\u{202a}", "\u{202c}", "\u{2060}", "\u{2069}",
            "\u{feff}",
        ] {
            assert_eq!(
                trimmed(&[blank, blank, "a", blank, "b", blank].concat()),
                ["a", blank, "b"].concat()
            );
            assert_eq!(trimmed(blank), "", "{blank:?}");
        }
        for kept in ["", "a", "+/=", "中文", "\u{0}a\u{7f}", "\"a\""] {
            assert_eq!(trimmed(kept), kept);
        }
    }
}
