//! The account: what comes in, and its answer.

use wxkf_core::{AccountKind, Format, Fresh, Plaintext, Query, Reply, ReplyTo};

use crate::boundary::{always, boundary};
use crate::failure::{Failure, Status};
use crate::memory::{Buf, Bytes, Out, free, handle, moment, shared};
use crate::received::Received;

/// An account with its keys. It never changes, so any number of threads may use it at once.
#[derive(Debug)]
pub struct Account(wxkf_core::Account);

/// An option of an account.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AccountOption {
    /// `encoding_aes_key`, `previous_encoding_aes_key`, `previous_token`, `accept_id`, `mode` (`secure`,
    /// `compatible`, `plain`), `tolerance_ms` or `max_body` (the largest plain body; a sealed one may have
    /// a third more). The second to fourth may be given several times.
    pub name: Bytes,
    /// Its value, numbers as decimal digits.
    pub value: Bytes,
}

/// Makes an account, checking all of it. `kind` is `official_account` or `mini_program`. It is a secure one unless
/// the option `mode` says otherwise; one without `encoding_aes_key` has to be told `plain`. White space around the
/// AppID, tokens and keys is dropped.
///
/// It fails with `config.…` for a value that WeChat would not take, and with `binding.argument_invalid` for an
/// option that there is not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_new(
    kind: Bytes,
    app_id: Bytes,
    token: Bytes,
    options: *const AccountOption,
    options_len: usize,
    account: *mut *mut Account,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (account, options, kind, app_id, token) = unsafe {
            (
                Out::new(account, "account")?,
                given(options, options_len)?,
                kind.text("kind")?,
                app_id.text("app_id")?,
                token.text("token")?,
            )
        };
        let kind = AccountKind::from_name(kind).ok_or(Failure::Argument("kind"))?;
        let mut builder = wxkf_core::Account::builder(kind, app_id, token);
        for option in options {
            // SAFETY: as above.
            let (name, value) =
                unsafe { (option.name.text("options")?, option.value.text("options")?) };
            builder = wxkf_json::account_option(builder, name, value)
                .ok_or(Failure::Argument("options"))?;
        }
        account.put(handle(Account(builder.build()?)));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// # Safety
/// There are as many options there.
unsafe fn given<'a>(
    options: *const AccountOption,
    len: usize,
) -> Result<&'a [AccountOption], Failure> {
    // More than this no caller can have in memory, and a slice cannot be as long.
    const MOST: usize = 1 << 24;
    match len {
        0 => Ok(&[]),
        1..=MOST if !options.is_null() => {
            // SAFETY: the pointer is not NULL, the length fits, and the caller promises the rest.
            Ok(unsafe { core::slice::from_raw_parts(options, len) })
        }
        _ => Err(Failure::Argument("options")),
    }
}

/// Frees an account. NULL is fine. What was received with it stays.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_free(account: *mut Account) {
    // SAFETY: the header asks for a handle that is not used any more.
    always((), || unsafe { free(account) });
}

/// More of a body than so many bytes is not worth reading: a body of one byte more is refused. 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_largest_body(account: *const Account) -> usize {
    // SAFETY: the header asks for a handle, or NULL.
    always(0, || unsafe { account.as_ref() }.map_or(0, |account| account.0.largest_body()))
}

/// The AppID, without the white space that was around it. It lives as long as the account; nothing for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_app_id(account: *const Account) -> Bytes {
    // SAFETY: the header asks for a handle, or NULL.
    let app_id = || unsafe { account.as_ref() }.map(|account| account.0.app_id());
    always(Bytes::NONE, || Bytes::maybe(app_id()))
}

/// `secure`, `compatible` or `plain`, as told; `secure` if it was not. Static; nothing for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_mode(account: *const Account) -> Bytes {
    // SAFETY: the header asks for a handle, or NULL.
    let mode = || unsafe { account.as_ref() }.map(|account| account.0.mode().name());
    always(Bytes::NONE, || Bytes::maybe(mode()))
}

/// Answers the GET with which WeChat checks the URL: what to send back, as `text/plain`. `query` is the raw
/// query string, `now` is in milliseconds since 1970.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_verify_url(
    account: *const Account,
    query: Bytes,
    now: u64,
    echo: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (account, query, echo) =
            unsafe { (shared(account, "account")?, query.query()?, Out::new(echo, "echo")?) };
        echo.put(account.0.verify_url(&Query::parse(query)?, moment(now))?);
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Verifies, opens and decodes a push: the raw query string and the raw body, before any parser. If the origin
/// of the status is `peer`, answer with an HTTP error and no details.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_receive(
    account: *const Account,
    query: Bytes,
    body: Bytes,
    now: u64,
    received: *mut *mut Received,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (account, query, body, received) = unsafe {
            (
                shared(account, "account")?,
                query.query()?,
                body.get("body")?,
                Out::new(received, "received")?,
            )
        };
        let push = account.0.receive(&Query::parse(query)?, body, moment(now))?;
        received.put(handle(Received(push)));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// The bytes inside a push, verified and opened but not decoded.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_open(
    account: *const Account,
    query: Bytes,
    body: Bytes,
    now: u64,
    plaintext: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (account, query, body, plaintext) = unsafe {
            (
                shared(account, "account")?,
                query.query()?,
                body.get("body")?,
                Out::new(plaintext, "plaintext")?,
            )
        };
        let query = Query::parse(query)?;
        let verified = account.0.envelope(&query, body)?.verify(moment(now))?;
        plaintext.put(verified.open().map(Plaintext::into_bytes)?);
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// What is known to go wrong with an answer that is correct otherwise, by its name (`long_reply`); nothing if nothing
/// is. It can be sent. `caution` is static.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_reply_caution(
    reply: Bytes,
    caution: *mut Bytes,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (reply, caution) = unsafe { (reply.text("reply")?, Out::new(caution, "caution")?) };
        caution.put(Bytes::maybe(wxkf_json::reply_caution(reply)?));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// The passive answer (被动回复) to what was received, sealed if that was. `reply` is JSON, such as
