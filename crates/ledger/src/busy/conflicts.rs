//! When a 1:1 and another meeting wanted the same time: which one gave way.

use super::{Agenda, Place, Taken};
use crate::{history::History, occurrence::Class};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use steadfast_calendar::Instant;

/// Overlaps shorter than this are no conflict: back-to-back meetings touch.
const LEAST_OVERLAP_SECONDS: i64 = 5 * 60;

/// One conflict between a 1:1 with a report and another meeting, that one of them decided by leaving.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// Class of the other meeting.
    pub class: Class,
    /// Whether the 1:1 left the overlap first.
    pub one_on_one_gave_way: bool,
    /// When the conflict was to take place.
    pub at: Instant,
    /// The 1:1, by its recurrence-id.
    pub one_on_one: Instant,
}

/// How long before its start a slot is promised (MEASURE B1).
const PROMISED_DAYS: i64 = 7;
/// So many instances of one meeting that leave in the same moment leave with their series.
const A_SERIES: usize = 3;

/// All decided conflicts on one manager's `agenda` up to `now`, by time. Both still there, or both leaving in the
/// same moment, decide nothing. Counted once per 1:1 instance and other meeting. Of another meeting whose series ended or
/// was re-timed only the instances of the coming week made way: the later ones were no longer to be. What of the 1:1s was
/// promised at all is for whoever knows the promises.
pub fn conflicts(agenda: &Agenda, history: &History, now: Instant) -> Vec<Conflict> {
    let mut decided: HashMap<_, Decided> = HashMap::new();
    for mine in agenda.places() {
        if mine.meeting.class != Class::OneOnOne || mine.place.slot.start > now {
            continue;
        }
        for other in agenda.overlapping(mine.place.slot) {
            if rivals(mine, other)
                && let Some(gave_way) = who_left(mine.place, other.place)
            {
                // By UID: two calendars may hold the same meeting.
                let which = [mine, other].map(|t| (history.uid(t.meeting.at), t.place.id));
                decided
                    .entry(which)
                    .or_insert_with(|| Decided::of(mine, other, gave_way, history));
            }
        }
    }
    let mut made_way: HashMap<_, HashSet<Instant>> = HashMap::new();
    for one in decided.values() {
        let made_way = made_way.entry(&one.left).or_default();
        made_way.extend((!one.conflict.one_on_one_gave_way).then_some(one.instance));
    }
    let with_its_series = |one: &Decided| {
        let together = made_way.get(&one.left).map_or(0, HashSet::len);
        let other = !one.conflict.one_on_one_gave_way;
        other && one.early && together >= A_SERIES
    };
    let decided = decided.values().filter(|one| !with_its_series(one));
    let mut conflicts: Vec<Conflict> = decided.map(|one| one.conflict).collect();
    conflicts.sort_by_key(|c| (c.at, c.class, c.one_on_one_gave_way));
    conflicts
}

/// A conflict, and what left.
struct Decided {
    conflict: Conflict,
    /// What left, and when.
    left: (Arc<str>, Option<Instant>),
    /// Which instance of it.
    instance: Instant,
    /// Whether it did so a week or more before it was to begin.
    early: bool,
}

impl Decided {
    fn of(mine: Taken<'_>, other: Taken<'_>, gave_way: bool, history: &History) -> Self {
        let Taken { place, meeting } = if gave_way { mine } else { other };
        let at = place.left().and_then(|left| left.at);
        let promised_by = place.slot.start.plus_days(-PROMISED_DAYS);
        Self {
            conflict: Conflict {
                class: other.meeting.class,
                one_on_one_gave_way: gave_way,
                at: mine.place.slot.start.max(other.place.slot.start),
                one_on_one: mine.place.id,
            },
            left: (history.uid(meeting.at), at),
            instance: place.id,
            early: at.is_some_and(|at| at <= promised_by),
        }
    }
}

fn rivals(mine: Taken<'_>, other: Taken<'_>) -> bool {
    let class = other.meeting.class;
    let counts = !matches!(
        class,
        Class::OneOnOne | Class::Leave | Class::Holiday | Class::Unknown
    );
    // An entry with nobody else on it that is nothing known (a holiday, a reminder) is no meeting that wants the time.
    let is_meeting = class != Class::Other || other.meeting.people > 1;
    let shared = mine.place.slot.overlap_seconds(other.place.slot);
    counts && is_meeting && shared >= LEAST_OVERLAP_SECONDS
}

/// Whether the 1:1 left (`true`) or the other one (`false`); `None`: nobody did, or it cannot be told. What left must
/// have met the other one there: the other appeared before that.
fn who_left(mine: &Place, other: &Place) -> Option<bool> {
    let met = |left: Option<Instant>, stayed: &Place| {
        left.is_some_and(|at| stayed.appeared.is_some_and(|since| since <= at))
    };
    match (mine.left(), other.left()) {
        (Some(left), None) => met(left.at, other).then_some(true),
        (None, Some(left)) => met(left.at, mine).then_some(false),
        (Some(mine_left), Some(other_left)) => match (mine_left.at, other_left.at) {
            (Some(a), Some(b)) if a < b && met(Some(a), other) => Some(true),
            (Some(a), Some(b)) if b < a && met(Some(b), mine) => Some(false),
            _ => None,
        },
        (None, None) => None,
    }
}
