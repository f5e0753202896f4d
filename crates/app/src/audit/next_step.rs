//! What could be done now: a lost one that is still owed, or the next one that something else lies upon.

use super::finish::Desk;
use crate::report::model::NextStep;
use steadfast_calendar::Slot;
use steadfast_ledger::{
    busy::{Agenda, Own, Taken},
    occurrence::{Class, Occurrence},
    pairs::Relationship,
    verdict::Outcome,
};

/// Days ahead in which the next one is looked at: agendas are read no further.
const AHEAD_DAYS: i64 = 7;

/// The step for the manager who reads; of both, the one that is owed.
pub(super) fn next_step(
    desk: &Desk<'_>,
    relationship: &Relationship,
    occurrences: &[Occurrence],
    own: &Own<'_>,
) -> Option<NextStep> {
    let manager = relationship.manager.filter(|m| desk.me == Some(*m))?;
    let next = occurrences
        .iter()
        .filter(|o| o.verdict.outcome == Outcome::Open)
        .filter_map(|o| o.verdict.held)
        .min();
    if let Some(lost) = owed(occurrences) {
        return Some(NextStep::MakeGood {
            lost: lost.promised.start,
            before: next.map(|slot| slot.start),
        });
    }
    let soon = |slot: &Slot| slot.start <= desk.now.plus_days(AHEAD_DAYS);
    let is_under = |slot: &Slot| lies_under(*slot, desk.agendas.get(&manager), own);
    if let Some(next) = next.filter(soon).filter(is_under) {
        return Some(NextStep::Protect { next: next.start });
    }
    let is_lost = desk.printed(occurrences).any(|o| o.verdict.loss);
    is_lost.then_some(NextStep::WhenOneGoes)
}

/// Whether the manager has accepted something else, with somebody, in the `slot` of the next one.
fn lies_under(slot: Slot, agenda: Option<&Agenda>, own: &Own<'_>) -> bool {
    agenda.is_some_and(|agenda| {
        agenda.overlapping(slot).any(|Taken { place, meeting }| {
            let away = matches!(meeting.class, Class::Leave | Class::Holiday);
            let others = meeting.people > 1 && !own.has(meeting);
            place.left.is_none() && !away && others
        })
    })
}

/// The last one, where it was lost and none was held since. What is excused owes nothing and makes nothing good.
fn owed(occurrences: &[Occurrence]) -> Option<&Occurrence> {
    let judged =
        |o: &&Occurrence| o.verdict.outcome != Outcome::Open && o.verdict.excused.is_none();
    let last = occurrences.iter().rev().find(judged);
    last.filter(|o| o.verdict.loss)
}
