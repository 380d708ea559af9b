//! What a field is: how it is read, whatever spelling the wire chose for it, how it is written, checked and
//! described.
//!
//! A record is a struct and its rows, one a field; [`records!`](records) makes both of one table. What a field
//! can be is a [shape]: the one place that knows how it is spelt on the wire. Fields of pushes, which
//! are views, and fields of answers, which are kept, have the same shapes.

mod ids;
mod json;
mod read;
pub(crate) mod shape;

pub use ids::{Id, Secret, SecretStr};
pub(crate) use json::{Fields, Json};
pub(crate) use read::{id, int, structure, text, word};

use alloc::borrow::Cow;
use core::fmt;

use crate::codec::Node;
use crate::names::Said;

/// Fields that come or go together in JSON.
#[derive(Debug)]
#[non_exhaustive]
pub struct Record {
    /// The name of the type in this crate. Two records may have the same.
    pub name: &'static str,
    /// What it is.
    pub doc: Said,
    /// The fields, in their order.
    pub fields: &'static [Field],
}

/// One field of a [`Record`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it is.
    pub doc: Said,
    /// Whether it is always there. What is not there is left out, and never `null`.
    pub is_required: bool,
    /// What it is in JSON.
    pub shape: Shape,
    /// Its names on the wire.
    pub(crate) wire: &'static [&'static str],
    /// Whether the record is of no use without it.
    is_needed: bool,
    pub(crate) is_secret: bool,
    json: ToJson,
}

/// Reads the field of these names, for JSON.
type ToJson = for<'a> fn(Node<'a>, &[&str]) -> Option<Json<'a>>;

/// What a field is in JSON.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// `true` or `false`.
    Bool,
    /// Bytes, base64 in a string.
    Bytes,
    /// An id: digits as a rule, in a string.
    Id,
    /// A whole number that every language can hold.
    Int,
    /// A list of whole numbers.
    Ints,
    /// A list of objects.
    Many(&'static Record),
    /// An object.
    One(&'static Record),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A string.
    Text,
    /// Anything: it is passed on as it came.
    Tree,
    /// A list of strings.
    Words,
}

/// How a field is read as a `T`: as a view into what was read, or as something to keep.
///
/// A new shape is a type in [`shape`] with one `impl` of this.
pub(crate) trait Wire<'a, T: fmt::Debug> {
    /// What it is in JSON.
    const SHAPE: Shape;
    /// Whether a record is of no use without it.
    const IS_NEEDED: bool = false;
    /// Whether what is kept of it is there even if the wire has nothing.
    const IS_ALWAYS_THERE: bool = false;
    /// Whether it is, or holds, what must not be shown.
    const IS_SECRET: bool = false;

    /// Reads the field of these names.
    fn read(node: Node<'a>, wire: &[&str]) -> T;

    /// The same for JSON: `None` if it is not there.
    fn json<'n>(node: Node<'n>, wire: &[&str]) -> Option<Json<'n>>;

    /// What `Debug` shows of it.
    fn shown(value: &T) -> impl fmt::Debug {
        value
    }
}

/// Rust spells a field that has the name of a keyword with a mark in front.
pub(crate) const fn plain(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

impl Field {
    /// The row of a field with that shape, in a struct that has it as a `T`.
    pub(crate) const fn of<'a, S: Wire<'a, T>, T: fmt::Debug>(
        name: &'static str,
        wire: &'static [&'static str],
        doc: Said,
    ) -> Self {
        Self {
            name: plain(name),
            doc,
            is_required: S::IS_NEEDED || S::IS_ALWAYS_THERE,
            shape: S::SHAPE,
            wire,
            is_needed: S::IS_NEEDED,
            is_secret: S::IS_SECRET,
            json: S::json,
        }
    }

    /// The same in a push, of which no field can be relied on: an empty list is left out, too.
    pub(crate) const fn left_out(self) -> Self {
        Self { is_required: false, ..self }
    }

    /// A field that is made and not read.
    pub(crate) const fn made(
        name: &'static str,
        doc: Said,
        is_required: bool,
        shape: Shape,
    ) -> Self {
        let (wire, is_needed, is_secret): (&[&str], _, _) = (&[], false, false);
        Self { name, doc, is_required, shape, wire, is_needed, is_secret, json: |_, _| None }
    }

    /// What JSON has of it.
    fn read<'a>(&self, node: Node<'a>) -> Option<Json<'a>> {
        (self.json)(node, self.wire)
    }

    /// The first of these fields that has to be there and is not, with the way to it.
    pub(crate) fn missing(fields: &[Self], node: Node<'_>) -> Option<Cow<'static, str>> {
        fields.iter().filter(|field| field.is_needed).find_map(|field| match field.read(node) {
            None | Some(Json::Text("")) => Some(Cow::Borrowed(field.name)),
            Some(Json::Record(inside)) => {
                let below = Self::missing(inside.fields, inside.node)?;
                Some(Cow::Owned([field.name, ".", &below].concat()))
            }
            Some(_) => None,
        })
    }
}

