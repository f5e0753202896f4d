//! What a log of changes says of who made one: the best evidence there is (MEASURE.md, actor 1), confidence 1.
//!
//! A log says that somebody made a change to one meeting within a span; what was seen says that there was one. They are the
//! same where the spans meet and where the meeting is then as the log says: another change of the same minute, by another
//! hand, leaves it elsewhere, and stays whoever's it was.

use super::actor::Parties;
use crate::{
    case::{Actor, ActorEvidence, ChangeTime, Who},
    history::History,
    pairs::Relationship,
    people::PersonId,
};
use std::collections::HashMap;
use std::sync::Arc;
use steadfast_calendar::{Instant, Slot};

/// A span of a log that is no longer than this, in seconds, is one moment: what was asked for was done then.
const ONE_MOMENT: i64 = 60;

/// Whose change it was, by the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MadeBy {
    /// Somebody's own.
    Person(PersonId),
    /// A program's, by itself.
    Program,
    /// One that both had said yes to before it was made.
    Both,
}

/// One change of a log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recorded {
    /// Original start of the instance; `None`: the meeting as a whole.
    pub id: Option<Instant>,
    /// Within which span it was made.
    pub at: ChangeTime,
    /// Where the instance was put; `None`: it was taken away.
    pub to: Option<Slot>,
    /// By whom.
    pub by: MadeBy,
}

/// The changes of a log by UID, each oldest first.
pub type AllRecorded = HashMap<Arc<str>, Vec<Recorded>>;

/// The log of one relationship's series, by their number in it.
#[derive(Debug, Default)]
pub(super) struct Log<'a> {
    by_series: Vec<&'a [Recorded]>,
}

impl<'a> Log<'a> {
    pub(super) fn of(relationship: &Relationship, history: &History, all: &'a AllRecorded) -> Self {
        if all.is_empty() {
            return Self::default();
        }
        let of_series = |uid: Arc<str>| all.get(&uid).map_or(&[][..], Vec::as_slice);
        let series = relationship.series.iter();
        Self {
            by_series: series.map(|one| of_series(one.uid(history))).collect(),
        }
    }

    /// The change of instance `id` of `series` to `to` that was seen between `after` and `seen`: the last that the log has.
    pub(super) fn of_change(
        &self,
        series: usize,
        id: Instant,
        to: Option<Slot>,
        (after, seen): (Option<Instant>, Option<Instant>),
    ) -> Option<Recorded> {
        let is_within = |one: &Recorded| {
            seen.is_none_or(|seen| one.at.earliest <= seen)
                && after.is_none_or(|after| one.at.latest >= after)
        };
        let is_it = |one: &&Recorded| {
            one.id.is_none_or(|about| about == id) && one.to == to && is_within(one)
        };
        self.by_series
            .get(series)?
            .iter()
            .rev()
            .find(is_it)
            .copied()
    }
}

impl Recorded {
    /// When it was made.
    pub(super) fn moment(self) -> ChangeTime {
        let ChangeTime { earliest, latest } = self.at;
        if latest.seconds_since(earliest) <= ONE_MOMENT {
            ChangeTime::exactly(latest)
        } else {
            self.at
        }
    }

    pub(super) fn actor(self, parties: &Parties<'_>) -> Actor {
        let of = |who| Actor {
            who,
            evidence: ActorEvidence::AuditLog,
            confidence: 1.0,
        };
        match self.by {
            MadeBy::Person(person) => parties.named(person, ActorEvidence::AuditLog, 1.0),
            MadeBy::Program => of(Who::Automation),
            MadeBy::Both => of(Who::Plan),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_of_that_meeting_to_that_place_in_that_time_is_the_one_of_the_log() {
        let at = Instant::from_seconds;
        let slot = Slot::new(at(5_000), at(6_800));
        let taken_away = Recorded {
            id: Some(at(1_000)),
            at: ChangeTime {
                earliest: at(100),
                latest: at(110),
            },
            to: None,
            by: MadeBy::Program,
        };
        let put = Recorded {
            id: None,
            to: Some(slot),
            ..taken_away
        };
        let both = [taken_away, put];
        let log = Log {
            by_series: vec![&[], &both],
        };
        let seen = (Some(at(90)), Some(at(120)));
        for (series, id, to, span, is) in [
            (1, 1_000, None, seen, Some(taken_away)),
            // Of the whole meeting: whichever instance.
            (1, 2_000, Some(slot), seen, Some(put)),
            (1, 2_000, None, seen, None),
            (0, 1_000, None, seen, None),
            // It went elsewhere, so it was another change.
            (1, 1_000, Some(Slot::new(at(5_000), at(6_000))), seen, None),
            // Before, and after.
            (1, 1_000, None, (Some(at(20)), Some(at(99))), None),
            (1, 1_000, None, (Some(at(111)), Some(at(200))), None),
            // In the second of the look before: looks are told by the second.
            (
                1,
                1_000,
                None,
                (Some(at(110)), Some(at(200))),
                Some(taken_away),
            ),
            (1, 1_000, None, (None, Some(at(100))), Some(taken_away)),
        ] {
            assert_eq!(log.of_change(series, at(id), to, span), is, "{id} {span:?}");
        }
    }
}
