//! What a program has in its hands, and where its next argument comes from.

use core::ptr;

use wxkf::{
    Account, Buf, Bytes, Conversation, Dedupe, Received, Status, TokenKeeper, wxkf_account_free,
    wxkf_buf_free, wxkf_conversation_free, wxkf_dedupe_free, wxkf_received_free, wxkf_status_name,
    wxkf_token_free,
};

/// More of a kind is not kept: the oldest is freed.
const MOST: usize = 6;
/// Every name that is worth a try, and some texts.
const SEEDS: &[&str] = &[
    "official_account",
    "mini_program",
    "wx0123456789abcdef",
    "fuzzToken",
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "encoding_aes_key",
    "mode",
    "compatible",
    "plain",
    "tolerance_ms",
    "60000",
    "max_body",
    "accept_id",
    "0123456789abcdef",
    "xml",
    "json",
    r#"{"type":"text","content":"hi"}"#,
    r#"{"type":"success"}"#,
    "message",
    "enter",
    "unsubscribe",
    "\"mini_program\"",
    r#"{"preset":"official_account","cautious":true}"#,
    "delivered",
    "not_sent",
    "unknown",
    "quota_exhausted",
    "window_closed",
    "stable_token",
    "authorizer",
    "temporary",
    "message.custom.send",
    r#"{"touser":"o","msgtype":"text","text":{"content":"x"}}"#,
    "media.get",
    r#"{"errcode":45047,"errmsg":"out of response count limit"}"#,
    r#"{"errcode":0}"#,
    "Content",
    "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><MsgType>text</MsgType><MsgId>1</MsgId></xml>",
    "application/json",
    "一段很长的中文。👨‍👩‍👧 https://a.cn/b",
    "1763700000",
];

pub(crate) struct Program<'a> {
    rest: &'a [u8],
    texts: Vec<Vec<u8>>,
    pub(crate) accounts: Handles<Account>,
    pub(crate) received: Handles<Received>,
    pub(crate) conversations: Handles<Conversation>,
    pub(crate) dedupes: Handles<Dedupe>,
    pub(crate) keepers: Handles<TokenKeeper>,
}

impl<'a> Program<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self {
            rest: data,
            texts: SEEDS.iter().map(|text| text.as_bytes().to_vec()).collect(),
            accounts: Handles::new(wxkf_account_free),
            received: Handles::new(wxkf_received_free),
            conversations: Handles::new(wxkf_conversation_free),
            dedupes: Handles::new(wxkf_dedupe_free),
            keepers: Handles::new(wxkf_token_free),
        }
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    pub(crate) fn index(&mut self) -> usize {
        self.byte().unwrap_or_default().into()
    }

    /// One of the handles of a kind, or NULL.
    pub(crate) fn any<T>(&mut self, of: impl FnOnce(&Self) -> &Handles<T>) -> *mut T {
        let index = self.index();
        of(self).any(index)
    }

    /// Moments are mostly near to each other.
    pub(crate) fn number(&mut self) -> u64 {
        match self.byte().unwrap_or_default() {
            255 => u64::MAX,
            254 => u64::MAX / 2,
            it @ 200..=253 => u64::from(it - 200),
            it => 1_763_700_000_000 + u64::from(it) * 1000,
        }
    }

    /// No bytes, a length without bytes, bytes of the data, or what is known or was answered. They stay until
    /// something is kept.
    pub(crate) fn bytes(&mut self) -> Bytes {
        match self.index() {
            0 => Bytes { ptr: ptr::null(), len: 0 },
            1 => Bytes { ptr: ptr::null(), len: 7 },
            2 => Bytes { ptr: self.rest.as_ptr(), len: usize::MAX },
            length @ 3..=30 => {
                let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
                self.rest = rest;
                borrowed(taken)
            }
            it => borrowed(&self.texts[it % self.texts.len()]),
        }
    }

    /// Checks what a call has said, keeps the texts that it wrote, and says whether it went well.
    pub(crate) fn check(
        &mut self,
        status: Status,
        mut error: Written,
        results: &mut [Written],
    ) -> bool {
        // SAFETY: it is static.
        let name = unsafe { text(wxkf_status_name(status)) };
        assert!(!name.is_empty(), "{status} is no status");
        assert_ne!(name, "binding.panicked");
        assert_eq!(error.is_written(), status != 0, "{name}");
        if status != 0 {
            let json = String::from_utf8(error.take()).expect("JSON is text");
            assert!(json.starts_with(&format!("{{\"code\":\"{name}\",\"origin\":\"")), "{json}");
        }
        for result in results {
            assert!(status == 0 || !result.is_written(), "{name} wrote a result");
            if result.is_written() {
                self.keep(result.take());
            }
        }
        status == 0
    }

    pub(crate) fn keep(&mut self, text: Vec<u8>) {
        if self.texts.len() >= 2 * SEEDS.len() {
            self.texts.remove(SEEDS.len());
        }
        self.texts.push(text);
    }
}

