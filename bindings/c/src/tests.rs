//! The entries as C calls them, small enough for Miri: what is borrowed, given out, kept and freed.
#![expect(
    clippy::undocumented_unsafe_blocks,
    reason = "the tests are the callers: each pointer is of a place beside it"
)]

use core::mem::MaybeUninit;
use core::ptr::{self, null, null_mut};

use wxkf_core::Code;

use crate::memory::{Buf, Bytes, wxkf_buf_free};
use crate::*;

mod edges;
mod machines;

const NOW: u64 = 1_763_700_000_000;
const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const RANDOM: Bytes = Bytes::of("0123456789abcdef");
const MESSAGE: &str = "<xml><ToUserName>gh_1</ToUserName><FromUserName>o_1</FromUserName><CreateTime>1763700000\
                       </CreateTime><MsgType>text</MsgType><Content>hello</Content><MsgId>7</MsgId></xml>";

/// A place for a result, of which nothing is read before it was written.
struct Place<T>(MaybeUninit<T>);

impl<T> Place<T> {
    fn new() -> Self {
        Self(MaybeUninit::uninit())
    }

    fn at(&mut self) -> *mut T {
        self.0.as_mut_ptr()
    }

    /// What a call has written that succeeded.
    fn of(status: Status, place: &Self) -> &T {
        assert_eq!(status, OK);
        unsafe { place.0.assume_init_ref() }
    }
}

/// The result of a call that succeeds: its place is the last argument but one.
macro_rules! made {
    ($entry:ident($($argument:expr),* $(,)?)) => {{
        let mut place = Place::new();
        let status = unsafe { $entry($($argument,)* place.at(), null_mut()) };
        unsafe { ptr::read(Place::of(status, &place)) }
    }};
}
pub(crate) use made;

/// The text of a buffer, which is freed, twice.
fn taken(mut buf: Buf) -> Vec<u8> {
    let bytes = unsafe { Bytes { ptr: buf.ptr, len: buf.len }.get("buf") };
    let bytes = bytes.unwrap_or_else(|_| panic!()).to_vec();
    unsafe { wxkf_buf_free(&raw mut buf) };
    assert!(buf.ptr.is_null() && buf.len == 0 && buf.cap == 0);
    unsafe { wxkf_buf_free(&raw mut buf) };
    bytes
}

fn text(buf: Buf) -> String {
    String::from_utf8(taken(buf)).unwrap()
}

fn read<'a>(bytes: Bytes) -> Option<&'a str> {
    unsafe { bytes.maybe_text("bytes") }.unwrap_or_else(|_| panic!())
}

fn bytes(of: &[u8]) -> Bytes {
    Bytes { ptr: of.as_ptr(), len: of.len() }
}

/// That a call fails with this code and says so, with a field or none.
fn refused(code: Code, field: Option<&str>, mut call: impl FnMut(*mut Buf) -> Status) {
    let mut error = Place::new();
    assert_eq!(call(error.at()), u32::from(code.number()), "{}", code.name());
    let said = text(unsafe { ptr::read(error.0.as_ptr()) });
    assert!(said.contains(code.name()), "{said}");
    if let Some(field) = field {
        assert!(said.contains(&format!("\"field\":\"{field}\"")), "{said}");
    }
    assert_eq!(call(null_mut()), u32::from(code.number()));
}

fn account() -> *mut Account {
    let option = AccountOption { name: Bytes::of("encoding_aes_key"), value: Bytes::of(KEY) };
    let (kind, app_id, token) =
        (Bytes::of("official_account"), Bytes::of("wx1"), Bytes::of("token"));
    made!(wxkf_account_new(kind, app_id, token, &raw const option, 1))
}

