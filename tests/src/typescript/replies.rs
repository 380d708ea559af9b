//! Passive replies.

use wxkf_core::api::Rule;
use wxkf_core::schema;

use super::calls::{ALSO, object, rule};
use super::print::{Property, comment, interface, quoted};

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
        for field in reply.fields {
            let entry = [field.holds().name, SUFFIX].concat();
            if let Rule::List(inside, ..) = field.rule {
                out += &object(&entry, field.holds().said.text(), inside, &mut Vec::new());
            }
            properties.push(Property {
                name: field.name,
                doc: field.doc(),
                is_required: field.is_required,
                of: rule(&field.rule, &entry),
            });
        }
        let name = [reply.title().name, "Reply"].concat();
        out += &interface(&name, reply.title().said.text(), ALSO, &properties);
        names.push(name);
    }
    out += &comment("", "A passive reply (被动回复): the answer in the HTTP response to a push.");
    out + &format!("export type Reply = {};\n\n", names.join(" | "))
}
