//! What a parameter may be: one table of rules, by which everything that goes out is checked alike.

use alloc::borrow::Cow;

use super::media::MediaKind;
use super::value::{Argument, Object, Value, at, inside, invalid};
use crate::error::{Code, Error};
use crate::names::Said;
use crate::pasted;

/// One parameter of a call, or one member of an object in it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Param {
    /// WeChat's name for it.
    pub name: &'static str,
    /// Whether the call is refused without it.
    pub is_required: bool,
    /// Where it goes in the HTTP request.
    pub place: Place,
    /// What it may be.
    pub rule: Rule,
    /// What errors and documents call it: in a passive reply that is not its name in JSON.
    pub(crate) wire: &'static str,
    pub(crate) said: Said,
    /// The object that it is, or those in the list.
    pub(crate) holds: Title,
}

/// What the fields of a row are together in this crate, and what is said of it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Title {
    /// The name of the type.
    pub name: &'static str,
    /// What it is.
    pub said: Said,
}

impl Title {
    pub(crate) const NONE: Self = Self { name: "", said: Said::new("") };
}

/// Where a parameter goes in the HTTP request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// Into the JSON object, or as a part of a form with a file.
    Body,
    /// Into the query string.
    Query,
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Rule {
    /// Any JSON object: the content of a message type to come.
    Any,
    /// `true` or `false`.
    Bool,
    /// The bytes of a file, base64 in JSON.
    Bytes,
    /// An id that is sent as it was given: a text or a whole number.
    Id,
    /// A whole number from the first to the second.
    Int(i64, i64),
    /// An id that is sent as a text: a text, or a whole number, which goes as its digits.
    Label,
    /// From the second to the third number of objects with these fields.
    List(&'static [Param], usize, usize),
    /// Temporary media of one of these kinds, or permanent material.
    Media(&'static [MediaKind]),
    /// An object with these fields.
    Object(&'static [Param]),
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// A text of that size and form.
    Text(Size, Form),
}

/// How long a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Size {
    /// No limit is known.
    Any,
    /// From the first to the second number of characters.
    Chars(usize, usize),
    /// The same, where a character outside ASCII counts twice.
    Columns(usize, usize),
}

/// What a text consists of. In a call control characters without a short JSON escape are refused in all
/// of them: the platform takes no escape by number (40033, 47002).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// Letters of ASCII, digits and underscores.
    AccountName,
    /// Anything, or nothing.
    Any,
    /// An AppID. White space around it is dropped, as it is pasted; an original id (`gh_…`) is none.
    AppId,
    /// A path of the API: it begins with `/`, and names no host and no parameters.
    CgiPath,
    /// The name of a new agent: up to 10 letters of ASCII, digits and underscores, `@`, and the up to
    /// 30 characters of the account's WeChat id. Agents that exist are named as they are.
    KfAccount,
    /// A secret, a ticket or a code: anything but blanks or nothing. White space around it is dropped, as
    /// it is pasted.
    Pasted,
    /// 32 hexadecimal digits: 16 random bytes.
    Random,
    /// An id of a request: three groups of hexadecimal digits at the most.
    Rid,
    /// Anything but nothing.
    Text,
    /// Anything but blanks or nothing.
    Word,
}

impl Param {
    pub(crate) const fn required(name: &'static str, rule: Rule) -> Self {
        let (place, said, holds) = (Place::Body, Said::new(""), Title::NONE);
        Self { name, is_required: true, place, rule, wire: name, said, holds }
    }

    pub(crate) const fn optional(name: &'static str, rule: Rule) -> Self {
        Self { is_required: false, ..Self::required(name, rule) }
    }

    /// One that is required unless its type is an `Option`.
    pub(crate) const fn of<T: Argument>(name: &'static str, rule: Rule) -> Self {
        Self { is_required: T::IS_REQUIRED, holds: T::TITLE, ..Self::required(name, rule) }
    }

    /// The same with what is said of it.
    pub(crate) const fn said(mut self, said: Said) -> Self {
        self.said = said;
        self
    }

    /// The same under that name.
    pub(crate) const fn called(mut self, name: &'static str) -> Self {
        (self.name, self.wire) = (name, name);
        self
    }

    /// The same, which is such an object.
    pub(crate) const fn holding(mut self, holds: Title) -> Self {
        self.holds = holds;
        self
    }

    /// The same in that place.
    pub(crate) const fn placed(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same, which errors and documents call so.
    pub(crate) const fn wired(mut self, wire: &'static str) -> Self {
        self.wire = wire;
        self
    }
}

/// Gives each value the spelling in which it is sent: what is pasted loses the blanks around it, a number
/// that is sent as a text becomes one.
pub(crate) fn tidy(fields: &[Param], object: &mut Object<'_>) {
    for field in fields {
        if let Some(value) = object.get_mut(field.name) {
            field.rule.tidy(value);
        }
    }
}

/// Whether the way out can carry a text, or why not.
pub(crate) type Carries<'a> = &'a dyn Fn(&str) -> Result<(), &'static str>;

/// Checks an object against its fields. `besides` is a member that is checked elsewhere.
pub(crate) fn check(
    fields: &[Param],
    object: &Object<'_>,
    besides: Option<&str>,
    carries: Carries<'_>,
) -> Result<(), Error> {
    for field in fields {
        match object.get(field.name) {
            None if field.is_required => {
                return Err(Error::new(Code::RequestFieldMissing).field_named(field.wire));
            }
            None => {}
            Some(value) => {
                field.rule.check(value, carries).map_err(|error| inside(field.wire, error))?;
            }
        }
    }
    let is_known =
        |name: &str| Some(name) == besides || fields.iter().any(|field| field.name == name);
    match object.members().find(|(name, _)| !is_known(name)) {
        None => Ok(()),
        Some((unknown, _)) => Err(inside(unknown, invalid("there is no such field here"))),
    }
}

/// Texts of which no page says how long they may be.
impl Rule {
    pub(crate) const APP_ID: Self = Self::Text(Size::Any, Form::AppId);
    pub(crate) const FREE: Self = Self::Text(Size::Any, Form::Any);
    pub(crate) const PASTED: Self = Self::Text(Size::Any, Form::Pasted);
    pub(crate) const TEXT: Self = Self::Text(Size::Any, Form::Text);
    pub(crate) const WORD: Self = Self::Text(Size::Any, Form::Word);
}

impl Rule {
    fn tidy(&self, value: &mut Value<'_>) {
        match (self, value) {
            (Self::Label, value) => {
                let digits = match value {
                    Value::Number(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                        core::mem::take(digits)
                    }
                    _ => return,
                };
                *value = Value::Text(digits);
            }
            (Self::List(fields, ..), Value::List(list)) => {
                list.iter_mut().for_each(|entry| Self::Object(fields).tidy(entry));
            }
            (Self::Object(fields), Value::Object(object)) => tidy(fields, object),
            (Self::Text(_, Form::AppId | Form::Pasted), Value::Text(text)) => {
                *text = Cow::Owned(pasted::trimmed(text).into());
            }
            _ => {}
        }
    }

    pub(crate) fn check(&self, value: &Value<'_>, carries: Carries<'_>) -> Result<(), Error> {
        match (self, value) {
            (Self::Any, Value::Object(object)) => check_texts(object, carries),
            (Self::Object(fields), Value::Object(object)) => check(fields, object, None, carries),
            (Self::Any | Self::Object(_), _) => Err(invalid("not an object")),
            (Self::Bool, Value::Bool(_)) => Ok(()),
            (Self::Bool, _) => Err(invalid("not true or false")),
            (Self::Bytes, Value::Bytes(_)) => Ok(()),
            (Self::Bytes, _) => Err(invalid("not base64")),
            (Self::Id, Value::Number(digits)) => match digits.parse::<u64>() {
                Ok(_) => Ok(()),
                Err(_) => Err(invalid("not a whole number")),
            },
            (Self::Id, Value::Text(text)) => Form::Word.check(text, carries),
            (Self::Id, _) => Err(invalid("neither a text nor a whole number")),
            (Self::Int(least, most), Value::Number(digits)) => match digits.parse::<i64>() {
                Ok(number) if (*least..=*most).contains(&number) => Ok(()),
                Ok(_) => Err(invalid("out of range")),
                Err(_) => Err(invalid("not a whole number")),
            },
            (Self::Int(..), _) => Err(invalid("not a number")),
            (Self::Label, Value::Text(text)) => Form::Text.check(text, carries),
            (Self::Label, Value::Number(_)) => Err(invalid("not a whole number")),
            (Self::Label, _) => Err(invalid("neither a text nor a whole number")),
            (Self::List(fields, least, most), Value::List(list)) => {
                if !(*least..=*most).contains(&list.len()) {
                    return Err(invalid("too few or too many entries"));
                }
                for (index, entry) in list.iter().enumerate() {
                    Self::Object(fields).check(entry, carries).map_err(|error| at(index, error))?;
                }
                Ok(())
            }
            (Self::List(..), _) => Err(invalid("not a list")),
            (Self::Media(kinds), Value::Media(id)) => {
                if id.kind().is_some_and(|kind| !kinds.contains(&kind)) {
                    return Err(invalid("media of another kind"));
                }
                Form::Word.check(id.as_str(), carries)
            }
            (Self::Media(_), Value::Text(id)) => Form::Word.check(id, carries),
            (Self::OneOf(choices), Value::Text(text)) if choices.contains(&&**text) => Ok(()),
            (Self::OneOf(_), _) => Err(invalid("not one of the texts that mean something here")),
            (Self::Text(size, form), Value::Text(text)) => {
                form.check(text, carries)?;
                size.check(text)
            }
            (Self::Media(_) | Self::Text(..), _) => Err(invalid("not a text")),
        }
    }
}

/// Every text in an object that has no table of its own.
fn check_texts(object: &Object<'_>, carries: Carries<'_>) -> Result<(), Error> {
    fn check(value: &Value<'_>, carries: Carries<'_>) -> Result<(), Error> {
        match value {
            Value::Text(text) => Form::Any.check(text, carries),
            Value::List(list) => list.iter().enumerate().try_for_each(|(index, entry)| {
                check(entry, carries).map_err(|error| at(index, error))
            }),
            Value::Object(object) => check_texts(object, carries),
            Value::Bool(_) | Value::Bytes(_) | Value::Media(_) | Value::Null | Value::Number(_) => {
                Ok(())
            }
        }
    }
    object.members().try_for_each(|(name, value)| {
        Form::Any.check(name, carries)?;
        check(value, carries).map_err(|error| inside(name, error))
    })
}

impl Size {
    fn check(self, text: &str) -> Result<(), Error> {
        let (length, least, most) = match self {
            Self::Any => return Ok(()),
            Self::Chars(least, most) => (text.chars().count(), least, most),
            Self::Columns(least, most) => {
                let columns = |character: char| if character.is_ascii() { 1 } else { 2 };
                (text.chars().map(columns).sum(), least, most)
            }
        };
        match length {
            _ if length < least => Err(invalid("too short")),
            _ if length > most => Err(invalid("too long")),
            _ => Ok(()),
        }
    }
}

/// What a request can carry: control characters only with a short JSON escape.
pub(crate) fn in_request(text: &str) -> Result<(), &'static str> {
    // U+0008 and U+000C have short escapes, too.
    let is_refused = |byte: u8| byte < b' ' && !matches!(byte, 8 | 9 | 10 | 12 | 13);
    match text.bytes().any(is_refused) {
        true => Err("a control character"),
        false => Ok(()),
    }
}

impl Form {
    fn check(self, text: &str, carries: Carries<'_>) -> Result<(), Error> {
        carries(text).and_then(|()| self.holds(text)).map_err(invalid)
    }

    /// Whether a text is of this form, or why not. Which characters can be written is another matter.
    fn holds(self, text: &str) -> Result<(), &'static str> {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let is_word = !text.is_empty() && !text.contains(char::is_whitespace);
        let holds = match self {
            Self::Any => true,
            Self::Text => !text.is_empty(),
            Self::Pasted | Self::Word => is_word,
            Self::AppId => {
                pasted::app_id(text)?;
                is_word
            }
            Self::AccountName => !text.is_empty() && text.bytes().all(is_name),
            Self::CgiPath => {
                is_word
                    && text.starts_with('/')
                    && !text.starts_with("//")
                    && !text.contains(['?', '#'])
            }
            Self::KfAccount => text.split_once('@').is_some_and(|(name, id)| {
                (1..=10).contains(&name.len())
                    && name.bytes().all(is_name)
                    && (1..=30).contains(&id.len())
                    && id.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'@')
            }),
            Self::Random => text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
            Self::Rid => {
                let is_group =
                    |group: &str| group.len() == 8 && group.bytes().all(|b| b.is_ascii_hexdigit());
                text.split('-').all(is_group) && text.split('-').count() <= 3
            }
        };
        match (holds, text.is_empty()) {
            (true, _) => Ok(()),
            (false, true) => Err("empty"),
            (false, false) => Err("not of the form that it has to have"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn said(result: Result<(), Error>) -> String {
        result.map_or_else(|error| error.detail().unwrap_or_default().into(), |()| "ok".into())
    }

    #[test]
    fn sizes_are_kept_at_both_ends() {
        for (size, text, expected) in [
            (Size::Chars(2, 3), "好", "too short"),
            (Size::Chars(2, 3), "好的", "ok"),
            (Size::Chars(2, 3), "好的呀", "ok"),
            (Size::Chars(2, 3), "abcd", "too long"),
            (Size::Columns(4, 6), "a好", "too short"),
            (Size::Columns(4, 6), "ab好", "ok"),
            (Size::Columns(4, 6), "好的呀", "ok"),
            (Size::Columns(4, 6), "a好的呀", "too long"),
            (Size::Any, "", "ok"),
        ] {
            assert_eq!(said(size.check(text)), expected, "{size:?} {text}");
        }
    }

    #[test]
    fn forms_are_kept() {
        let (ok, empty, form) = ("ok", "empty", "not of the form that it has to have");
        let (ten, thirty) = ("a".repeat(10), "b".repeat(30));
        let names = |name: &str, id: &str| [name, "@", id].concat();
        for (kind, text, expected) in [
            (Form::Any, String::new(), ok),
            (Form::Any, "\t\n\r\u{8}\u{c}\u{7f}\u{2028}".into(), ok),
            (Form::Any, "\u{7}".into(), "a control character"),
            (Form::Any, "a\u{0}".into(), "a control character"),
            (Form::Any, "\u{b}".into(), "a control character"),
            (Form::Any, "\u{1f}".into(), "a control character"),
            (Form::Text, String::new(), empty),
            (Form::Text, " ".into(), ok),
            (Form::Word, String::new(), empty),
            (Form::Word, "a\u{3000}b".into(), form),
            (Form::Word, "中文".into(), ok),
            (Form::AccountName, "aZ_9".into(), ok),
            (Form::AccountName, "a-b".into(), form),
            (Form::AccountName, String::new(), empty),
            (Form::CgiPath, "/cgi-bin/a".into(), ok),
            (Form::CgiPath, "cgi-bin/a".into(), form),
            (Form::CgiPath, "//host/a".into(), form),
            (Form::CgiPath, "/a?b".into(), form),
            (Form::CgiPath, "/a#b".into(), form),
            (Form::CgiPath, "/a b".into(), form),
            (Form::KfAccount, names(&ten, &thirty), ok),
            (Form::KfAccount, names("a_9", "w-x"), ok),
            (Form::KfAccount, names(&(ten.clone() + "a"), "w"), form),
            (Form::KfAccount, names("a", &(thirty + "b")), form),
            (Form::KfAccount, names("", "w"), form),
            (Form::KfAccount, names("a", ""), form),
            (Form::KfAccount, names("a-b", "w"), form),
            (Form::KfAccount, names("a", "w@x"), form),
            (Form::KfAccount, names("a", "w x"), form),
            (Form::KfAccount, "a".into(), form),
            (Form::Random, "0123456789abcdefABCDEF0123456789".into(), ok),
            (Form::Random, "0123456789abcdefABCDEF012345678".into(), form),
            (Form::Random, "0123456789abcdefABCDEF012345678g".into(), form),
            (Form::Rid, "608780e2".into(), ok),
            (Form::Rid, "608780e2-4b5d9662-035705c2".into(), ok),
            (Form::Rid, "608780e2-4b5d9662-035705c2-00000000".into(), form),
            (Form::Rid, "608780e2-4b5d966".into(), form),
            (Form::Rid, "608780eg".into(), form),
        ] {
            assert_eq!(said(kind.check(&text, &in_request)), expected, "{kind:?} {text:?}");
        }
    }
}
