//! What is made from the tables of the core is as fresh as the tables, and the description of what
//! comes out of the core is true.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};
use wxkf_core::api::{Rule, endpoint};
use wxkf_core::schema::{self, Named, Record, Shape};
use wxkf_core::{Reply, Trigger};
use wxkf_tests::docs::PAGES;

use super::conformance;
use super::vectors;

#[test]
fn pages_made_from_tables_are_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let update = std::env::var_os("WXKF_UPDATE").is_some();
    for (path, make) in PAGES {
        let (file, page) = (root.join(path), make());
        if update {
            std::fs::write(&file, &page).unwrap();
        }
        let found = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            found == page,
            "{path} is stale: run `WXKF_UPDATE=1 cargo test -p wxkf-tests generated`"
        );
    }
}

#[test]
fn pushes_are_as_described() {
    let (mut kinds, mut count) = (BTreeSet::new(), 0);
    for line in vectors::lines().into_iter().chain(conformance::inbound_lines()) {
        let answer: Value = serde_json::from_str(&wxkf_cli::conform::answer(&line)).unwrap();
        let inbound = &answer["ok"]["inbound"];
        if inbound.is_object() {
            push_fits(inbound).unwrap_or_else(|why| panic!("{why}: {inbound:#}"));
            kinds.insert(inbound["kind"].as_str().unwrap().to_owned());
            count += 1;
        }
    }
    println!("described: {count} pushes of {} kinds", kinds.len());
    assert!(count > 50, "only {count} pushes");
}

fn push_fits(inbound: &Value) -> Result<(), String> {
    let members = inbound.as_object().ok_or("no object")?;
    let names: Vec<_> = members.keys().map(String::as_str).collect();
    let every = ["to", "from", "created", "dedupe_key", "trigger", "kind", "content"];
    let known = |name: &&str| every.contains(name) || *name == "msg_id";
    if !names.iter().all(known) || !every.iter().all(|name| names.contains(name)) {
        return Err(format!("members {names:?}"));
    }
    for name in ["to", "from", "trigger"] {
        let value = &inbound[name];
        is(value.is_null() || value.is_string(), name)?;
    }
    is(inbound["created"].is_null() || inbound["created"].is_u64(), "created")?;
    is(inbound.get("msg_id").is_none_or(Value::is_string), "msg_id")?;
    is(inbound["dedupe_key"].is_string(), "dedupe_key")?;
    let trigger = inbound["trigger"].as_str();
    let triggers = Trigger::NAMES.names;
    is(trigger.is_none_or(|name| triggers.iter().any(|(known, _)| *known == name)), "trigger")?;
    let mut kinds = schema::inbound();
    let kind = kinds.find(|kind| inbound["kind"] == kind.name).ok_or("an unlisted kind")?;
    fits(&kind.content, &inbound["content"])
}

#[test]
fn answers_are_as_described() {
    let mut endpoints = BTreeSet::new();
    for line in vectors::lines() {
        let Ok(question) = serde_json::from_str::<Value>(&line) else { continue };
        let answer: Value = serde_json::from_str(&wxkf_cli::conform::answer(&line)).unwrap();
        let accepted = &answer["ok"]["accepted"];
        if let (Some(name), true) = (question["endpoint"].as_str(), accepted.is_object()) {
            let answers = endpoint(name).unwrap().answers();
            let described = match answers {
                [] => fits(&[], accepted),
                _ => answers
                    .iter()
                    .map(|record| fits(&[record], accepted))
                    .reduce(Result::or)
                    .unwrap(),
            };
            described.unwrap_or_else(|why| panic!("{name}: {why}: {accepted:#}"));
            endpoints.insert(name.to_owned());
        }
    }
    println!("described: answers of {} calls", endpoints.len());
    assert!(endpoints.len() > 30, "only {}", endpoints.len());
}

