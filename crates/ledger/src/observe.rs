//! From what changed between two looks to observations: append-only facts with when, where and how sure.

use crate::{
    case::ChangeTime,
    history::{CalendarCopy, History},
    people::PersonId,
};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use steadfast_calendar::{Change, Instant, Scope, Series, What, Window, diff};

/// How far a change is looked for into the past and the future of the look that shows it.
const AROUND_DAYS: (i64, i64) = (60, 365);

/// One change of one calendar, as it was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Index of the calendar in [`History::copies`].
    pub calendar: usize,
    /// Whose calendar it is.
    pub owner: Option<PersonId>,
    /// When it was made; exact where the component that says so tells it.
    pub at: ChangeTime,
    /// What changed.
    pub change: Change,
    /// How it is known.
    pub level: Level,
}

/// How an observation is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// The organiser's side raised SEQUENCE for it.
    Raised,
    /// The component says when it was modified, within the two looks.
    Stated,
    /// It was there at one look and not at the other.
    Seen,
}

/// Everything that was seen to change, in order of time. The same history always gives the same observations, and a
/// longer one only adds to them.
pub fn observations(history: &History, fallback_zone: &TimeZone) -> Vec<Observation> {
    let mut all: Vec<Observation> = Vec::new();
    for (calendar, copy) in history.copies.iter().enumerate() {
        let looks: BTreeSet<Instant> = copy
            .all()
            .flat_map(|series| series.moments())
            .filter_map(|(after, seen)| after.and(seen))
            .collect();
        for look in looks {
            observe(&mut all, calendar, copy, look, fallback_zone);
        }
    }
    all.sort_by_key(|o| (o.at.latest, o.calendar));
    all
}

/// What one look at one calendar showed to be different.
fn observe(
    all: &mut Vec<Observation>,
    calendar: usize,
    copy: &CalendarCopy,
    look: Instant,
    fallback_zone: &TimeZone,
) {
    let mut before: Vec<Series> = Vec::new();
    let mut after: Vec<Series> = Vec::new();
    let mut since = None;
    for series in copy.all() {
        let versions = series.versions();
        let Some(index) = versions.iter().position(|v| v.seen == Some(look)) else {
            continue;
        };
        let version = versions.get(index);
        since = since.max(version.and_then(|v| v.after));
        after.extend(version.and_then(|v| v.series.as_deref()).cloned());
        let earlier = index.checked_sub(1).and_then(|i| versions.get(i));
        before.extend(earlier.and_then(|v| v.series.as_deref()).cloned());
    }
    let Some(since) = since else { return };
    let scope = Scope {
        floating: copy.zone.clone().unwrap_or_else(|| fallback_zone.clone()),
        window: Window {
            from: look.plus_days(-AROUND_DAYS.0),
            to: look.plus_days(AROUND_DAYS.1),
        },
        seen_before: since,
        seen_after: look,
    };
    for change in diff(&before, &after, &scope) {
        if change.what == What::Stale {
            continue;
        }
        let (at, level) = known(&change, &before, since, look);
        all.push(Observation {
            calendar,
            owner: copy.owner,
            at,
            change,
            level,
        });
    }
}

/// When a change was made and how that is known.
fn known(change: &Change, before: &[Series], since: Instant, look: Instant) -> (ChangeTime, Level) {
    let event = change.said_by.as_deref();
    let stated = event
        .and_then(|e| e.last_modified)
        .filter(|at| since < *at && *at <= look);
    let sequence_before = before
        .iter()
        .filter(|s| s.uid == change.uid)
        .flat_map(|s| s.master.iter().chain(&s.overrides))
        .map(|e| e.sequence)
        .max();
    let raised = event
        .zip(sequence_before)
        .is_some_and(|(event, before)| event.sequence > before);
    let level = match (raised, stated) {
        (true, _) => Level::Raised,
        (false, Some(_)) => Level::Stated,
        (false, None) => Level::Seen,
    };
    let at = stated.map_or(
        ChangeTime {
            earliest: since,
            latest: look,
        },
        ChangeTime::exactly,
    );
    (at, level)
}
