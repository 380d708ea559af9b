//! What is printed: scenes, notes, and what crosses the wire.

use std::io::{self, Write};

use wxkf_core::{Account, Error, Language, Timestamp, Verdict, explain};

use crate::paint::{BAD, BOLD, DIM, GOOD, IN, OUT, WARN, paint, shorten, step, wrap};

pub(super) struct Stage<'o> {
    out: &'o mut dyn Write,
    language: Language,
    scene: u8,
}

impl<'o> Stage<'o> {
    pub(super) fn new(out: &'o mut dyn Write, language: Language) -> Self {
        Self { out, language, scene: 0 }
    }

    pub(super) const fn language(&self) -> Language {
        self.language
    }

    pub(super) fn say<'t>(&self, english: &'t str, chinese: &'t str) -> &'t str {
        if self.language == Language::Chinese { chinese } else { english }
    }

    pub(super) fn title(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", paint(BOLD, text))
    }

    pub(super) fn scene(&mut self, english: &str, chinese: &str) -> io::Result<()> {
        self.scene = self.scene.saturating_add(1);
        let title = format!("── {}. {} ──", self.scene, self.say(english, chinese));
        self.gap()?;
        self.title(&title)
    }

    pub(super) fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    pub(super) fn note(&mut self, english: &str, chinese: &str) -> io::Result<()> {
        let text = self.say(english, chinese);
        for line in wrap(text, WIDTH) {
            writeln!(self.out, "  {}", paint(DIM, line.trim_end()))?;
        }
        Ok(())
    }

    pub(super) fn legend(&mut self) -> io::Result<()> {
        let legend = [
            ("→", IN, "from WeChat", "来自微信"),
            ("←", OUT, "to WeChat", "发往微信"),
            ("✓", GOOD, "check", "检查"),
            ("≡", GOOD, "message", "消息"),
            ("•", WARN, "the host", "开发者服务器"),
            ("✗", BAD, "refused", "拒绝"),
        ];
        let legend = legend.map(|(mark, style, english, chinese)| {
            format!("{} {}", paint(style, mark), self.say(english, chinese))
        });
        writeln!(self.out, "  {}", legend.join("   "))
    }

    /// What WeChat sends.
    pub(super) fn comes(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "  {} {}", paint(IN, "→"), shorten(text, WIDTH))
    }

    /// The same with nothing left out.
    pub(super) fn comes_whole(&mut self, text: &str) -> io::Result<()> {
        self.marked(&paint(IN, "→"), text)
    }

    /// What is sent to WeChat.
    pub(super) fn goes(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "  {} {}", paint(OUT, "←"), shorten(text, WIDTH))
    }

    /// What the host does by itself.
    pub(super) fn does(&mut self, text: &str) -> io::Result<()> {
        self.marked(&paint(WARN, "•"), text)
    }

    pub(super) fn refuses(&mut self, text: &str) -> io::Result<()> {
        self.marked(&paint(BAD, "✗"), text)
    }

    /// A push as the host gets it.
    pub(super) fn reads(&mut self, text: &str) -> io::Result<()> {
        self.marked(&paint(GOOD, "≡"), text)
    }

    pub(super) fn plain(&mut self, text: &str) -> io::Result<()> {
        self.marked(" ", text)
    }

    /// Why a request is accepted; or, if it is not, the check that fails.
    pub(super) fn checks(
        &mut self,
        account: &Account,
        query: &str,
        body: &[u8],
        now: Timestamp,
    ) -> io::Result<()> {
        let explanation = explain(account, query, body, now);
        let is_accepted = explanation.result.is_ok();
        let mut steps = explanation.steps;
        steps.retain(|step| is_accepted || step.verdict == Verdict::Fails);
        for found in &mut steps {
            // Facts are for failures; here they would only fill the screen.
            if is_accepted {
                found.facts.clear();
            }
            for line in step(found, self.language) {
                for (index, line) in wrap(&line, WIDTH).iter().enumerate() {
                    let indent = if index == 0 { "  " } else { "    " };
                    writeln!(self.out, "{indent}{}", line.trim_end())?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn error(&mut self, error: &Error) -> io::Result<()> {
        let code = error.code();
        let text = format!("{code} — {}", code.message(self.language));
        self.refuses(&text)
    }

    fn marked(&mut self, mark: &str, text: &str) -> io::Result<()> {
        for (index, line) in wrap(text, WIDTH).iter().enumerate() {
            let mark = if index == 0 { mark } else { " " };
            writeln!(self.out, "  {mark} {}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Of the text; the mark before it takes four more columns.
const WIDTH: usize = 104;
