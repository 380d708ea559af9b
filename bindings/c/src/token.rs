//! The access token.

use core::time::Duration;

use wxkf_core::{FetchId, FetchedToken, TokenChange, TokenSource, TokenStep};

use crate::boundary::{always, boundary};
use crate::failure::{Failure, Status};
use crate::memory::{Buf, Bytes, NONE, Out, free, handle, millis, moment, shared, unique};

/// The token of one account, in one record for all processes. Load it, take one step, save the snapshot,
/// and act on what the step said only then. One thread at a time may use it.
#[derive(Debug)]
pub struct TokenKeeper(wxkf_core::TokenKeeper);

/// What to do about the token now, unless there is one to use.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TokenAction {
    /// Fetch one, once the record is saved; nobody else does. This id is for what follows; `WXKF_NONE` if not.
    pub fetch: u64,
    /// Whether to ask `stable_token` with `force_refresh`.
    pub force: bool,
    /// Somebody else is fetching, or it failed just now: ask again then, in milliseconds; `WXKF_NONE` if not.
    pub wait_until: u64,
}

/// Makes a record that has no token yet. `source` is `stable_token`, `token` or `authorizer`; only that one
/// has a refresh token, which may be absent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_new(
    source: Bytes,
    refresh_token: Bytes,
    keeper: *mut *mut TokenKeeper,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (source, refresh_token, keeper) = unsafe {
            (
                source.text("source")?,
                refresh_token.maybe_text("refresh_token")?,
                Out::new(keeper, "keeper")?,
            )
        };
        let source = TokenSource::from_name(source).ok_or(Failure::Argument("source"))?;
        keeper.put(handle(TokenKeeper(match (source, refresh_token) {
            (TokenSource::Authorizer, Some(token)) => {
                wxkf_core::TokenKeeper::with_refresh_token(token)
            }
            _ => wxkf_core::TokenKeeper::new(source),
        })));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Makes a record from a snapshot.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_restore(
    snapshot: Bytes,
    keeper: *mut *mut TokenKeeper,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (snapshot, keeper) =
            unsafe { (snapshot.get("snapshot")?, Out::new(keeper, "keeper")?) };
        keeper.put(handle(TokenKeeper(wxkf_core::TokenKeeper::restore(snapshot)?)));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Frees a record. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_free(keeper: *mut TokenKeeper) {
    // SAFETY: the header asks for a handle that is not used any more.
    always((), || unsafe { free(keeper) });
}

/// Asks what to do now: to call with `token`, which is to be freed, or, if that is empty, to do as `action`
/// says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_step(
    keeper: *mut TokenKeeper,
    now: u64,
    token: *mut Buf,
    action: *mut TokenAction,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (keeper, token, action) = unsafe {
            (unique(keeper, "keeper")?, Out::new(token, "token")?, Out::new(action, "action")?)
        };
        let nothing = TokenAction { fetch: NONE, force: false, wait_until: NONE };
        let (text, does) = match keeper.0.step(moment(now)) {
            TokenStep::Use(token) => (token.expose().into(), nothing),
            TokenStep::Fetch { id, force } => {
                (String::new(), TokenAction { fetch: id.number(), force, ..nothing })
            }
            TokenStep::Wait(until) => {
                (String::new(), TokenAction { wait_until: until.as_millis(), ..nothing })
            }
        };
        token.put(text);
        action.put(does);
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Says what was fetched; `expires_in_s` is WeChat's `expires_in`, `refresh_token` may be absent.
/// `applied`, if it is wanted, says whether it counts, and is not about a fetch that has been replaced
/// since.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_fetched(
    keeper: *mut TokenKeeper,
    fetch: u64,
    token: Bytes,
    expires_in_s: u64,
    refresh_token: Bytes,
    now: u64,
    applied: *mut bool,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (keeper, token, refresh_token, applied) = unsafe {
            (
                unique(keeper, "keeper")?,
                token.text("token")?,
                refresh_token.maybe_text("refresh_token")?,
                Out::maybe(applied),
            )
        };
        let mut answer = FetchedToken::new(token, Duration::from_secs(expires_in_s));
        if let Some(token) = refresh_token {
            answer = answer.refresh_token(token);
        }
        let change = keeper.0.fetched(FetchId::new(fetch), answer, moment(now));
        applied.put(change == TokenChange::Applied);
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Says that fetching failed: `temporary`, `misconfigured`, or the kind of the rejection, which says so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_fetch_failed(
    keeper: *mut TokenKeeper,
    fetch: u64,
    failure: Bytes,
    now: u64,
    applied: *mut bool,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (keeper, failure, applied) =
            unsafe { (unique(keeper, "keeper")?, failure.text("failure")?, Out::maybe(applied)) };
        let failure = wxkf_json::fetch_failure(failure).ok_or(Failure::Argument("failure"))?;
        let change = keeper.0.fetch_failed(FetchId::new(fetch), failure, moment(now));
        applied.put(change == TokenChange::Applied);
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Says that WeChat refused a call because of this token (`token_rejected`).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_rejected(
    keeper: *mut TokenKeeper,
    token: Bytes,
    now: u64,
    applied: *mut bool,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (keeper, token, applied) =
            unsafe { (unique(keeper, "keeper")?, token.text("token")?, Out::maybe(applied)) };
        applied.put(keeper.0.rejected(token, moment(now)) == TokenChange::Applied);
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// The refresh token of an authorizer: whoever loses it loses the account. Borrowed from the keeper, until
/// it is changed or freed; nothing if there is none, and for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_refresh_token(keeper: *const TokenKeeper) -> Bytes {
    // SAFETY: the header asks for a handle, or NULL.
    let token = || unsafe { keeper.as_ref() }?.0.refresh_token().map(|token| token.expose());
    always(Bytes::NONE, || Bytes::maybe(token()))
}

/// When time alone changes something next, in milliseconds; `WXKF_NONE` if never, and for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_next_deadline(keeper: *const TokenKeeper) -> u64 {
    // SAFETY: the header asks for a handle, or NULL.
    always(NONE, || millis(unsafe { keeper.as_ref() }.and_then(|it| it.0.next_deadline())))
}

/// The record in bytes. The token is in it: keep it like the app secret.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_token_snapshot(
    keeper: *const TokenKeeper,
    snapshot: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (keeper, snapshot) =
            unsafe { (shared(keeper, "keeper")?, Out::new(snapshot, "snapshot")?) };
        snapshot.put(keeper.0.snapshot());
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}
