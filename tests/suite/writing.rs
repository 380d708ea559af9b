//! What our own serializer writes is what `serde_json` writes, but for numbers that only it has the text of.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Serialize;
use serde::ser::{SerializeSeq as _, Serializer};
use serde_json::Value;
use wxkf_core::{push_json, to_json};

/// One of each kind of value that a serializer may be given.
#[derive(Serialize)]
struct Everything<'a> {
    flag: bool,
    small: (i8, i16, i32, u8, u16, u32),
    wide: (i64, u64, i128, u128),
    real: (f32, f64, f64, f64),
    character: char,
    text: &'a str,
    absent: Option<u8>,
    present: Option<u8>,
    unit: (),
    nothing: Nothing,
    wrapped: Wrapped<'a>,
    pair: Pair,
    variants: [Variant<'a>; 4],
    map: BTreeMap<&'a str, Vec<u8>>,
    numbered: BTreeMap<i64, char>,
    empty: ([u8; 0], BTreeMap<u8, u8>),
}

#[derive(Serialize)]
struct Nothing;

#[derive(Serialize)]
struct Wrapped<'a>(&'a str);

#[derive(Serialize)]
struct Pair(u8, bool);

#[derive(Serialize)]
enum Variant<'a> {
    Unit,
    One(&'a str),
    Two(u8, Option<&'a str>),
    Named { a: u8, b: &'a str },
}

fn everything(text: &str, number: i64, real: f64) -> Everything<'_> {
    let [low, high] = [number as i8, number as i32 as i8];
    Everything {
        flag: number % 2 == 0,
        small: (low, -7, number as i32, high as u8, 7, number as u32),
        wide: (number, number as u64, i128::from(number) << 40, u128::MAX),
        real: (real as f32, real, -0.0, 1e-7),
        character: text.chars().next().unwrap_or('"'),
        text,
        absent: None,
        present: Some(1),
        unit: (),
        nothing: Nothing,
        wrapped: Wrapped(text),
        pair: Pair(3, true),
        variants: [
            Variant::Unit,
            Variant::One(text),
            Variant::Two(1, Some(text)),
            Variant::Named { a: 2, b: text },
        ],
        map: [(text, vec![1, 2]), ("b", vec![])].into(),
        numbered: [(number, 'x'), (-1, '"')].into(),
        empty: ([], BTreeMap::new()),
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_written_as_serde_json_writes_it(value in values()) {
        prop_assert_eq!(to_json(&value), serde_json::to_string(&value).unwrap());
    }

    #[test]
    fn any_type_is_written_as_serde_json_writes_it(text: String, number: i64, eighths: i16) {
        let it = everything(&text, number, f64::from(eighths) / 8.0);
        prop_assert_eq!(to_json(&it), serde_json::to_string(&it).unwrap());
    }

    #[test]
    fn any_number_reads_back(real in any::<f64>().prop_filter("a number", |real| real.is_finite())) {
        prop_assert_eq!(to_json(&real).parse::<f64>().unwrap().to_bits(), real.to_bits());
    }

    #[test]
    fn every_character_is_written_as_serde_json_writes_it(text in "[\u{0}-\u{21}\"\\\\\u{7f}-\u{a0}\u{2028}你😀]{0,8}") {
        prop_assert_eq!(to_json(&*text), serde_json::to_string(&text).unwrap());
    }
}

#[test]
fn a_text_is_written_behind_what_is_there() {
    let mut out = String::from("a=");
    push_json(&mut out, &[1, 2]);
    assert_eq!(out, "a=[1,2]");
}

#[test]
fn a_number_that_is_none_is_null_and_a_key_that_is_no_text_becomes_one() {
    assert_eq!(to_json(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]), "[null,null,null]");
    assert_eq!(to_json(&f32::NAN), "null");
    let keys: BTreeMap<(u8, &str), bool> = [((1, "a\""), true)].into();
    assert_eq!(to_json(&keys), r#"{"[1,\"a\\\"\"]":true}"#);
    let keys: BTreeMap<Option<bool>, u8> = [(None, 0), (Some(true), 1)].into();
    assert_eq!(to_json(&keys), r#"{"null":0,"true":1}"#);
}

#[test]
fn what_refuses_to_be_written_is_null_and_leaves_nothing_behind() {
    struct Stops;

    impl Serialize for Stops {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut list = serializer.serialize_seq(None)?;
            list.serialize_element(&1)?;
            Err(serde::ser::Error::custom("no more"))
        }
    }

    assert_eq!(to_json(&Stops), "null");
    let mut out = String::from("a=");
    push_json(&mut out, &[Stops]);
    assert_eq!(out, "a=null");
}

/// Only a number is ever written bare, whatever another type calls itself.
#[test]
fn nobody_gets_json_into_json_by_a_name() {
    #[derive(Serialize)]
    struct Number<'a>(&'a str);

    for number in ["0", "-0", "1.50", "1E400", "18446744073709551616"] {
        assert_eq!(to_json(&Number(number)), number);
    }
    for text in ["", "1,2", "01", "+1", "1.", "null", "\"", "\\", "{}", "1 ", "NaN", "\u{1}"] {
        assert_eq!(to_json(&Number(text)), serde_json::to_string(text).unwrap());
    }
}