/// The query string and the body of a sealed push.
fn push(account: *const Account) -> (String, Vec<u8>) {
    let (mut body, mut parts) = (Place::new(), Place::new());
    let status = unsafe {
        wxkf_account_seal(
            account,
            Bytes::of(MESSAGE),
            Bytes::of("xml"),
            Bytes::of("gh_1"),
            RANDOM,
            Bytes::of("7"),
            NOW,
            body.at(),
            parts.at(),
            null_mut(),
        )
    };
    let parts = text(unsafe { ptr::read(Place::of(status, &parts)) });
    let (_, rest) = parts.split_once("\"msg_signature\":\"").unwrap();
    let (signature, _) = rest.split_once('"').unwrap();
    let query = format!("timestamp=1763700000&nonce=7&encrypt_type=aes&msg_signature={signature}");
    (query, taken(unsafe { ptr::read(Place::of(status, &body)) }))
}

fn received(account: *const Account) -> *mut Received {
    let (query, body) = push(account);
    made!(wxkf_account_receive(account, Bytes::of(&query), bytes(&body), NOW))
}

#[test]
fn what_was_received_is_borrowed_until_it_is_freed() {
    let account = account();
    let push = received(account);
    unsafe { wxkf_account_free(account) };
    let view: ReceivedView = made!(wxkf_received_view(push));
    assert_eq!(read(view.from), Some("o_1"));
    assert_eq!(read(view.content), Some("hello"));
    assert_eq!(read(view.event), None);
    assert_eq!(read(view.plaintext), Some(MESSAGE));
    assert_eq!((view.created, view.key_index, view.sealed), (NOW, 0, true));
    assert_eq!(read(unsafe { wxkf_received_field(push, Bytes::of("MsgId")) }), Some("7"));
    assert_eq!(read(unsafe { wxkf_received_field(push, Bytes::of("PicUrl")) }), None);
    assert!(!text(made!(wxkf_received_dedupe_key(push))).is_empty());
    assert!(text(made!(wxkf_received_inbound(push))).contains("hello"));
    assert!(text(made!(wxkf_received_tree(push))).contains("hello"));
    unsafe { wxkf_received_free(push) };
}

