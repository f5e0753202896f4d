//! How long observations are kept: a window that the organisation sets. What is older is folded into outcomes.
//!
//! What a calendar said (titles, who else was there, where a meeting stood before) goes. What became of each promised 1:1,
//! how early that was known, by whom, and how that is known, stays exactly as it was judged ([`settled`]).

mod fold;
mod over;
mod past;
#[cfg(test)]
mod restored;
pub(in crate::server) mod settled;
#[cfg(test)]
pub(in crate::server) mod tests;
mod thin;

pub use fold::{FOLD, fold_next};
pub(in crate::server) use fold::{judge_anew, plan, settle_for_others};
pub(in crate::server) use over::{Frame, without_what_is_over};
pub(in crate::server) use past::{SettledBetween, past_settled};

use super::facts::{at, said, what_was_said};
use super::people::Administrator;
use super::{ServerError, tidy};
use jiff::tz::TimeZone;
use jiff::{ToSpan, civil::Time};
use serde::{Deserialize, Serialize};
use steadfast_calendar::{Instant, resolve};
use steadfast_store::{Expected, Fact, Facts, Jobs, Micros, Org, Version};

/// The stream of what the organisation said about it.
pub(in crate::server) const STREAM: &str = "retention";
/// How long observations are kept from now on: a [`Set`].
const SET: &str = "retention.set.v1";
/// The stream that says up to when `person`'s calendars were folded.
pub(in crate::server) fn folded(person: &str) -> String {
    format!("folded/{person}")
}
/// A calendar's observations from before a moment are folded: a [`Folded`].
const FOLDED: &str = "calendar.folded.v1";

#[derive(Serialize, Deserialize)]
struct Set {
    months: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct Folded {
    until: i64,
}

/// How long what was observed is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    months: Option<u32>,
}

impl Default for Window {
    /// Two years: as far back as one's other meetings are compared with.
    fn default() -> Self {
        Self { months: Some(24) }
    }
}

impl Window {
    /// What can be chosen. Less than a year would reach into the half year that the pages show, and the changes made a
    /// good while ahead of it.
    pub const CHOICES: [Self; 6] = [
        Self::months(12),
        Self::months(18),
        Self::months(24),
        Self::months(36),
        Self::months(60),
        Self::ALL,
    ];
    /// Everything is kept.
    pub const ALL: Self = Self { months: None };

    const fn months(months: u32) -> Self {
        Self {
            months: Some(months),
        }
    }

    /// As it is written in a form: `24`, or `all`.
    pub fn key(self) -> String {
        self.months
            .map_or_else(|| "all".to_owned(), |months| months.to_string())
    }

    /// The choice written so.
    pub fn named(key: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|choice| choice.key() == key)
    }

    /// "two years".
    pub fn words(self) -> &'static str {
        match self.months {
            Some(12) => "one year",
            Some(18) => "a year and a half",
            Some(24) => "two years",
            Some(36) => "three years",
            Some(60) => "five years",
            // No other can be chosen.
            Some(_) | None => "for good",
        }
    }

    /// Whether anything is ever folded.
    pub fn is_bounded(self) -> bool {
        self.months.is_some()
    }

    /// The moment that is the beginning of the window at `now`, by the month, so that folding is done once in each; `None`
    /// where everything is kept.
    pub fn begins(self, now: Instant) -> Option<Instant> {
        let day = now.date(&TimeZone::UTC).first_of_month();
        let begins = day.checked_sub(i64::from(self.months?).months()).ok()?;
        Some(resolve(
            begins.to_datetime(Time::midnight()),
            &TimeZone::UTC,
        ))
    }
}

/// What the organisation set, or what is usual.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn window<S: Facts>(store: &S, org: &Org) -> Result<Window, ServerError> {
    told(last(store, org, STREAM).await?.as_ref())
}

/// The same, of what was said last.
pub(in crate::server) fn told(last: Option<&Fact>) -> Result<Window, ServerError> {
    let Some(fact) = last else {
        return Ok(Window::default());
    };
    let set: Set = what_was_said(fact, SET)?;
    Ok(Window { months: set.months })
}

/// Sets it for everybody. What is older is folded from now on; what was folded before does not come back.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn set<S: Facts + Jobs>(
    store: &S,
    admin: &Administrator,
    now: Instant,
    window: Window,
) -> Result<(), ServerError> {
    let viewer = admin.viewer();
    if self::window(store, viewer.org()).await? == window {
        return Ok(());
    }
    let set = Set {
        months: window.months,
    };
    let fact = said(SET, &set, viewer.person(), now);
    let due = Micros(now.seconds().saturating_mul(1_000_000));
    let jobs = [tidy::job(due, &[])];
    store
        .append(viewer.org(), STREAM, Expected::Any, &[fact], &jobs)
        .await?;
    Ok(())
}

/// Up to when `person`'s calendars were folded: what was over before is not taken in again.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(in crate::server) async fn folded_until<S: Facts>(
    store: &S,
    org: &Org,
    person: &str,
) -> Result<Option<Instant>, ServerError> {
    let last = last(store, org, &folded(person)).await?;
    last.map(|fact| {
        let folded: Folded = what_was_said(&fact, FOLDED)?;
        Ok(Instant::from_seconds(folded.until).min(at(&fact)))
    })
    .transpose()
}

/// The last fact of a stream.
async fn last<S: Facts>(store: &S, org: &Org, stream: &str) -> Result<Option<Fact>, ServerError> {
    let version = store.version(org, stream).await?;
    if version == Version(0) {
        return Ok(None);
    }
    let before = Version(version.0.saturating_sub(1));
    Ok(store.read(org, stream, before, 1).await?.pop())
}
