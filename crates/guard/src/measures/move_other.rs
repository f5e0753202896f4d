//! **Move the other meeting**: where its organiser is the owner and its class is lower than a 1:1, it goes to the nearest
//! time at which everybody on it works and is free.

use super::{Asked, Draft, ELSEWHERE_DAYS, Remedy};
use crate::intent::{Measure, Undo, What};
use crate::world::meeting::Meeting;
use steadfast_calendar::Slot;
use steadfast_ledger::occurrence::Class;

/// Everybody's time is looked through; with more people than this there is no common time to find.
const MOST_GUESTS: usize = 30;

/// Classes that give way to a 1:1. A meeting with people outside, with the own manager or of leaders is not moved by
/// itself, nor is another 1:1 or what somebody does for themselves.
pub(super) fn is_lower(class: Class) -> bool {
    matches!(
        class,
        Class::Daily | Class::Status | Class::Team | Class::Other
    )
}

pub(super) fn find(asked: &Asked<'_>) -> Option<Remedy> {
    if !asked.is_conflict() {
        return None;
    }
    let (case, owner) = (asked.case, asked.threat.on);
    let other = case.world.meeting(asked.threat.evidence.meeting?)?;
    if other.organiser != owner || other.part_of.is_some() || !is_lower(other.class) {
        return None;
    }
    let to = nearest(asked, other)?;
    let people: Vec<_> = other.people().collect();
    let intent = asked.intent(Draft {
        measure: Measure::MoveOther,
        what: What::Move {
            meeting: other.id,
            to,
        },
        on: Some((other.id, other.version)),
        booker: None,
        free: people.iter().map(|person| (*person, to)).collect(),
        why: asked.threat.because.clone(),
        undo: Undo::MoveBack {
            to: other.slot,
            until: other.slot.start.min(to.start),
        },
    });
    Some(Remedy {
        measure: Measure::MoveOther,
        intents: vec![intent],
    })
}

fn nearest(asked: &Asked<'_>, other: &Meeting) -> Option<Slot> {
    let case = asked.case;
    let people: Vec<_> = other.people().collect();
    let known = |person: &_| case.world.person(*person).is_some_and(|who| who.inside);
    if people.len() > MOST_GUESTS || !people.iter().all(known) {
        return None;
    }
    let from = case
        .now
        .plus_minutes(asked.policy.bounds.freeze_minutes.max(0));
    let span = Slot::new(
        from.max(other.slot.start.plus_days(-ELSEWHERE_DAYS)),
        other.slot.start.plus_days(ELSEWHERE_DAYS),
    );
    let minutes = other.slot.minutes();
    let starts = case
        .world
        .starts(&people, span, minutes, Some(other.id), case.now);
    let away = |start: &steadfast_calendar::Instant| start.seconds_since(other.slot.start).abs();
    let start = starts
        .into_iter()
        .min_by_key(|start| (away(start), *start))?;
    Some(Slot::new(start, start.plus_minutes(minutes)))
}
