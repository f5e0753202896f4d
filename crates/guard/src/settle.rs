//! Two guards, a guard and a scheduling bot, or a guard and itself must come to rest.
//!
//! Three rules, each enough to end what the others let through: the same thing is not done twice for the same reason; what
//! a machine changed after us is not changed back by us; and no promise is written for more than [`MOST_DEEDS`] times. What
//! they refuse is still proposed to a person, who may do it.

use crate::ids::MeetingId;
use crate::intent::Intent;
use crate::own::Own;
use crate::world::World;

/// Writes for one promise: the other meeting, an answer, a place instead, and one more should that one be lost too.
pub const MOST_DEEDS: usize = 4;

/// Why the guard stops writing for a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// It was done before, for the same reason.
    Again,
    /// Another program changed it after us.
    Machine,
    /// Enough was written for this promise.
    Enough,
}

/// Whether this may still be written without going round in circles.
///
/// # Errors
/// Which of the rules ends it.
pub fn may(world: &World, own: &Own, intent: &Intent) -> Result<(), Stop> {
    let Some(promise) = intent.promise.filter(|_| intent.is_deed()) else {
        return Ok(());
    };
    let deeds = own
        .deeds(promise)
        .iter()
        .filter(|deed| deed.intent.is_deed());
    let mut count = 0;
    for deed in deeds {
        count += 1;
        let same_thing = deed.intent.on.map(|(id, _)| id) == intent.on.map(|(id, _)| id)
            && deed.intent.measure == intent.measure;
        // A new place for a second loss is another thing: what it replaces is what we booked before.
        let same_loss = deed.intent.seen == intent.seen;
        if same_thing && deed.intent.against == intent.against && (intent.on.is_some() || same_loss)
        {
            return Err(Stop::Again);
        }
        // A new place is put where the 1:1 itself was lost; what became of another meeting that we moved is no matter for it.
        let is_it = |id: &MeetingId| {
            let meeting = world.meeting(*id);
            meeting.is_none_or(|meeting| meeting.part_of == Some(promise))
        };
        let touched = deed.meeting.filter(|id| match intent.on {
            Some((on, _)) => on == *id,
            None => is_it(id),
        });
        let after_us = match touched.map(|id| (id, world.meeting(id))) {
            Some((_, Some(meeting))) => {
                meeting.changed_at >= deed.at
                    && meeting.version > deed.intent.on.map_or(1, |on| on.1 + 1)
                    && !meeting.is_by_a_person()
            }
            // Taken off again: by whom, the promise tells.
            Some((_, None)) => world.promise(promise).is_some_and(|promise| {
                let last = promise.changes.last();
                last.is_some_and(|change| {
                    use steadfast_ledger::case::Who;
                    change.at >= deed.at && matches!(change.by, Who::Automation | Who::Plan)
                })
            }),
            None => false,
        };
        if after_us {
            return Err(Stop::Machine);
        }
    }
    if count >= MOST_DEEDS {
        return Err(Stop::Enough);
    }
    Ok(())
}
