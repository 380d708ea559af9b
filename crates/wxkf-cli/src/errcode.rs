//! What a code means, in whatever line it was pasted: the platform's return codes, the numbers of its sample
//! code for callbacks, and our own names.

use std::io::{self, Write};

use wxkf_core::api::{self, Errcode, Outcome, Rejection, RejectionKind, Response};
use wxkf_core::{Code, Finding, Language};

use crate::paint::{BAD, BOLD, DIM, paint};
use crate::stop::Stop;

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

/// What a text speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    /// A return code of the API, known or not.
    Errcode(i64),
    /// A number of the platform's sample code for callbacks.
    Sample(&'static Sample),
    /// One of our codes.
    Ours(Code),
    /// What `explain` finds.
    Finding(Finding),
    /// A kind of rejection.
    Kind(RejectionKind),
}

/// A number of the platform's sample code for callbacks (page 消息加解密说明, read 2026-11-21). What it means here is
/// told by the codes that have its number.
#[derive(PartialEq, Eq)]
struct Sample {
    number: i64,
    chinese: &'static str,
    english: &'static str,
    /// What to look at, where none of our codes has this number.
    beside: &'static [Code],
}

const fn sample(
    number: i64,
    chinese: &'static str,
    english: &'static str,
    beside: &'static [Code],
) -> Sample {
    Sample { number, chinese, english, beside }
}

static SAMPLES: &[Sample] = &[
    sample(-40001, "签名验证错误", "the signature does not match", &[]),
    sample(-40002, "XML 或 JSON 解析失败", "the XML or JSON cannot be read", &[]),
    sample(-40003, "SHA1 计算失败", "the signature could not be computed", &[]),
    sample(-40004, "EncodingAESKey 不合法", "illegal EncodingAESKey", &[]),
    sample(-40005, "AppID 校验错误", "the AppID inside is another one", &[]),
    sample(-40006, "AES 加密失败", "AES encryption failed", &[Code::KeyInvalid]),
    sample(-40007, "AES 解密失败", "AES decryption failed", &[]),
    sample(
        -40008,
        "解密后得到的内容不合法",
        "what was decrypted is illegal",
        &[Code::CiphertextInvalid],
    ),
    sample(-40009, "Base64 编码失败", "base64 encoding failed", &[]),
    sample(-40010, "Base64 解码失败", "base64 decoding failed", &[Code::CiphertextInvalid]),
    sample(-40011, "生成回复 XML 或 JSON 失败", "the reply could not be written", &[]),
];

/// Explains what is asked; without anything, lists the return codes. Says whether all of it is known.
pub(crate) fn run(asked: &str, out: &mut impl Write) -> Result<bool, Stop> {
    if asked.trim().is_empty() {
        Errcode::ALL.iter().try_for_each(|row| one_line(row, out))?;
        return Ok(true);
    }
    let text = halfwidth(asked);
    let all = meant(&text);
    if all.is_empty() {
        return Err(Stop::Failed(
            "there is no code in this: give a return code (45047), an answer ({\"errcode\":45047,…}), a line \
             of a log, or a name such as callback.signature_mismatch\n      \
             未找到返回码：请给出返回码（45047）、接口应答、日志行，或 callback.signature_mismatch 这样的名称"
                .into(),
        ));
    }
    let mut is_known = true;
    for one in &all {
        is_known &= one.explain(out)?;
    }
    if let Some(rejection) = all.iter().find_map(|one| one.rejection(&text)) {
        about_the_request(&rejection, out)?;
    }
    Ok(is_known)
}

/// What people paste from chats and pages has the wide forms of ASCII in it, and several kinds of minus.
fn halfwidth(text: &str) -> String {
    let narrow = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => {
            let shifted = u32::from(character).saturating_sub(0xfee0);
            char::from_u32(shifted).unwrap_or(character)
        }
        '\u{2212}' | '\u{2010}'..='\u{2015}' => '-',
        '\u{3000}' | '\u{a0}' => ' ',
        other => other,
    };
    text.chars().map(narrow).collect()
}

/// Every code that a text speaks of, in order, once.
fn meant(text: &str) -> Vec<Meant> {
    if let Some(one) = alone(text.trim()) {
        return vec![one];
    }
    let (mut found, mut perhaps) = (Vec::new(), Vec::new());
    for word in words(text) {
        let (one, list) = match (word.number(), name_meant(word.text)) {
            (Some(number), _) => match word.role(number) {
                Role::Code => (number_meant(number), &mut found),
                Role::Perhaps => (number_meant(number), &mut perhaps),
                Role::Other => continue,
            },
            (None, Some(name)) => (name, &mut found),
            (None, None) => continue,
        };
        if !list.contains(&one) {
            list.push(one);
        }
    }
    if found.is_empty() { perhaps } else { found }
}

