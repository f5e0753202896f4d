//! Work that the server gave up, for whoever set it up: to be read, tried again, or dropped.
//!
//! An administrator sees what kind of work it was and what went wrong, in the program's own words: not whose, and nothing
//! of what it was done with.

use super::ServerError;
use super::acting;
use super::imip::IMIP;
use super::ledger::JUDGE;
use super::mail::MAIL;
use super::people::Administrator;
use super::retention::FOLD;
use super::sync::{BY_KEY, JOB, WATCH, instant};
use super::tidy::TIDY;
use steadfast_calendar::Instant;
use steadfast_store::{JobId, Jobs, Micros, StoreError};

/// Dead letters read at the most; more have one cause, which the first ones tell.
const MOST: u32 = 200;

/// A kind of work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Work {
    /// Reading a connected calendar.
    Round,
    /// Having a calendar's server say by itself that something changed.
    Watching,
    /// Connecting calendars by the key of the organisation.
    TakingUp,
    /// Judging somebody's 1:1s ahead, so that they need not wait.
    Judging,
    /// Throwing away what has served its time.
    Tidying,
    /// Folding somebody's old observations into outcomes.
    Folding,
    /// Doing something to a connected calendar.
    Acting,
    /// Mailing somebody what their page says.
    Mailing,
    /// Mailing others of a meeting, in somebody's name.
    Telling,
    /// Of another version of the program.
    Other(String),
}

/// Work that is not tried any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GivenUp {
    /// Its number.
    pub job: u64,
    /// What it was.
    pub work: Work,
    /// How often it was tried.
    pub tries: u32,
    /// Since when.
    pub since: Instant,
    /// What the last try said, in the program's own words.
    pub said: Option<String>,
}

/// What was given up, the last first.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn given_up<S: Jobs>(
    store: &S,
    admin: &Administrator,
) -> Result<Vec<GivenUp>, ServerError> {
    let letters = store.dead_letters(admin.viewer().org(), None, MOST).await?;
    let mut given_up: Vec<GivenUp> = letters
        .into_iter()
        .map(|letter| GivenUp {
            job: letter.job.0,
            work: match letter.kind.as_str() {
                JOB => Work::Round,
                WATCH => Work::Watching,
                BY_KEY => Work::TakingUp,
                JUDGE => Work::Judging,
                TIDY => Work::Tidying,
                FOLD => Work::Folding,
                acting::JOB => Work::Acting,
                MAIL => Work::Mailing,
                IMIP => Work::Telling,
                _ => Work::Other(letter.kind),
            },
            tries: letter.attempts,
            since: instant(letter.at),
            said: letter.error,
        })
        .collect();
    given_up.sort_by_key(|one| std::cmp::Reverse(one.since));
    Ok(given_up)
}

/// Has it tried again, now.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not given up (any more); [`ServerError::Input`] when the same work is queued
/// already.
pub async fn again<S: Jobs>(
    store: &S,
    admin: &Administrator,
    now: Micros,
    job: u64,
) -> Result<(), ServerError> {
    match store.requeue(admin.viewer().org(), JobId(job), now).await {
        Err(StoreError::Missing(_)) => Err(ServerError::NotFound),
        Err(StoreError::Exists(_)) => Err(ServerError::Input(
            "the same work is queued already".to_owned(),
            "drop this one: what it was to do is done by the other".to_owned(),
        )),
        done => Ok(done?),
    }
}

/// Drops it for good.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not given up (any more).
pub async fn drop<S: Jobs>(store: &S, admin: &Administrator, job: u64) -> Result<(), ServerError> {
    match store.discard(admin.viewer().org(), JobId(job)).await {
        Err(StoreError::Missing(_)) => Err(ServerError::NotFound),
        done => Ok(done?),
    }
}