/// A struct that stands for a record, and reads itself from where its fields stand.
pub(crate) trait Structure<'a>: Sized + fmt::Debug {
    const RECORD: &'static Record;

    fn read(node: Node<'a>) -> Self;
}

/// Declares records: structs together with the rows that their fields are read, written, checked and described
/// by. A row says what the struct has (`content: Option<&'a str>`), and how it is read from the wire: its
/// [shape] and its names there (`Text("Content")`).
///
/// With a lifetime they are views into a push, of which no field can be relied on to be there; a field is
/// called in JSON what it is called here. Without one they are answers, to keep; a field is called in JSON what
/// the platform calls it.
macro_rules! records {
    ($($(#[doc = $doc:literal])+ $record:ident<$a:lifetime> {
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty
            = $shape:ident $(<$inner:ident>)? ($wire:literal $(| $other:literal)*),)*
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $record<$a> {
            $($(#[doc = $field_doc])+ pub $field: $type,)*
            node: $crate::codec::Node<$a>,
        }

        impl<$a> $record<$a> {
            /// The element these fields were read from, with whatever else stands in it.
            #[must_use]
            pub const fn node(&self) -> $crate::codec::Node<$a> {
                self.node
            }
        }

        /// Shows how long a text is that a person wrote, not what it says.
        impl<$a> core::fmt::Debug for $record<$a> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($record))
                    $(.field($crate::fields::plain(stringify!($field)), &$crate::fields::shown::<
                        $crate::fields::shape::$shape $(<$crate::fields::shape::$inner>)?, _,
                    >(&self.$field)))*
                    .finish_non_exhaustive()
            }
        }

        impl<$a> $crate::fields::Structure<$a> for $record<$a> {
            const RECORD: &'static $crate::fields::Record = &$crate::fields::Record {
                name: stringify!($record),
                doc: $crate::names::said!($($doc)+),
                fields: &[$($crate::fields::Field::of::<
                    $crate::fields::shape::$shape $(<$crate::fields::shape::$inner>)?, $type,
                >(
                    stringify!($field),
                    &[$wire $(, $other)*],
                    $crate::names::said!($($field_doc)+),
                ).left_out(),)*],
            };

            fn read(node: $crate::codec::Node<$a>) -> Self {
                Self {
                    $($field: <$crate::fields::shape::$shape $(<$crate::fields::shape::$inner>)?
                        as $crate::fields::Wire<'_, _>>::read(node, &[$wire $(, $other)*]),)*
                    node,
                }
            }
        }
    )+};
    ($($(#[doc = $doc:literal])+ $record:ident {
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty
            = $shape:ident $(<$inner:ident>)? ($wire:literal $(| $other:literal)*),)*
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $record {
            $($(#[doc = $field_doc])+ pub $field: $type,)*
        }

        /// Shows how long a text is that a person wrote, not what it says.
        impl core::fmt::Debug for $record {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_struct(stringify!($record))
                    $(.field($crate::fields::plain(stringify!($field)), &$crate::fields::shown::<
                        $crate::fields::shape::$shape $(<$crate::fields::shape::$inner>)?, _,
                    >(&self.$field)))*
                    .finish()
            }
        }

        impl $crate::fields::Structure<'_> for $record {
            const RECORD: &'static $crate::fields::Record = &$crate::fields::Record {
                name: stringify!($record),
                doc: $crate::names::said!($($doc)+),
                fields: &[$($crate::fields::Field::of::<
                    $crate::fields::shape::$shape $(<$crate::fields::shape::$inner>)?, $type,
                >(
                    $wire,
                    &[$wire $(, $other)*],
                    $crate::names::said!($($field_doc)+),
                ),)*],
            };

            fn read(node: $crate::codec::Node<'_>) -> Self {
                Self {
                    $($field: <$crate::fields::shape::$shape $(<$crate::fields::shape::$inner>)?
                        as $crate::fields::Wire<'_, _>>::read(node, &[$wire $(, $other)*]),)*
                }
            }
        }
    )+};
}

