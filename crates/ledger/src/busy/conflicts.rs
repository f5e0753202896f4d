//! When a 1:1 and another meeting wanted the same time: which one gave way.

use super::{Agenda, Place, Taken};
use crate::{history::History, occurrence::Class};
use std::sync::Arc;
use steadfast_calendar::{Instant, Map, Window};

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

/// All decided conflicts on one manager's `agenda` that were to take place in `window`, by time. Both still there, or both leaving
/// in the same moment, decide nothing; nor does what left and came back to the same place, to stay there in the end. Counted once per
/// 1:1 instance and other meeting. Of another meeting whose series ended or was re-timed only the instances of the coming week made
/// way: the later ones were no longer to be. What of the 1:1s was promised at all is for whoever knows the promises.
pub fn conflicts(agenda: &Agenda, history: &History, window: Window) -> Vec<Conflict> {
    let book = Book {
        agenda,
        same: same_meetings(agenda, history),
    };
    let mut decided = book.decided(window.to);
    decided.sort_by_key(|one| book.which(*one));
    decided.dedup_by_key(|one| book.which(*one));
    decided.retain(|one| !book.came_back(*one));
    decided.sort_by_key(|one| (book.what_left(*one), book.place_left(*one).map(|p| p.id)));
    let mut conflicts = Vec::new();
    for together in decided.chunk_by(|a, b| book.what_left(*a) == book.what_left(*b)) {
        let others = together.iter().filter(|one| !one.one_on_one_gave_way);
        let mut instances: Vec<_> = others.map(|one| one.other).collect();
        instances.dedup_by_key(|place| book.place(*place).map(|p| p.id));
        let with_its_series = instances.len() >= A_SERIES;
        let counted = together
            .iter()
            .filter(|one| one.one_on_one_gave_way || !with_its_series || !book.is_early(**one));
        let there = counted.filter_map(|one| book.conflict(*one));
        conflicts.extend(there.filter(|one| one.at >= window.from));
    }
    conflicts.shrink_to_fit();
    conflicts.sort_by_key(|c| (c.at, c.class, c.one_on_one_gave_way));
    conflicts
}

/// A decided conflict, by its places on the agenda: of somebody who meets a lot there are a million.
#[derive(Clone, Copy)]
struct Decided {
    mine: u32,
    other: u32,
    one_on_one_gave_way: bool,
}

/// An agenda, and which of its meetings are the same.
struct Book<'a> {
    agenda: &'a Agenda,
    /// The first of the meetings that are one with that one; `None`: each is the only one.
    same: Option<Vec<u32>>,
}

/// By UID: two calendars may hold the same meeting, one calendar holds each once.
pub(super) fn same_meetings(agenda: &Agenda, history: &History) -> Option<Vec<u32>> {
    if history.copies.len() < 2 {
        return None;
    }
    let mut first: Map<Arc<str>, u32> = Map::default();
    let same = (0..).zip(&agenda.meetings).map(|(number, meeting)| {
        let uid = history.uid(meeting.at);
        *first.entry(uid).or_insert(number)
    });
    Some(same.collect())
}

impl Book<'_> {
    /// All of them up to `last`, those of one 1:1 in the order of its places.
    fn decided(&self, last: Instant) -> Vec<Decided> {
        let mut decided = Vec::new();
        for (number, place) in (0..).zip(self.agenda.places.iter()) {
            let Some(mine) = self.agenda.taken(place) else {
                continue;
            };
            if mine.meeting.class != Class::OneOnOne || place.slot.start > last {
                continue;
            }
            for (at, there) in self.agenda.overlapping_at(place.slot) {
                if let Some(other) = self.agenda.taken(there)
                    && rivals(mine, other)
                    && let Some(one_on_one_gave_way) = who_left(&place, &there)
                {
                    decided.push(Decided {
                        mine: number,
                        other: u32::try_from(at).unwrap_or(u32::MAX),
                        one_on_one_gave_way,
                    });
                }
            }
        }
        decided
    }

    fn place(&self, number: u32) -> Option<Place> {
        self.agenda.places.get(number as usize)
    }

    /// The meeting, as one of those that are the same.
    fn meeting(&self, place: &Place) -> u32 {
        let same = self.same.as_ref();
        let first = same.and_then(|same| same.get(place.meeting as usize));
        first.copied().unwrap_or(place.meeting)
    }

    /// Of which instances it is a conflict.
    fn which(&self, one: Decided) -> [Option<(u32, Instant)>; 2] {
        [one.mine, one.other].map(|number| {
            let place = self.place(number)?;
            Some((self.meeting(&place), place.id))
        })
    }

    /// The place that was left.
    fn place_left(&self, one: Decided) -> Option<Place> {
        self.place(if one.one_on_one_gave_way {
            one.mine
        } else {
            one.other
        })
    }

    /// Which meeting left its place, and when.
    fn what_left(&self, one: Decided) -> Option<(u32, Option<Instant>)> {
        let place = self.place_left(one)?;
        Some((self.meeting(&place), place.left.and_then(|left| left.at)))
    }

    /// Whether what left is back in the very place beside the other one, and neither leaves any more.
    fn came_back(&self, one: Decided) -> bool {
        let (mine, other) = (self.place(one.mine), self.place(one.other));
        let of = if one.one_on_one_gave_way {
            mine.zip(other)
        } else {
            other.zip(mine)
        };
        let Some((left, _)) = of.filter(|(_, stayed)| stayed.left.is_none()) else {
            return false;
        };
        let instance = |place: &Place| (self.meeting(place), place.id, place.slot);
        let mut there = self.agenda.beginning_at(left.slot.start);
        there.any(|place| place.left.is_none() && instance(&place) == instance(&left))
    }

    /// Whether it was left a week or more before it was to begin.
    fn is_early(&self, one: Decided) -> bool {
        self.place_left(one).is_some_and(|place| {
            let promised_by = place.slot.start.plus_days(-PROMISED_DAYS);
            let at = place.left.and_then(|left| left.at);
            at.is_some_and(|at| at <= promised_by)
        })
    }

    fn conflict(&self, one: Decided) -> Option<Conflict> {
        let (mine, other) = (self.place(one.mine)?, self.place(one.other)?);
        Some(Conflict {
            class: self.agenda.taken(other)?.meeting.class,
            one_on_one_gave_way: one.one_on_one_gave_way,
            at: mine.slot.start.max(other.slot.start),
            one_on_one: mine.id,
        })
    }
}

/// Whether the two want the same time, and it tells something which of them has it.
pub(super) fn rivals(mine: Taken<'_>, other: Taken<'_>) -> bool {
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
