//! The one writer: a person's calendar at a moment, in a dialect.

use super::{
    CalledOffAs, Habits, Uids, ZoneNames,
    line::{self, Lines, escaped},
    vtimezone::{self, tzid},
};
use crate::{
    meeting::{Answer, Meeting, Shows},
    person::{Person, PersonId},
    place::Zone,
};
use jiff::ToSpan;
use jiff::civil::DateTime;
use std::fmt::Write as _;
use steadfast_calendar::{Instant, Slot};

/// Who looks, when, and how it is written.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) people: &'a [Person],
    pub(crate) owner: PersonId,
    pub(crate) habits: &'static Habits,
    pub(crate) now: Instant,
    /// Number of this export, for providers that make new UIDs each time.
    pub(crate) export: u64,
    /// Meetings made before this name people by their old address, where they had one.
    pub(crate) addresses_changed: Instant,
    /// Leave ORGANIZER and ATTENDEE out, as published calendars mostly do.
    pub(crate) strip_guests: bool,
}

/// The calendar of `view.owner`, holding these meetings.
pub(crate) fn calendar<'m>(
    view: View<'_>,
    meetings: impl Iterator<Item = &'m Meeting> + Clone,
) -> Vec<u8> {
    let mut lines = Lines::with_capacity(16 * 1024);
    let owner = &view.people[view.owner.0];
    lines.put("BEGIN:VCALENDAR");
    lines.put("VERSION:2.0");
    text(&mut lines, "PRODID", view.habits.producer);
    for header in view.habits.header {
        lines.put(header);
    }
    if !view.habits.calendar_name.is_empty() {
        text(
            &mut lines,
            "X-WR-CALNAME",
            &view
                .habits
                .calendar_name
                .replace("{address}", &owner.address),
        );
        text(&mut lines, "X-WR-TIMEZONE", owner.zone.place.iana);
    }
    let mut zones: Vec<&Zone> = Vec::new();
    for meeting in meetings.clone().filter(|m| m.whole_days.is_none()) {
        if !zones.iter().any(|zone| zone.place == meeting.zone.place) {
            zones.push(&meeting.zone);
        }
    }
    for zone in zones {
        vtimezone::write(&mut lines, view.habits.zones, zone.place);
    }
    for meeting in meetings {
        Component {
            view,
            meeting,
            lines: &mut lines,
        }
        .all();
    }
    lines.put("END:VCALENDAR");
    lines.bytes
}

fn text(lines: &mut Lines, name: &str, value: &str) {
    lines.line(|out| {
        out.push_str(name);
        out.push(':');
        escaped(out, value);
    });
}

/// What one VEVENT says beside its recurrence.
pub(super) struct Said<'a> {
    pub(super) slot: Slot,
    pub(super) answers: &'a [Answer],
    pub(super) modified: Instant,
    pub(super) sequence: u32,
    pub(super) sent_by: Option<PersonId>,
    pub(super) cancelled: bool,
    pub(super) canceled_title: bool,
}

pub(super) struct Component<'a, 'm> {
    pub(super) view: View<'a>,
    pub(super) meeting: &'m Meeting,
    pub(super) lines: &'a mut Lines,
}

impl Component<'_, '_> {
    fn all(mut self) {
        let meeting = self.meeting;
        let oldest = self
            .view
            .habits
            .rolling_days
            .map(|days| self.view.now.plus_days(-days));
        let Some(first) = self.first(oldest) else {
            return;
        };
        let answers: Vec<Answer> = meeting.guests.iter().map(|guest| guest.answer).collect();
        let master = Said {
            slot: first,
            answers: &answers,
            modified: meeting.modified,
            sequence: meeting.sequence,
            sent_by: meeting.sent_by,
            cancelled: false,
            canceled_title: false,
        };
        self.event(&master, None);
        let guest = meeting
            .organiser
            .is_some_and(|organiser| organiser != self.view.owner);
        let recent =
            |id: Instant, slot: Slot| oldest.is_none_or(|old| id >= old || slot.start >= old);
        for (id, changed) in &meeting.overrides {
            let left = meeting.left.contains(&(self.view.owner, *id));
            if left || !recent(*id, changed.slot) {
                continue;
            }
            let said = Said {
                slot: changed.slot,
                answers: &changed.answers,
                modified: changed.modified,
                sequence: changed.sequence,
                sent_by: changed.sent_by,
                cancelled: false,
                canceled_title: false,
            };
            self.event(&said, Some((*id, false)));
        }
        for (id, note) in &meeting.called_off {
            let style = self.called_off_style(guest);
            let shown = match style {
                CalledOffAs::Exdate => false,
                CalledOffAs::CancelledOverride => true,
                CalledOffAs::TitleThenExdate => !note.cleared_by_guest,
            };
            if !shown || !recent(*id, note.slot) || meeting.left.contains(&(self.view.owner, *id)) {
                continue;
            }
            let said = Said {
                slot: note.slot,
                answers: &answers,
                modified: note.at,
                sequence: note.sequence,
                sent_by: meeting.sent_by,
                cancelled: true,
                canceled_title: style == CalledOffAs::TitleThenExdate,
            };
            self.event(&said, Some((*id, false)));
        }
        if let Some(shift) = &meeting.shifted {
            let start = meeting
                .civil(shift.from)
                .saturating_add(shift.minutes.minutes());
            let said = Said {
                slot: meeting.slot_at(start),
                answers: &answers,
                modified: shift.modified,
                sequence: shift.sequence,
                sent_by: meeting.sent_by,
                cancelled: false,
                canceled_title: false,
            };
            self.event(&said, Some((shift.from, true)));
        }
    }