pub(crate) use records;

/// What `Debug` shows of a field with that shape.
pub(crate) fn shown<'v, 'a, S: Wire<'a, T>, T: fmt::Debug + 'v>(value: &'v T) -> impl fmt::Debug {
    S::shown(value)
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::String;
    use alloc::vec::Vec;

    use super::*;
    use crate::codec::{Node, parse, to_json};
    use crate::time::Timestamp;

    use samples::{Every, Kept, View, Within};

    #[allow(
        dead_code,
        unreachable_pub,
        reason = "a table makes what users have, and these have none"
    )]
    mod samples {
        use super::*;

        records! {
            /// Lent.
            View<'a> {
                /// Of a person.
                text: Option<&'a str> = Text("Text" | "text"),
                /// A name.
                word: Option<&'a str> = Word("Word"),
                /// Not to be shown.
                secret: Option<SecretStr<'a>> = Secret("Secret"),
                /// Names.
                words: Vec<&'a str> = Words("Words"),
                /// What is inside.
                one: Option<Inner<'a>> = One("One"),
            }

            /// Inside.
            Inner<'a> {
                /// A number.
                r#type: Option<i64> = Int("type"),
            }

            /// The other shapes.
            Every<'a> {
                /// A flag.
                yes: Option<bool> = Bool("Yes"),
                /// A flag.
                no: Option<bool> = Bool("No"),
                /// An id.
                id: Option<Id<'a>> = Id("Id"),
                /// Numbers.
                ints: Vec<i64> = Ints("Ints"),
                /// Objects.
                many: Vec<Inner<'a>> = Many("Many"),
                /// Not to be shown, with what is around it.
                secret_text: Option<SecretStr<'a>> = SecretText("SecretText"),
                /// A moment.
                time: Option<Timestamp> = Time("Time"),
                /// Anything.
                tree: Option<Node<'a>> = Tree("Tree"),
            }
        }

        records! {
            /// Kept.
            Kept {
                /// Of a person.
                text: Option<String> = Text("Text" | "text"),
                /// A name.
                word: String = Need<Word>("Word"),
                /// Not to be shown.
                secret: Option<Secret> = Secret("Secret"),
                /// Names.
                words: Vec<String> = Words("Words"),
                /// What is inside.
                one: Within = All("One"),
            }

            /// Inside.
            Within {
                /// A number.
                number: i64 = Need<Int>("type"),
            }
        }
    }

    fn with<T>(json: &str, of: impl FnOnce(Node<'_>) -> T) -> T {
        let (_, document) = parse(json).unwrap();
        of(document.root(json))
    }

    const JSON: &str = r#"{"text":" hello ","Word":" w ","Secret":"hush","Words":["a",""," b "],"One":{"type":"7"}}"#;

    #[test]
    fn what_is_lent_and_what_is_kept_say_the_same() {
        with(JSON, |node| {
            let (lent, kept) = (View::read(node), Kept::read(node));
            assert_eq!(lent.node().children().count(), 5);
            assert_eq!((lent.text, kept.text.as_deref()), (Some(" hello "), Some(" hello ")));
            assert_eq!((lent.word, &*kept.word), (Some("w"), "w"));
            assert_eq!(
                lent.secret.map(SecretStr::expose),
                kept.secret.as_ref().map(Secret::expose)
            );
            assert_eq!(
                (lent.words, kept.words),
                (["a", "b"].into(), ["a".into(), "b".into()].into())
            );
            assert_eq!((lent.one.unwrap().r#type, kept.one.number), (Some(7), 7));
        });
    }

    #[test]
    fn a_record_is_json_by_the_names_of_its_kind_and_only_an_answer_has_empty_lists() {
        let json = |record: &Record, json| {
            with(json, |node| to_json(&Fields { node, fields: record.fields }))
        };
        assert_eq!(
            json(View::RECORD, JSON),
            r#"{"text":" hello ","word":"w","secret":"hush","words":["a","b"],"one":{"type":7}}"#
        );
        assert_eq!(
            json(Kept::RECORD, JSON),
            r#"{"Text":" hello ","Word":"w","Secret":"hush","Words":["a","b"],"One":{"type":7}}"#
        );
        assert_eq!(
            (&*json(View::RECORD, "{}"), &*json(Kept::RECORD, "{}")),
            ("{}", r#"{"Words":[]}"#)
        );
    }

    #[test]
    fn what_is_needed_is_missed_with_the_way_to_it() {
        let missing = |json| with(json, |node| Field::missing(Kept::RECORD.fields, node));
        assert_eq!(missing(JSON), None);
        for (json, name) in [
            (r#"{"One":{"type":7}}"#, "Word"),
            (r#"{"Word":" ","One":{"type":7}}"#, "Word"),
            (r#"{"Word":"w"}"#, "One"),
            (r#"{"Word":"w","One":{}}"#, "One.type"),
            (r#"{"Word":"w","One":{"type":"x"}}"#, "One.type"),
        ] {
            assert_eq!(missing(json).as_deref(), Some(name), "{json}");
        }
        assert_eq!(with("{}", |node| Field::missing(View::RECORD.fields, node)), None);
    }

    #[test]
    fn every_shape_is_read_written_and_shown() {
        const EVERY: &str = r#"{"Yes":1,"No":false,"Id":23241477706429916,"Ints":[1,"2"],"Many":[{"type":"3"},{}],"SecretText":" hush ","Time":"1763700000","Tree":[true]}"#;
        with(EVERY, |node| {
            let read = Every::read(node);
            assert_eq!(
                format!("{read:?}"),
                "Every { yes: Some(true), no: Some(false), id: Some(Id(\"23241477706429916\")), ints: [1, 2], \
                 many: [Inner { type: Some(3), .. }, Inner { type: None, .. }], \
                 secret_text: Some(SecretStr(…)), time: Some(Timestamp(1763700000000)), \
                 tree: Some(Node { name: \"Tree\", kind: Array, children: [Node { name: \"\", kind: Boolean, length: 4 }] }), .. }"
            );
            assert_eq!(read.secret_text.map(SecretStr::expose), Some(" hush "));
        });
        let json =
            |json| with(json, |node| to_json(&Fields { node, fields: Every::RECORD.fields }));
        assert_eq!(
            json(EVERY),
            r#"{"yes":true,"no":false,"id":"23241477706429916","ints":[1,2],"many":[{"type":3},{}],"secret_text":" hush ","time":1763700000,"tree":[true]}"#
        );
        for none in ["{}", r#"{"Yes":2,"No":"","Ints":[],"Many":[],"Time":-1.5}"#] {
            assert_eq!(json(none), "{}", "{none}");
            with(none, |node| {
                let read = Every::read(node);
                assert_eq!((read.yes, read.no, read.time), (None, None, None), "{none}");
                assert!(
                    read.ints.is_empty() && read.many.is_empty() && read.tree.is_none(),
                    "{none}"
                );
            });
        }
    }

    #[test]
    fn debug_tells_how_long_a_text_is_and_no_secret() {
        let [lent, kept] = with(JSON, |node| {
            [format!("{:?}", View::read(node)), format!("{:?}", Kept::read(node))]
        });
        for shown in [lent, kept] {
            assert!(shown.contains("text: Some(7)") && shown.contains("\"w\""), "{shown}");
            assert!(!shown.contains("hello") && !shown.contains("hush"), "{shown}");
        }
    }

    #[test]
    fn a_record_with_a_secret_in_it_is_known() {
        let secrets = |record: &Record| record.fields.iter().map(|field| field.is_secret).collect();
        let known: Vec<bool> = secrets(View::RECORD);
        assert_eq!(known, [false, false, true, false, false]);
        let many = <shape::Many as Wire<'_, Vec<Kept>>>::IS_SECRET;
        let one = <shape::One as Wire<'_, Option<Within>>>::IS_SECRET;
        assert_eq!((many, one), (true, false));
        let has = |record: &Record| shape::has_secrets(record.fields);
        assert_eq!((has(Kept::RECORD), has(Within::RECORD)), (true, false));
    }
}
