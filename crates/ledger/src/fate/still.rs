//! What still stands on the calendars after the reporting lines of the two have ended: owed by nobody, and still there.

use super::{end::covered, follow::Road, promises::Promise, state::State};
use crate::pairs::Relationship;
use jiff::{civil::Date, tz::TimeZone};
use steadfast_calendar::{Instant, Slot};

/// What stands after the last day of the reporting lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Still {
    /// The last day on which one of the two reported to the other.
    pub until: Date,
    /// Where each stands that is to come, by start.
    pub slots: Vec<Slot>,
    /// Whether each of them was seen on the calendars of both.
    pub on_both: bool,
}

/// What stands of `promises`, those of the relationship that are owed no more, and of single meetings.
pub(super) fn still(
    relationship: &Relationship,
    promises: &[Promise],
    extras: &[Slot],
    road: &Road<'_>,
    (now, zone): (Instant, &TimeZone),
) -> Option<Still> {
    let ends = relationship.lines.iter().map(|line| line.to);
    let until = ends.collect::<Option<Vec<Date>>>()?.into_iter().max()?;
    let is_after = |slot: &Slot| {
        let day = slot.start.date(zone);
        slot.end > now && until < day && !covered(relationship, day)
    };
    let mut slots: Vec<Slot> = Vec::new();
    let mut on_both = true;
    for promise in promises {
        let journey = road.follow(promise);
        if let Some(held) = journey.held.filter(is_after) {
            on_both &= journey.unknown.is_none() && both_have(road.states.last(), promise.series);
            slots.push(held);
        }
    }
    // Of a single meeting it is not kept on whose calendars it stands.
    for extra in extras.iter().filter(|slot| is_after(slot)) {
        on_both = false;
        slots.push(*extra);
    }
    slots.sort_unstable();
    slots.dedup();
    (!slots.is_empty()).then_some(Still {
        until,
        slots,
        on_both,
    })
}

/// Whether the series stands on the calendars of both.
fn both_have(state: Option<&State>, series: usize) -> bool {
    let standing = state.and_then(|state| state.series.get(series)?.as_ref());
    let other = standing.and_then(|standing| standing.other.as_ref());
    other.is_some_and(|other| other.view.is_some())
}