/// `{"type":"text","content":"…"}`; `random` are sixteen bytes, fresh and unpredictable; `nonce` may be absent:
/// then it is that of the push. Send `body` unchanged, as `content_type`, which is static and may be NULL if it
/// is not wanted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_reply(
    account: *const Account,
    received: *const Received,
    reply: Bytes,
    random: Bytes,
    nonce: Bytes,
    now: u64,
    body: *mut Buf,
    content_type: *mut Bytes,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let received = unsafe { shared(received, "received") }?;
        // SAFETY: as above.
        unsafe {
            answered(
                account,
                received.0.reply_to(),
                reply,
                (random, nonce, now),
                body,
                content_type,
            )
        }
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// As `wxkf_account_reply`, to what `wxkf_received_reply_to` has said of a push: the answer may be made
/// elsewhere.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_reply_to(
    account: *const Account,
    reply_to: Bytes,
    reply: Bytes,
    random: Bytes,
    nonce: Bytes,
    now: u64,
    body: *mut Buf,
    content_type: *mut Bytes,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let to = ReplyTo::from_json(unsafe { reply_to.text("reply_to") }?)?;
        // SAFETY: as above.
        unsafe { answered(account, to, reply, (random, nonce, now), body, content_type) }
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// # Safety
/// The pointers hold what their types say.
unsafe fn answered(
    account: *const Account,
    to: ReplyTo<'_>,
    reply: Bytes,
    (random, nonce, now): (Bytes, Bytes, u64),
    body: *mut Buf,
    content_type: *mut Bytes,
) -> Result<(), Failure> {
    // SAFETY: as the caller promises.
    let (account, reply, seal, body, content_type) = unsafe {
        (
            shared(account, "account")?,
            reply.text("reply")?,
            seal(random, nonce, now)?,
            Out::new(body, "body")?,
            Out::maybe(content_type),
        )
    };
    let answer = account.0.reply(to, &Reply::from_json(reply)?, seal)?;
    body.put(answer.bytes);
    content_type.put(Bytes::of(answer.content_type));
    Ok(())
}

/// # Safety
/// As [`Bytes::get`].
unsafe fn seal<'a>(random: Bytes, nonce: Bytes, now: u64) -> Result<Fresh<'a>, Failure> {
    // SAFETY: as the caller promises.
    let (random, nonce) = unsafe { (random.get("random")?, nonce.maybe_text("nonce")?) };
    let random = random.try_into().map_err(|_| Failure::Argument("random"))?;
    let seal = Fresh::new(random, moment(now));
    Ok(nonce.map_or(seal, |nonce| seal.nonce(nonce)))
}

/// Seals a message as WeChat does: for tests, and for what stands in for WeChat. `format` is `xml` or
/// `json`; without `nonce` it is empty. A plain account has no key, and gets `config.mode_needs_key`. With
/// `to_user_name` the body is that of a push to it, and without that of an answer. `parts`, if it is
/// wanted, is JSON: `encrypt`, `msg_signature`, `timestamp` in seconds and `nonce`, which belong to the
/// query string of a push.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_seal(
    account: *const Account,
    message: Bytes,
    format: Bytes,
    to_user_name: Bytes,
    random: Bytes,
    nonce: Bytes,
    now: u64,
    body: *mut Buf,
    parts: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (account, message, format, to, seal, body, parts) = unsafe {
            (
                shared(account, "account")?,
                message.get("message")?,
                format.text("format")?,
                to_user_name.maybe_text("to_user_name")?,
                seal(random, nonce, now)?,
                Out::new(body, "body")?,
                Out::maybe(parts),
            )
        };
        let format = Format::from_name(format).ok_or(Failure::Argument("format"))?;
        let sealed = account.0.seal(message, seal)?;
        body.put(match to {
            Some(name) => sealed.to_push_body(format, name),
            None => sealed.to_reply_body(format),
        });
        parts.put(wxkf_json::sealed(&sealed));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// The plain signature over a timestamp and a nonce, as it stands in `signature`: for tests.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_sign(
    account: *const Account,
    timestamp: Bytes,
    nonce: Bytes,
    signature: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (account, timestamp, nonce, signature) = unsafe {
            (
                shared(account, "account")?,
                timestamp.text("timestamp")?,
                nonce.text("nonce")?,
                Out::new(signature, "signature")?,
            )
        };
        signature.put(account.0.sign(timestamp, nonce));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

/// Walks the checks of `wxkf_account_receive` and, where one fails, tries the mistakes that people make
/// until one fits: JSON with `accepted`, `code` and `steps`, each with `check`, `verdict`, `finding`,
/// `facts`, and its sentence in English and Chinese, `en` and `zh`. It is for the developer, never for an
/// answer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_account_explain(
    account: *const Account,
    query: Bytes,
    body: Bytes,
    now: u64,
    explanation: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (account, query, body, explanation) = unsafe {
            (
                shared(account, "account")?,
                query.query()?,
                body.get("body")?,
                Out::new(explanation, "explanation")?,
            )
        };
        let it = wxkf_core::explain(&account.0, query, body, moment(now));
        explanation.put(wxkf_json::explanation_in_words(&it));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}