    pub(super) fn called_off_style(&self, guest: bool) -> CalledOffAs {
        if guest {
            self.view.habits.called_off_for_guest
        } else {
            self.view.habits.called_off
        }
    }

    /// The master's slot; of a rolling feed the first one inside the window, none when all lie before it.
    fn first(&self, oldest: Option<Instant>) -> Option<Slot> {
        let first = self.meeting.slot_at(self.meeting.start);
        let Some(oldest) = oldest else {
            return Some(first);
        };
        if first.start >= oldest {
            return Some(first);
        }
        // One round of the rule after the window's edge is enough to find it.
        let horizon = oldest.plus_days(40);
        self.meeting
            .ruled_between(Some(oldest), horizon)
            .into_iter()
            .find(|slot| slot.start >= oldest)
    }

    fn event(&mut self, said: &Said<'_>, instance: Option<(Instant, bool)>) {
        let (meeting, habits) = (self.meeting, self.view.habits);
        self.lines.put("BEGIN:VEVENT");
        self.lines.line(|out| {
            out.push_str("UID:");
            self.view.uid(out, meeting);
        });
        let start = meeting.civil(said.slot.start);
        self.when("DTSTART", start);
        if let Some(days) = meeting.whole_days {
            self.when("DTEND", start.saturating_add(days.days()));
        } else if habits.writes_duration {
            self.lines.line(|out| {
                let _ = write!(out, "DURATION:PT{}M", said.slot.minutes());
            });
        } else {
            self.when("DTEND", meeting.civil(said.slot.end));
        }
        match instance {
            None => self.recurrence(said.slot.start),
            Some((id, this_and_future)) => {
                let name = if this_and_future {
                    "RECURRENCE-ID;RANGE=THISANDFUTURE"
                } else {
                    "RECURRENCE-ID"
                };
                self.when(name, meeting.civil(id));
            }
        }
        let stamp = if habits.stamps_export {
            self.view.now
        } else {
            said.modified
        };
        self.moment("DTSTAMP", stamp);
        if habits.keeps_times {
            self.moment("CREATED", meeting.created_as.unwrap_or(meeting.created));
            self.moment("LAST-MODIFIED", said.modified);
        }
        self.lines.line(|out| {
            let sequence = if habits.keeps_sequence {
                said.sequence
            } else {
                0
            };
            let _ = write!(out, "SEQUENCE:{sequence}");
        });
        self.lines.put(if said.cancelled {
            "STATUS:CANCELLED"
        } else {
            "STATUS:CONFIRMED"
        });
        self.lines.line(|out| {
            out.push_str(if said.canceled_title {
                "SUMMARY:Canceled: "
            } else {
                "SUMMARY:"
            });
            escaped(out, &meeting.title);
        });
        if meeting.edits > 0 {
            self.lines.line(|out| {
                let _ = write!(
                    out,
                    "DESCRIPTION:Agenda\\, version {}\\nNotes: https://notes.example.com/1",
                    meeting.edits
                );
            });
        }
        if !self.view.strip_guests {
            self.people(said);
        }
        self.tail(said);
        self.lines.put("END:VEVENT");
    }

    fn tail(&mut self, said: &Said<'_>) {
        let habits = self.view.habits;
        let away = self.meeting.shows == Shows::OutOfOffice;
        let free = self.meeting.shows == Shows::Free || said.cancelled;
        self.lines.put(if free {
            "TRANSP:TRANSPARENT"
        } else {
            "TRANSP:OPAQUE"
        });
        if away && !habits.out_of_office.is_empty() {
            for line in habits.out_of_office {
                self.lines.put(line);
            }
        } else {
            for line in habits.event_lines {
                self.lines
                    .put(&line.replace("{busy}", if free { "FREE" } else { "BUSY" }));
            }
        }
        if habits.alarm && self.meeting.whole_days.is_none() {
            for line in [
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                "DESCRIPTION:Reminder",
                "TRIGGER:-PT10M",
                "END:VALARM",
            ] {
                self.lines.put(line);
            }
        }
    }

    fn moment(&mut self, name: &str, at: Instant) {
        self.lines.line(|out| {
            out.push_str(name);
            out.push(':');
            line::utc(out, at);
        });
    }

    fn when(&mut self, name: &str, at: DateTime) {
        let (meeting, names) = (self.meeting, self.view.habits.zones);
        self.lines.line(|out| {
            out.push_str(name);
            if meeting.whole_days.is_some() {
                out.push_str(";VALUE=DATE:");
                line::date(out, at);
            } else {
                zoned(out, names, &meeting.zone);
                line::civil(out, at);
            }
        });
    }
}

pub(super) fn zoned(out: &mut String, names: ZoneNames, zone: &Zone) {
    out.push_str(";TZID=");
    tzid(out, names, zone.place);
    out.push(':');
}

impl View<'_> {
    /// The address by which a meeting names somebody.
    pub(super) fn address<'p>(&self, person: &'p Person, meeting: &Meeting) -> &'p str {
        match person.aliases.first() {
            Some(old) if meeting.created < self.addresses_changed => old,
            _ => &person.address,
        }
    }

    fn uid(&self, out: &mut String, meeting: &Meeting) {
        if self.habits.uids == Uids::PerExport {
            // Mixed with the number of the export: the same within one, new in the next.
            let _ = write!(
                out,
                "{:x}-{}",
                self.export.wrapping_mul(0x9E37_79B9_7F4A_7C15),
                meeting.uid
            );
        } else {
            out.push_str(&meeting.uid);
        }
    }
}