/// A text that is a code and nothing else: here every number counts, also one of ours.
fn alone(text: &str) -> Option<Meant> {
    let kind = || RejectionKind::ALL.iter().find(|kind| kind.name() == text).copied();
    let Ok(number) = text.trim_start_matches('+').parse::<i64>() else {
        return name_meant(text).or_else(|| kind().map(Meant::Kind));
    };
    let ours = || Code::ALL.iter().find(|code| i64::from(code.number()) == number);
    Some(match (number_meant(number), ours()) {
        (Meant::Errcode(number), Some(code)) if Errcode::of(number).is_none() => Meant::Ours(*code),
        (meant, _) => meant,
    })
}

fn number_meant(number: i64) -> Meant {
    let sample = SAMPLES.iter().find(|sample| sample.number == number);
    sample.map_or(Meant::Errcode(number), Meant::Sample)
}

/// One of our names, as every surface writes it: `callback.signature_mismatch`,
/// `WXKF_CALLBACK_SIGNATURE_MISMATCH`.
fn name_meant(word: &str) -> Option<Meant> {
    let lower = word.to_ascii_lowercase();
    let lower = lower.trim_matches('.');
    let constant = lower.strip_prefix("wxkf_");
    let code = Code::ALL.iter().find(|code| match constant {
        Some(constant) => code.name().replace('.', "_") == constant,
        None => code.name() == lower,
    });
    let finding = || Finding::ALL.iter().find(|finding| finding.name() == lower);
    code.map(|code| Meant::Ours(*code)).or_else(|| finding().map(|found| Meant::Finding(*found)))
}

/// A word or number of a text, with what stands around it.
struct Word<'a> {
    text: &'a str,
    is_negative: bool,
    before: &'a str,
    after: &'a str,
}

/// What a number in a text is.
enum Role {
    Code,
    /// Only if there is nothing better.
    Perhaps,
    Other,
}

/// The names and numbers of a text.
fn words(text: &str) -> Vec<Word<'_>> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-');
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        let (_, tail) = rest.split_at(start);
        let (run, next) = tail.split_at(tail.find(|it| !is_part(it)).unwrap_or(tail.len()));
        rest = next;
        if is_id(run) {
            continue;
        }
        let mut before = text.len().saturating_sub(tail.len());
        for (index, piece) in run.split('-').enumerate() {
            // A minus at the beginning belongs to the number, one further on joins two words.
            let is_negative = index == 1 && run.starts_with('-');
            let end = before.saturating_add(piece.len());
            let (head, after) = (text.get(..before), text.get(end..));
            before = end.saturating_add(1);
            let head = head.unwrap_or_default();
            found.push(Word {
                text: piece.trim_end_matches('.'),
                is_negative,
                before: if is_negative { head.trim_end_matches('-') } else { head },
                after: after.unwrap_or_default(),
            });
        }
    }
    found
}

/// Several groups of hexadecimal digits: a rid, another id, or a date.
fn is_id(run: &str) -> bool {
    let is_hex = |group: &str| !group.is_empty() && group.bytes().all(|it| it.is_ascii_hexdigit());
    run.split('-').count() > 2 && run.split('-').all(is_hex)
}

impl Word<'_> {
    fn number(&self) -> Option<i64> {
        let is_number = self.text.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = self.text.parse().ok().filter(|_| is_number)?;
        Some(if self.is_negative { number.saturating_neg() } else { number })
    }

    /// Whether this number is a code: one that is called so, or one of the table that is no part of
    /// something else.
    fn role(&self, number: i64) -> Role {
        let is_in_table =
            Errcode::of(number).is_some() || SAMPLES.iter().any(|it| it.number == number);
        match self.key() {
            Key::Errcode => Role::Code,
            Key::Error if is_in_table => Role::Code,
            Key::Error => Role::Perhaps,
            Key::Other => Role::Other,
            // -1, 0 and 4 are in the table, and in every text.
            Key::None if is_in_table && number.unsigned_abs() > 999 && !self.is_joined() => {
                Role::Code
            }
            Key::None => Role::Other,
        }
    }

    /// Part of an address, a time or a decimal number.
    fn is_joined(&self) -> bool {
        let mut before = self.before.chars().rev();
        let joins = before.next().is_some_and(|last| matches!(last, ':' | '-'))
            && before.next().is_some_and(|last| last.is_ascii_alphanumeric());
        let mut after = self.after.chars();
        let goes_on = after.next().is_some_and(|next| matches!(next, ':' | '-'))
            && after.next().is_some_and(|next| next.is_ascii_digit());
        joins || goes_on
    }

    /// The word that names it, over what JSON, XML and people put between the two.
    fn key(&self) -> Key {
        let is_between = |it: char| {
            it.is_whitespace()
                || matches!(it, '"' | '\'' | '\\' | ':' | '=' | '>' | '(' | '[' | '#' | '`')
        };
        let before = self.before.trim_end_matches(is_between);
        let before = ["is", "为", "是"]
            .iter()
            .find_map(|word| {
                before.strip_suffix(word).map(|rest| rest.trim_end_matches(is_between))
            })
            .unwrap_or(before);
        let is_word = |it: char| it.is_alphanumeric() || it == '_';
        let start = before.trim_end_matches(is_word).len();
        let word = before.get(start..).unwrap_or_default().to_lowercase().replace('_', "");
        let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
        if ends(&["errcode", "errorcode", "errno", "错误码", "返回码", "错误代码", "returncode"])
        {
            Key::Errcode
        } else if ends(&["rid", "port", "pid", "line", "status", "at", "took"]) {
            Key::Other
        } else if ends(&["error", "err", "code", "ret", "错误", "代码", "报错", "rejected"]) {
            Key::Error
        } else {
            Key::None
        }
    }
}

