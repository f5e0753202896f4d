//! When a relationship ended, and from when on it owes nothing.

use super::{
    promises::Promise,
    state::{Standing, State},
};
use crate::{pairs::Relationship, rules::promise::GOES_ON_WITHIN_CADENCES};
use jiff::{
    civil::{Date, Time},
    tz::TimeZone,
};
use steadfast_calendar::{Instant, resolve};

/// The end of a relationship.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ended {
    /// Its last day.
    pub on: Date,
    /// Whether a reporting line ended; otherwise the last series did.
    pub with_line: bool,
}

/// Whether a promise on `day` is owed as far as reporting lines go.
pub(super) fn covered(relationship: &Relationship, day: Date) -> bool {
    relationship.lines.is_empty() || relationship.lines.iter().any(|line| line.covers(day))
}

impl Ended {
    /// A moment at which it is not yet the last day in any zone: no clock is two days from UTC.
    pub(super) fn long_before(self) -> Instant {
        resolve(self.on.to_datetime(Time::midnight()), &TimeZone::UTC).plus_days(-2)
    }
}

/// The end by the reporting lines: all of them are over.
fn by_line(relationship: &Relationship, today: Date) -> Option<Ended> {
    let last = relationship
        .lines
        .iter()
        .map(|line| line.to)
        .collect::<Option<Vec<Date>>>()?
        .into_iter()
        .max()?;
    (last < today).then_some(Ended {
        on: last,
        with_line: true,
    })
}

/// The end of `relationship`: with its reporting line; without one, with the last series, unless the pair meets
/// again within two cadences.
pub(super) fn ended(
    relationship: &Relationship,
    states: &[State],
    promises: &[Promise],
    cadence_days: i64,
    now: Instant,
    zone: &TimeZone,
) -> Option<Ended> {
    if let Some(ended) = by_line(relationship, now.date(zone)) {
        return Some(ended);
    }
    if !relationship.lines.is_empty() {
        return None;
    }
    let silence = GOES_ON_WITHIN_CADENCES * cadence_days;
    let end = match (promises.last(), removed_for_good(states)) {
        (Some(_), Some(removed)) => removed,
        (Some(last), None) => Some(last.slot.end).filter(|end| end.plus_days(silence) < now)?,
        (None, _) => called_off_from_the_first(states)?.unwrap_or(now),
    };
    (end <= now).then_some(Ended {
        on: end.date(zone),
        with_line: false,
    })
}

/// Whether `state` shows a series that goes on, for both of the two.
fn goes_on(state: &State) -> bool {
    let given = |s: &Standing| {
        s.leading
            .looks
            .iter()
            .any(|look| look.given && !look.unsure)
    };
    let mut standing = state.series.iter().flatten();
    standing.any(|s| s.leading.series.repeats() && given(s))
}

/// When the last series was taken off the calendar, cancelled as a whole or taken from one of the two, where the last state
/// shows none that goes on.
fn removed_for_good(states: &[State]) -> Option<Instant> {
    let last = states.iter().rposition(goes_on)?;
    states.get(last + 1)?.seen
}

/// Where no series ever went on, since one was cancelled as a whole when it was first seen: since when that is known, as far as
/// the source says.
fn called_off_from_the_first(states: &[State]) -> Option<Option<Instant>> {
    if states.iter().any(goes_on) {
        return None;
    }
    let called_off = |state: &State| {
        let mut standing = state.series.iter().flatten();
        standing.find_map(|s| {
            let shown = s.leading.series.repeats() && !s.leading.looks.is_empty();
            shown.then(|| s.leading.series.master.as_ref()?.last_modified)
        })
    };
    let (state, touched) = states.iter().find_map(|s| Some((s, called_off(s)?)))?;
    let touched = touched.filter(|at| state.seen.is_none_or(|seen| *at <= seen));
    Some(touched.or(state.seen))
}
