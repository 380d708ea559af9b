//! Passive replies.

use wxkf_core::schema::{self, Shape};

use super::print::{Property, comment, interface, quoted, shape};

/// What is inside a reply.
const SUFFIX: &str = "OfReply";

pub(super) fn types() -> String {
    let mut out = String::new();
    let mut names = Vec::new();
    for reply in schema::replies() {
        let mut properties = vec![Property {
            name: "type",
            doc: "What it is.",
            is_required: true,
            of: quoted(reply.name),
        }];
        for field in reply.record.fields {
            if let Shape::Many(inside) = field.shape {
                let fields = inside.fields.iter().map(|field| Property {
                    name: field.name,
                    doc: field.doc,
                    is_required: field.is_required,
                    of: shape(field.shape, SUFFIX),
                });
                let name = [inside.name, SUFFIX].concat();
                out += &interface(&name, inside.doc, " | undefined", &fields.collect::<Vec<_>>());
            }
            properties.push(Property {
                name: field.name,
                doc: field.doc,
                is_required: field.is_required,
                of: match field.shape {
                    Shape::Many(_) => format!("readonly {}", shape(field.shape, SUFFIX)),
                    other => shape(other, SUFFIX),
                },
            });
        }
        let name = [reply.record.name, "Reply"].concat();
        out += &interface(&name, reply.record.doc, " | undefined", &properties);
        names.push(name);
    }
    out += &comment("", "A passive reply (被动回复): the answer in the HTTP response to a push.");
    out + &format!("export type Reply = {};\n\n", names.join(" | "))
}