enum Key {
    /// It is a return code, whatever the number.
    Errcode,
    /// It may be the code of something else.
    Error,
    /// It is something else.
    Other,
    None,
}

impl Meant {
    fn explain(self, out: &mut impl Write) -> io::Result<bool> {
        match self {
            Self::Errcode(code) => return_code(code, out),
            Self::Sample(sample) => {
                let head = "callback, 消息加解密";
                writeln!(out, "{} {}", paint(BOLD, sample.number), paint(DIM, head))?;
                writeln!(out, "  {}\n  {}", sample.chinese, sample.english)?;
                let has_number =
                    |code: &&Code| code.platform_number().map(i64::from) == Some(sample.number);
                let ours = Code::ALL.iter().filter(has_number).chain(sample.beside);
                ours.copied().try_for_each(|code| our_code(code, out))?;
                Ok(true)
            }
            Self::Ours(code) => our_code(code, out).map(|()| true),
            Self::Finding(finding) => {
                writeln!(out, "{} {}", paint(BOLD, finding.name()), paint(DIM, "explain"))?;
                in_both(|language| finding.message(language), "  ", out).map(|()| true)
            }
            Self::Kind(kind) => {
                writeln!(out, "{} {}", paint(BOLD, kind.name()), paint(DIM, "kind"))?;
                in_both(|language| kind.advice(language), "  ", out)?;
                let rows = Errcode::ALL.iter().filter(|row| row.kind() == Some(kind));
                let codes: Vec<_> = rows.map(|row| row.code().to_string()).collect();
                writeln!(out, "  {}", codes.join(" "))?;
                Ok(true)
            }
        }
    }

    /// The rejection that a text around this code is, for what it says of the request.
    fn rejection(self, text: &str) -> Option<Rejection> {
        let Self::Errcode(code @ (..=-1 | 1..)) = self else { return None };
        let answer = serde_json::json!({ "errcode": code, "errmsg": text }).to_string();
        match api::decode("message.custom.send", Response::new(200, answer.as_bytes())).ok()? {
            Outcome::Rejected(rejection) => Some(rejection),
            Outcome::Accepted(_) => None,
        }
    }
}

fn one_line(row: &Errcode, out: &mut impl Write) -> io::Result<()> {
    let kind = row.kind().map_or("ok", |kind| kind.name());
    let [chinese, english] = LANGUAGES.map(|language| row.meaning(language));
    writeln!(out, "{:>8}  {kind:21}  {chinese} / {english}", row.code())
}

fn about_the_request(rejection: &Rejection, out: &mut impl Write) -> io::Result<()> {
    if let (Some(rid), Some(time)) = (rejection.rid(), rejection.rid_time()) {
        writeln!(out, "{} {rid}: {} s after 1970", paint(DIM, "rid"), time.as_secs())?;
    }
    if let Some(hint) = rejection.hint() {
        writeln!(out, "{} {hint}", paint(DIM, "hint"))?;
    }
    Ok(())
}

/// Both languages: one is for the developer, the other for whoever runs the account.
fn return_code(code: i64, out: &mut impl Write) -> io::Result<bool> {
    let Some(row) = Errcode::of(code) else {
        let unknown = RejectionKind::Unknown;
        writeln!(out, "{} {}", paint(BAD, code), paint(DIM, unknown.name()))?;
        return in_both(|language| unknown.advice(language), "  ", out).map(|()| false);
    };
    let kind = row.kind().map_or("ok", |kind| kind.name());
    writeln!(out, "{} {}", paint(BOLD, code), paint(DIM, kind))?;
    for language in LANGUAGES {
        writeln!(out, "  {}\n    {}", row.meaning(language), row.advice(language))?;
    }
    Ok(true)
}

fn our_code(code: Code, out: &mut impl Write) -> io::Result<()> {
    let number = code.platform_number().map_or(String::new(), |number| format!(", {number}"));
    let more = format!("wxkf {}{number}, {}", code.number(), code.origin().name());
    writeln!(out, "{} {}", paint(BOLD, code.name()), paint(DIM, more))?;
    in_both(|language| code.message(language), "  ", out)?;
    if code.name().starts_with("callback.") {
        let told = |language: Language| match language {
            Language::Chinese => "用抓取的请求运行 wxkf explain，可得知原因。",
            _ => "Run wxkf explain on a captured request: it names the cause.",
        };
        in_both(told, "    ", out)?;
    }
    Ok(())
}

fn in_both(
    text: impl Fn(Language) -> &'static str,
    indent: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    LANGUAGES.into_iter().try_for_each(|language| writeln!(out, "{indent}{}", text(language)))
}
