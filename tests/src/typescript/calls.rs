//! Calls of the platform's API, and the messages that one of them sends.

use wxkf_core::api::{Accounts, ENDPOINTS, EndpointInfo, MESSAGE_TYPES, Param, Rule};
use wxkf_core::schema::Title;

use super::print::{Property, comment, interface, key, one_of, quoted, record};

const PARAMS: &str = "Params";
const RESULT: &str = "Result";
const MESSAGE: &str = "Message";

/// What stands for no field: callers may say so.
pub(super) const ALSO: &str = " | undefined";

pub(super) fn types() -> String {
    let mut printed = Vec::new();
    let mut out = messages(&mut printed);
    let mut endpoints = comment("", "Every call: what it takes, and what it answers.");
    endpoints += "export interface Endpoints {\n";
    for info in ENDPOINTS {
        out += &params(info, &mut printed);
        for answer in info.answers() {
            out += &record(answer, RESULT, &mut printed);
        }
        let results: Vec<_> = info.answers().iter().map(|it| [it.name, RESULT].concat()).collect();
        let results = if results.is_empty() { "Accepted".into() } else { results.join(" | ") };
        let mut doc = info.title().said.text().trim_end().to_owned();
        if !info.limits().is_empty() {
            doc += &format!("\n\n Limits: {}", info.limits());
        }
        doc += &format!("\n\n @see {} (read 2026-11-21)", info.source());
        endpoints += &comment("  ", &doc);
        let params = params_name(info);
        endpoints += &format!("  {}: {{ params: {params}; result: {results} }};\n", key(info.name));
    }
    out += &comment("", "What a call answers that says no more than that it was accepted.");
    out += "export type Accepted = Record<string, never>;\n\n";
    out += &endpoints;
    out += "}\n\n";
    out += &comment("", "The name of a call: its path without `/cgi-bin/`, with dots.");
    out + "export type EndpointName = keyof Endpoints;\n"
}

fn messages(printed: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut union = String::new();
    for row in MESSAGE_TYPES {
        let Title { name, said, .. } = row.title();
        let name = [name, MESSAGE].concat();
        let doc = format!("{}\n For: {}.", said.text().trim_end(), accounts(row.accounts));
        out += &object(&name, &doc, row.fields, printed);
        union += &format!("\n  | {{ msgtype: {}; {}: {name} }}", quoted(row.name), key(row.name));
    }
    out += &comment("", "A message to a user (客服消息): its type, and the object of that name.");
    out += &format!("export type Outbound ={union};\n\n");
    out += &comment("", "The types of messages to a user.");
    out + "export type OutboundType = Outbound[\"msgtype\"];\n\n"
}

/// The type of the parameters, without what is declared before.
fn params(info: &EndpointInfo, printed: &mut Vec<String>) -> String {
    let doc = info.title().said.text();
    let name = params_name(info);
    let is = |wanted: fn(&Param) -> bool| info.fields.iter().any(wanted);
    let besides = if is(|field| field.name == "msgtype") {
        match info.accounts {
            Accounts::MiniProgram => {
                let names = MESSAGE_TYPES
                    .iter()
                    .filter(|row| matches!(row.accounts, Accounts::Both | Accounts::MiniProgram));
                let names: Vec<_> = names.map(|row| row.name).collect();
                format!("Extract<Outbound, {{ msgtype: {} }}>", one_of(&names))
            }
            _ => "Outbound".into(),
        }
    } else if is(|field| matches!(field.rule, Rule::Bytes)) {
        "Upload".into()
    } else {
        return object(&name, doc, info.fields, printed);
    };
    let mut out = String::new();
    let beside = if besides == "Upload" { "the file" } else { "the message" };
    if besides == "Upload" && !printed.contains(&besides) {
        printed.push(besides.clone());
        out += &comment("", "A file to upload: its bytes, or those in base64.");
        out += "export type Upload = { media: Uint8Array } | { media_base64: string };\n\n";
    }
    let envelope = [&name, "Envelope"].concat();
    let beside = format!("What stands beside {beside}.");
    out += &object(&envelope, &beside, info.fields, printed);
    out += &comment("", doc);
    out + &format!("export type {name} = {envelope} & {besides};\n\n")
}

fn params_name(info: &EndpointInfo) -> String {
    // Two calls are made by the same type of the core.
    let middle = if info.name.contains(".business.") && is_twin(info) { "ForBusiness" } else { "" };
    [info.title().name, middle, PARAMS].concat()
}

fn is_twin(info: &EndpointInfo) -> bool {
    ENDPOINTS.iter().filter(|other| other.title().name == info.title().name).count() > 1
}

/// An interface of parameters, and before it those of the objects in it.
pub(super) fn object(name: &str, doc: &str, fields: &[Param], printed: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut properties = Vec::new();
    for field in fields {
        assert!(!field.doc().is_empty(), "{name}.{}", field.name);
        if let Rule::List(inside, ..) | Rule::Object(inside) = field.rule {
            let Title { name, said, .. } = field.holds();
            if !printed.iter().any(|known| known == name) {
                printed.push(name.into());
                out += &object(name, said.text(), inside, printed);
            }
        }
        if matches!(field.rule, Rule::Bytes) || field.name == "msgtype" {
            continue;
        }
        properties.push(Property {
            name: field.name,
            doc: field.doc(),
            is_required: field.is_required,
            of: rule(&field.rule, field.holds().name),
        });
    }
    out + &interface(name, doc, ALSO, &properties)
}

pub(super) fn rule(rule: &Rule, entry: &str) -> String {
    match rule {
        Rule::Any => "{ [name: string]: unknown }".into(),
        Rule::Bool => "boolean".into(),
        Rule::Id | Rule::Label => "string | number".into(),
        Rule::Int(0, 1) => "0 | 1".into(),
        Rule::Int(..) => "number".into(),
        Rule::List(_, 1, 1) => format!("readonly [{entry}]"),
        Rule::List(..) => format!("readonly {entry}[]"),
        Rule::Media(_) | Rule::Text(..) => "string".into(),
        Rule::Object(_) => entry.into(),
        Rule::OneOf(names) => one_of(names),
        other => panic!("{other:?} has no type"),
    }
}

fn accounts(accounts: Accounts) -> &'static str {
    match accounts {
        Accounts::Both => "mini programs and official accounts",
        Accounts::MiniProgram => "mini programs",
        Accounts::OfficialAccount => "official accounts",
        other => panic!("{other:?} sends no messages"),
    }
}
