//! A debt: a 1:1 that would count as lost if nothing more happened. The ledger's own rules say which is; the guard has
//! none of its own.

use crate::case::Case;
use crate::ids::PersonId;
use steadfast_calendar::Slot;
use steadfast_ledger::case::{
    Absence, Actor, ActorEvidence, Away, Case as Judged, Change, ChangeTime, ReportSays,
};
use steadfast_ledger::rules;
use steadfast_ledger::verdict::Verdict;

/// What would be said of it if it ended as it stands.
pub fn verdict(case: &Case<'_>) -> Option<Verdict> {
    let promise = case.promise;
    let report = case.world.person(case.one.report)?;
    let meeting = |id: Option<_>| id.and_then(|id| case.world.meeting(id));
    let changes = promise.changes.iter().map(|change| Change {
        at: Some(ChangeTime::exactly(change.at)),
        slot_start_before: change.from.start,
        actor: Actor {
            who: change.by,
            evidence: ActorEvidence::OrganizerOnly,
            confidence: 0.9,
        },
    });
    let leave = |who: Away, person| {
        let known = case.world.person(person);
        let slots = known.into_iter().flat_map(|known| known.leave.iter());
        slots.map(move |slot| Absence { who, slot: *slot })
    };
    let near = |absence: &Absence| absence.slot.overlaps(promise.promised);
    let absences = leave(Away::Manager, case.one.manager)
        .chain(leave(Away::Report, case.one.report))
        .filter(near)
        .collect();
    let declined = |slot: &(crate::ids::MeetingId, Slot)| {
        case.world
            .meeting(slot.0)
            .is_some_and(|meeting| case.two().iter().all(|p| meeting.people().any(|q| q == *p)))
    };
    let held = |id| {
        meeting(id)
            .map(|meeting| (meeting.id, meeting.slot))
            .filter(declined)
            .map(|(_, slot)| slot)
    };
    Some(rules::judge(&Judged {
        promised: promise.promised,
        held: held(promise.stands),
        cadence_days: case.one.cadence_days,
        next_promised: promise.next,
        previous_promised: promise.previous,
        report_zone: report.zone.clone(),
        changes: changes.collect(),
        // An extra one that did not take place makes nothing good.
        replacement: held(
            promise
                .replaced_by
                .filter(|id| promise.not_held != Some(*id)),
        ),
        absences,
        report_says: (promise.not_held.is_some() && promise.not_held == promise.stands)
            .then_some(ReportSays::NotHeld),
        manager_says: None,
        unknown_because: None,
        open: false,
    }))
}

/// Whether it is owed: it would count as lost, the line still holds, the two did not agree to leave it out, and there is
/// time left before the next one. Leave takes the blame away, not the debt.
pub fn is_owed(case: &Case<'_>) -> bool {
    if case.one.ended || case.promise.agreed || case.now >= case.due() {
        return false;
    }
    // What is taken off after it should have ended has taken place, for all that is known.
    let tidied = case
        .promise
        .changes
        .last()
        .is_some_and(|change| change.to.is_none() && change.at >= change.from.end);
    if tidied && case.promise.replaced_by.is_none() {
        return false;
    }
    let away = case
        .stands
        .is_some_and(|meeting| is_away(case, meeting.slot));
    verdict(case).is_some_and(|verdict| verdict.loss || is_lost_anyway(&verdict)) || away
}

/// Lost, whatever excuses it.
fn is_lost_anyway(verdict: &Verdict) -> bool {
    use steadfast_ledger::verdict::Outcome;
    matches!(
        verdict.outcome,
        Outcome::Cancelled | Outcome::Skipped | Outcome::NoShow
    ) && !verdict.made_good
}

/// Whether it stands nowhere, alone and not with its series, and one of the two is away when it was promised.
pub(crate) fn is_off_for_leave(case: &Case<'_>) -> bool {
    case.stands.is_none() && !case.promise.series_gone && is_away(case, case.promise.promised)
}

/// Whether leave of one of the two covers half of `slot` or more.
pub(crate) fn is_away(case: &Case<'_>, slot: Slot) -> bool {
    let mut two = case.two().into_iter();
    two.any(|person| is_away_of(case, person, slot))
}

/// Whether leave of that one covers half of `slot` or more.
pub(crate) fn is_away_of(case: &Case<'_>, person: PersonId, slot: Slot) -> bool {
    let known = case.world.person(person);
    let mut leave = known.into_iter().flat_map(|known| known.leave.iter());
    leave.any(|leave| 2 * leave.overlap_seconds(slot) >= slot.seconds().max(1))
}
