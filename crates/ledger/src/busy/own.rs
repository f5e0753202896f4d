//! Which meetings of an agenda are the 1:1s themselves that it is looked at for.

use super::Meeting;
use crate::{
    history::History,
    pairs::{CandidateSeries, Relationship, SeriesRef},
};
use std::sync::Arc;
use steadfast_calendar::Set;

/// The series of one relationship, in whatever calendars they are.
#[derive(Clone, Debug)]
pub struct Own<'a> {
    history: &'a History,
    here: Set<SeriesRef>,
    /// Their UIDs, where there is more than one calendar: another one may hold such a series without telling that it is one
    /// of the two.
    uids: Set<Arc<str>>,
}

impl<'a> Own<'a> {
    /// None of them.
    pub fn none(history: &'a History) -> Self {
        Self {
            history,
            here: Set::default(),
            uids: Set::default(),
        }
    }

    /// Those of `relationship`.
    pub fn of(relationship: &Relationship, history: &'a History) -> Self {
        let series = &relationship.series;
        let several = history.copies.len() > 1;
        let uids = series.iter().filter(|_| several).map(|s| s.uid(history));
        Self {
            history,
            here: series.iter().flat_map(CandidateSeries::copies).collect(),
            uids: uids.collect(),
        }
    }

    /// Whether `meeting` is one of them.
    pub fn has(&self, meeting: &Meeting) -> bool {
        self.here.contains(&meeting.at)
            || (!self.uids.is_empty() && self.uids.contains(&self.history.uid(meeting.at)))
    }

    /// Where all of it is.
    pub const fn history(&self) -> &'a History {
        self.history
    }
}
