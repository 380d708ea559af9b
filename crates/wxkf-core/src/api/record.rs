//! What agents and users wrote (聊天记录), page by page.

use alloc::string::String;
use alloc::vec::Vec;

use super::declare::endpoints;
use crate::error::Error;
use crate::fields::records;
use crate::params::{Given, Object, Rule, invalid};
use crate::time::Timestamp;

/// The longest time that one call may cover: a day.
const MAX_SECS: i64 = 24 * 3600;
/// The most records that one call answers.
const MAX_NUMBER: i64 = 10_000;

endpoints! {
    /// The records of a time of up to a day (获取聊天记录). [`MsgRecordPager`] asks for all of its pages.
    GetMsgList -> MsgList;
    "customservice.msgrecord.getmsglist" Post "/customservice/msgrecord/getmsglist" OfficialAccount AccessToken;
    limits "At most 24 h between starttime and endtime, at most 10 000 records; msgid begins at 1.";
    source "https://developers.weixin.qq.com/doc/service/api/customer/message/api_getmsglist" read "2026-11-21";
    relation within_a_day;
    new {
        /// The beginning, in whole seconds.
        starttime: Timestamp = Body Rule::Int(0, i64::MAX),
        /// The end, at most 24 hours later.
        endtime: Timestamp = Body Rule::Int(0, i64::MAX),
        /// Where to begin: 1, then what the last answer says.
        msgid: i64 = Body Rule::Int(1, i64::MAX),
        /// How many at the most: up to 10 000.
        number: i64 = Body Rule::Int(1, MAX_NUMBER),
    }
    with {}
}

fn within_a_day(object: &Object<'_>) -> Result<(), Error> {
    let of = |name| i64::given(object.get(name));
    match of("endtime").saturating_sub(of("starttime")) {
        0..=MAX_SECS => Ok(()),
        ..0 => Err(invalid("before starttime").field_named("endtime")),
        _ => Err(invalid("more than 24 hours after starttime").field_named("endtime")),
    }
}

records! {
    /// What [`GetMsgList`] answers.
    MsgList {
        /// The records.
        recordlist: Vec<MsgRecord> = Many("recordlist"),
        /// How many there are.
        number: Option<i64> = Int("number"),
        /// Where the next call begins.
        msgid: Option<i64> = Int("msgid"),
    }

    /// One message.
    MsgRecord {
        /// The user.
        openid: Option<String> = Word("openid"),
        /// 2002 if the agent sent it, 2003 if the agent received it.
        opercode: Option<i64> = Int("opercode"),
        /// The text; `[image]`, `[voice]` and `[video]` for what is none.
        text: Option<String> = Text("text"),
        /// When.
        time: Option<Timestamp> = Time("time"),
        /// The agent.
        worker: Option<String> = Word("worker"),
    }
}

/// Asks for all records of a time, page by page.
///
/// ```
/// # use wxkf_core::Timestamp;
/// # use wxkf_core::api::{Endpoint, MsgRecordPager, Outcome, Response};
/// # fn send(_: wxkf_core::api::Request) -> Vec<u8> { br#"{"recordlist":[]}"#.into() }
/// let (day, next) = (Timestamp::from_secs(1_763_600_000), Timestamp::from_secs(1_763_686_400));
/// let mut pager = MsgRecordPager::new(day, next);
/// while let Some(call) = pager.next_call() {
///     let body = send(call.request()?);
///     match call.decode(Response::new(200, &body))? {
///         Outcome::Accepted(page) => for record in pager.take(page) { println!("{record:?}") },
///         Outcome::Rejected(_) => break,
///     }
/// }
/// # Ok::<(), wxkf_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MsgRecordPager {
    starttime: Timestamp,
    endtime: Timestamp,
    number: i64,
    msgid: Option<i64>,
    last: Vec<MsgRecord>,
}

impl MsgRecordPager {
    /// The records from one moment to another, at most 24 hours later, in pages of 10 000.
    #[must_use]
    pub const fn new(starttime: Timestamp, endtime: Timestamp) -> Self {
        Self { starttime, endtime, number: MAX_NUMBER, msgid: Some(1), last: Vec::new() }
    }

    /// The same in smaller pages.
    #[must_use]
    pub const fn page_size(mut self, number: i64) -> Self {
        self.number = number;
        self
    }

    /// The call for the next page; `None` when there is no more. The same call until its answer has
    /// been [taken](Self::take).
    #[must_use]
    pub fn next_call(&self) -> Option<GetMsgList> {
        Some(GetMsgList::new(self.starttime, self.endtime, self.msgid?, self.number))
    }

