//! The token of an account.

use core::time::Duration;

use wxkf_core::{FetchId, FetchedToken, TokenKeeper, TokenSource};

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::objects::Object;

/// There is none of a source that is not known.
pub(crate) fn keeper(given: &mut Arguments<'_>) -> Answer {
    let keeper = match (TokenSource::from_name(given.text()), given.maybe_text()) {
        (None, _) => return Answer::Nothing,
        (Some(TokenSource::Authorizer), Some(token)) => TokenKeeper::with_refresh_token(token),
        (Some(source), _) => TokenKeeper::new(source),
    };
    Object::TokenKeeper(keeper).into()
}

pub(crate) fn restored(given: &mut Arguments<'_>) -> Answer {
    TokenKeeper::restore(given.bytes()).map(Object::TokenKeeper).into()
}

pub(crate) fn step(keeper: &mut TokenKeeper, given: &mut Arguments<'_>) -> Answer {
    wxkf_json::token_step(&keeper.step(given.moment())).into()
}

pub(crate) fn fetched(keeper: &mut TokenKeeper, given: &mut Arguments<'_>) -> Answer {
    let id = FetchId::new(given.number());
    let mut answer = FetchedToken::new(given.text(), Duration::from_secs(given.number()));
    if let Some(token) = given.maybe_text() {
        answer = answer.refresh_token(token);
    }
    wxkf_json::token_change(keeper.fetched(id, answer, given.moment())).into()
}

pub(crate) fn fetch_failed(keeper: &mut TokenKeeper, given: &mut Arguments<'_>) -> Answer {
    let id = FetchId::new(given.number());
    let failure = wxkf_json::fetch_failure(given.text());
    let fail = |failure| keeper.fetch_failed(id, failure, given.moment());
    failure.map(fail).map(wxkf_json::token_change).into()
}

pub(crate) fn rejected(keeper: &mut TokenKeeper, given: &mut Arguments<'_>) -> Answer {
    wxkf_json::token_change(keeper.rejected(given.text(), given.moment())).into()
}

pub(crate) fn refresh_token(keeper: &mut TokenKeeper, _: &mut Arguments<'_>) -> Answer {
    keeper.refresh_token().map(|token| token.expose()).into()
}

pub(crate) fn next_deadline(keeper: &mut TokenKeeper, _: &mut Arguments<'_>) -> Answer {
    keeper.next_deadline().into()
}

pub(crate) fn snapshot(keeper: &mut TokenKeeper, _: &mut Arguments<'_>) -> Answer {
    keeper.snapshot().into()
}
