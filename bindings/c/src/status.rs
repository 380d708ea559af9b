//! What is known of a status.

use wxkf_core::{Code, Language};

use crate::boundary::always;
use crate::failure::{OK, Status};
use crate::memory::Bytes;

/// The name of a status, such as `callback.signature_mismatch`; `ok`, or nothing if it is none. Static.
#[unsafe(no_mangle)]
pub extern "C" fn wxkf_status_name(status: Status) -> Bytes {
    let name = code(status).map(Code::name);
    Bytes::maybe(if status == OK { Some("ok") } else { name })
}

/// Whose mistake it is: `caller` for this program, `peer` for who sent the push, `platform` for WeChat's
/// answer; nothing for `WXKF_OK` and for what is no status. Static.
#[unsafe(no_mangle)]
pub extern "C" fn wxkf_status_origin(status: Status) -> Bytes {
    always(Bytes::NONE, || Bytes::maybe(code(status).map(|code| code.origin().name())))
}

/// What it means, in English or Chinese; nothing for `WXKF_OK` and for what is no status. Static.
#[unsafe(no_mangle)]
pub extern "C" fn wxkf_status_message(status: Status, chinese: bool) -> Bytes {
    let language = if chinese { Language::Chinese } else { Language::English };
    always(Bytes::NONE, || Bytes::maybe(code(status).map(|code| code.message(language))))
}

fn code(status: Status) -> Option<Code> {
    Code::ALL.iter().copied().find(|code| u32::from(code.number()) == status)
}
