//! When a 1:1 and another meeting wanted the same time: which one gave way.

use super::{Agenda, Place};
use crate::occurrence::Class;
use std::collections::{HashMap, HashSet};
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
    /// Whether what left did so a week or more before it was to begin. A 1:1 that did was given up where it was promised at
    /// all; where its series was re-timed or ended by then, no promise gave way.
    pub left_early: bool,
}

/// How long before its start a slot is promised (MEASURE B1).
const PROMISED_DAYS: i64 = 7;
/// So many instances of one meeting that leave in the same moment leave with their series.
const A_SERIES: usize = 3;

/// All decided conflicts on one manager's `agenda` up to `now`, by time. Both still there, or both leaving in the
/// same moment, decide nothing. Counted once per 1:1 instance and other meeting. Of another meeting whose series ended or
/// was re-timed only the instances of the coming week made way: the later ones were no longer to be.
pub fn conflicts(agenda: &Agenda, now: Instant) -> Vec<Conflict> {
    let mut decided: HashMap<(&str, Instant, &str, Instant), Conflict> = HashMap::new();
    let mut made_way: HashMap<(&str, Option<Instant>), HashSet<Instant>> = HashMap::new();
    let mut with: HashMap<(&str, Instant, &str, Instant), (&str, Option<Instant>)> = HashMap::new();
    for mine in agenda.places() {
        if mine.class != Class::OneOnOne || mine.slot.start > now {
            continue;
        }
        for other in agenda.overlapping(mine.slot) {
            if !rivals(mine, other) {
                continue;
            }
            if let Some(gave_way) = who_left(mine, other) {
                let left = if gave_way { mine } else { other };
                let at = left.left.and_then(|left| left.at);
                let key = (&*mine.uid, mine.id, &*other.uid, other.id);
                if decided.contains_key(&key) {
                    continue;
                }
                if !gave_way {
                    made_way
                        .entry((&other.uid, at))
                        .or_default()
                        .insert(other.id);
                    with.insert(key, (&other.uid, at));
                }
                let conflict = Conflict {
                    class: other.class,
                    one_on_one_gave_way: gave_way,
                    at: mine.slot.start.max(other.slot.start),
                    one_on_one: mine.id,
                    left_early: at
                        .is_some_and(|at| at <= left.slot.start.plus_days(-PROMISED_DAYS)),
                };
                decided.insert(key, conflict);
            }
        }
    }
    decided.retain(|key, conflict| {
        let together = with
            .get(key)
            .and_then(|left| made_way.get(left))
            .map_or(0, HashSet::len);
        !conflict.left_early || together < A_SERIES
    });
    let mut conflicts: Vec<Conflict> = decided.into_values().collect();
    conflicts.sort_by_key(|c| (c.at, c.class, c.one_on_one_gave_way));
    conflicts
}

fn rivals(mine: &Place, other: &Place) -> bool {
    let counts = !matches!(
        other.class,
        Class::OneOnOne | Class::Leave | Class::Holiday | Class::Unknown
    );
    // An entry with nobody else on it that is nothing known (a holiday, a reminder) is no meeting that wants the time.
    let is_meeting = other.class != Class::Other || other.people > 1;
    counts && is_meeting && mine.slot.overlap_seconds(other.slot) >= LEAST_OVERLAP_SECONDS
}

/// Whether the 1:1 left (`true`) or the other one (`false`); `None`: nobody did, or it cannot be told. What left must
/// have met the other one there: the other appeared before that.
fn who_left(mine: &Place, other: &Place) -> Option<bool> {
    let met = |left: Option<Instant>, stayed: &Place| {
        left.is_some_and(|at| stayed.appeared.is_some_and(|since| since <= at))
    };
    match (mine.left, other.left) {
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
