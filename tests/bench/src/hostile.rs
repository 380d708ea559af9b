//! P9: bodies made to be expensive, at two sizes a factor of ten apart, through a plain account so
//! that all of them reaches the readers.

use std::hint::black_box;

use wxkf_core::Account;

use crate::account;
use crate::counting::counted;
use crate::measure::{Effort, compare};
use crate::table::{Table, verdict};

const NANOS_A_BYTE: f64 = 25.0;
const GROWTH: f64 = 12.0;
const MEMORY: f64 = 4.0;
/// Nanoseconds a byte below which it is the memory that is measured, not what we do with it.
const MEMORY_BOUND: f64 = 1.0;

/// One way to be nasty: a head, a unit as often as it fits, and a tail.
struct Family {
    name: &'static str,
    head: &'static str,
    /// `@` stands for its number, `~` for what fills the body up if only `most` units are allowed.
    unit: &'static str,
    tail: &'static str,
    most: Option<usize>,
}

/// Stays below the limit on elements, so that the whole of a body is read and kept.
const MANY: usize = 16_000;

const fn endless(
    name: &'static str,
    head: &'static str,
    unit: &'static str,
    tail: &'static str,
) -> Family {
    Family { name, head, unit, tail, most: None }
}

const fn filled(
    name: &'static str,
    head: &'static str,
    unit: &'static str,
    tail: &'static str,
    most: usize,
) -> Family {
    Family { name, head, unit, tail, most: Some(most) }
}

/// Of all records the one with the most fields, each of which is looked for among the children.
const WIDE_EVENT: &str = "<xml><MsgType>event</MsgType><Event>complaint_callback</Event>";

const FAMILIES: &[Family] = &[
    endless("xml: deep nesting", "<xml>", "<a>", ""),
    filled("xml: 30 deep, huge text", "<xml>", "<a>~</a>", "</xml>", 1),
    endless("xml: long attribute", "<xml><a b=\"", "x", "\">1</a></xml>"),
    endless("xml: many attributes", "<xml><a ", "b@=\"1\" ", ">1</a></xml>"),
    endless("xml: many entities", "<xml><Content>", "&amp;", "</Content></xml>"),
    endless("xml: numeric entities", "<xml><Content>", "&#x4f60;", "</Content></xml>"),
    filled("xml: entity after huge text", "<xml><Content>", "~&amp;", "</Content></xml>", 1),
    filled("xml: entity in each child", "<xml>", "<a>~&lt;</a>", "</xml>", MANY),
    endless("xml: many children", "<xml>", "<a>1</a>", "</xml>"),
    filled("xml: 16000 children", "<xml>", "<a>~</a>", "</xml>", MANY),
    filled("xml: 16000 with attribute", "<xml>", "<a b=\"\">~</a>", "</xml>", MANY),
    endless("xml: many duplicate fields", "<xml>", "<Content>1</Content>", "</xml>"),
    filled("xml: 16000 duplicate fields", "<xml>", "<Label>~</Label>", "</xml>", MANY),
    filled("xml: 16000 beside an event", WIDE_EVENT, "<a>~</a>", "</xml>", MANY),
    endless("xml: one huge text", "<xml><Content>", "x", "</Content></xml>"),
    endless("xml: one huge text, Chinese", "<xml><Content>", "\u{6211}", "</Content></xml>"),
    endless("xml: one huge CDATA", "<xml><Content><![CDATA[", "x", "]]></Content></xml>"),
    endless("xml: CDATA of ]", "<xml><Content><![CDATA[", "]] ", "]]></Content></xml>"),
    endless("xml: CDATA in pieces", "<xml><Content>", "<![CDATA[x]]>", "</Content></xml>"),
    endless("xml: unterminated CDATA", "<xml><a><![CDATA[", "x", ""),
    endless("xml: unterminated CDATAs", "<xml>", "<a><![CDATA[", ""),
    endless("xml: unterminated comment", "<xml><!--", "-", ""),
    endless("xml: unterminated tags", "<xml>", "<a ", ""),
    endless("xml: many comments", "<xml>", "<!---->", "</xml>"),
    endless("xml: many instructions", "<xml>", "<?a?>", "</xml>"),
    endless("xml: layout and comments", "<xml><a>", " <!---->", "</a></xml>"),
    endless("xml: long name", "<xml><", "a", "/></xml>"),
    endless("xml: white space", "<xml>", " ", "</xml>"),
    endless("xml: DOCTYPE", "<!DOCTYPE x [", "<!ENTITY a \"b\">", "]><xml/>"),
    endless("json: deep lists", "{\"a\":", "[", ""),
    endless("json: deep objects", "", "{\"a\":", ""),
    endless("json: many keys", "{", "\"k@\":1,", "\"z\":0}"),
    filled("json: 16000 keys", "{", "\"k@\":\"~\",", "\"z\":0}", MANY),
    filled("json: 16000 duplicate keys", "{", "\"Label\":\"~\",", "\"z\":0}", MANY),
    endless("json: many numbers", "{\"a\":[", "1,", "0]}"),
    filled("json: 16000 numbers", "{\"a\":[", "1~,", "0]}", MANY),
    endless("json: one huge number", "{\"a\":1", "1", "}"),
    endless("json: one huge exponent", "{\"a\":1e", "1", "}"),
    endless("json: escapes", "{\"Content\":\"", "\\n", "\"}"),
    endless("json: unicode escapes", "{\"Content\":\"", "\\u4f60", "\"}"),
    endless("json: surrogate escapes", "{\"Content\":\"", "\\ud83d\\ude00", "\"}"),
    filled("json: escape after huge text", "{\"Content\":\"", "~\\n", "\"}", 1),
    filled("json: escape in each value", "{", "\"k\":\"~\\n\",", "\"z\":0}", MANY),
    filled("json: escape in each key", "{", "\"~\\n\":1,", "\"z\":0}", MANY),
    endless("json: huge key with escapes", "{\"", "\\t", "\":1}"),
    endless("json: one huge text", "{\"Content\":\"", "x", "\"}"),
    endless("json: one huge text, Chinese", "{\"Content\":\"", "\u{6211}", "\"}"),
    endless("json: unterminated string", "{\"Content\":\"", "x", ""),
    endless("json: white space", "{\"a\":", " ", "1}"),
    endless("neither: zeros", "", "\0", ""),
    endless("neither: white space", "", " ", ""),
    endless("neither: broken text at the end", "<xml><a>", "x", "\u{1}"),
];

