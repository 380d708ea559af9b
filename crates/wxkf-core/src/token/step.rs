use crate::api::Secret;
use crate::names::numbered;
use crate::time::Timestamp;

/// What to do to have a token: see [`TokenKeeper::step`](crate::TokenKeeper::step).
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a host's loop has to do something for each")]
pub enum TokenStep {
    /// Fetch one, then say what came of it: [`fetched`](crate::TokenKeeper::fetched) or
    /// [`fetch_failed`](crate::TokenKeeper::fetch_failed). Where a record is shared, save it first.
    Fetch {
        /// Names this fetch.
        id: FetchId,
        /// Whether to set `force_refresh`, which ends the present token. Only ever for
        /// [`TokenSource::StableToken`](crate::TokenSource::StableToken).
        force: bool,
    },
    /// Call with this one.
    Use(Secret),
    /// There is none yet: ask again then. The moment lies after `now`, by a quarter of a second
    /// while somebody else is fetching, and by up to 24 hours of a clock that runs as it should.
    Wait(Timestamp),
}

numbered! {
    /// Names a fetch of one life of a record, and is never above 2⁵³ − 1. Ids grow, so that what comes of
    /// a fetch late, twice or after its record was lost changes nothing.
    FetchId
}

/// Whether a report changed the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "yes or no: there is no third")]
pub enum TokenChange {
    /// It did: save the record, if it is shared.
    Applied,
    /// It is about something that is over, and nothing has changed.
    Stale,
}
