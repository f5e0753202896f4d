//! What is owed at all: what lies within a reporting line, and not after the end.

use super::{
    end::{Ended, covered},
    promises::Promise,
};
use crate::pairs::Relationship;
use jiff::tz::TimeZone;
use steadfast_calendar::Instant;

/// What of a relationship's promises is owed.
pub(super) struct Owed<'a> {
    relationship: &'a Relationship,
    ended: Option<Ended>,
    /// Of what begins before it the end takes nothing; most do, and the day of each in its zone costs.
    untouched: Option<Instant>,
    zone: &'a TimeZone,
}

impl<'a> Owed<'a> {
    pub(super) fn of(
        relationship: &'a Relationship,
        ended: Option<Ended>,
        zone: &'a TimeZone,
    ) -> Self {
        Self {
            relationship,
            ended,
            untouched: ended.map(Ended::long_before),
            zone,
        }
    }

    pub(super) fn holds(&self, promise: &Promise) -> bool {
        let start = promise.slot.start;
        let day = || start.date(self.zone);
        let is_before_the_end = self.untouched.is_some_and(|at| start < at)
            || self.ended.is_none_or(|ended| day() <= ended.on);
        is_before_the_end
            && (self.relationship.lines.is_empty() || covered(self.relationship, day()))
    }
}
