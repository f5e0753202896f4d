//! Everybody who is in one of the viewer's meetings.

use super::{Ahead, From, Someone, meetings};
use crate::audit::org_file::declare_some;
use crate::report::seat::{manager, subordinate};
use crate::server::ledger::Standing;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Event, EventKind, Instant, PartStat, Slot, Window};
use steadfast_ledger::absence::is_leave;
use steadfast_ledger::busy::takes_place;
use steadfast_ledger::people::{Directory, name_from_address};

/// Who is who, as far as anybody said.
pub(super) fn directory(from: &From<'_>) -> Directory {
    let mut directory = Directory::new();
    declare_some(from.known, &mut directory);
    for pair in &from.report.pairs {
        for person in &pair.people {
            let id = directory.meet(&person.address);
            directory.name_seen(id, &person.name);
        }
    }
    for line in &from.report.without_one_on_one {
        let id = directory.meet(&line.report.address);
        directory.name_seen(id, &line.report.name);
    }
    directory
}

pub(super) fn of(
    from: &From<'_>,
    window: Window,
    ahead: &Ahead,
    directory: &Directory,
) -> BTreeMap<String, Someone> {
    let mut names: BTreeSet<&str> = from.me.iter().take(1).map(String::as_str).collect();
    for meeting in &ahead.meetings {
        names.insert(&meeting.organiser);
        names.extend(meeting.guests.iter().map(|(guest, _)| guest.as_str()));
        names.extend(meeting.also.iter().map(String::as_str));
    }
    for one in &ahead.one_on_ones {
        names.extend([one.manager.as_str(), one.report.as_str()]);
    }
    let shared: BTreeSet<(&str, Instant)> = ahead
        .meetings
        .iter()
        .map(|meeting| (meeting.uid.as_str(), meeting.id))
        .collect();
    let lines = lines(from);
    let mut people = BTreeMap::new();
    for name in names {
        let mut someone = known(from, directory, name);
        someone.manager = lines.get(name).cloned();
        let me = from.me.first().is_some_and(|me| me == name);
        let (theirs, addresses) = if me {
            (Some(from.mine), from.me.to_vec())
        } else {
            let theirs = from.others.get(name);
            let meets = |theirs: &&Standing<'_>| meets(from, theirs, name);
            (theirs.filter(meets), vec![name.to_owned()])
        };
        if let Some(theirs) = theirs {
            someone.known_until = theirs.known_until;
            someone.hours = from.hours.get(name).map(|hours| hours.0);
            let zone = someone.zone.clone();
            meetings::each_of(
                theirs,
                &zone,
                window,
                &addresses,
                |event, instance, slot| {
                    let is_shared = me || shared.contains(&(&*event.uid, instance.id));
                    someone.take_in(event, slot, is_shared && !instance.all_day, from.now);
                },
            );
            someone.busy.sort_unstable();
            join(&mut someone.leave);
        }
        people.insert(name.to_owned(), someone);
    }
    people
}

fn known(from: &From<'_>, directory: &Directory, address: &str) -> Someone {
    let id = directory.find(address);
    let person = id.map(|id| directory.person(id));
    let zone = person.and_then(|person| person.zone().cloned());
    let me = from.me.first().map_or("", String::as_str);
    let house = |address: &str| address.rsplit_once('@').map(|(_, house)| house.to_owned());
    Someone {
        name: id.map_or_else(
            || name_from_address(address),
            |id| directory.display_name(id),
        ),
        zone: zone.unwrap_or_else(|| from.report.zone.clone()),
        manager: None,
        is_inside: person.is_some_and(|person| person.declared) || house(address) == house(me),
        known_until: None,
        hours: None,
        leave: Vec::new(),
        focus: Vec::new(),
        busy: Vec::new(),
        asked: None,
    }
}

/// Whether somebody's own calendar says that they meet the viewer alone, and that they once said they come: then, and only then,
/// it is the viewer's business when they are busy and on leave. An invitation that they never answered says nothing.
fn meets(from: &From<'_>, theirs: &Standing<'_>, name: &str) -> bool {
    let pair = from.report.pairs.iter().find(|pair| {
        let mut people = pair.people.iter();
        pair.ended.is_none() && people.any(|one| *one.address == *name)
    });
    let Some(pair) = pair else {
        return false;
    };
    let is_viewer = |address: &str| from.known_as.contains(address);
    theirs.all().any(|(_, object)| {
        object.events.iter().any(|event| {
            let organizer = event.organizer.as_ref().map(|one| &*one.address);
            let mut attendees = event.attendees.iter();
            let with_viewer = organizer.is_some_and(is_viewer)
                || event.attendees.iter().any(|one| is_viewer(&one.address));
            let declined =
                attendees.any(|one| *one.address == *name && one.answer == PartStat::Declined);
            let comes = organizer == Some(name) || object.was_accepted_by(&event.uid, name);
            pair.uids.contains(&event.uid) && with_viewer && comes && !declined
        })
    })
}

impl Someone {
    /// Leave, focus blocks, and when they are busy with what is not shared. A whole day that takes their time is taken.
    fn take_in(&mut self, event: &Event, slot: Slot, is_shared: bool, now: Instant) {
        if is_leave(event) {
            self.leave.push(slot);
            return;
        }
        if event.kind == EventKind::FocusTime {
            self.focus.push(slot);
        }
        if !is_shared && takes_place(event) && slot.end > now {
            self.busy.extend(parts(slot));
        }
    }
}

/// A span in parts of half a day: what is looked for around a time is no longer than a day.
fn parts(slot: Slot) -> impl Iterator<Item = Slot> {
    const PART: i64 = 12 * 3_600;
    let count = (slot.seconds() + PART - 1) / PART;
    (0..count.clamp(0, 80)).map(move |number| {
        let start = slot.start.plus_seconds(number * PART);
        Slot::new(start, start.plus_seconds(PART).min(slot.end))
    })
}

/// Puts what overlaps or touches together.
fn join(slots: &mut Vec<Slot>) {
    slots.sort_unstable();
    slots.dedup_by(|later, earlier| {
        let touches = later.start <= earlier.end;
        if touches {
            earlier.end = earlier.end.max(later.end);
        }
        touches
    });
}

/// Manager by report, today, as far as the viewer knows.
fn lines(from: &From<'_>) -> BTreeMap<String, String> {
    let today: Date = from.now.date(&from.report.zone);
    let holds = |row: &&crate::audit::org_file::OrgRow| {
        !row.manager.is_empty()
            && row.kind == steadfast_ledger::people::Kind::Person
            && row.from.is_none_or(|day| day <= today)
            && row.to.is_none_or(|day| today <= day)
    };
    let said = from.known.iter().filter(holds);
    let mut lines: BTreeMap<String, String> = said
        .map(|row| (row.email.clone(), row.manager.clone()))
        .collect();
    for pair in from.report.pairs.iter().filter(|pair| pair.ended.is_none()) {
        if let (Some(above), Some(below)) = (manager(pair), subordinate(pair)) {
            lines.insert(below.address.to_string(), above.address.to_string());
        }
    }
    lines
}