#[test]
fn an_answer_is_made_of_the_push_or_of_what_was_kept() {
    let account = account();
    let push = received(account);
    let kept = text(made!(wxkf_received_reply_to(push)));
    let reply = Bytes::of(r#"{"type":"text","content":"hi"}"#);
    let answer = |body: *mut Buf, content_type, error| unsafe {
        wxkf_account_reply(
            account,
            push,
            reply,
            RANDOM,
            Bytes::NONE,
            NOW,
            body,
            content_type,
            error,
        )
    };
    let (mut body, mut content_type) = (Place::new(), Place::new());
    let status = answer(body.at(), content_type.at(), null_mut());
    let first = taken(unsafe { ptr::read(Place::of(status, &body)) });
    assert_eq!(read(*Place::of(status, &content_type)), Some("text/xml; charset=utf-8"));
    let mut body = Place::new();
    let status = unsafe {
        wxkf_account_reply_to(
            account,
            Bytes::of(&kept),
            reply,
            RANDOM,
            Bytes::NONE,
            NOW,
            body.at(),
            null_mut(),
            null_mut(),
        )
    };
    assert_eq!(taken(unsafe { ptr::read(Place::of(status, &body)) }), first);
    refused(Code::ArgumentInvalid, Some("body"), |error| answer(null_mut(), null_mut(), error));
    unsafe { wxkf_received_free(push) };
    unsafe { wxkf_account_free(account) };
}

#[test]
fn the_texts_of_an_account_are_static() {
    let account = account();
    let mode = unsafe { wxkf_account_mode(account) };
    assert!(unsafe { wxkf_account_largest_body(account) } > 0);
    let signature =
        text(made!(wxkf_account_sign(account, Bytes::of("1763700000"), Bytes::of("7"))));
    let query = format!("signature={signature}&timestamp=1763700000&nonce=7&echostr=42");
    assert_eq!(text(made!(wxkf_account_verify_url(account, Bytes::of(&query), NOW))), "42");
    let (query, body) = push(account);
    let opened: Buf = made!(wxkf_account_open(account, Bytes::of(&query), bytes(&body), NOW));
    assert_eq!(text(opened), MESSAGE);
    unsafe { wxkf_account_free(account) };
    assert_eq!(read(mode), Some("secure"));
}

#[test]
fn a_failure_writes_its_error_and_nothing_else() {
    let account = account();
    let mut nothing = ptr::dangling_mut();
    for (query, body, code) in [
        ("nonce=%", "", Code::QueryMalformed),
        ("", "", Code::ParameterMissing),
        (
            "timestamp=1&nonce=7&signature=0&msg_signature=0&encrypt_type=aes",
            "<xml><Encrypt>AA==</Encrypt></xml>",
            Code::SignatureMismatch,
        ),
    ] {
        refused(code, None, |error| unsafe {
            wxkf_account_receive(
                account,
                Bytes::of(query),
                Bytes::of(body),
                NOW,
                &raw mut nothing,
                error,
            )
        });
        assert_eq!(nothing, ptr::dangling_mut());
    }
    unsafe { wxkf_account_free(account) };
}

#[test]
fn null_is_refused_or_nothing() {
    let none = Bytes::NONE;
    let mut buf = Buf { ptr: null_mut(), len: 0, cap: 0 };
    let out = &raw mut buf;
    let refuse = |field, call: &dyn Fn(*mut Buf) -> Status| {
        refused(Code::ArgumentInvalid, Some(field), call)
    };
    unsafe {
        refuse("account", &|e| wxkf_account_new(none, none, none, null(), 0, null_mut(), e));
        refuse("account", &|e| wxkf_account_sign(null(), none, none, out, e));
        refuse("received", &|e| wxkf_received_tree(null(), out, e));
        refuse("decoded", &|e| wxkf_decode_unverified(none, null_mut(), null_mut(), e));
        for len in [1, usize::MAX] {
            let broken = Bytes { ptr: null(), len };
            refuse("body", &|e| wxkf_decode_unverified(broken, out, null_mut(), e));
            refuse("text", &|e| wxkf_split_text(broken, 9, 9, out, e));
        }
        let too_long = Bytes { ptr: RANDOM.ptr, len: usize::MAX };
        refuse("text", &|e| wxkf_split_text(too_long, 9, 9, out, e));
        wxkf_account_free(null_mut());
        wxkf_received_free(null_mut());
        wxkf_buf_free(null_mut());
        assert!(!wxkf_errcode(0x7fff_ffff, null_mut()));
        assert!(wxkf_errcode(45047, null_mut()));
        assert_eq!(read(wxkf_received_field(null(), none)), None);
        assert_eq!(read(wxkf_account_mode(null())), None);
        assert_eq!(wxkf_account_largest_body(null()), 0);
    }
}

#[test]
fn calls_and_texts() {
    let mut head = Place::new();
    let params = Bytes::of(r#"{"touser":"o_1","msgtype":"text","text":{"content":"hi"}}"#);
    let body: Buf =
        made!(wxkf_request(Bytes::of("message.custom.send"), params, Bytes::NONE, head.at()));
    assert!(text(body).contains("o_1"));
    assert!(text(unsafe { ptr::read(head.0.as_ptr()) }).contains("POST"));
    let answer = Bytes::of(r#"{"errcode":45047,"errmsg":"x"}"#);
    let (endpoint, none) = (Bytes::of("message.custom.send"), Bytes::NONE);
    let outcome = text(made!(wxkf_decode(endpoint, 200, none, none, answer)));
    assert!(outcome.contains("\"rejected\""), "{outcome}");
    let split = text(made!(wxkf_split_text(Bytes::of("one two"), 4, 9)));
    assert!(split.contains("\"one "), "{split}");
    assert_eq!(read(wxkf_status_name(OK)), Some("ok"));
    assert_eq!(read(wxkf_status_name(9)), None);
    assert_eq!(read(wxkf_status_origin(202)), Some("peer"));
    assert!(read(wxkf_status_message(202, true)).is_some());
    assert_eq!(wxkf_abi(), ABI);
    assert_eq!(read(wxkf_version()), Some(env!("CARGO_PKG_VERSION")));
}
