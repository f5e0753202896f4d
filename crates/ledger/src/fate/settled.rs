//! Verdicts that stand though what they were judged from is not kept any more.

use super::{Fates, end::Ended};
use crate::{occurrence::Occurrence, people::PersonId};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use steadfast_calendar::Instant;

/// What was judged of one relationship before its oldest observations were let go.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Whatever was promised before this is told by `before` alone, whatever the calendars still show.
    pub until: Instant,
    /// What was promised before `until`, by promised start.
    pub before: Vec<Occurrence>,
    /// What was promised later and would be judged otherwise from what is left. A word that was given since counts for more:
    /// then it is judged anew.
    pub later: Vec<Occurrence>,
    /// Starts of promises that what is left would tell, and that never were.
    pub never: Vec<Instant>,
    /// Days between two promises as the calendars last gave them, where none may be left that does.
    pub cadence_days: Option<i64>,
    /// The report's zone as it was known then.
    pub zone: Option<TimeZone>,
}

impl Default for Settled {
    fn default() -> Self {
        Self {
            until: Instant::from_seconds(i64::MIN),
            before: Vec::new(),
            later: Vec::new(),
            never: Vec::new(),
            cadence_days: None,
            zone: None,
        }
    }
}

/// What is settled between every two people, these in the order of their ids.
pub type AllSettled = HashMap<[PersonId; 2], Settled>;

impl Settled {
    /// Adds what was settled after it.
    pub fn and(&mut self, next: Self) {
        let new = |o: &Occurrence| o.promised.start >= self.until;
        self.before.extend(next.before.into_iter().filter(new));
        self.until = self.until.max(next.until);
        for later in next.later {
            self.later
                .retain(|known| known.promised.start != later.promised.start);
            self.later.push(later);
        }
        self.never.extend(next.never);
        self.cadence_days = next.cadence_days.or(self.cadence_days);
        self.zone = next.zone.or(self.zone.take());
    }

    /// The end of a 1:1 of which nothing else is left: the day of the last that is settled.
    pub(super) fn end(&self, zone: &TimeZone) -> Option<Ended> {
        let all = self.before.iter().chain(&self.later);
        let last = all.map(|one| one.promised.end).max()?;
        Some(Ended {
            on: last.date(zone),
            with_line: false,
        })
    }

    /// Puts what is settled in the place of what was judged.
    pub(super) fn settle(&self, fates: &mut Fates, now: Instant) {
        let live = std::mem::take(&mut fates.occurrences);
        let mut told = self.before.clone();
        fates.settled = told.iter().map(|o| o.promised.start).collect();
        let is_told = |o: &Occurrence| {
            o.promised.start >= self.until && !self.never.contains(&o.promised.start)
        };
        let mut later = self.later.clone();
        later.retain(|o| o.promised.start >= self.until);
        for one in live.into_iter().filter(is_told) {
            let at = later
                .iter()
                .position(|o| o.promised.start == one.promised.start);
            match at.map(|at| later.swap_remove(at)) {
                Some(settled) if says(&settled) == says(&one) => {
                    fates.settled.insert(settled.promised.start);
                    told.push(settled);
                }
                _ => told.push(one),
            }
        }
        fates.settled.extend(later.iter().map(|o| o.promised.start));
        told.append(&mut later);
        told.sort_by_key(|o| o.promised.start);
        fates.occurrences = told;
        fates.last_held_end = super::extras::last_held(&fates.occurrences, &fates.extras, now);
    }
}

/// What the two said about it.
fn says(
    one: &Occurrence,
) -> (
    Option<crate::case::ReportSays>,
    Option<crate::case::ManagerSays>,
) {
    (one.report_says, one.manager_says)
}
