//! A record as JSON, from its rows.

use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::Field;
use crate::codec::{Node, Typed};

/// What JSON has of a field.
pub(crate) enum Json<'a> {
    Bool(bool),
    Int(i64),
    List(Vec<Self>),
    Record(Fields<'a>),
    Text(&'a str),
    Tree(Node<'a>),
}

/// A record that is read from a node: fields that are not there are left out, ids are texts.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(crate) node: Node<'a>,
    pub(crate) fields: &'static [Field],
}

impl Fields<'_> {
    /// Writes them as members of a larger object.
    pub(crate) fn serialize_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        for field in self.fields {
            match field.read(self.node) {
                None => {}
                Some(Json::List(list)) if list.is_empty() && !field.is_required => {}
                Some(value) => map.serialize_entry(field.name, &value)?,
            }
        }
        Ok(())
    }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.serialize_into(&mut map)?;
        map.end()
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(flag) => serializer.serialize_bool(*flag),
            Self::Int(number) => serializer.serialize_i64(*number),
            Self::List(list) => serializer.collect_seq(list),
            Self::Record(fields) => fields.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Tree(node) => Typed(*node).serialize(serializer),
        }
    }
}
