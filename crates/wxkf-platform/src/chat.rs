use alloc::string::String;
use alloc::vec::Vec;

use wxkf_core::Timestamp;

/// One line of what a user sees.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// When it appeared.
    pub at: Timestamp,
    /// Whose line it is.
    pub speaker: Speaker,
    /// The `msgtype` of a message, `event` for what the user did without a message, `notice` for a
    /// line of the app's own.
    pub msg_type: String,
    /// The text, or what stands for it: a title, an id of media.
    pub text: String,
    /// The agent under whose name it appeared (`kf_account`).
    pub kf_account: Option<String>,
}

/// Whose line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Speaker {
    /// The account, through the API or a passive reply.
    Bot,
    /// The account, by another way than the bot: the console, a colleague's program.
    Elsewhere,
    /// The app itself.
    System,
    /// The user.
    User,
}

impl Line {
    pub(crate) fn new(at: Timestamp, speaker: Speaker, msg_type: &str, text: &str) -> Self {
        Self { at, speaker, msg_type: msg_type.into(), text: text.into(), kf_account: None }
    }
}

/// Puts a line where it belongs: a push may be given up at a moment that is looked at later.
pub(crate) fn insert(chat: &mut Vec<Line>, line: Line) {
    let place = chat.iter().rposition(|before| before.at <= line.at);
    chat.insert(place.map_or(0, |place| place.saturating_add(1)), line);
}
