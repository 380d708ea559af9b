//! What goes out, as plain data: parameters of calls, messages, replies and policies, and the one table of
//! rules that they are checked by.

mod caution;
mod media;
mod read;
mod rule;
mod value;

pub use caution::Caution;
pub use media::{FileType, MediaId, MediaKind};
pub(crate) use read::lone_text;
pub(crate) use rule::{Carries, check, in_request, tidy};
pub use rule::{Form, Param, Place, Rule, Size, Title};
pub use value::LooseId;
pub(crate) use value::{Argument, Given, Object, Value, inside, invalid};
