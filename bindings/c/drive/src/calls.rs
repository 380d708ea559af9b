//! The calls.

use core::mem::MaybeUninit;
use core::ptr;

use wxkf::*;

use crate::program::{Program, Written, borrowed, text};

/// A function that writes one text.
type Text<T> = unsafe extern "C" fn(*const T, *mut Buf, *mut Buf) -> Status;

const OF_RECEIVED: [Text<Received>; 4] =
    [wxkf_received_dedupe_key, wxkf_received_reply_to, wxkf_received_inbound, wxkf_received_tree];

/// Makes one call; its arguments are what the program has next.
pub(crate) fn make(program: &mut Program<'_>, operation: u8) {
    match operation % 32 {
        0..=2 => account(program),
        3..=4 => push(program),
        5..=8 => incoming(program),
        9..=11 => outgoing(program),
        12..=14 => read(program),
        15..=17 => api(program),
        18 | 19 => conversation(program),
        20..=24 => converse(program),
        25 | 26 => dedupe(program),
        27..=29 => token(program),
        30 => plain(program),
        _ => free(program),
    }
}

/// An account that most of the other calls can be made with.
pub(crate) fn begin(program: &mut Program<'_>) {
    let option = |name: &'static str, value: &'static str| AccountOption {
        name: borrowed(name.as_bytes()),
        value: borrowed(value.as_bytes()),
    };
    let options = [
        option("encoding_aes_key", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
        option("mode", "compatible"),
    ];
    let (kind, id, token) = (b"official_account", b"wx0123456789abcdef", b"fuzzToken");
    let mut made = ptr::null_mut();
    let nowhere = ptr::null_mut();
    // SAFETY: what is passed is what its type says, here and in all that follows.
    let status = unsafe {
        wxkf_account_new(
            borrowed(kind),
            borrowed(id),
            borrowed(token),
            options.as_ptr(),
            options.len(),
            &raw mut made,
            nowhere,
        )
    };
    assert_eq!(status, OK);
    program.accounts.add(made);
}

fn account(program: &mut Program<'_>) {
    let options: Vec<AccountOption> = (0..program.index() % 4)
        .map(|_| AccountOption { name: program.bytes(), value: program.bytes() })
        .collect();
    let (kind, id, token) = (program.bytes(), program.bytes(), program.bytes());
    let length = if program.index() == 255 { usize::MAX } else { options.len() };
    let (options, length) =
        if length == usize::MAX { (ptr::null(), length) } else { (options.as_ptr(), length) };
    let (mut made, mut error) = (ptr::null_mut(), Written::new());
    // SAFETY: as above.
    let status =
        unsafe { wxkf_account_new(kind, id, token, options, length, &raw mut made, error.place()) };
    if program.check(status, error, &mut []) {
        program.accounts.add(made);
    }
    assert_eq!(status == 0, !made.is_null());
}

/// A push as it would come in: its query and its body are texts from now on.
fn push(program: &mut Program<'_>) {
    let account = program.any(|it| &it.accounts);
    let message = program.bytes();
    let now = 1_763_700_000_000;
    let [mut body, mut parts, mut signature, error, other] = [(); 5].map(|()| Written::new());
    let (mut error, mut other) = (error, other);
    let nonce = borrowed(b"42");
    // SAFETY: as above.
    let (sealed, signed) = unsafe {
        let sealed = wxkf_account_seal(
            account,
            message,
            borrowed(b"xml"),
            borrowed(b"gh"),
            borrowed(&[7; 16]),
            nonce,
            now,
            body.place(),
            parts.place(),
            error.place(),
        );
        let signed = wxkf_account_sign(
            account,
            borrowed(b"1763700000"),
            nonce,
            signature.place(),
            other.place(),
        );
        (sealed, signed)
    };
    let mut query = String::from("timestamp=1763700000&nonce=42");
    if signed == 0 {
        query += &format!("&signature={}", String::from_utf8(signature.take()).unwrap());
    }
    if sealed == 0 {
        let parts = String::from_utf8(parts.take()).unwrap();
        let (_, rest) = parts.split_once("\"msg_signature\":\"").unwrap();
        query += &format!("&encrypt_type=aes&msg_signature={}", &rest[..40]);
    }
    program.check(signed, other, &mut []);
    program.check(sealed, error, &mut [body]);
    program.keep(query.into_bytes());
}

fn incoming(program: &mut Program<'_>) {
    let account = program.any(|it| &it.accounts);
    let (which, query, body, now) =
        (program.index() % 5, program.bytes(), program.bytes(), program.number());
    let (mut out, mut error) = (Written::new(), Written::new());
    let mut received = ptr::null_mut();
    // SAFETY: as above.
    let status = unsafe {
        match which {
            0 => wxkf_account_verify_url(account, query, now, out.place(), error.place()),
            1 => wxkf_account_open(account, query, body, now, out.place(), error.place()),
            2 => wxkf_account_explain(account, query, body, now, out.place(), error.place()),
            3 => wxkf_decode_unverified(body, out.place(), ptr::null_mut(), error.place()),
            _ => wxkf_account_receive(account, query, body, now, &raw mut received, error.place()),
        }
    };
    program.check(status, error, &mut [out]);
    assert!(status == 0 || received.is_null());
    if !received.is_null() {
        program.received.add(received);
    }
}

fn outgoing(program: &mut Program<'_>) {
    let (account, received) = (program.any(|it| &it.accounts), program.any(|it| &it.received));
    let (to, reply, random, nonce) =
        (program.bytes(), program.bytes(), program.bytes(), program.bytes());
    let random = if program.index() % 2 == 0 { borrowed(&[9; 16]) } else { random };
    let now = program.number();
    let (mut body, mut error) = (Written::new(), Written::new());
    let mut content_type = borrowed(b"");
    let place = &raw mut content_type;
    // SAFETY: as above.
    let status = unsafe {
        if program.index() % 2 == 0 {
            wxkf_account_reply(
                account,
                received,
                reply,
                random,
                nonce,
                now,
                body.place(),
                place,
                error.place(),
            )
        } else {
            wxkf_account_reply_to(
                account,
                to,
                reply,
                random,
                nonce,
                now,
                body.place(),
                place,
                error.place(),
            )
        }
    };
    // SAFETY: it is static.
    assert_eq!(status == 0, !unsafe { text(content_type) }.is_empty());
    program.check(status, error, &mut [body]);
}

fn read(program: &mut Program<'_>) {
    let received = program.any(|it| &it.received);
    let (which, name) = (program.index(), program.bytes());
    let (mut out, mut error) = (Written::new(), Written::new());
    let mut view = MaybeUninit::<ReceivedView>::uninit();
    // SAFETY: as above; a view is written if all went well, and its bytes are those of the push.
    unsafe {
        let value = text(wxkf_received_field(received, name)).len();
        let status = wxkf_received_view(received, view.as_mut_ptr(), error.place());
        assert_eq!(status == 0, !received.is_null());
        if program.check(status, error, &mut []) {
            let view = view.assume_init();
            for it in [view.from, view.to, view.msg_id, view.kind, view.trigger, view.content] {
                assert!(value + text(it).len() < usize::MAX);
            }
            assert!(!text(view.kind).is_empty());
        }
        error = Written::new();
        let status = OF_RECEIVED[which % 4](received, out.place(), error.place());
        program.check(status, error, &mut [out]);
    }
}

fn api(program: &mut Program<'_>) {
    let (which, first, second, third, fourth) =
        (program.index() % 4, program.bytes(), program.bytes(), program.bytes(), program.bytes());
    let (most, parts) = (program.number() % 64, program.number());
    let [mut out, mut other, mut error] = [(); 3].map(|()| Written::new());
    // SAFETY: as above.
    let status = unsafe {
        match which {
            0 => wxkf_request(first, second, third, out.place(), other.place(), error.place()),
            1 => wxkf_decode(first, 200, second, third, fourth, out.place(), error.place()),
            2 => wxkf_split_text(first, most, parts, out.place(), error.place()),
            _ => {
                let known = wxkf_errcode(i64::try_from(most).unwrap_or(0) + 45_000, out.place());
                assert!(!known || !out.take().is_empty());
                return;
            }
        }
    };
    program.check(status, error, &mut [out, other]);
}

fn conversation(program: &mut Program<'_>) {
    let (policy, snapshot) = (program.bytes(), program.bytes());
    let (mut made, mut error) = (ptr::null_mut(), Written::new());
    // SAFETY: as above.
    let status = unsafe { wxkf_conversation_new(policy, snapshot, &raw mut made, error.place()) };
    if program.check(status, error, &mut []) {
        program.conversations.add(made);
    }
}

fn converse(program: &mut Program<'_>) {
    let (it, received) = (program.any(|it| &it.conversations), program.any(|it| &it.received));
    let (which, key, trigger, now, at) = (
        program.index() % 13,
        program.bytes(),
        program.bytes(),
        program.number(),
        program.number(),
    );
    let (mut out, mut error) = (Written::new(), Written::new());
    let mut observation = 0;
    let mut reservation = MaybeUninit::<Reservation>::uninit();
    let mut settled = MaybeUninit::<Settled>::uninit();
    let mut refusal = MaybeUninit::<Refusal>::uninit();
    let mut allowance = MaybeUninit::<Allowance>::uninit();
    // SAFETY: as above.
    let status = unsafe {
        wxkf_conversation_next_deadline(it);
        wxkf_conversation_keep_until(it);
        match which {
            0 => wxkf_conversation_observe(it, received, now, &raw mut observation, error.place()),
            1 | 2 => wxkf_conversation_observe_push(
                it,
                key,
                trigger,
                at,
                now,
                &raw mut observation,
                error.place(),
            ),
            3 => wxkf_conversation_forget(it, key, error.place()),
            4 => wxkf_conversation_reserve(it, now, reservation.as_mut_ptr(), error.place()),
            5 => wxkf_conversation_settle(it, at, key, now, settled.as_mut_ptr(), error.place()),
            6 => {
                let (id, code) = (at, i64::from_ne_bytes(now.to_ne_bytes()) % 50_000);
                wxkf_conversation_settle_errcode(
                    it,
                    id,
                    code,
                    now,
                    settled.as_mut_ptr(),
                    error.place(),
                )
            }
            7 => wxkf_conversation_start_typing(it, now, refusal.as_mut_ptr(), error.place()),
            8 => wxkf_conversation_allowance(it, now, allowance.as_mut_ptr(), error.place()),
            9 => wxkf_conversation_settle_typing(it, key, now, error.place()),
            10 => {
                let code = i64::from_ne_bytes(at.to_ne_bytes()) % 50_000;
                wxkf_conversation_settle_typing_errcode(it, code, now, error.place())
            }
            11 => wxkf_conversation_sent_elsewhere(it, at, now, error.place()),
            _ => wxkf_conversation_snapshot(it, out.place(), error.place()),
        }
    };
    if status == 0 && which == 8 {
        // SAFETY: it was written.
        let it = unsafe { allowance.assume_init() };
        assert!(it.at_least <= it.at_most, "{it:?}");
    }
    program.check(status, error, &mut [out]);
}

fn dedupe(program: &mut Program<'_>) {
    let it = program.any(|it| &it.dedupes);
    let (which, key, now) = (program.index() % 4, program.bytes(), program.number());
    let (mut out, mut error) = (Written::new(), Written::new());
    let (mut made, mut since) = (ptr::null_mut(), 0);
    // SAFETY: as above.
    let status = unsafe {
        match which {
            0 => wxkf_dedupe_new(now % 300, 60_000, key, &raw mut made, error.place()),
            1 => wxkf_dedupe_observe(it, key, now, &raw mut since, error.place()),
            2 => wxkf_dedupe_forget(it, key, error.place()),
            _ => wxkf_dedupe_snapshot(it, out.place(), error.place()),
        }
    };
    // SAFETY: as above.
    assert!(unsafe { wxkf_dedupe_len(it) } <= 300);
    program.check(status, error, &mut [out]);
    if !made.is_null() {
        program.dedupes.add(made);
    }
}

fn token(program: &mut Program<'_>) {
    let it = program.any(|it| &it.keepers);
    let (which, first, second, now, id) =
        (program.index() % 7, program.bytes(), program.bytes(), program.number(), program.number());
    let (mut out, mut error) = (Written::new(), Written::new());
    let mut made = ptr::null_mut();
    let mut action = MaybeUninit::<TokenAction>::uninit();
    let nowhere = ptr::null_mut();
    // SAFETY: as above.
    let status = unsafe {
        wxkf_token_next_deadline(it);
        assert!(text(wxkf_token_refresh_token(it)).len() < usize::MAX);
        match which {
            0 => wxkf_token_new(first, second, &raw mut made, error.place()),
            1 => wxkf_token_restore(first, &raw mut made, error.place()),
            2 => wxkf_token_step(it, now, out.place(), action.as_mut_ptr(), error.place()),
            3 => wxkf_token_fetched(it, id, first, 7200, second, now, nowhere, error.place()),
            4 => wxkf_token_fetch_failed(it, id, first, now, nowhere, error.place()),
            5 => wxkf_token_rejected(it, first, now, nowhere, error.place()),
            _ => wxkf_token_snapshot(it, out.place(), error.place()),
        }
    };
    program.check(status, error, &mut [out]);
    if !made.is_null() {
        program.keepers.add(made);
    }
}

/// What cannot fail.
fn plain(program: &mut Program<'_>) {
    let (account, status) = (program.any(|it| &it.accounts), program.number());
    let status = u32::try_from(status % 1000).unwrap_or(0);
    // SAFETY: as above; the texts are static.
    unsafe {
        assert_eq!(wxkf_account_largest_body(account) == 0, account.is_null());
        assert_eq!(text(wxkf_account_mode(account)).is_empty(), account.is_null());
        assert_eq!(text(wxkf_status_origin(status)), text(wxkf_status_origin(status)));
        assert!(text(wxkf_status_message(status, true)).len() < 1000);
        assert!(!text(wxkf_rejection_kind(i64::from(status) - 50)).is_empty());
    }
}

fn free(program: &mut Program<'_>) {
    let (which, index) = (program.index() % 5, program.index() % 8);
    match which {
        0 => program.accounts.end(index),
        1 => program.received.end(index),
        2 => program.conversations.end(index),
        3 => program.dedupes.end(index),
        _ => program.keepers.end(index),
    }
}
