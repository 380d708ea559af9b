use alloc::format;
use alloc::string::String;

use wxkf_core::Format;

/// A flat document of either format, as the platform writes its pushes: XML texts in CDATA, numbers
/// bare, and the same names in JSON.
pub(crate) struct PushDocument {
    format: Format,
    out: String,
}

impl PushDocument {
    pub(crate) fn new(format: Format) -> Self {
        let out = match format {
            Format::Json => "{",
            _ => "<xml>",
        };
        Self { format, out: out.into() }
    }

    pub(crate) fn text(&mut self, name: &str, text: &str) {
        match self.format {
            Format::Json => {
                // A text cannot fail to be written.
                let quoted = serde_json::to_string(text).unwrap_or_default();
                self.member(name, &quoted);
            }
            _ => {
                let text = text.replace("]]>", "]]]]><![CDATA[>");
                self.member(name, &format!("<![CDATA[{text}]]>"));
            }
        }
    }

    pub(crate) fn number(&mut self, name: &str, number: u64) {
        self.member(name, &format!("{number}"));
    }

    pub(crate) fn finish(mut self) -> String {
        self.out.push_str(end(self.format));
        self.out
    }

    /// A finished document with one more field, for what is sealed and plain at once.
    pub(crate) fn reopened(format: Format, finished: &str) -> Self {
        let out = finished.strip_suffix(end(format)).unwrap_or(finished);
        Self { format, out: out.into() }
    }

    fn member(&mut self, name: &str, value: &str) {
        let member = match self.format {
            Format::Json if self.out.len() > 1 => format!(",\"{name}\":{value}"),
            Format::Json => format!("\"{name}\":{value}"),
            _ => format!("<{name}>{value}</{name}>"),
        };
        self.out.push_str(&member);
    }
}

const fn end(format: Format) -> &'static str {
    match format {
        Format::Json => "}",
        _ => "</xml>",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_say_the_same() {
        for (format, expected) in [
            (Format::Json, r#"{"A":"\"]]>","B":7,"C":"c"}"#),
            (
                Format::Xml,
                "<xml><A><![CDATA[\"]]]]><![CDATA[>]]></A><B>7</B><C><![CDATA[c]]></C></xml>",
            ),
        ] {
            let mut document = PushDocument::new(format);
            document.text("A", "\"]]>");
            document.number("B", 7);
            let mut again = PushDocument::reopened(format, &document.finish());
            again.text("C", "c");
            assert_eq!(again.finish(), expected);
        }
    }
}
