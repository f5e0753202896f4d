//! Keeps track of calendars that a history lost sight of, so that the loss is a gap and never a mass cancellation.

use crate::intake::Intake;
use std::collections::BTreeMap;
use steadfast_calendar::Instant;

/// For each calendar that is out of sight: since when nothing is known of it.
#[derive(Default)]
pub(crate) struct Continuity {
    lost: BTreeMap<Option<String>, Instant>,
    /// The last moment at which anything was looked at.
    pub(crate) last: Option<Instant>,
}

impl Continuity {
    /// A calendar was read at `at`: if it was out of sight, that span is told.
    pub(crate) fn seen(&mut self, owner: &Option<String>, at: Instant, intake: &mut dyn Intake) {
        if let Some(from) = self.lost.remove(owner) {
            tell(owner.as_deref(), from, at, intake);
        }
    }

    /// Nothing is known of a calendar from `since` on.
    pub(crate) fn lost(&mut self, owner: Option<String>, since: Instant) {
        self.lost.entry(owner).or_insert(since);
    }

    /// The history is over: what is still out of sight is so until its last moment.
    pub(crate) fn close(self, intake: &mut dyn Intake) {
        let Some(last) = self.last else { return };
        for (owner, from) in self.lost {
            tell(owner.as_deref(), from, last, intake);
        }
    }
}

fn tell(owner: Option<&str>, from: Instant, to: Instant, intake: &mut dyn Intake) {
    match owner {
        Some(owner) => intake.gap_of(owner, from, to),
        None => intake.gap(from, to),
    }
}
