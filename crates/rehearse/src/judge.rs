//! What became of every promise, by the ledger's rules over what really stood and what really happened. It keeps its own
//! record: nothing here is asked of the guard.

use crate::lived::Became;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::ids::{MeetingId, PromiseId};
use steadfast_ledger::case::{
    Absence, Actor, ActorEvidence, Away, Case, Change, ChangeTime, ReportSays, Who,
};
use steadfast_ledger::rules;
use steadfast_ledger::verdict::{Excuse, Notice, Outcome, Verdict};

/// What really happened to one promise.
#[derive(Clone, Debug)]
pub struct Told {
    /// As it was promised.
    pub promised: Slot,
    /// Days between two promises.
    pub cadence_days: i64,
    /// Start of the next.
    pub next: Option<Instant>,
    /// Start of the one before.
    pub previous: Option<Instant>,
    /// The report's clock.
    pub zone: TimeZone,
    /// Every change, whoever made it.
    pub changes: Vec<Change>,
    /// At the start of a meeting for it, somebody was elsewhere.
    pub elsewhere: Vec<MeetingId>,
    /// Leave that touches the promise.
    pub absences: Vec<Absence>,
}

/// Everything that really happened.
#[derive(Clone, Debug, Default)]
pub struct Judge {
    told: HashMap<PromiseId, Told>,
    verdicts: Vec<Verdict>,
}

impl Judge {
    /// A promise was made.
    pub fn promised(&mut self, id: PromiseId, told: Told) {
        self.told.insert(id, told);
    }

    /// It was changed.
    pub fn changed(&mut self, id: PromiseId, at: Instant, from: Slot, by: Who) {
        if let Some(told) = self.told.get_mut(&id) {
            told.changes.push(Change {
                at: Some(ChangeTime::exactly(at)),
                slot_start_before: from.start,
                actor: Actor {
                    who: by,
                    evidence: ActorEvidence::AuditLog,
                    confidence: 1.0,
                },
            });
        }
    }

    /// One of the two is away.
    pub fn away(&mut self, id: PromiseId, who: Away, slot: Slot) {
        if let Some(told) = self.told.get_mut(&id) {
            told.absences.push(Absence { who, slot });
        }
    }

    /// It began, and one of the two was at another meeting.
    pub fn elsewhere(&mut self, id: PromiseId, meeting: MeetingId) {
        if let Some(told) = self.told.get_mut(&id) {
            told.elsewhere.push(meeting);
        }
    }

    /// It is over: `own` is where its own meeting stood in the end, `extra` an extra one of the two.
    pub fn due(
        &mut self,
        id: PromiseId,
        own: Option<(MeetingId, Slot)>,
        extra: Option<(MeetingId, Slot)>,
    ) -> Option<&Verdict> {
        let told = self.told.remove(&id)?;
        let was_there = |stood: &(MeetingId, Slot)| !told.elsewhere.contains(&stood.0);
        let extra = extra.filter(was_there);
        // One at which somebody was elsewhere did not take place, whatever the calendar says.
        let missed = own.is_some_and(|stood| !was_there(&stood));
        let verdict = rules::judge(&Case {
            promised: told.promised,
            held: own.map(|(_, slot)| slot),
            cadence_days: told.cadence_days,
            next_promised: told.next,
            previous_promised: told.previous,
            report_zone: told.zone,
            changes: told.changes,
            replacement: extra.map(|(_, slot)| slot),
            absences: told.absences,
            report_says: missed.then_some(ReportSays::NotHeld),
            manager_says: None,
            unknown_because: None,
            open: false,
        });
        self.verdicts.push(verdict);
        self.verdicts.last()
    }

    /// The counts.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        let mut notices = Vec::new();
        for verdict in &self.verdicts {
            counts.promised += 1;
            match Became::of(verdict) {
                Became::Excused => {
                    counts.excused += 1;
                    let leave = matches!(
                        verdict.excused,
                        Some(Excuse::LeaveManager | Excuse::LeaveReport)
                    );
                    counts.excused_by_leave += u32::from(leave);
                }
                Became::Lost => counts.lost += 1,
                Became::Kept => counts.kept += 1,
                Became::MadeGood => counts.made_good += 1,
            }
            if let (true, Some(minutes)) = (verdict.hops > 0, verdict.notice_minutes) {
                notices.push(minutes);
            }
            counts.last_minute += u32::from(verdict.notice == Some(Notice::LastMinute));
        }
        notices.sort_unstable();
        counts.median_notice_minutes = notices.get(notices.len() / 2).copied();
        counts
    }
}

/// Not held before the next one, whatever excuses it.
pub(crate) fn is_gone(verdict: &Verdict) -> bool {
    !verdict.made_good
        && matches!(
            verdict.outcome,
            Outcome::Cancelled | Outcome::Skipped | Outcome::Missing | Outcome::NoShow
        )
}

/// The counts of a year. The four add up to what was promised.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Promised 1:1s.
    pub promised: u32,
    /// Kept as promised, or on the same day within two hours.
    pub kept: u32,
    /// Held at another time before the next one.
    pub made_good: u32,
    /// Not held.
    pub lost: u32,
    /// Not held, and nobody's doing: leave, or the report asked.
    pub excused: u32,
    /// Of these: leave.
    pub excused_by_leave: u32,
    /// Changed within two hours of the start.
    pub last_minute: u32,
    /// Half of the changed ones were known so long before.
    pub median_notice_minutes: Option<i64>,
}

impl Counts {
    /// Kept or made good, of those that count.
    pub fn share(&self) -> f64 {
        let stood = self.kept + self.made_good;
        f64::from(stood) / f64::from((stood + self.lost).max(1))
    }

    /// The same with what leave excuses counted as lost.
    pub fn share_with_leave(&self) -> f64 {
        let stood = self.kept + self.made_good;
        let all = stood + self.lost + self.excused_by_leave;
        f64::from(stood) / f64::from(all.max(1))
    }
}