/// Bytes that stay.
pub(crate) fn borrowed(bytes: &[u8]) -> Bytes {
    Bytes { ptr: bytes.as_ptr(), len: bytes.len() }
}

/// # Safety
/// The bytes stay for `'a`.
pub(crate) unsafe fn text<'a>(bytes: Bytes) -> &'a str {
    if bytes.ptr.is_null() {
        return "";
    }
    // SAFETY: as the caller promises; what the library gives out as text is text.
    core::str::from_utf8(unsafe { core::slice::from_raw_parts(bytes.ptr, bytes.len) })
        .expect("text")
}

/// A buffer, and whether something was written to it.
pub(crate) struct Written(Buf);

impl Written {
    const MARK: usize = 0xD15EA5E;

    pub(crate) fn new() -> Self {
        Self(Buf { ptr: ptr::null_mut(), len: Self::MARK, cap: Self::MARK })
    }

    pub(crate) fn place(&mut self) -> *mut Buf {
        &raw mut self.0
    }

    fn is_written(&self) -> bool {
        self.0.len != Self::MARK || self.0.cap != Self::MARK
    }

    pub(crate) fn take(&mut self) -> Vec<u8> {
        // SAFETY: the library has written it, and nobody has freed it.
        unsafe {
            let Buf { ptr, len, .. } = self.0;
            let copy = if ptr.is_null() {
                Vec::new()
            } else {
                core::slice::from_raw_parts(ptr, len).to_vec()
            };
            wxkf_buf_free(&raw mut self.0);
            wxkf_buf_free(&raw mut self.0);
            copy
        }
    }
}

/// The handles of a kind.
pub(crate) struct Handles<T> {
    all: Vec<*mut T>,
    free: unsafe extern "C" fn(*mut T),
}

impl<T> Handles<T> {
    fn new(free: unsafe extern "C" fn(*mut T)) -> Self {
        Self { all: Vec::new(), free }
    }

    fn any(&self, index: usize) -> *mut T {
        match self.all.len() {
            0 => ptr::null_mut(),
            count => self.all.get(index % (count + 1)).copied().unwrap_or(ptr::null_mut()),
        }
    }

    pub(crate) fn add(&mut self, handle: *mut T) {
        assert!(!handle.is_null());
        self.all.push(handle);
        if self.all.len() > MOST {
            self.end(0);
        }
    }

    /// Frees one, or NULL.
    pub(crate) fn end(&mut self, index: usize) {
        let gone = if index < self.all.len() { self.all.remove(index) } else { ptr::null_mut() };
        // SAFETY: it is not in the list any more, so nobody uses it.
        unsafe { (self.free)(gone) }
    }
}

impl<T> Drop for Handles<T> {
    fn drop(&mut self) {
        while !self.all.is_empty() {
            self.end(0);
        }
    }
}
