use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{Code, Error};
use crate::names::named;
use crate::params::Caution;

/// Where WeChat's API lives, unless a relay or an emulator stands in for it.
pub const BASE_URL: &str = "https://api.weixin.qq.com";

/// One HTTP request to the platform, without the token and without the host.
///
/// It may be kept, queued and repeated with a fresh token. A call that fetches a token carries the
/// app's secret in its query or body, so only [`Debug`] is fit for a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) path: Cow<'static, str>,
    pub(super) query: String,
    pub(super) auth: Auth,
    pub(super) content_type: Option<Cow<'static, str>>,
    pub(super) body: Vec<u8>,
    pub(super) caution: Option<Caution>,
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
}

impl Method {
    /// `GET` or `POST`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

named! {
    /// The token that a call needs.
    Auth {
        /// The account's `access_token`, or the `authorizer_access_token` of an account that a
        /// third-party platform acts for.
        AccessToken "access_token",
        /// The third-party platform's own `component_access_token`.
        ComponentToken "component_access_token",
        /// None: the call fetches one, or names the app's secret.
        None "none",
    }
}

impl Request {
    /// The name of the call, such as `message.custom.send`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// `GET` or `POST`.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path, such as `/cgi-bin/message/custom/send`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query string without the token; often empty.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Which token [`target`](Self::target) wants.
    #[must_use]
    pub const fn auth(&self) -> Auth {
        self.auth
    }

    /// The value of `Content-Type`, if there is a body.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The body, empty for `GET`. Send its exact length (`Content-Length`): an upload in chunks is
    /// refused with 41005.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// What is known to go wrong with it.
    #[must_use]
    pub const fn caution(&self) -> Option<Caution> {
        self.caution
    }

    /// Path and query string with the token in it: what stands in the first line of the request. A
    /// call that needs no token ignores it.
    #[must_use]
    pub fn target(&self, token: &str) -> String {
        let mut target = String::from(&*self.path);
        let mut separator = '?';
        if self.auth != Auth::None {
            target.push_str("?access_token=");
            percent_encode(&mut target, token);
            separator = '&';
        }
        if !self.query.is_empty() {
            target.push(separator);
            target.push_str(&self.query);
        }
        target
    }

    /// The whole URL, below [`BASE_URL`] or what stands in for it.
    #[must_use]
    pub fn url(&self, base: &str, token: &str) -> String {
        [base.trim_end_matches('/'), &self.target(token)].concat()
    }

    /// The same request to another path, for a relay that has its own. It is read as the same call.
    ///
    /// # Errors
    /// [`Code::RequestFieldInvalid`] for a path that does not begin with `/` or holds anything but
    /// printable ASCII, a `?` or a `#`: a hyphen that is not the hyphen of ASCII reaches nobody.
    pub fn with_path(mut self, path: &str) -> Result<Self, Error> {
        let is_part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#');
        if !path.starts_with('/') || !path.bytes().all(is_part) {
            return Err(Error::new(Code::RequestFieldInvalid).field_named("path"));
        }
        self.path = Cow::Owned(path.into());
        Ok(self)
    }
}

/// Shows the names of the parameters, not their values: one of them may be the app's secret.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name_of = |pair: &str| pair.split('=').next().map(String::from);
        f.debug_struct("Request")
            .field("name", &self.name)
            .field("method", &self.method.name())
            .field("path", &self.path)
            .field("query", &self.query.split('&').filter_map(name_of).collect::<Vec<_>>())
            .field("auth", &self.auth)
            .field("content_type", &self.content_type)
            .field("body_length", &self.body.len())
            .field("caution", &self.caution)
            .finish()
    }
}

/// Adds a parameter to a query string.
pub(super) fn push_parameter(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    percent_encode(query, value);
}

/// What stands in a query string as it is. `@` does, too: an agent's account with `%40` in it is
/// refused.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

fn percent_encode(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, ESCAPED));
}
