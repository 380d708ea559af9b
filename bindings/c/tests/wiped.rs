//! Memory that is given back holds no secret any more.
//!
//! It is tested beside the C ABI because only there is `unsafe` at hand, which an allocator needs: this one looks
//! into every piece of memory that comes back.

#![expect(unsafe_code, reason = "an allocator cannot be had without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use wxkf_core::api::{Endpoint, GetStableAccessToken, Outcome, Response};
use wxkf_core::{Account, AccountKind, FetchedToken, Timestamp, TokenKeeper, TokenSource};

/// Stands in every secret here, and nowhere else.
const MARK: &[u8] = b"4f1bMARKa09c";

static FOUND: AtomicUsize = AtomicUsize::new(0);
/// One test at a time may ask what came back.
static TURN: Mutex<()> = Mutex::new(());

struct Looks;

#[global_allocator]
static ALLOCATOR: Looks = Looks;

// SAFETY: it does what the system's does, which it asks for all of it.
unsafe impl GlobalAlloc for Looks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeroed, so that all that is read of it later was written.
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: all of it was written when it was handed out, and nobody uses it any more.
        let freed = unsafe { std::slice::from_raw_parts(ptr, layout.size()) };
        if freed.windows(MARK.len()).any(|window| window == MARK) {
            FOUND.fetch_add(1, Ordering::Relaxed);
        }
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(ptr, layout) }
    }
}

/// In how many pieces of memory that came back meanwhile a secret stood.
fn found(act: impl FnOnce()) -> usize {
    let _turn = TURN.lock().unwrap_or_else(|broken| broken.into_inner());
    let before = FOUND.load(Ordering::Relaxed);
    act();
    FOUND.load(Ordering::Relaxed).saturating_sub(before)
}

const TOKEN: &str = "token-4f1bMARKa09c";

#[test]
fn a_secret_that_is_not_wiped_is_found() {
    assert_eq!(found(|| drop(TOKEN.to_owned())), 1);
}

#[test]
fn tokens_and_keys_of_an_account_are_wiped() {
    const KEY: &str = "4f1bMARKa09c0123456789ABCDEFGabcdefghijklmn";
    let account = || {
        let account = Account::builder(AccountKind::OfficialAccount, "wx1", TOKEN);
        let account = account.encoding_aes_key(KEY).previous_encoding_aes_key(KEY);
        account.previous_token(TOKEN)
    };
    assert_eq!(found(|| drop(account())), 0);
    assert_eq!(found(|| drop(account().build().unwrap())), 0);
}

#[test]
fn a_token_that_was_answered_is_wiped() {
    const BODY: &str = r#"{"access_token":"token-4f1bMARKa09c","expires_in":7200}"#;
    let answer = || {
        let call = GetStableAccessToken::new("wx", "s");
        let Ok(Outcome::Accepted(answer)) = call.decode(Response::new(200, BODY.as_bytes())) else {
            panic!("it is an answer");
        };
        answer
    };
    assert_eq!(found(|| drop(answer())), 0);
    assert_eq!(found(|| drop(answer().access_token.clone())), 0);
}

#[test]
fn a_keeper_wipes_the_token_that_it_gives_up() {
    let now = Timestamp::from_secs(1_763_700_000);
    let mut keeper = TokenKeeper::new(TokenSource::Token);
    let wxkf_core::TokenStep::Fetch { id, .. } = keeper.step(now) else { panic!("none to use") };
    let gives_up = || {
        let fetched = FetchedToken::new(TOKEN, Duration::from_secs(7200));
        let _ = keeper.fetched(id, fetched, now);
        let _ = keeper.step(now);
        let _ = keeper.rejected(TOKEN, now);
        drop(keeper);
    };
    assert_eq!(found(gives_up), 0);
}
