//! The viewer's meetings, as their calendars say.

use super::{From, Meeting, ShownFree};
use crate::server::ledger::Standing;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use steadfast_calendar::edit::plain_weekly;
use steadfast_calendar::{Busy, CuType, Event, Instance, PartStat, Slot, Window, expand, group};
use steadfast_guard::world::meeting::Answer;
use steadfast_guard::world::sure::confidence;
use steadfast_ledger::busy::takes_place;
use steadfast_ledger::classes::Classes;
use steadfast_ledger::occurrence::Class;
use steadfast_ledger::pairs::{cadence::cadence_days, participants::participants};
use steadfast_ledger::people::{Directory, Kind, PersonId};

/// A meeting that comes at least so often comes daily.
const DAILY_DAYS: i64 = 2;

pub(super) fn of(from: &From<'_>, window: Window, directory: &mut Directory) -> Vec<Meeting> {
    let Some(me) = from.me.first() else {
        return Vec::new();
    };
    let me = directory.meet(me);
    let ones = one_on_ones(from);
    let mut meetings = Vec::new();
    for (place, object) in from.mine.all() {
        let events = object.events.iter().copied().cloned();
        for series in group(events.collect()) {
            let one = ones.get(&*series.uid);
            let weekly = plain_weekly(&series);
            for instance in expand(&series, &from.report.zone, window) {
                let event = series.component(&instance, &from.report.zone);
                let (Some(event), Some(slot)) = (event, instance.slot) else {
                    continue;
                };
                let declined = answer(event, me, directory) == Answer::Declined;
                // Of a 1:1 it matters who declined it; of anything else only that it takes no time.
                if instance.all_day || !takes_place(event) || (declined && one.is_none()) {
                    continue;
                }
                let who = participants(event, Some(me), directory);
                let often = event.recurrence.is_some()
                    && cadence_days(event).is_some_and(|days| days <= DAILY_DAYS);
                let classes = Classes {
                    rules: &[],
                    directory,
                };
                let found = || classes.found(event, &who, me, often);
                let (class, confidence) = one.copied().unwrap_or_else(|| {
                    let (class, because) = found();
                    (class, confidence(because))
                });
                if class == Class::Leave {
                    continue;
                }
                let humans = if who.humans.is_empty() {
                    vec![me]
                } else {
                    who.humans.clone()
                };
                let guest = |person: &PersonId| {
                    let address = directory.person(*person).address.to_string();
                    (address, answer(event, *person, directory))
                };
                let organiser = directory.person(who.organizer.unwrap_or(me));
                let (changes, changed) = object.changes(event).unwrap_or((1, from.now));
                meetings.push(Meeting {
                    uid: series.uid.to_string(),
                    id: instance.id,
                    title: event.summary.to_string(),
                    slot,
                    organiser: organiser.address.to_string(),
                    class,
                    confidence,
                    guests: humans.iter().map(guest).collect(),
                    also: also(event, &humans, directory),
                    changes,
                    changed,
                    place: place.cloned(),
                    is_read_only: false,
                    repeats: series.repeats(),
                    weekly,
                    is_invited: event
                        .attendees
                        .iter()
                        .any(|attendee| directory.find(&attendee.address) == Some(me)),
                    is_first_priority: event.is_first_priority,
                });
            }
        }
    }
    // One meeting on two calendars of theirs is one: the copy that can be written to, the one that was changed more often.
    let copy = |meeting: &Meeting| (!meeting.is_writable(), u32::MAX - meeting.changes);
    meetings.sort_by(|a, b| (&a.uid, a.id, copy(a)).cmp(&(&b.uid, b.id, copy(b))));
    meetings.dedup_by(|a, b| (&a.uid, a.id) == (&b.uid, b.id));
    meetings.sort_by(|a, b| (a.slot, &a.uid, a.id).cmp(&(b.slot, &b.uid, b.id)));
    meetings
}

