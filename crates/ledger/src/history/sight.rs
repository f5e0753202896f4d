//! Whether a look at a calendar can be believed.

use super::CalendarCopy;
use std::collections::HashSet;
use steadfast_calendar::{Event, Instant, Series};

/// How a look is to be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sight {
    /// As it says.
    Clear,
    /// More than half of a living calendar is gone at once: a gap in our sight, not a massacre.
    Lost,
    /// An older copy of what was seen already; it says nothing new.
    Stale,
}

/// With fewer living series than this, a deletion of most of them is plausible and believed.
const ENOUGH_TO_DOUBT: usize = 4;

impl Sight {
    pub(super) fn of(copy: &CalendarCopy, at: Option<Instant>, series: &[Series]) -> Self {
        let Some(at) = at else {
            return Self::Clear;
        };
        let here: HashSet<&str> = series.iter().map(|s| s.uid.as_ref()).collect();
        let titles: HashSet<(&str, usize)> = series.iter().filter_map(likeness).collect();
        let mut living = 0_usize;
        let mut gone = 0_usize;
        let mut older = 0_usize;
        for known in &copy.series {
            let Some(last) = known.now() else { continue };
            if !may_still_come(last, at) {
                continue;
            }
            living += 1;
            let renamed = likeness(last).is_some_and(|like| titles.contains(&like));
            if !here.contains(last.uid.as_ref()) && !renamed {
                gone += 1;
            }
        }
        let mut newer = 0_usize;
        for one in series {
            let known = copy.by_uid.get(&one.uid).and_then(|i| copy.series.get(*i));
            match known.and_then(|k| k.now()) {
                Some(last) if is_older(one, last) => older += 1,
                Some(last) if super::same_content(one, last) => {}
                _ => newer += 1,
            }
        }
        if living >= ENOUGH_TO_DOUBT && gone * 2 > living {
            Self::Lost
        } else if older > 0 && newer == 0 {
            Self::Stale
        } else {
            Self::Clear
        }
    }
}

/// Title and number of people: recognises a meeting whose UID is new at every export.
fn likeness(series: &Series) -> Option<(&str, usize)> {
    let event = any_event(series)?;
    Some((event.summary.as_ref(), event.attendees.len()))
}

fn any_event(series: &Series) -> Option<&Event> {
    series
        .master
        .as_deref()
        .or_else(|| series.overrides.first().map(AsRef::as_ref))
}

/// Whether any instance may end after `at`: a coarse, cheap look (open rules may).
fn may_still_come(series: &Series, at: Instant) -> bool {
    let utc = jiff::tz::TimeZone::UTC;
    series.repeats()
        || series
            .master
            .iter()
            .chain(&series.overrides)
            .any(|e| e.start.instant(&utc) >= at)
}

/// Whether `candidate` is an older state than `known`: its SEQUENCE went back, or at the same SEQUENCE its
/// LAST-MODIFIED did (RFC 5546 §2.1.5).
pub(super) fn is_older(candidate: &Series, known: &Series) -> bool {
    let (Some(a), Some(b)) = (candidate.master.as_deref(), known.master.as_deref()) else {
        return false;
    };
    match a.sequence.cmp(&b.sequence) {
        std::cmp::Ordering::Less => modified_before(a, b) != Some(false),
        std::cmp::Ordering::Equal => modified_before(a, b) == Some(true),
        std::cmp::Ordering::Greater => false,
    }
}

fn modified_before(a: &Event, b: &Event) -> Option<bool> {
    Some(a.last_modified? < b.last_modified?)
}