pub fn run(effort: Effort) {
    let small = match effort {
        Effort::Full => 1_000_000,
        Effort::Quick => 50_000,
    };
    let large = 10 * small;
    println!(
        "\n## P9: hostile bodies of {} and {} KB (goals: at most {NANOS_A_BYTE} ns a byte, \
         {GROWTH} times as long for ten times the body, memory {MEMORY} times the body)\n",
        small / 1000,
        large / 1000
    );
    let account = account::plain(2 * large);
    let query = account::plain_query(&account);
    let mut table = Table::new([
        "family",
        "ns/byte",
        "ten times",
        "growth",
        "memory",
        "allocations",
        "outcome",
        "met",
    ]);
    let rounds = effort.rounds().div_ceil(4);
    let (small_body, large_body) = (vec![b'x'; small], vec![b'x'; large]);
    let copy = |body: &Vec<u8>| drop(black_box(black_box(body).clone()));
    let growth = Growth::new(rounds, &small_body, &large_body, copy);
    let [small_rate, large_rate, factor] = growth.shown();
    table.row([
        "(copying a body)".into(),
        small_rate,
        large_rate,
        factor,
        "1.00".into(),
        "1".into(),
        String::new(),
        String::new(),
    ]);
    for family in FAMILIES {
        let (small_body, large_body) = (family.body(small), family.body(large));
        let growth = Growth::new(rounds, &small_body, &large_body, |body| {
            if let Ok(received) = account::receive(&account, &query, body) {
                account::touch(received.inbound());
            }
        });
        let (outcome, allocations, peak) = cost(&account, &query, &large_body);
        let memory = peak / large_body.len() as f64;
        let rate = growth.small_rate.max(growth.large_rate);
        let without_growth = f64::max(rate / NANOS_A_BYTE, memory / MEMORY);
        let worst = without_growth.max(growth.factor / GROWTH);
        let is_memory_bound = worst > 1.0 && without_growth <= 1.0 && rate < MEMORY_BOUND;
        let [small_rate, large_rate, factor] = growth.shown();
        table.row([
            family.name.into(),
            small_rate,
            large_rate,
            factor,
            format!("{memory:.2}"),
            allocations.to_string(),
            outcome,
            if is_memory_bound { "yes *".into() } else { verdict(worst, 1.0) },
        ]);
    }
    table.print();
    println!(
        "\n* grows faster than that, at less than {MEMORY_BOUND} ns a byte: what grows are the page \
         faults and cache misses of a larger body, as they do for the copy in the first row"
    );
}

/// How the time for a body depends on its size.
struct Growth {
    /// Nanoseconds a byte.
    small_rate: f64,
    large_rate: f64,
    factor: f64,
}

impl Growth {
    /// Measures both sizes side by side, as the machine has fast and slow moments.
    fn new(rounds: usize, small: &Vec<u8>, large: &Vec<u8>, work: impl Fn(&Vec<u8>)) -> Self {
        let measured = compare(rounds, || work(small), || work(large));
        Self {
            small_rate: measured.floor_micros * 1e3 / small.len() as f64,
            large_rate: measured.ours_micros * 1e3 / large.len() as f64,
            factor: measured.ratio_median,
        }
    }

    fn shown(&self) -> [String; 3] {
        [
            format!("{:.2}", self.small_rate),
            format!("{:.2}", self.large_rate),
            format!("{:.1}", self.factor),
        ]
    }
}

/// What becomes of the body, how many allocations that takes, and how many bytes beside the body.
fn cost(account: &Account, query: &str, body: &[u8]) -> (String, isize, f64) {
    let (result, counts) = counted(|| {
        let received = account::receive(account, query, body)?;
        account::touch(received.inbound());
        Ok::<_, wxkf_core::Error>(received)
    });
    let outcome = match black_box(result) {
        Ok(received) => format!("read: {}", received.inbound().kind()),
        Err(error) => format!("refused: {}", error.detail().unwrap_or_else(|| error.code().name())),
    };
    (outcome, counts.calls, counts.peak_bytes as f64)
}

impl Family {
    fn body(&self, size: usize) -> Vec<u8> {
        let room = size.saturating_sub(self.head.len() + self.tail.len());
        let fill = match self.most {
            Some(most) => (room / most).saturating_sub(self.unit.len()),
            None => 0,
        };
        let filler = if self.name.contains("number") { "1" } else { "x" }.repeat(fill);
        let unit = self.unit.replace('~', &filler);
        let mut body = String::with_capacity(size + unit.len());
        body.push_str(self.head);
        let mut number = 0;
        while body.len() < self.head.len() + room && self.most.is_none_or(|most| number < most) {
            body.push_str(&unit.replace('@', &number.to_string()));
            number += 1;
        }
        body.push_str(self.tail);
        body.into_bytes()
    }
}
