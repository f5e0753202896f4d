//! Calendars written down in a form that a case can hold.

use std::fmt::Write as _;
use steadfast_calendar::{
    Attendee, Busy, Calendar, CuType, End, Event, EventKind, PartStat, Reader, Role, Status, When,
};

/// Reads `text` with CRLF line ends, as files have them.
pub(crate) fn read(text: &str) -> Calendar {
    Reader::read(with_line_ends(text).as_bytes())
}

/// The text of a case, its lines without the blanks that the case is indented with (a `>` keeps what follows it, for
/// folds), ended by CRLF.
pub(crate) fn with_line_ends(text: &str) -> String {
    text.trim()
        .lines()
        .map(|line| {
            let line = line.trim_start();
            format!("{}\r\n", line.strip_prefix('>').unwrap_or(line))
        })
        .collect()
}

/// The lines of a VEVENT within a calendar.
pub(crate) fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR")
}

/// Everything an event says that is not the default, a line for each thing.
pub(crate) fn told(event: &Event) -> String {
    let mut out = format!("{:?} {:?}\n", &*event.uid, &*event.summary);
    let _ = writeln!(out, "{} to {}", when(&event.start), end(&event.end));
    if let Some(id) = &event.recurrence_id {
        let range = if id.this_and_future {
            " and all after"
        } else {
            ""
        };
        let _ = writeln!(out, "instead of {}{range}", when(&id.at));
    }
    if let Some(recurrence) = &event.recurrence {
        for rule in &recurrence.rules {
            let _ = writeln!(out, "rule {rule}");
        }
        for rule in &recurrence.except_rules {
            let _ = writeln!(out, "except rule {rule}");
        }
        for date in &recurrence.dates {
            let _ = writeln!(out, "also {} to {}", when(&date.start), end(&date.end));
        }
        for date in &recurrence.except_dates {
            let _ = writeln!(out, "not {}", when(date));
        }
    }
    if event.status != Status::Confirmed {
        let _ = writeln!(out, "{:?}", event.status);
    }
    if event.sequence != 0 {
        let _ = writeln!(out, "sequence {}", event.sequence);
    }
    for (what, at) in [
        ("stamp", event.stamp),
        ("created", event.created),
        ("modified", event.last_modified),
    ] {
        if let Some(at) = at {
            let _ = writeln!(out, "{what} {at}");
        }
    }
    if let Some(organizer) = &event.organizer {
        let _ = writeln!(
            out,
            "organizer {} {:?}{}",
            organizer.address,
            &*organizer.name,
            sent_by(organizer.sent_by.as_deref())
        );
    }
    for attendee in &event.attendees {
        let _ = writeln!(out, "attendee {}", person(attendee));
    }
    if event.busy != Busy::Busy {
        let _ = writeln!(out, "{:?}", event.busy);
    }
    if event.kind != EventKind::Ordinary {
        let _ = writeln!(out, "kind {:?}", event.kind);
    }
    out
}

fn person(attendee: &Attendee) -> String {
    let mut out = format!("{} {:?}", attendee.address, &*attendee.name);
    if attendee.answer != PartStat::NeedsAction {
        let _ = write!(out, " {:?}", attendee.answer);
    }
    if attendee.cutype != CuType::Individual {
        let _ = write!(out, " {:?}", attendee.cutype);
    }
    if attendee.role != Role::Required {
        let _ = write!(out, " {:?}", attendee.role);
    }
    out + &sent_by(attendee.sent_by.as_deref())
}

fn sent_by(deputy: Option<&str>) -> String {
    deputy.map_or(String::new(), |deputy| format!(" by {deputy}"))
}

/// `20240318`, `20240318T090000`, `…Z`, or with its zone: `…[Europe/Berlin]`, `…[own +01]`.
pub(crate) fn when(when: &When) -> String {
    let civil = when.civil().strftime("%Y%m%dT%H%M%S").to_string();
    match when {
        When::Date(date) => date.strftime("%Y%m%d").to_string(),
        When::Floating(_) => civil,
        When::Utc(_) => format!("{civil}Z"),
        When::Zoned(at, zone) => match zone.iana_name() {
            Some(name) if !name.is_empty() => format!("{civil}[{name}]"),
            _ => {
                let offset = zone
                    .to_ambiguous_timestamp(*at)
                    .compatible()
                    .map(|t| zone.to_offset(t));
                format!("{civil}[own {}]", offset.unwrap())
            }
        },
    }
}

fn end(end: &End) -> String {
    match end {
        End::At(at) => when(at),
        End::Lasts { days, seconds } => format!("{days} days {seconds} seconds later"),
        End::Unsaid => "unsaid".to_owned(),
    }
}

/// Holds what a calendar's events tell against `expected`, blanks at the start of lines aside; events are separated by
/// an empty line.
#[track_caller]
pub(crate) fn check(text: &str, expected: &str) -> Calendar {
    let calendar = read(text);
    let told: Vec<String> = calendar.events.iter().map(told).collect();
    let expected: String = expected
        .trim()
        .lines()
        .map(|line| format!("{}\n", line.trim()))
        .collect();
    assert_eq!(told.join("\n"), expected, "{:#?}", calendar.warnings);
    calendar
}
