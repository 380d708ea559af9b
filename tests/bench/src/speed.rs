//! P1, P2 and P3: a push received and an answer written, against the floor.

use std::hint::black_box;

use wxkf_core::{Account, Format, Received, Reply};

use crate::account::{self, Push};
use crate::corpus::{self, Kind};
use crate::floor::{self, Floor};
use crate::measure::{Comparison, Effort, compare};
use crate::table::{Table, verdict};

const KB: usize = 1024;
const FORMATS: [Format; 2] = [Format::Xml, Format::Json];
/// 16 random bytes and four of length.
const FRAME_HEADER: usize = 20;

pub fn run(effort: Effort) {
    println!("\n## P1, P2, P3: ratio to the floor (SHA-1, base64 and AES-256-CBC by OpenSSL)\n");
    let mixed = match effort {
        Effort::Full => &[KB / 2, KB, 4 * KB, 64 * KB][..],
        Effort::Quick => &[KB / 2, KB],
    };
    let mut cases: Vec<_> = mixed.iter().map(|size| (Kind::Mixed, *size)).collect();
    cases.extend([(Kind::Ascii, KB), (Kind::Nested, KB)]);

    let account = account::secure();
    let mut floor = Floor::new().expect("OpenSSL 3 has SHA-1 and AES-256-CBC");
    let mut table =
        Table::new(["what", "message", "KB", "ours µs", "floor µs", "ratio", "p10", "goal", "met"]);
    let mut row = |what: &str, (kind, size): (Kind, usize), goal: f64, measured: Comparison| {
        table.row([
            what.into(),
            kind.name().into(),
            format!("{}", size as f64 / KB as f64),
            format!("{:.2}", measured.ours_micros),
            format!("{:.2}", measured.floor_micros),
            format!("{:.2}", measured.ratio_median),
            format!("{:.2}", measured.ratio_p10),
            format!("{goal:.2}"),
            verdict(measured.ratio_median, goal),
        ]);
    };
    for format in FORMATS {
        for case in &cases {
            let (what, goal) = match format {
                Format::Xml if case.1 < KB => ("P1 receive xml", 1.10),
                Format::Xml => ("P1 receive xml", 1.00),
                _ => ("P2 receive json", 1.15),
            };
            row(what, *case, goal, receive(effort, &account, &mut floor, format, *case));
        }
    }
    for format in FORMATS {
        for case in &cases {
            let what = if format == Format::Xml { "P3 reply xml" } else { "P3 reply json" };
            let goal = if case.1 <= 4 * KB { 0.85 } else { 0.95 };
            row(what, *case, goal, reply(effort, &account, &mut floor, format, *case));
        }
    }
    table.print();
}

fn receive(
    effort: Effort,
    account: &Account,
    floor: &mut Floor,
    format: Format,
    (kind, size): (Kind, usize),
) -> Comparison {
    let message = corpus::inbound(kind, format, size);
    let push = Push::sealed(account, format, &message);
    let parts = floor::sorted_parts(&push.encrypt);

    // Both sides do the same work on the same bytes, or the ratio means nothing.
    let (hash, frame) = floor.open(&parts, &push.encrypt).expect("OpenSSL opens it");
    assert_eq!(floor::hex(hash), push.msg_signature, "the floor hashes what we hash");
    assert_eq!(inside(frame), message.as_bytes(), "the floor decrypts what we decrypt");
    assert_eq!(push.receive(account).inbound().raw(), message.as_bytes(), "and so do we");

    compare(
        effort.rounds(),
        || {
            black_box(floor.open(&parts, black_box(&push.encrypt)).is_ok());
        },
        || account::touch(push.receive(account).inbound()),
    )
}

fn reply(
    effort: Effort,
    account: &Account,
    floor: &mut Floor,
    format: Format,
    (kind, size): (Kind, usize),
) -> Comparison {
    let asked = if kind == Kind::Nested { Kind::Nested } else { Kind::Mixed };
    let question = corpus::inbound(asked, format, KB);
    let received = Push::sealed(account, format, &question).receive(account);
    let reply = sized_reply(account, floor, &received, kind, size);
    let (encrypt, msg_signature) = sealed_parts(account, &received, &reply);
    let parts = floor::sorted_parts(&encrypt);

    let frame = floor.open(&parts, &encrypt).expect("OpenSSL opens it").1.to_vec();
    assert_eq!(inside(&frame).len(), size, "an exact size");
    let (hash, sealed) = floor.seal(&parts, &frame).expect("OpenSSL seals it");
    assert_eq!(floor::hex(hash), msg_signature, "the floor hashes what we hash");
    assert_eq!(sealed, encrypt, "the floor encrypts what we encrypt");

    compare(
        effort.rounds(),
        || {
            black_box(floor.seal(&parts, black_box(&frame)).is_ok());
        },
        || {
            black_box(account.reply(&received, black_box(&reply), account::seal()).is_ok());
        },
    )
}

/// A reply whose document has `size` bytes. How long the document is, is seen inside the seal.
fn sized_reply(
    account: &Account,
    floor: &mut Floor,
    received: &Received,
    kind: Kind,
    size: usize,
) -> Reply {
    let (encrypt, _) = sealed_parts(account, received, &corpus::reply(kind, "x"));
    let opened = floor.open(&floor::sorted_parts(&encrypt), &encrypt);
    let beside = inside(opened.expect("OpenSSL opens it").1).len() - 1;
    let room = size.checked_sub(beside).expect("the size leaves room for a text");
    let chinese = if kind == Kind::Mixed { size / 3 } else { 0 };
    corpus::reply(kind, &corpus::filler(room, chinese))
}

/// `Encrypt` and the signature of an answer, cut out of its body.
fn sealed_parts(account: &Account, received: &Received, reply: &Reply) -> (String, String) {
    let body = account.reply(received, reply, account::seal()).expect("the reply is in order");
    let body = String::from_utf8(body.bytes).expect("an answer is text");
    let value = |name: &str| {
        let (_, after) = body.split_once(name).expect("the field is there");
        let is_mark = |c: char| matches!(c, '>' | '<' | '!' | '[' | ']' | '"' | ':');
        let value = after.trim_start_matches("><![CDATA[").trim_start_matches("\":\"");
        value.split(is_mark).next().unwrap_or_default().to_owned()
    };
    (value("Encrypt"), value("MsgSignature"))
}

/// The message inside a decrypted frame.
fn inside(frame: &[u8]) -> &[u8] {
    let length =
        frame[FRAME_HEADER - 4..].first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes));
    &frame[FRAME_HEADER..][..length as usize]
}
