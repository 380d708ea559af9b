//! What comes in.

use wxkf_core::schema;

use super::print::{comment, key, record};

const SUFFIX: &str = "Content";

/// What every push has. That it is so is tested on what the core writes.
const HEAD: &str = r#"/** What an element holds: its text, the elements in it by their names, or a list. */
export type Tree = string | number | boolean | null | Tree[] | { [name: string]: Tree };

/** A push of this kind. */
export interface InboundOf<K extends InboundKind> {
  /** `ToUserName`: the account, as its original id (`gh_…`). */
  to: string | null;
  /** `FromUserName`: the user's openid; in some events a system account. */
  from: string | null;
  /** `CreateTime`: when it happened, by WeChat's clock, to the second; in milliseconds since 1970. */
  created: number | null;
  /** `MsgId`. Messages have one; of the events only those that tell the fate of a sent message. */
  msg_id?: string;
  /** The same for every delivery of this push: WeChat repeats what is not answered in five seconds. */
  dedupe_key: string;
  /** What this does to the window in which the account may write to the user. */
  trigger: Trigger | null;
  /** What this is, however the sender spells it. */
  kind: K;
  /** What it says. No field can be relied on: WeChat leaves out what its documents promise. */
  content: InboundContents[K];
}

/** A message or event, as WeChat pushed it: compare `kind`, and `content` is that of the kind. */
export type Inbound = { [K in InboundKind]: InboundOf<K> }[InboundKind];

/** The names of all kinds of pushes. */
export type InboundKind = keyof InboundContents;

"#;

pub(super) fn types() -> String {
    let mut printed = Vec::new();
    let mut records = String::new();
    let mut kinds =
        comment("", "What each kind of push says.") + "export interface InboundContents {\n";
    for kind in schema::inbound() {
        for part in &kind.content {
            records += &record(part, SUFFIX, &mut printed);
        }
        let parts: Vec<_> = kind.content.iter().map(|part| [part.name, SUFFIX].concat()).collect();
        let doc = match kind.name {
            "unknown" => "A type that this version does not know: see the tree.",
            _ => kind.content[0].doc.text(),
        };
        kinds += &comment("  ", doc);
        kinds += &format!("  {}: {};\n", key(kind.name), parts.join(" & "));
    }
    [HEAD, &kinds, "}\n\n", &records].concat()
}
