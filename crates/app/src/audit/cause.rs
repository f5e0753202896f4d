//! What most likely displaced an occurrence.

use steadfast_calendar::Instant;
use steadfast_ledger::{
    busy::{Agenda, Own, displacers},
    case::Away,
    occurrence::{Cause, Class, Occurrence},
    verdict::Excuse,
};
use steadfast_signal::displaced_by::{Candidate, displaced_by};

/// The cause of `occurrence`'s deciding change, from the agenda of whoever moved it; `None` when nothing changed.
/// Leave and holidays that excuse it are its cause; else the meeting that most likely took the slot; else unknown.
pub(super) fn cause(
    occurrence: &Occurrence,
    agenda: Option<&Agenda>,
    own: &Own<'_>,
) -> Option<Cause> {
    occurrence.verdict.deciding_change?;
    let certain = |class| {
        Some(Cause {
            class,
            uid: None,
            probability: 1.0,
            gave_way_to: Vec::new(),
        })
    };
    let excused = matches!(
        occurrence.verdict.excused,
        Some(Excuse::LeaveManager | Excuse::LeaveReport | Excuse::Leave | Excuse::Holiday)
    );
    match occurrence
        .away
        .filter(|_| excused || occurrence.verdict.held.is_none())
    {
        Some(Away::Manager | Away::Report | Away::OneOfTheTwo) => return certain(Class::Leave),
        Some(Away::Holiday) => return certain(Class::Holiday),
        None => {}
    }
    let unknown = Cause {
        class: Class::Unknown,
        uid: None,
        probability: 0.0,
        gave_way_to: Vec::new(),
    };
    let (Some(agenda), Some(changed)) = (agenda, occurrence.changed_at) else {
        return Some(unknown);
    };
    let candidates = displacers(agenda, occurrence.promised, own);
    let minutes = |at: Instant| at.seconds().div_euclid(60);
    let weighed: Vec<Candidate> = candidates
        .iter()
        .map(|c| Candidate {
            start: minutes(c.slot.start),
            end: minutes(c.slot.end),
            appeared: c.appeared.map(minutes),
        })
        .collect();
    let promised = occurrence.promised;
    let slot = (minutes(promised.start), minutes(promised.end));
    let found = displaced_by(slot, minutes(changed.latest), &weighed);
    let likely = found
        .most_likely()
        .and_then(|(index, probability)| Some((candidates.get(index)?, probability)));
    Some(likely.map_or(unknown, |(displacer, probability)| Cause {
        class: displacer.class,
        uid: Some(own.history().uid(displacer.at)),
        probability,
        gave_way_to: Vec::new(),
    }))
}
