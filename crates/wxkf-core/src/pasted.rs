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

/// An AppID has 18 characters.
const MAX_APP_ID: usize = 256;

/// An AppID without the blanks around it, or why it cannot be one.
pub(crate) fn app_id(text: &str) -> Result<&str, &'static str> {
    let id = trimmed(text);
    let is_original = id.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("gh_"));
    if id.is_empty() {
        Err("empty")
    } else if id.contains(|character| character != ' ' && is_blank(character)) {
        Err("a tab, a line break or an invisible character inside it")
    } else if id.len() > MAX_APP_ID {
        Err("too long")
    } else if is_original {
        Err("gh_… is the original id (原始 ID) of an account; its AppID begins with wx")
    } else {
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_said_to_be_wrong_for_what_is_wrong_with_it() {
        let original = "gh_… is the original id (原始 ID) of an account; its AppID begins with wx";
        let inside = "a tab, a line break or an invisible character inside it";
        let long = "w".repeat(MAX_APP_ID + 1);
        for (given, expected) in [
            ("\u{feff}wx1\r\n", Ok("wx1")),
            ("", Err("empty")),
            ("\u{3000}\u{a0}", Err("empty")),
            ("an id", Ok("an id")),
            ("wx1\twx2", Err(inside)),
            ("wx1\nwx2", Err(inside)),
            ("wx\u{200b}1", Err(inside)),
            (" gh_0123456789ab", Err(original)),
            ("GH_0123456789ab", Err(original)),
            ("gh", Ok("gh")),
            (&long, Err("too long")),
        ] {
            assert_eq!(app_id(given), expected, "{given:?}");
        }
    }

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
