//! **Put it back**: a scheduling bot moved or cut the 1:1, and its time is still free. What a person did is never taken back by
//! itself: whoever organises it is asked, and can do so by a tap. What the report asked for, or both planned, stays.

use super::{Asked, Draft, Remedy};
use crate::intent::{Measure, Undo, What};
use crate::policy::How;
use crate::threats::Kind;
use steadfast_ledger::case::Who;

pub(super) fn find(asked: &Asked<'_>) -> Option<Remedy> {
    let case = asked.case;
    if !matches!(
        asked.threat.kind,
        Kind::Moved | Kind::Cut | Kind::OutsideHours | Kind::FocusBlock
    ) {
        return None;
    }
    let (stands, slot) = case.to_come()?;
    let last = case.promise.changes.last()?;
    let to = case.promise.promised;
    let by_program = last.by == Who::Automation;
    let by_hand = matches!(last.by, Who::Manager | Who::Delegate | Who::Unknown);
    let is_asked = asked.how == How::ByOwner && stands.organiser == asked.threat.on;
    if !(by_program || by_hand && is_asked) || to.start <= case.now {
        return None;
    }
    let free = case.two().map(|person| (person, to));
    let is_free = |(person, to): &_| case.world.is_free(*person, *to, Some(stands.id), case.now);
    if !free.iter().all(is_free) {
        return None;
    }
    let intent = asked.intent(Draft {
        measure: Measure::Restore,
        what: What::Restore {
            meeting: stands.id,
            to,
        },
        on: Some((stands.id, stands.version)),
        booker: None,
        free: free.to_vec(),
        why: if by_program {
            format!("{}, by a program", asked.threat.because)
        } else {
            asked.threat.because.clone()
        },
        undo: Undo::MoveBack {
            to: slot,
            until: to.start.min(slot.start),
        },
    });
    Some(Remedy {
        measure: Measure::Restore,
        intents: vec![intent],
    })
}
