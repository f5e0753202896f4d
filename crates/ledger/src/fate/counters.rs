//! Whose counter-proposal an update of the organiser followed.

use crate::{
    case::ChangeTime,
    history::{Counter, History},
    pairs::Relationship,
    people::{Directory, PersonId},
};
use jiff::tz::TimeZone;
use steadfast_calendar::Instant;

/// An update that comes later than this after a counter-proposal is one of its own.
pub(super) const WITHIN_SECONDS: i64 = 86_400;

/// The counter-proposals of one relationship, by series.
#[derive(Clone, Debug, Default)]
pub(super) struct Counters {
    by_series: Vec<Vec<Countered>>,
}

#[derive(Clone, Copy, Debug)]
struct Countered {
    /// Original start of the instance; `None`: the meeting as a whole.
    id: Option<Instant>,
    at: Instant,
    by: PersonId,
}

/// What a counter-proposal says of an update.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asked {
    /// The update followed within a day: it was this person's wish.
    By(PersonId),
    /// It may have: the looks lie too far apart to tell.
    Perhaps,
}

impl Counters {
    /// Those of the series of `relationship`, written by one of the two who does not organise it.
    pub(super) fn of(
        relationship: &Relationship,
        history: &History,
        directory: &Directory,
        zone: &TimeZone,
    ) -> Self {
        let of_series = |series: &crate::pairs::CandidateSeries| {
            let mut found = Vec::new();
            for at in series.copies() {
                let copy = history.copies.get(at.copy());
                let zone = copy.and_then(|c| c.zone.as_ref()).unwrap_or(zone);
                let counters = history.known(at).map_or(&[][..], |known| known.counters());
                found.extend(counters.iter().filter_map(|counter| {
                    Some(Countered {
                        id: counter.instance.as_ref().map(|i| i.at.instant(zone)),
                        at: counter.at,
                        by: sender(counter, relationship, series.organizer, directory)?,
                    })
                }));
            }
            found
        };
        Self {
            by_series: relationship.series.iter().map(of_series).collect(),
        }
    }

    /// Whether the update of instance `id` of `series`, made at `update`, followed one of them within [`WITHIN_SECONDS`].
    pub(super) fn before(
        &self,
        series: usize,
        id: Instant,
        update: Option<ChangeTime>,
    ) -> Option<Asked> {
        let update = update?;
        self.by_series
            .get(series)?
            .iter()
            .filter(|c| c.id.is_none_or(|about| about == id))
            .filter_map(|counter| {
                let latest = update.latest.seconds_since(counter.at);
                let earliest = update.earliest.seconds_since(counter.at);
                if latest < 0 || earliest > WITHIN_SECONDS {
                    None
                } else if earliest >= 0 && latest <= WITHIN_SECONDS {
                    Some(Asked::By(counter.by))
                } else {
                    Some(Asked::Perhaps)
                }
            })
            .min_by_key(|asked| *asked == Asked::Perhaps)
    }
}

/// The one of the two who sent it: the only one listed that does not organise the meeting.
fn sender(
    counter: &Counter,
    relationship: &Relationship,
    organizer: Option<PersonId>,
    directory: &Directory,
) -> Option<PersonId> {
    let mut senders: Vec<PersonId> = counter
        .attendees
        .iter()
        .filter_map(|address| directory.find(address))
        .filter(|id| relationship.people.contains(id) && Some(*id) != organizer)
        .collect();
    senders.sort_unstable();
    senders.dedup();
    match senders[..] {
        [only] => Some(only),
        _ => None,
    }
}