/// The viewer's 1:1s of which one to come takes none of their time, as their calendar says (TRANSP), by UID.
pub(super) fn shown_free(from: &From<'_>, window: Window) -> BTreeMap<String, ShownFree> {
    let ones = one_on_ones(from);
    let mut free = BTreeMap::new();
    for (place, object) in from.mine.all() {
        let events = object.events.iter().copied().cloned();
        for series in group(events.collect()) {
            if !ones.contains_key(&*series.uid) {
                continue;
            }
            let all = expand(&series, &from.report.zone, window).into_iter();
            let to_come = |one: &Instance| one.slot.is_some_and(|slot| slot.start > from.now);
            let mut events = all
                .filter(to_come)
                .filter_map(|one| series.component(&one, &from.report.zone));
            if let Some(event) = events.find(|event| event.busy == Busy::Free) {
                let found = ShownFree {
                    place: place.cloned(),
                    changes: object.changes(event).map_or(1, |(changes, _)| changes),
                    is_read_only: false,
                };
                // Of two copies the one that can be written to.
                let known = free.entry(series.uid.to_string()).or_insert(found.clone());
                if !known.is_writable() {
                    *known = found;
                }
            }
        }
    }
    free
}

/// UIDs of the viewer's 1:1s, with how they class and how surely.
fn one_on_ones(from: &From<'_>) -> HashMap<String, (Class, f64)> {
    let mut found = HashMap::new();
    for pair in &from.report.pairs {
        let manager = pair.manager.and_then(|index| pair.people.get(index));
        let leads = manager.is_none_or(|one| from.me.iter().any(|me| **me == *one.address));
        let class = if leads {
            Class::OneOnOne
        } else {
            Class::BossOneOnOne
        };
        let uids = pair.uids.iter().map(|uid| uid.to_string());
        found.extend(uids.map(|uid| (uid, (class, pair.confidence))));
    }
    found
}

/// What somebody answered. Whose calendar it is and who organises it come, unless they say otherwise.
fn answer(event: &Event, person: PersonId, directory: &Directory) -> Answer {
    let mut attendees = event.attendees.iter();
    let theirs = attendees.find(|attendee| directory.find(&attendee.address) == Some(person));
    let organises = event
        .organizer
        .as_ref()
        .is_some_and(|one| directory.find(&one.address) == Some(person));
    match theirs.map(|attendee| attendee.answer) {
        // Whoever sent somebody else does not come.
        Some(PartStat::Declined | PartStat::Delegated) => Answer::Declined,
        Some(PartStat::Tentative) => Answer::Tentative,
        Some(PartStat::Accepted) | None => Answer::Accepted,
        Some(PartStat::NeedsAction) if organises => Answer::Accepted,
        Some(PartStat::NeedsAction) => Answer::Unanswered,
    }
}

/// Whom a calendar tells of every change beside those who take part: who only watches, assistants, lists and programs. A room is
/// told as well and reads nothing.
fn also(event: &Event, humans: &[PersonId], directory: &Directory) -> Vec<String> {
    let named = event.attendees.iter().filter(|attendee| {
        let is_room = matches!(attendee.cutype, CuType::Room | CuType::Resource);
        !is_room
    });
    let named = named.map(|attendee| &*attendee.address);
    let all = named.chain(event.organizer.iter().map(|one| &*one.address));
    let ids: BTreeSet<PersonId> = all.filter_map(|address| directory.find(address)).collect();
    let others = ids.into_iter().filter(|id| !humans.contains(id));
    let others = others.filter(|id| !matches!(directory.kind(*id), Kind::Room));
    others
        .map(|id| directory.person(id).address.to_string())
        .collect()
}

/// Whether nobody but these two is in it, rooms and bots aside.
pub(in crate::server::guard) fn is_of(meeting: &Meeting, two: [&str; 2]) -> bool {
    meeting.guests.len() == 2
        && two
            .iter()
            .all(|one| meeting.guests.iter().any(|(who, _)| who == one))
}

/// Everything on somebody's calendars that they have not declined: which meeting, and when.
pub(super) fn each_of(
    standing: &Standing<'_>,
    zone: &TimeZone,
    window: Window,
    owner: &[String],
    mut each: impl FnMut(&Event, Instance, Slot),
) {
    for (_, object) in standing.all() {
        let events = object.events.iter().copied().cloned();
        for series in group(events.collect()) {
            for instance in expand(&series, zone, window) {
                let event = series.component(&instance, zone);
                let (Some(event), Some(slot)) = (event, instance.slot) else {
                    continue;
                };
                let declined = event.attendees.iter().any(|attendee| {
                    owner.iter().any(|mine| **mine == *attendee.address)
                        && attendee.answer == PartStat::Declined
                });
                if !declined {
                    each(event, instance, slot);
                }
            }
        }
    }
}
