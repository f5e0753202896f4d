//! Single meetings of exactly these two: what may make a loss good.

use super::state::{Scope, State, single};
use crate::{occurrence::Occurrence, pairs::Relationship};
use steadfast_calendar::{Instant, Slot};

/// The single meetings of the two that stood when they should have begun, by start.
pub(super) fn extras(
    relationship: &Relationship,
    scope: &Scope<'_>,
    states: &[State],
) -> Vec<Slot> {
    let meetings = relationship.series.iter().enumerate();
    let mut extras: Vec<Slot> = meetings
        .filter(|(_, series)| series.cadence_days().is_none())
        .filter_map(|(place, series)| {
            single(series, relationship, scope).unwrap_or_else(|| last_standing(states, place))
        })
        .collect();
    extras.sort_unstable();
    extras.dedup();
    extras
}

/// The slot in which the single meeting stood last before its own end.
fn last_standing(states: &[State], series: usize) -> Option<Slot> {
    let mut held: Option<Slot> = None;
    for state in states {
        let over = |slot: Slot, at: Option<Instant>| at.is_some_and(|at| slot.end <= at);
        if held.is_some_and(|slot| over(slot, state.after)) {
            break;
        }
        let now = state.series.get(series).and_then(Option::as_ref);
        let slot = now
            .and_then(|s| s.leading.looks.first())
            .and_then(|l| l.slot);
        let gone_afterwards = slot.is_none() && held.is_some_and(|slot| over(slot, state.seen));
        if !gone_afterwards {
            held = slot;
        }
    }
    held
}

/// End of the last meeting of the two that stood, a promised one or an extra one.
pub(super) fn last_held(
    occurrences: &[Occurrence],
    extras: &[Slot],
    now: Instant,
) -> Option<Instant> {
    let held = occurrences.iter().filter_map(|o| o.verdict.was_held());
    held.chain(extras.iter().copied())
        .map(|slot| slot.end)
        .filter(|end| *end <= now)
        .max()
}
