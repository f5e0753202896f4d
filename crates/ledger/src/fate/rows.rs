//! The occurrences of one relationship as they are judged, and the lost ones judged once more where an extra meeting made
//! them good.

use super::{hop::Hop, judged::is_lost};
use crate::{
    case::{Actor, Away, Case, ChangeTime, UnknownBecause},
    occurrence::{Holiday, Occurrence},
    rules,
    verdict::{Outcome, Verdict},
};
use std::sync::Arc;
use steadfast_calendar::{Instant, Slot};

/// What the calendar has of one that was promised.
pub(super) struct Known {
    /// Its original start.
    pub id: Instant,
    /// The UID of the series that promised it.
    pub uid: Option<Arc<str>>,
    /// Something happened to it after it should have ended.
    pub changed_afterwards: bool,
}

/// Judged occurrences, in order of promise.
pub(super) struct Rows {
    pub occurrences: Vec<Occurrence>,
    /// Where the first one to come that is on the calendar stands there.
    pub next: Option<Slot>,
    /// Each change of those that changed more than once, by promised start, where that is wanted.
    pub hops: Vec<(Instant, Vec<Hop>)>,
    /// The cases of those that are lost, by their place: of the rest nothing is asked again, and there may be a million.
    lost: Vec<(usize, Box<Case>)>,
}

impl Rows {
    /// None yet, with room for so many.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self {
            occurrences: Vec::with_capacity(count),
            next: None,
            hops: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// Judges the next one. `known`: what the calendar has of it; `None` where it had nothing, so that it is missing.
    pub(super) fn push(&mut self, case: Case, known: Option<Known>) {
        let verdict = judge(&case, known.is_some());
        let is_lost = is_lost(&verdict);
        if verdict.outcome == Outcome::Open
            && let Some(slot) = case.held
        {
            self.next = Some(self.next.map_or(slot, |known| known.min(slot)));
        }
        let (recurrence_id, uid, changed_afterwards) = known.map_or((None, None, false), |known| {
            (Some(known.id), known.uid, known.changed_afterwards)
        });
        let (actor, changed_at) = decided(&case, &verdict);
        self.occurrences.push(Occurrence {
            recurrence_id,
            uid,
            promised: case.promised,
            actor,
            changed_at,
            first_notice: first_notice(&case, &verdict),
            cause: None,
            overlapped: false,
            both_elsewhere: false,
            away: rules::excuses::covering(&case),
            holiday: None,
            unknown_because: case.unknown_because,
            report_says: case.report_says,
            manager_says: case.manager_says,
            changed_afterwards,
            verdict,
        });
        if is_lost {
            self.lost.push((self.occurrences.len() - 1, Box::new(case)));
        }
    }

    /// Says which holiday it was that covered the last one, where one did.
    pub(super) fn tell_holiday(&mut self, which: impl FnOnce(Slot) -> Option<Holiday>) {
        let last = self.occurrences.last_mut();
        if let Some(row) = last.filter(|row| row.away == Some(Away::Holiday)) {
            row.holiday = which(row.promised).map(Box::new);
        }
    }

    /// One extra meeting repairs one loss, the earliest first.
    pub(super) fn make_good(&mut self, extras: &[Slot], now: Instant) {
        let mut unused: Vec<Slot> = extras.iter().copied().filter(|e| e.end <= now).collect();
        for (place, case) in &mut self.lost {
            let (first, last) = rules::made_good::reach(case);
            let from = unused.partition_point(|extra| extra.start < first);
            let near = unused.get(from..).unwrap_or_default();
            let fits = |extra: &Slot| rules::made_good::outcome_of(case, *extra).is_some();
            let found = near
                .iter()
                .take_while(|extra| extra.start <= last)
                .position(fits);
            let (Some(at), Some(row)) = (found, self.occurrences.get_mut(*place)) else {
                continue;
            };
            // What the one before the first that is known was, and whether it was lost, nobody knows: a meeting ahead of the first
            // may be in the place of either.
            let of_either =
                |extra: Slot| case.previous_promised.is_none() && extra.end <= case.promised.start;
            if near.get(at).copied().is_some_and(of_either) {
                case.unknown_because = Some(UnknownBecause::Gap);
                row.unknown_because = case.unknown_because;
            } else {
                case.replacement = Some(unused.remove(from + at));
            }
            row.verdict = judge(case, row.recurrence_id.is_some());
            (row.actor, row.changed_at) = decided(case, &row.verdict);
            row.first_notice = first_notice(case, &row.verdict);
        }
    }
}

fn judge(case: &Case, was_on_the_calendar: bool) -> Verdict {
    if was_on_the_calendar {
        rules::judge(case)
    } else {
        rules::judge_missing(case)
    }
}

/// What [`Occurrence::first_notice`] says.
fn first_notice(case: &Case, verdict: &Verdict) -> Option<i32> {
    let [first, _, ..] = case.changes.as_slice() else {
        return None;
    };
    let first = rules::notice::of(first)?.minutes();
    let counts = verdict.notice_minutes?;
    (first > counts).then(|| i32::try_from(first).unwrap_or(i32::MAX))
}

/// Who made the change that decided, and when.
fn decided(case: &Case, verdict: &Verdict) -> (Option<Actor>, Option<ChangeTime>) {
    let index = verdict
        .deciding_change
        .and_then(|i| usize::try_from(i).ok());
    let change = index.and_then(|i| case.changes.get(i));
    (change.map(|c| c.actor), change.and_then(|c| c.at))
}
