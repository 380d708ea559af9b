//! The configuration of an account: what its callbacks are checked against.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use crate::crypto::{Aes256Cbc, CipherKey, Token};
use crate::error::{Code, Error};
use crate::names::named;
use crate::pasted;

/// WeChat's own pushes stay below 4 KB; a product payload may reach some hundreds.
const DEFAULT_MAX_BODY: usize = 1 << 20;
/// Offsets into a body are 31 bits wide, and sealing adds to it.
const LARGEST_MAX_BODY: usize = 1 << 29;
/// The elements around a sealed message, its frame and its padding.
const SEALED_EXTRA: usize = 1 << 10;

named! {
    /// What an [`Account`] is: the two differ in what they may answer.
    AccountKind {
        /// 小程序 (or mini game).
        MiniProgram "mini_program",
        /// 公众号 or 服务号.
        OfficialAccount "official_account",
    }
}

/// The accounts that something of the API is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Accounts {
    /// Mini programs and official accounts; the latter have to be verified for customer service.
    Both,
    /// Mini programs (and mini games).
    MiniProgram,
    /// Official accounts (公众号, 服务号), verified.
    OfficialAccount,
    /// Third-party platforms (第三方平台), for themselves.
    ThirdParty,
}

impl Accounts {
    pub(crate) const fn include(self, kind: AccountKind) -> bool {
        match self {
            Self::Both | Self::ThirdParty => true,
            Self::MiniProgram => matches!(kind, AccountKind::MiniProgram),
            Self::OfficialAccount => matches!(kind, AccountKind::OfficialAccount),
        }
    }
}

named! {
    /// How pushes are protected: 消息加解密方式 in the console. **The account decides, never the request.**
    Mode {
        /// 兼容模式: sealed pushes are opened, and plain ones are accepted too: no safer than
        /// [`Plain`](Self::Plain), and meant for a change of mode. Of a push with `msg_signature` only
        /// what is inside the seal counts; one without it is read as a plain push.
        Compatible "compatible",
        /// 明文模式: the signature does not cover the body. Whoever sees one URL can send any message.
        Plain "plain",
        /// 安全模式: everything that is not sealed is refused.
        Secure "secure",
    }
}

/// One account's callback configuration, checked once and ready for any number of threads.
///
/// ```
/// # use wxkf_core::{Account, AccountKind};
/// let account = Account::builder(AccountKind::OfficialAccount, "wx0123456789abcdef", "token")
///     .encoding_aes_key("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
///     .build()?;
/// # Ok::<(), wxkf_core::Error>(())
/// ```
pub struct Account {
    pub(crate) kind: AccountKind,
    pub(crate) mode: Mode,
    pub(crate) tokens: Vec<Token>,
    pub(crate) keys: Vec<CipherKey>,
    pub(crate) accepted_ids: Vec<String>,
    max_body: usize,
    pub(crate) tolerance: Option<Duration>,
    cipher: Option<Box<dyn Aes256Cbc>>,
}

impl Account {
    /// Begins the configuration of an account with its AppID and its callback token.
    ///
    /// The id is compared with the one inside each sealed message, exactly. White space around it,
    /// around tokens and around keys is dropped: they are pasted.
    pub fn builder(kind: AccountKind, app_id: &str, token: &str) -> AccountBuilder {
        AccountBuilder {
            kind,
            mode: None,
            tokens: alloc::vec![String::from(token).into()],
            key: None,
            previous_keys: Vec::new(),
            accepted_ids: alloc::vec![app_id.into()],
            max_body: DEFAULT_MAX_BODY,
            tolerance: None,
            cipher: None,
        }
    }

    /// The AppID, without the white space that was around it: for stores and for calls.
    #[must_use]
    pub fn app_id(&self) -> &str {
        self.accepted_ids.first().map_or("", String::as_str)
    }

    /// The mode, as told; [`Mode::Secure`] if none was.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// What kind of account this is.
    #[must_use]
    pub const fn kind(&self) -> AccountKind {
        self.kind
    }

    /// The largest body that any message still accepted can have, in bytes. A host need not read more
    /// of a request than one byte beyond it: what is longer is refused, whatever it is.
    #[must_use]
    pub const fn largest_body(&self) -> usize {
        let sealed = (self.max_body / 3).saturating_mul(4).saturating_add(SEALED_EXTRA);
        match self.mode {
            Mode::Plain => self.max_body,
            Mode::Secure => sealed,
            Mode::Compatible => sealed.saturating_add(self.max_body),
        }
    }

    pub(crate) fn host_cipher(&self) -> Option<&dyn Aes256Cbc> {
        self.cipher.as_deref()
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("kind", &self.kind)
            .field("mode", &self.mode)
            .field("accepted_ids", &self.accepted_ids)
            .field("tokens", &self.tokens.len())
            .field("keys", &self.keys.len())
            .field("tolerance", &self.tolerance)
            .finish_non_exhaustive()
    }
}

/// Collects an account's configuration; [`build`](Self::build) checks all of it.
#[must_use]
pub struct AccountBuilder {
    kind: AccountKind,
    mode: Option<Mode>,
    tokens: Vec<zeroize::Zeroizing<String>>,
    key: Option<zeroize::Zeroizing<String>>,
    previous_keys: Vec<zeroize::Zeroizing<String>>,
    accepted_ids: Vec<String>,
    max_body: usize,
    tolerance: Option<Duration>,
    cipher: Option<Box<dyn Aes256Cbc>>,
}

impl AccountBuilder {
    /// The current EncodingAESKey, 43 characters. An account without one has to be told
    /// [`Mode::Plain`].
    pub fn encoding_aes_key(mut self, key: &str) -> Self {
        self.key = Some(String::from(key).into());
        self
    }

