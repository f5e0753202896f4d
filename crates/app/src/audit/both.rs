//! A 1:1 that stood at the same time as another meeting that both of the two had accepted: which of the two was held, a
//! calendar does not know.

use super::finish::Desk;
use std::borrow::Cow;
use std::collections::{HashMap, hash_map::Entry};
use steadfast_calendar::{Event, PartStat, Slot};
use steadfast_ledger::{
    busy::{Own, Taken},
    history::{Known, Version},
    occurrence::Occurrence,
    pairs::{Relationship, SeriesRef},
    people::PersonId,
};

/// Overlaps shorter than this are none: back-to-back meetings touch.
const LEAST_OVERLAP_SECONDS: i64 = 5 * 60;

/// The states of other meetings, each read once for a pair: a series lies beside many.
pub(super) type Read<'a> = HashMap<SeriesRef, Cow<'a, [Version]>>;

/// Whether `occurrence` stood beside another meeting that both had accepted, as the calendar of whoever reads tells it, or where
/// neither of the two reads, that of either. What the reader is in themselves is no secret to them.
pub(super) fn both_elsewhere<'a>(
    desk: &Desk<'a>,
    relationship: &Relationship,
    occurrence: &Occurrence,
    own: &Own<'_>,
    read: &mut Read<'a>,
) -> bool {
    let Some(held) = occurrence.verdict.was_held() else {
        return false;
    };
    let reader = desk.me.filter(|me| relationship.people.contains(me));
    let mut whose = relationship.people.into_iter();
    whose.any(|person| {
        let reads = reader.is_none_or(|reader| reader == person);
        let agenda = desk.agendas.get(&person).filter(|_| reads);
        agenda.is_some_and(|agenda| {
            agenda.overlapping(held).any(|taken| {
                taken.place.left.is_none()
                    && taken.meeting.people > 1
                    && taken.place.slot.overlap_seconds(held) >= LEAST_OVERLAP_SECONDS
                    && !own.has(taken.meeting)
                    && both_accepted(desk, relationship.people, taken, held, read)
            })
        })
    })
}

/// Whether the event of `taken`, as it was when the 1:1 stood, says that both come.
fn both_accepted<'a>(
    desk: &Desk<'a>,
    two: [PersonId; 2],
    taken: Taken<'_>,
    held: Slot,
    read: &mut Read<'a>,
) -> bool {
    let versions = match read.entry(taken.meeting.at) {
        Entry::Occupied(read) => read.into_mut(),
        Entry::Vacant(unread) => {
            let known = desk.history.known(taken.meeting.at);
            let known = known.filter(|known| names_both(desk, two, known));
            unread.insert(known.map_or_else(Cow::default, |known| known.versions()))
        }
    };
    let states = || versions.iter().filter(|v| v.series.is_some());
    let then = states().rfind(|v| v.seen.is_none_or(|seen| seen <= held.end));
    let Some(series) = then
        .or_else(|| states().next())
        .and_then(|v| v.series.as_deref())
    else {
        return false;
    };
    let of_this_one = |event: &&Event| {
        let id = event
            .recurrence_id
            .as_ref()
            .map(|id| id.at.instant(&desk.zone));
        id == Some(taken.place.id)
    };
    let mut overrides = series.overrides.iter().map(AsRef::as_ref);
    let event = overrides.find(of_this_one).or(series.master.as_deref());
    event.is_some_and(|event| two.into_iter().all(|person| accepted(desk, event, person)))
}

/// Whether an event of `known`, in any of its states, names both of the two. Most that lie beside a 1:1 name one of them, and
/// that is seen at a glance.
fn names_both(desk: &Desk<'_>, two: [PersonId; 2], known: &Known<'_>) -> bool {
    let mut both = false;
    known.each_ever(|event| {
        let names = |person| {
            event
                .people()
                .any(|one| desk.directory.find(one.address) == Some(person))
        };
        both = both || two.into_iter().all(names);
    });
    both
}

/// Whether `person` accepted `event`, or organises it without having declined.
fn accepted(desk: &Desk<'_>, event: &Event, person: PersonId) -> bool {
    let is_them = |address: &str| desk.directory.find(address) == Some(person);
    let answer = event.attendees.iter().find(|one| is_them(&one.address));
    match answer {
        Some(one) => one.answer == PartStat::Accepted,
        None => event
            .organizer
            .as_ref()
            .is_some_and(|one| is_them(&one.address)),
    }
}
