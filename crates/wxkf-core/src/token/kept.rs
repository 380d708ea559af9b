use core::time::Duration;

use super::span::Span;
use crate::api::Secret;
use crate::time::Timestamp;

/// What is left of a token's time when the next one is fetched: a tenth, and at most this. The stable
/// token's successor exists as long before the end: page 获取稳定版接口调用凭据, read 2026-11-21.
const MAX_MARGIN: Duration = Duration::from_secs(300);
const MARGIN_DIVISOR: u32 = 10;

/// The platform's tokens live up to 7200 seconds: page 获取接口调用凭据, read 2026-11-21.
pub(super) const MAX_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// A token that is rejected younger than this was replaced by somebody else's fetch.
const YOUNG: Duration = Duration::from_secs(120);

/// WeChat asks to keep room for 512: page 获取接口调用凭据, read 2026-11-21.
pub(super) const MAX_LENGTH: usize = 2048;

/// The token that was fetched last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) token: Secret,
    pub(super) life: Span,
    pub(super) standing: Standing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody has rejected it.
    Good,
    Rejected,
    /// Rejected, and fetched once more all the same: only a forced fetch ends it.
    AnsweredAgain,
}

impl Kept {
    /// When the next one is to be fetched.
    pub(super) fn due_at(&self) -> Timestamp {
        let length = self.life.length();
        let tenth = length.checked_div(MARGIN_DIVISOR).unwrap_or_default();
        Span::new(self.life.from(), length.saturating_sub(tenth.min(MAX_MARGIN))).end()
    }

    pub(super) fn is_young(&self, now: Timestamp) -> bool {
        Span::new(self.life.from(), YOUNG).holds(now)
    }
}

/// Everything the platform's tokens consist of goes into a URL as it is.
pub(super) fn is_token(token: &Secret) -> bool {
    let text = token.expose();
    let is_visible = text.bytes().all(|byte| byte.is_ascii_graphic());
    is_visible && (1..=MAX_LENGTH).contains(&text.len())
}