    /// A key that was in force before; WeChat asks to keep the last one (page 消息加解密说明). Call
    /// again for further ones. The answer to a push uses the key that opened it.
    pub fn previous_encoding_aes_key(mut self, key: &str) -> Self {
        self.previous_keys.push(String::from(key).into());
        self
    }

    /// A token that was in force before. Call again for further ones.
    pub fn previous_token(mut self, token: &str) -> Self {
        self.tokens.push(String::from(token).into());
        self
    }

    /// A further id that may stand inside a sealed message. A third-party platform (第三方平台)
    /// receives everything under its own component appid. The empty text accepts a message without an
    /// id; one of blanks is a mistake.
    pub fn accept_id(mut self, id: &str) -> Self {
        self.accepted_ids.push(id.into());
        self
    }

    /// Sets the mode; without this it is [`Mode::Secure`]. A plain account is asked for by name, so
    /// that a key that was forgotten opens no door.
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.mode = Some(mode);
        self
    }

    /// Refuses requests whose `timestamp` is further than this from `now`. Not a rule of WeChat's;
    /// it shortens the life of a leaked plain signature. Leave room for retries and clocks: minutes.
    ///
    /// Of a sealed push the `CreateTime` inside is compared with `timestamp`, too, because the signature
    /// covers its parts in the order of their bytes: a captured push would pass with `timestamp` and `nonce`
    /// exchanged. One that is later by more than this is refused, and one that is earlier, unless it is an
    /// event that may be repeated for a day ([`wants_err_code`](crate::Inbound::wants_err_code), and every
    /// event without a type of its own). Without a readable `CreateTime` a push passes.
    pub const fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// The largest plain body that is read, 1 MiB unless told, at most 512 MiB. A sealed body may be
    /// larger by what sealing adds to a message of that size: a third for base64, and the plain copy
    /// beside it in compatible mode.
    pub const fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Has AES done by the host, where that is faster: on targets without instructions for it, such as
    /// WebAssembly, the crate's own takes most of the time. Everything else stays here: nothing is
    /// decrypted before its signature holds, and padding and frame are checked.
    pub fn cipher(mut self, cipher: impl Aes256Cbc + 'static) -> Self {
        self.cipher = Some(Box::new(cipher));
        self
    }

    /// Checks everything.
    ///
    /// # Errors
    /// [`Code::TokenEmpty`], [`Code::KeyInvalid`], [`Code::IdInvalid`], [`Code::ModeNeedsKey`], with
    /// the option concerned.
    pub fn build(self) -> Result<Account, Error> {
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for (index, token) in self.tokens.iter().enumerate() {
            let field = if index == 0 { "token" } else { "previous_tokens" };
            let empty = || Error::new(Code::TokenEmpty).field_named(field);
            tokens.push(Token::new(token).ok_or_else(empty)?);
        }
        // A vector that grows would leave keys behind in memory that is not wiped.
        let mut keys = Vec::with_capacity(self.previous_keys.len().saturating_add(1));
        let previous = self.previous_keys.iter().map(|key| ("previous_encoding_aes_keys", key));
        let current = self.key.iter().map(|key| ("encoding_aes_key", key));
        for (field, key) in current.chain(previous) {
            let invalid = || Error::new(Code::KeyInvalid).field_named(field);
            keys.push(CipherKey::decode(key).ok_or_else(invalid)?);
        }
        if self.key.is_none() && !keys.is_empty() {
            return Err(Error::new(Code::KeyInvalid)
                .field_named("encoding_aes_key")
                .because("there are previous keys but no current one"));
        }
        let mut accepted_ids = Vec::with_capacity(self.accepted_ids.len());
        for (index, id) in self.accepted_ids.iter().enumerate() {
            let field = if index == 0 { "app_id" } else { "accept_ids" };
            // No id at all is one that a message can have, but no account.
            let id = if index > 0 && id.is_empty() { Ok("") } else { pasted::app_id(id) };
            let invalid = |detail| Error::new(Code::IdInvalid).field_named(field).because(detail);
            accepted_ids.push(String::from(id.map_err(invalid)?));
        }
        let mode = self.mode.unwrap_or(Mode::Secure);
        if keys.is_empty() && mode != Mode::Plain {
            return Err(Error::new(Code::ModeNeedsKey).field_named("mode").because(
                match self.mode {
                    None => "neither a key nor a mode was given",
                    Some(_) => "this mode has to have a key",
                },
            ));
        }
        Ok(Account {
            kind: self.kind,
            mode,
            tokens,
            keys,
            accepted_ids,
            max_body: self.max_body.min(LARGEST_MAX_BODY),
            tolerance: self.tolerance,
            cipher: self.cipher,
        })
    }
}

impl fmt::Debug for AccountBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountBuilder")
            .field("kind", &self.kind)
            .field("mode", &self.mode)
            .field("accepted_ids", &self.accepted_ids)
            .field("tokens", &self.tokens.len())
            .field("has_key", &self.key.is_some())
            .field("previous_keys", &self.previous_keys.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    #[test]
    fn a_list_of_keys_never_grows() {
        for previous in 0..9 {
            let builder = Account::builder(AccountKind::OfficialAccount, "wx", "token");
            let mut builder = builder.encoding_aes_key(KEY);
            for _ in 0..previous {
                builder = builder.previous_encoding_aes_key(KEY);
            }
            let keys = builder.build().unwrap().keys;
            assert_eq!((keys.len(), keys.capacity()), (previous + 1, previous + 1));
        }
    }
}
