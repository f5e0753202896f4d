//! From what was planned and done to the truth.

use super::{
    Excuse, Hand, Occurrence, Outcome, Relationship, Shown, Truth, WithoutOneOnOne,
    judge::{self, Around, Away, Made},
};
use crate::{
    meeting::Meeting,
    plan::{
        Plan,
        promise::{Pair, Promise},
    },
};
use steadfast_calendar::{Instant, Slot};

/// What the snapshots can decide.
pub(crate) struct Looks<'a> {
    /// Moments of all looks, in order.
    pub(crate) at: &'a [Instant],
    /// The meetings as they stand at the end.
    pub(crate) last: &'a [Meeting],
}

impl Looks<'_> {
    fn after(&self, at: Instant) -> Option<Instant> {
        self.at
            .get(self.at.partition_point(|look| *look < at))
            .copied()
    }
}

/// The truth of a plan.
pub(crate) fn reckon(plan: &Plan, looks: &Looks<'_>, gaps: Vec<(Instant, Instant)>) -> Truth {
    let address = |who: crate::person::PersonId| plan.people[who.0].address.clone();
    let has_pair = |line: &crate::plan::Line| {
        plan.pairs
            .iter()
            .any(|pair| pair.manager == line.manager && pair.report == line.report)
    };
    Truth {
        relationships: plan
            .pairs
            .iter()
            .map(|pair| relationship(plan, pair, looks))
            .collect(),
        without_one_on_one: plan
            .lines
            .iter()
            .filter(|line| line.to.is_none() && !has_pair(line))
            .map(|line| WithoutOneOnOne {
                manager: address(line.manager),
                report: address(line.report),
                since: line.from,
            })
            .collect(),
        decoys: plan
            .decoys
            .iter()
            .map(|(meeting, why)| plan.decoy(*meeting, *why))
            .collect(),
        conflicts: plan.conflicts.clone(),
        gaps,
    }
}

fn relationship(plan: &Plan, pair: &Pair, looks: &Looks<'_>) -> Relationship {
    let address = |who: crate::person::PersonId| plan.people[who.0].address.clone();
    let zone = plan.people[pair.report.0].zone.tz.clone();
    let mut away: Vec<Away> = Vec::new();
    for (who, manager) in [(pair.manager, true), (pair.report, false)] {
        for (span, _) in plan.away.get(&who).into_iter().flatten() {
            match (span.excuse, manager) {
                (Excuse::Holiday, true) => {}
                (Excuse::Holiday, false) => away.push(*span),
                (_, true) => away.push(Away {
                    excuse: Excuse::LeaveManager,
                    ..*span
                }),
                (_, false) => away.push(Away {
                    excuse: Excuse::LeaveReport,
                    ..*span
                }),
            }
        }
    }
    let slots: Vec<Slot> = pair.promises.iter().map(|p| p.promised).collect();
    // One replacement repairs one loss, earliest first.
    let mut used = vec![false; pair.promises.len()];
    let mut occurrences = Vec::new();
    for (k, promise) in pair.promises.iter().enumerate() {
        let around = Around {
            previous: k.checked_sub(1).and_then(|k| slots.get(k)).copied(),
            next: slots.get(k + 1).copied(),
            cadence_days: pair.cadence.days(),
            zone: &zone,
        };
        occurrences.push(occurrence(pair, promise, &around, &away, &mut used, looks));
    }
    Relationship {
        manager: address(pair.manager),
        report: address(pair.report),
        organiser: address(pair.organiser),
        uids: pair
            .meetings
            .iter()
            .map(|meeting| plan.meetings[meeting.0].uid.clone())
            .collect(),
        title: pair.title.clone(),
        cadence_days: pair.cadence.days(),
        minutes: pair.minutes,
        zone,
        ended: pair.ended,
        occurrences,
    }
}

fn occurrence(
    pair: &Pair,
    promise: &Promise,
    around: &Around<'_>,
    away: &[Away],
    used: &mut [bool],
    looks: &Looks<'_>,
) -> Occurrence {
    let made: Vec<Made> = promise.changes.iter().map(|(made, _)| *made).collect();
    let mut outcome = judge::outcome(promise.promised, promise.held, around);
    let mut held = promise.held;
    let token =
        held.is_some_and(|held| judge::cut(promise.promised, held) == Some(super::Cut::Token));
    let lost = matches!(outcome, Outcome::Cancelled | Outcome::Skipped) || token;
    let mut made_good = false;
    if lost {
        for (other, used) in pair.promises.iter().zip(used.iter_mut()) {
            let Some(slot) = other.replacement.filter(|_| !*used && !made_good) else {
                continue;
            };
            if let Some(better) = judge::repairs(promise.promised, slot, around) {
                (outcome, held, made_good, *used) = (better, Some(slot), true, true);
            }
        }
    }
    let deciding = judge::deciding(&made, lost);
    let deciding = deciding.and_then(|index| promise.changes.get(index));
    let acted = deciding.map(|(made, _)| made.hand);
    let cut = held.and_then(|held| judge::cut(promise.promised, held));
    let mut excused = None;
    if outcome != Outcome::Kept || cut.is_some() {
        excused = judge::excuse(promise.promised, acted, away);
    }
    if promise.missing {
        outcome = Outcome::Missing;
        held = None;
    }
    Occurrence {
        promised: promise.promised,
        held,
        outcome,
        cut,
        notice_minutes: deciding.map(|(made, _)| made.before.start.minutes_since(made.at)),
        hops: made.len(),
        acted,
        wished: promise.wished.filter(|wished| *wished == Hand::Report),
        shown: deciding.map_or(Shown::Nothing, |(_, shown)| *shown),
        cause: promise.cause.clone(),
        made_good,
        excused,
        decided: decided(&made, promise, looks),
        in_last_state: looks.last.get(promise.meeting.0).is_some_and(|meeting| {
            meeting.live
                && meeting
                    .ruled(promise.promised.end)
                    .contains(&promise.promised)
        }),
        behaviour: promise.behaviour,
    }
}

/// Whether every change was seen before the slot it changed had ended, and before the new one had: then the order of
/// the snapshots alone tells the final slot.
fn decided(made: &[Made], promise: &Promise, looks: &Looks<'_>) -> bool {
    made.iter().all(|change| {
        looks.after(change.at).is_some_and(|seen| {
            seen <= change.before.end && promise.held.is_none_or(|held| seen <= held.end)
        })
    })
}
