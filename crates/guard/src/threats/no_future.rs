//! **No 1:1 to come**: the series ended, the manager changed, or somebody new has none yet. Found for a 1:1, not for a
//! promise: there is none.

use super::{Evidence, Kind, Threat};
use crate::ids::OneOnOneId;
use crate::world::World;
use steadfast_calendar::{Instant, Slot};

/// Somebody new has their first 1:1 within so many working days, as the ledger counts.
pub const FIRST_ONE_WORKING_DAYS: usize = 5;

/// How far ahead a next one is looked for, in cadences.
const CADENCES_AHEAD: i64 = 2;

/// The threat to a 1:1 that has none to come within two cadences.
pub fn no_future(world: &World, one: OneOnOneId, now: Instant) -> Option<Threat> {
    let one = world.one_on_one(one).filter(|one| !one.ended)?;
    let ahead = now.plus_days(one.cadence_days.max(1) * CADENCES_AHEAD);
    let to_come = world
        .promises_between(one.id, now, ahead)
        .any(|promise| promise.stands.is_some() || promise.replaced_by.is_some());
    if one.has_series || to_come {
        return None;
    }
    let mut before = world.promises_between(one.id, one.since, now);
    let first = !one.has_met && before.next().is_none();
    let because = if first && is_new(world, one.manager, one.since, now) {
        "your report is new and has no first 1:1 yet; within five working days is usual"
    } else if first {
        "your report has never had a 1:1 with you"
    } else {
        "the series ended, and no 1:1 is to come"
    };
    Some(Threat {
        kind: Kind::NoFuture,
        one_on_one: one.id,
        promise: None,
        on: one.manager,
        evidence: Evidence::default(),
        because: because.to_owned(),
    })
}

fn is_new(world: &World, manager: crate::ids::PersonId, since: Instant, now: Instant) -> bool {
    world.working(manager, Slot::new(since, now)).len() <= FIRST_ONE_WORKING_DAYS
}