#[test]
fn replies_are_as_described() {
    for reply in schema::replies() {
        let build = |without: Option<&str>, with_all: bool| {
            let mut json = json!({"type": reply.name});
            for field in reply.fields {
                if Some(field.name) != without && (field.is_required || with_all) {
                    json[field.name] = sample(&field.rule, with_all);
                }
            }
            Reply::from_json(&json.to_string())
        };
        let all = build(None, true).unwrap();
        let few = build(None, false).unwrap();
        let optional = reply.fields.iter().any(|field| !field.is_required);
        assert_eq!(all != few, optional || reply.name == "news", "{}", reply.name);
        for field in reply.fields {
            let left = build(Some(field.name), true);
            assert_eq!(left.is_err(), field.is_required, "{} {}", reply.name, field.name);
            assert!(field.is_required || left != Ok(all.clone()), "{} {}", reply.name, field.name);
        }
    }
    assert!(Reply::from_json(r#"{"type":"nonsense"}"#).is_err());
    assert!(Reply::from_json(r#"{"type":"news","articles":[{"url":"u"}]}"#).is_err());
}

/// A value that the rule takes, with what may be left out or without it.
fn sample(rule: &Rule, with_all: bool) -> Value {
    match rule {
        Rule::Int(..) => json!(1),
        Rule::List(fields, ..) => {
            let fields = fields.iter().filter(|field| field.is_required || with_all);
            let object: serde_json::Map<_, _> = fields
                .map(|field| (field.name.to_owned(), sample(&field.rule, with_all)))
                .collect();
            json!([object])
        }
        _ => json!("x"),
    }
}

/// Whether an object has nothing but the fields of these records, and all that is always there.
fn fits(records: &[&Record], value: &Value) -> Result<(), String> {
    let object = value.as_object().ok_or("not an object")?;
    let fields = || records.iter().flat_map(|record| record.fields);
    for (name, value) in object {
        let field = fields().find(|field| field.name == name);
        let field = field.ok_or_else(|| format!("{name} is not described"))?;
        shape_fits(field.shape, value).map_err(|why| format!("{name}: {why}"))?;
    }
    match fields().find(|field| field.is_required && !object.contains_key(field.name)) {
        Some(field) => Err(format!("{} is missing", field.name)),
        None => Ok(()),
    }
}

fn shape_fits(shape: Shape, value: &Value) -> Result<(), String> {
    let every = |check: &dyn Fn(&Value) -> Result<(), String>| {
        value.as_array().ok_or("not a list")?.iter().try_for_each(check)
    };
    match shape {
        Shape::Bool => is(value.is_boolean(), "true or false"),
        Shape::Bytes | Shape::Id | Shape::Text => is(value.is_string(), "a string"),
        Shape::Int => is(value.is_i64(), "a whole number"),
        Shape::Ints => every(&|entry| is(entry.is_i64(), "a whole number")),
        Shape::Many(record) => every(&|entry| fits(&[record], entry)),
        Shape::One(record) => fits(&[record], value),
        Shape::OneOf(names) => {
            is(value.as_str().is_some_and(|name| names.contains(&name)), "one of the names")
        }
        Shape::Tree => Ok(()),
        Shape::Words => every(&|entry| is(entry.is_string(), "a string")),
        other => Err(format!("{other:?} is new")),
    }
}

fn is(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("not {what}")) }
}

#[test]
fn what_is_not_as_described_is_seen() {
    let kind = schema::inbound().find(|kind| kind.name == "event.masssendjobfinish").unwrap();
    let nested = |inside: Value| json!({"copyright_check_result": {"result_list": [inside]}});
    assert_eq!(fits(&kind.content, &nested(json!({"article_idx": 1}))), Ok(()));
    for wrong in [
        json!([]),
        json!({"status": 1}),
        json!({"nonsense": "x"}),
        nested(json!({"article_idx": "1"})),
        nested(json!(1)),
        nested(json!({"nonsense": 1})),
    ] {
        assert!(fits(&kind.content, &wrong).is_err(), "{wrong}");
    }
    let token = endpoint("stable_token").unwrap().answers();
    assert!(fits(token, &json!({"access_token": "x"})).is_err());
    assert!(push_fits(&json!({"kind": "text"})).is_err());
}

#[test]
fn everything_is_described() {
    for info in wxkf_core::api::ENDPOINTS {
        assert!(info.source().starts_with("https://"), "{}", info.name);
        assert!(!info.title().said.text().is_empty(), "{}", info.name);
        for field in info.fields {
            assert!(!field.doc().is_empty(), "{}: {}", info.name, field.name);
        }
    }
    let names: Vec<_> = schema::inbound().map(|kind| kind.name).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a kind twice");
    assert_eq!(names.last(), Some(&"unknown"));
}
