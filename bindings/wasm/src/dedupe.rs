//! A memory of push keys.

use core::time::Duration;

use wxkf_core::Dedupe;

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::objects::Object;

pub(crate) fn restored(given: &mut Arguments<'_>) -> Answer {
    let (capacity, horizon) = (given.size(), Duration::from_millis(given.number()));
    let restored = match given.maybe_bytes() {
        None => Ok(Dedupe::new(capacity, horizon)),
        Some(bytes) => Dedupe::restore(bytes, capacity, horizon),
    };
    restored.map(Object::Dedupe).into()
}

pub(crate) fn observe(dedupe: &mut Dedupe, given: &mut Arguments<'_>) -> Answer {
    let key = wxkf_json::dedupe_key(given.text());
    dedupe.observe(key, given.moment()).since().into()
}

pub(crate) fn forget(dedupe: &mut Dedupe, given: &mut Arguments<'_>) -> Answer {
    dedupe.forget(wxkf_json::dedupe_key(given.text()));
    Answer::Nothing
}

pub(crate) fn size(dedupe: &mut Dedupe, _: &mut Arguments<'_>) -> Answer {
    dedupe.len().into()
}

pub(crate) fn snapshot(dedupe: &mut Dedupe, _: &mut Arguments<'_>) -> Answer {
    dedupe.snapshot().into()
}
