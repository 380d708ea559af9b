//! What lives here between two calls.

use core::cell::RefCell;

use slab::Slab;

/// Something with a state.
pub(crate) enum Object {
    Account(wxkf_core::Account),
    Conversation(Box<wxkf_core::Conversation>),
    Dedupe(wxkf_core::Dedupe),
    Sealed(wxkf_core::SealedMessage),
    TokenKeeper(wxkf_core::TokenKeeper),
}

thread_local! {
    /// Each by its number. One that is asked is not in its place; if the runtime ends that call, it never
    /// comes back, as nobody knows what state it is in. The others go on.
    static OBJECTS: RefCell<Slab<Option<Object>>> = const { RefCell::new(Slab::new()) };
}

/// Its number.
pub(crate) fn keep(object: Object) -> usize {
    OBJECTS.with_borrow_mut(|objects| objects.insert(Some(object)))
}

/// Asks an object, if it is there.
pub(crate) fn with<T>(number: usize, ask: impl FnOnce(&mut Object) -> T) -> Option<T> {
    let mut object = OBJECTS.with_borrow_mut(|objects| objects.get_mut(number)?.take())?;
    let answer = ask(&mut object);
    OBJECTS.with_borrow_mut(|objects| {
        if let Some(place) = objects.get_mut(number) {
            *place = Some(object);
        }
    });
    Some(answer)
}

/// Ends one, if it is there.
pub(crate) fn free(number: usize) {
    OBJECTS.with_borrow_mut(|objects| objects.try_remove(number));
}
