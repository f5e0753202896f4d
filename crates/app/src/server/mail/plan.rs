//! When there may be something to mail to somebody.

use super::news::news;
use super::state::State;
use super::step::MAIL;
use crate::report::Report;
use crate::server::guard::{self, Ahead};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_guard::telling::{SETTLES, new};
use steadfast_store::{Accounts, Facts, Intents, Micros, NewJob};

/// Attempts at the most: a mail server that is away for most of a day has its operator looking.
const ATTEMPTS: u32 = 24;

/// The job that sees whether there is something to mail to `person`, a moment after `now`: what is said in between comes
/// with it. Whoever has not joined, or wants none, gets none.
pub(in crate::server) fn job(person: &str, now: Micros) -> NewJob {
    at(person, now.plus(SETTLES * 1_000_000))
}

/// The same, at that time.
pub(super) fn at(person: &str, due: Micros) -> NewJob {
    NewJob {
        kind: MAIL.to_owned(),
        unique: Some(person.to_owned()),
        payload: Vec::new(),
        due,
        max_attempts: ATTEMPTS,
    }
}

/// That job, where there is something to tell the viewer that stands in no mail yet.
pub(in crate::server) async fn plan<S>(
    store: &S,
    viewer: &Viewer,
    report: &Report,
    ahead: &Ahead,
    now: Instant,
) -> Result<Option<NewJob>, ServerError>
where
    S: Accounts + Facts + Intents,
{
    let outlook = guard::outlook(store, viewer, ahead, now).await?;
    let all: Vec<_> = news(report, &outlook, now)
        .into_iter()
        .map(|one| one.news)
        .collect();
    if all.is_empty() {
        return Ok(None);
    }
    let state = State::of(store, viewer).await?;
    let is_new = !new(&all, &state.written(), &state.wish, now).is_empty();
    let micros = Micros(now.seconds().saturating_mul(1_000_000));
    Ok(is_new.then(|| job(viewer.person(), micros)))
}
