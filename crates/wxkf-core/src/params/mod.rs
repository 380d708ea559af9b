//! What goes out, as plain data: parameters of calls, messages, replies and policies, and the one table of
//! rules that they are checked by.

mod caution;
mod media;
mod rule;
mod value;

pub use caution::Caution;
pub use media::{FileType, MediaId, MediaKind};
pub use rule::{Form, Param, Place, Rule, Size};
pub(crate) use rule::{check, tidy};
pub use value::LooseId;
pub(crate) use value::{Argument, Object, Value, at, inside, invalid};