    /// Takes the answer to [`next_call`](Self::next_call), and gives the records that the page before
    /// did not end with.
    pub fn take(&mut self, page: MsgList) -> Vec<MsgRecord> {
        let MsgList { recordlist, msgid: next, .. } = page;
        let count = i64::try_from(recordlist.len()).unwrap_or(i64::MAX);
        // A cursor that stands still would go round for ever.
        self.msgid = match (self.msgid, next) {
            (Some(now), Some(next)) if count >= self.number && next > now => Some(next),
            _ => None,
        };
        let repeated = overlap(&self.last, &recordlist);
        self.last.clone_from(&recordlist);
        recordlist.into_iter().skip(repeated).collect()
    }
}

/// How many entries the one list ends with and the other one begins with, in one pass.
fn overlap<T: PartialEq>(before: &[T], after: &[T]) -> usize {
    // Of each beginning of `after`: how much of it comes again at its end (Knuth, Morris, Pratt).
    let mut again = Vec::with_capacity(after.len());
    let advance = |again: &[usize], mut matched: usize, entry: &T| {
        while matched > 0 && after.get(matched) != Some(entry) {
            matched = again.get(matched.saturating_sub(1)).copied().unwrap_or_default();
        }
        matched.saturating_add(usize::from(after.get(matched) == Some(entry)))
    };
    let mut matched = 0;
    for (at, entry) in after.iter().enumerate() {
        matched = if at == 0 { 0 } else { advance(&again, matched, entry) };
        again.push(matched);
    }
    before.iter().fold(0, |matched, entry| advance(&again, matched, entry))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn page(records: &[i64], msgid: Option<i64>) -> MsgList {
        let record = |at: &i64| MsgRecord {
            openid: Some("o".into()),
            opercode: Some(2002),
            text: Some(at.to_string()),
            time: None,
            worker: None,
        };
        MsgList { recordlist: records.iter().map(record).collect(), number: None, msgid }
    }

    fn texts(records: Vec<MsgRecord>) -> Vec<i64> {
        records.into_iter().map(|record| record.text.unwrap().parse().unwrap()).collect()
    }

    #[test]
    fn the_overlap_is_the_longest_there_is() {
        // Every pair of lists of up to six of two entries.
        let lists = || {
            (0..=6u32).flat_map(|length| {
                (0..1u32 << length)
                    .map(move |bits| (0..length).map(|at| bits >> at & 1).collect::<Vec<_>>())
            })
        };
        for before in lists() {
            for after in lists() {
                let naive = (0..=after.len()).rfind(|count| before.ends_with(&after[..*count]));
                assert_eq!(Some(overlap(&before, &after)), naive, "{before:?} {after:?}");
            }
        }
    }

    fn pager() -> MsgRecordPager {
        MsgRecordPager::new(Timestamp::from_secs(0), Timestamp::from_secs(60)).page_size(2)
    }

    #[test]
    fn a_call_covers_a_day_at_the_most() {
        use crate::api::Endpoint;
        let call = |start, end| {
            let [start, end] = [start, end].map(Timestamp::from_secs);
            GetMsgList::new(start, end, 1, 1).request().map(drop)
        };
        assert_eq!(call(100, 100), Ok(()));
        assert_eq!(call(100, 100 + 86_400), Ok(()));
        for (start, end, detail) in [
            (100, 101 + 86_400, "more than 24 hours after starttime"),
            (100, 99, "before starttime"),
        ] {
            let error = call(start, end).unwrap_err();
            assert_eq!((error.field(), error.detail()), (Some("endtime"), Some(detail)));
        }
    }

    #[test]
    fn full_pages_lead_on_and_a_short_one_ends() {
        let mut pager = pager();
        assert_eq!(pager.next_call().unwrap().msgid, 1);
        assert_eq!(texts(pager.take(page(&[1, 2], Some(7)))), [1, 2]);
        assert_eq!(pager.next_call().unwrap().msgid, 7);
        assert_eq!(texts(pager.take(page(&[2, 3], Some(9)))), [3]);
        assert_eq!(texts(pager.take(page(&[4], Some(11)))), [4]);
        assert!(pager.next_call().is_none());
    }

    #[test]
    fn an_empty_page_a_missing_cursor_and_one_that_stands_still_end() {
        for last in [page(&[], Some(9)), page(&[3, 4], None), page(&[3, 4], Some(7))] {
            let mut pager = pager();
            drop(pager.take(page(&[1, 2], Some(7))));
            drop(pager.take(last));
            assert!(pager.next_call().is_none());
        }
    }
}
