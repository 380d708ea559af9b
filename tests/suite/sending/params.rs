//! Random parameters of a call, made from its own table of fields.

use proptest::prelude::*;
use serde_json::{Map, Value};
use wxkf_core::api::{Accounts, EndpointInfo, Form, MESSAGE_TYPES, Param, Rule, Size};

/// Parameters that a call takes: all that it requires, some of the others.
pub(super) fn params(info: &'static EndpointInfo) -> BoxedStrategy<Value> {
    let fields = object(info.fields);
    let is_message = info.fields.iter().any(|field| field.name == "msgtype");
    if is_message {
        let message = prop_oneof![
            8 => (0..MESSAGE_TYPES.len()).prop_flat_map(|at| {
                let row = &MESSAGE_TYPES[at];
                object(row.fields).prop_map(|object| (row.name.to_owned(), object))
            }),
            1 => ("[a-z]{4}_[a-z0-9]{1,8}", json_object()),
        ];
        return (fields, message)
            .prop_filter("of a mini program", move |(fields, (name, object))| {
                let for_mini_program =
                    info.accounts == Accounts::MiniProgram || fields.contains_key("businessid");
                let row = MESSAGE_TYPES.iter().find(|row| row.name == name);
                !for_mini_program
                    || (row.is_none_or(|row| row.accounts != Accounts::OfficialAccount)
                        && !object.contains_key("appid"))
            })
            .prop_map(|(mut fields, (name, object))| {
                fields.insert("msgtype".into(), name.clone().into());
                fields.insert(name, object.into());
                fields.into()
            })
            .boxed();
    }
    let name = info.name;
    fields
        .prop_map(move |mut fields| {
            // What has to do with each other.
            match name {
                "customservice.msgrecord.getmsglist" => {
                    let start = fields["starttime"].as_i64().unwrap() / 2;
                    fields.insert("starttime".into(), start.into());
                    fields.insert("endtime".into(), (start + 86_400).into());
                }
                "customservice.kfaccount.del.get" => {
                    fields.remove("kf_openid");
                    fields.insert("kf_account".into(), "a@b".into());
                }
                "business.get" => {
                    fields.remove("account_name");
                    fields.insert("business_id".into(), 7.into());
                }
                "media.upload" => {
                    fields.insert("media_base64".into(), BASE64_JPEG.into());
                    fields.insert("type".into(), "thumb".into());
                }
                "customservice.kfaccount.uploadheadimg" => {
                    fields.insert("media_base64".into(), BASE64_JPEG.into());
                }
                _ => {}
            }
            fields.into()
        })
        .boxed()
}

const BASE64_JPEG: &str = "/9j/4AAQ";

fn object(fields: &'static [Param]) -> BoxedStrategy<Map<String, Value>> {
    let members: Vec<_> = fields
        .iter()
        .map(|field| {
            let present = value(&field.rule).prop_map(move |value| Some((field.name, value)));
            match field.is_required {
                true => present.boxed(),
                false => prop_oneof![Just(None), present].boxed(),
            }
        })
        .collect();
    members
        .prop_map(|members| {
            members.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect()
        })
        .boxed()
}

pub(super) fn json_object() -> BoxedStrategy<Map<String, Value>> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    let tree = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,6}", inner, 0..4).prop_map(Value::from_iter),
        ]
    });
    prop::collection::btree_map("[a-z]{1,6}", tree, 0..4)
        .prop_map(|map| map.into_iter().collect())
        .boxed()
}

pub(super) fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[^\\x00-\\x07\\x0b\\x0e-\\x1f]{1,40}",
        "[a-zA-Z0-9中文 ，。<>&=\"'\\\\/\t\n\r]{1,40}",
    ]
}

fn value(rule: &'static Rule) -> BoxedStrategy<Value> {
    const WORD: &str = "[A-Za-z0-9_:/?=&%.中-]{1,24}";
    match rule {
        Rule::Any => json_object().prop_map(Value::from).boxed(),
        Rule::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Rule::Bytes => Just(Value::from(BASE64_JPEG)).boxed(),
        Rule::Id => {
            prop_oneof![any::<u64>().prop_map(Value::from), WORD.prop_map(Value::from)].boxed()
        }
        Rule::Int(least, most) => (*least..=*most).prop_map(Value::from).boxed(),
        // A number comes out as a text: it has vectors of its own.
        Rule::Label => any_text().prop_map(Value::from).boxed(),
        Rule::List(fields, least, most) => {
            prop::collection::vec(object(fields), *least..=(*most).min(*least + 3))
                .prop_map(|list| Value::from_iter(list.into_iter().map(Value::from)))
                .boxed()
        }
        Rule::Media(_) => WORD.prop_map(Value::from).boxed(),
        Rule::Object(fields) => object(fields).prop_map(Value::from).boxed(),
        Rule::OneOf(choices) => prop::sample::select(*choices).prop_map(Value::from).boxed(),
        Rule::Text(size, form) => {
            let pattern = match (form, size) {
                (Form::AccountName, _) => "[A-Za-z0-9_]{6,30}",
                (Form::CgiPath, _) => "/[a-z]{1,8}/[a-z_]{1,8}",
                (Form::KfAccount, _) => "[A-Za-z0-9_]{1,10}@[a-z0-9_-]{1,30}",
                (Form::Random, _) => "[0-9a-f]{32}",
                (Form::Rid, _) => "[0-9a-f]{8}(-[0-9a-f]{8}){0,2}",
                (Form::AppId, _) => "wx[0-9a-f]{16}",
                (Form::Pasted | Form::Word, _) => WORD,
                (_, Size::Chars(..)) => "[a-z中文😀]{1,16}",
                (_, Size::Columns(..)) => "[a-z中文]{4,15}",
                _ => return any_text().prop_map(Value::from).boxed(),
            };
            pattern.prop_map(Value::from).boxed()
        }
        other => panic!("no strategy for {other:?}"),
    }
}
