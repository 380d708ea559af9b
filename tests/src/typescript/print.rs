//! How things look in TypeScript.

use wxkf_core::api::{ENDPOINTS, MESSAGE_TYPES};
use wxkf_core::schema::{Record, Shape};

/// A property of an interface.
pub(super) struct Property<'a> {
    pub(super) name: &'a str,
    pub(super) doc: &'a str,
    pub(super) is_required: bool,
    pub(super) of: String,
}

/// An interface with its comment. `also` is what an optional property may be besides absent.
pub(super) fn interface(name: &str, doc: &str, also: &str, properties: &[Property<'_>]) -> String {
    let mut out = comment("", doc);
    out += &format!("export interface {name} {{\n");
    for Property { name, doc, is_required, of } in properties {
        out += &comment("  ", doc);
        let (mark, also) = if *is_required { ("", "") } else { ("?", also) };
        out += &format!("  {}{mark}: {of}{also};\n", key(name));
    }
    out + "}\n\n"
}

/// The interface of a record that comes from the core, and before it those of the records in it.
pub(super) fn record(record: &Record, suffix: &str, printed: &mut Vec<String>) -> String {
    let name = format!("{}{suffix}", record.name);
    if printed.contains(&name) {
        return String::new();
    }
    printed.push(name.clone());
    let mut out = String::new();
    let mut properties = Vec::new();
    for field in record.fields {
        if let Shape::Many(inside) | Shape::One(inside) = field.shape {
            out += &self::record(inside, suffix, printed);
        }
        properties.push(Property {
            // The package gives bytes as bytes.
            name: field.name.strip_suffix("_base64").unwrap_or(field.name),
            doc: field.doc.text(),
            is_required: field.is_required,
            of: shape(field.shape, suffix),
        });
    }
    out + &interface(&name, record.doc.text(), "", &properties)
}

pub(super) fn shape(shape: Shape, suffix: &str) -> String {
    match shape {
        Shape::Bool => "boolean".into(),
        Shape::Bytes => "Uint8Array".into(),
        Shape::Id | Shape::Text => "string".into(),
        Shape::Int => "number".into(),
        Shape::Ints => "number[]".into(),
        Shape::Many(record) => format!("{}{suffix}[]", record.name),
        Shape::One(record) => format!("{}{suffix}", record.name),
        Shape::OneOf(names) => one_of(names),
        Shape::Tree => "Tree".into(),
        Shape::Words => "string[]".into(),
        other => panic!("{other:?} has no type"),
    }
}

/// A union of strings.
pub(super) fn one_of(names: &[&str]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(" | ")
}

/// A string in TypeScript; one in JSON is one there.
pub(super) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

pub(super) fn key(name: &str) -> String {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain { name.into() } else { quoted(name) }
}

/// A documentation comment.
pub(super) fn comment(indent: &str, doc: &str) -> String {
    let doc = plain(doc);
    let lines: Vec<_> = doc.trim().lines().map(str::trim_end).collect();
    match lines[..] {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        _ => {
            let lines: Vec<_> = lines.iter().map(|line| format!("{indent} * {line}")).collect();
            let text: Vec<_> = lines.iter().map(|line| line.trim_end()).collect();
            format!("{indent}/**\n{}\n{indent} */\n", text.join("\n"))
        }
    }
}

/// The first paragraph.
pub(super) fn first(doc: &str) -> &str {
    doc.split_once("\n\n").map_or(doc, |(first, _)| first)
}

/// A comment of Rust for readers of TypeScript: links to items of the crate become the names that the
/// items have everywhere, or fall away where there is no such thing.
fn plain(doc: &str) -> String {
    let lines: Vec<_> = doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let doc = lines.join("\n").replace("*/", "*\\/").replace("this crate", "this library");
    let mut out = String::new();
    let mut rest = &*doc;
    while let Some((before, after)) = rest.split_once("[`") {
        let (label, after) = after.split_once("`]").expect("a link has an end");
        let (target, after) = match after.strip_prefix('(') {
            Some(after) => after.split_once(')').expect("a link has an end"),
            None => ("", after),
        };
        match common_name(label, target) {
            Some(name) => {
                out += before;
                out += &name;
            }
            // "…: see X" says no more without X.
            None => {
                let before = before.trim_end();
                let before = before.strip_suffix("see").unwrap_or(before).trim_end();
                out += before.trim_end_matches([':', ',']);
            }
        }
        rest = after;
    }
    out + rest
}

/// What an item is called in every language.
fn common_name(label: &str, target: &str) -> Option<String> {
    let call = || ENDPOINTS.iter().find(|info| info.title().name == label);
    let message = |name| MESSAGE_TYPES.iter().find(|row| row.title().name == name);
    let name = match (label, label.split_once("::")) {
        ("MAX_TEXT_BYTES", _) => return Some("2048 bytes".into()),
        ("split", _) => "splitText".into(),
        ("text", _) | (_, Some(("Inbound", _))) => return None,
        (_, Some(("Outbound", name))) => message(name)?.name.into(),
        (_, Some((_, name))) => snake(name),
        _ => match (call(), message(label)) {
            (Some(info), _) => info.name.into(),
            (None, Some(row)) => row.name.into(),
            _ if target.starts_with("Self::") => snake(label),
            _ => label.into(),
        },
    };
    Some(format!("`{name}`"))
}

/// `WindowClosed` as `window_closed`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(character.to_ascii_lowercase());
    }
    out
}
