//! EXDATE and EXRULE: which instances are taken out (RFC 5545 §3.8.5.1).

use super::ground::{Ground, Named};
use crate::{event::Event, instant::Instant};

/// The excluded moments and days, sorted; asked in order of moment.
#[derive(Debug, Default)]
pub(super) struct Exclusions {
    moments: Vec<Instant>,
    days: Vec<i64>,
    next: usize,
}

impl Exclusions {
    /// Forgets all, keeps the memory.
    pub(super) fn clear(&mut self) {
        self.moments.clear();
        self.days.clear();
        self.next = 0;
    }

    /// Adds the EXDATEs of `master`.
    pub(super) fn add_dates(&mut self, master: &Event, ground: &Ground) {
        for date in master.recurrence.iter().flat_map(|r| &r.except_dates) {
            match ground.named(date) {
                Named::Moment(at) => self.moments.push(at),
                Named::Day(day) => self.days.push(day),
            }
        }
    }

    /// Adds an instance of an EXRULE.
    pub(super) fn add(&mut self, at: Instant) {
        self.moments.push(at);
    }

    /// To be called once all are added.
    pub(super) fn sort(&mut self) {
        self.moments.sort_unstable();
        self.days.sort_unstable();
    }

    /// Whether the instance at `at`, on that day of the wall clock, is out. Moments must come in ascending order.
    pub(super) fn has(&mut self, at: Instant, day: i64) -> bool {
        while self.moments.get(self.next).is_some_and(|m| *m < at) {
            self.next += 1;
        }
        self.moments.get(self.next) == Some(&at)
            || (!self.days.is_empty() && self.days.binary_search(&day).is_ok())
    }
}
