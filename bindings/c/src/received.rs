//! What was received.

use wxkf_core::{Inbound, Trigger, to_json};

use crate::boundary::{always, boundary};
use crate::failure::Status;
use crate::memory::{Buf, Bytes, NO_INDEX, NONE, Out, free, millis, shared};

/// A push that was verified, opened and decoded. It never changes, so any number of threads may read it.
#[derive(Debug)]
pub struct Received(pub(crate) wxkf_core::Received);

/// What most programs ask of a push. The bytes are borrowed from it, and stay until it is freed; what is absent
/// has a NULL `ptr`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReceivedView {
    /// `FromUserName`: the user, by openid.
    pub from: Bytes,
    /// `ToUserName`: the account.
    pub to: Bytes,
    /// `MsgId`, of a message.
    pub msg_id: Bytes,
    /// What it is: `text`, `image`, …, `event.subscribe`, …, `unknown`.
    pub kind: Bytes,
    /// What it grants: `message`, `enter`, `menu`, `subscribe`, `scan`, `pay` or `unsubscribe`.
    pub trigger: Bytes,
    /// `Content`, of a text.
    pub content: Bytes,
    /// `Event`, of an event.
    pub event: Bytes,
    /// `EventKey`, of an event.
    pub event_key: Bytes,
    /// `xml` or `json`.
    pub format: Bytes,
    /// The message as it was written.
    pub plaintext: Bytes,
    /// `CreateTime`, in milliseconds; `WXKF_NONE` if there is none.
    pub created: u64,
    /// Which key opened it, 0 being the current one; `WXKF_NO_INDEX` if it was not sealed.
    pub key_index: u32,
    /// Which token signed it, 0 being the current one.
    pub token_index: u32,
    /// Whether the signature covers the message. Of a plain push it does not.
    pub sealed: bool,
    /// Whether its answer has to be `err_code`: WeChat repeats such an event for a day otherwise.
    pub wants_err_code: bool,
}

/// Frees a push. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_received_free(received: *mut Received) {
    // SAFETY: the header asks for a handle that is not used any more.
    always((), || unsafe { free(received) });
}

/// Reads what most programs ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_received_view(
    received: *const Received,
    view: *mut ReceivedView,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (received, view) = unsafe { (shared(received, "received")?, Out::new(view, "view")?) };
        view.put(viewed(&received.0));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}

fn viewed(received: &wxkf_core::Received) -> ReceivedView {
    let inbound = received.inbound();
    let index = |index: usize| u32::try_from(index).unwrap_or(NO_INDEX);
    let raw = inbound.raw();
    ReceivedView {
        from: Bytes::maybe(inbound.from()),
        to: Bytes::maybe(inbound.to()),
        msg_id: Bytes::maybe(inbound.msg_id().map(|id| id.as_str())),
        kind: Bytes::of(inbound.kind()),
        trigger: Bytes::maybe(inbound.trigger().map(Trigger::name)),
        content: Bytes::maybe(inbound.field("Content")),
        event: Bytes::maybe(inbound.event()),
        event_key: Bytes::maybe(inbound.event_key()),
        format: Bytes::of(inbound.format().name()),
        plaintext: Bytes { ptr: raw.as_ptr(), len: raw.len() },
        created: inbound.created().map_or(NONE, |at| millis(Some(at))),
        key_index: received.key_index().map_or(NO_INDEX, index),
        token_index: index(received.token_index()),
        sealed: received.was_sealed(),
        wants_err_code: inbound.wants_err_code(),
    }
}

/// The text of an element of the message, by its name on the wire, such as `MediaId`. Borrowed from the push;
/// nothing if there is no such element, or if it is no text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_received_field(received: *const Received, name: Bytes) -> Bytes {
    // SAFETY: the header asks for pointers that hold what their types say.
    let field = || unsafe { Some(received.as_ref()?.0.inbound().field(name.text("name").ok()?)) };
    always(Bytes::NONE, || Bytes::maybe(field().flatten()))
}

/// What a message is known by when it comes again: a text for a store. An event is known by all it says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_received_dedupe_key(
    received: *const Received,
    key: *mut Buf,
    error: *mut Buf,
) -> Status {
    // SAFETY: as the header asks.
    unsafe { text(received, key, error, "key", |it| it.inbound().dedupe_key().to_string()) }
}

/// What its answer has to match, as JSON that may be kept: for `wxkf_account_reply_to`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_received_reply_to(
    received: *const Received,
    reply_to: *mut Buf,
    error: *mut Buf,
) -> Status {
    // SAFETY: as the header asks.
    unsafe { text(received, reply_to, error, "reply_to", |it| to_json(&it.reply_to())) }
}

/// The whole message as JSON: `to`, `from`, `created` in seconds, `msg_id`, `dedupe_key`, `trigger`, `kind` and
/// `content` with its fields.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_received_inbound(
    received: *const Received,
    inbound: *mut Buf,
    error: *mut Buf,
) -> Status {
    // SAFETY: as the header asks.
    unsafe { text(received, inbound, error, "inbound", |it| wxkf_json::inbound(it.inbound())) }
}

/// The message as a tree of everything in it, as JSON, with numbers in their exact text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_received_tree(
    received: *const Received,
    tree: *mut Buf,
    error: *mut Buf,
) -> Status {
    // SAFETY: as the header asks.
    unsafe { text(received, tree, error, "tree", |it| wxkf_json::tree(it.inbound())) }
}

/// # Safety
/// The pointers hold what their types say.
unsafe fn text(
    received: *const Received,
    out: *mut Buf,
    error: *mut Buf,
    name: &'static str,
    read: impl FnOnce(&wxkf_core::Received) -> String,
) -> Status {
    let entry = || {
        // SAFETY: as the caller promises.
        let (received, out) = unsafe { (shared(received, "received")?, Out::new(out, name)?) };
        out.put(read(&received.0));
        Ok(())
    };
    // SAFETY: as the caller promises.
    unsafe { boundary(error, entry) }
}

/// Decodes a message that came through another gate, such as a cloud function (云函数), and so has no
/// signature: JSON with `format` and `inbound`, and the tree if it is wanted. **Nothing is verified.**
/// Never use it for what anybody can post.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wxkf_decode_unverified(
    body: Bytes,
    decoded: *mut Buf,
    tree: *mut Buf,
    error: *mut Buf,
) -> Status {
    let entry = || {
        // SAFETY: the header asks for pointers that hold what their types say.
        let (body, decoded, tree) =
            unsafe { (body.get("body")?, Out::new(decoded, "decoded")?, Out::maybe(tree)) };
        let inbound = Inbound::decode_unverified(body)?;
        decoded.put(wxkf_json::decoded(&inbound));
        tree.put(wxkf_json::tree(&inbound));
        Ok(())
    };
    // SAFETY: `error` is NULL or may be written, as the header asks.
    unsafe { boundary(error, entry) }
}
