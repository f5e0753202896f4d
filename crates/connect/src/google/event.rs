//! One event of Google's: a single one, the master of a series, an exception, or one that is gone.

use super::oddity::Oddity;
use super::when::{self, stamp};
use super::{kind, people, recurrence};
use crate::ical::lines::{Lines, text};
use crate::ical::moment::Moment;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What one element of a list of events says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    /// It stands.
    Stands(Box<Event>),
    /// It does not.
    Gone(Gone),
}

/// An event that is there no more, or an instance that was called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Its id.
    pub id: String,
    /// Set on an instance that its series still names: it was called off, or taken off this calendar.
    pub off: Option<Off>,
}

/// Which instance of a series was called off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Off {
    /// Id of the series.
    pub series: String,
    /// The EXDATE line that says so.
    pub line: String,
}

/// An event that stands, in lines of iCalendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id in its calendar.
    pub id: String,
    /// Id of the series that it is an exception of.
    pub series: Option<String>,
    /// Whether it is a series itself.
    pub repeats: bool,
    /// When it was last changed, in UTC as iCalendar writes it. All of a series share one moment, mostly.
    pub updated: Option<String>,
    /// What was odd about it.
    pub oddities: Vec<Oddity>,
    lines: Vec<String>,
}

/// Reads one event of a list.
///
/// # Errors
/// When nothing of it can be read; the [`Oddity`] says why.
pub fn read(value: &Value) -> Result<Said, Oddity> {
    let said = value.as_object().ok_or(Oddity::NoEvent)?;
    let id = word(said, "id").ok_or(Oddity::NoEvent)?.to_owned();
    let series = word(said, "recurringEventId");
    let mut oddities = Vec::new();
    let original = when::read(said.get("originalStartTime"), &mut oddities);
    if said.get("status").and_then(Value::as_str) == Some("cancelled") {
        // Without a series that names it, it is no instance any more: its series ended before it, or was deleted.
        let off = series.zip(original).map(|(series, original)| Off {
            series: series.to_owned(),
            line: original.line("EXDATE"),
        });
        return Ok(Said::Gone(Gone { id, off }));
    }
    let start = when::read(said.get("start"), &mut oddities).ok_or(Oddity::NoStart)?;
    let mut lines = Vec::with_capacity(16);
    let uid = match (word(said, "iCalUID"), series) {
        (Some(uid), _) => text(uid),
        (None, series) => {
            oddities.push(Oddity::NoUid);
            text(&format!("{}@google.com", series.unwrap_or(&id)))
        }
    };
    lines.push(format!("UID:{uid}"));
    lines.push(start.line("DTSTART"));
    lines.extend(end(said, &start, &mut oddities));
    let mut repeats = false;
    match (series, original) {
        (None, _) => {
            let recurrence = recurrence::lines(said, &mut oddities);
            repeats = !recurrence.is_empty();
            lines.extend(recurrence);
        }
        (Some(_), Some(original)) => lines.push(original.line("RECURRENCE-ID")),
        (Some(_), None) => return Err(Oddity::NoOriginalStart),
    }
    let created = stamp(said.get("created"), &mut oddities);
    let updated = stamp(said.get("updated"), &mut oddities);
    if let Some(stamp) = updated.as_ref().or(created.as_ref()) {
        lines.push(format!("DTSTAMP:{stamp}"));
    }
    lines.extend(created.map(|created| format!("CREATED:{created}")));
    lines.extend(sequence(said, &mut oddities));
    lines.extend(kind::lines(said, &mut oddities));
    let summary = said.get("summary").and_then(Value::as_str);
    lines.extend(summary.map(|summary| format!("SUMMARY:{}", text(summary))));
    lines.extend(people::lines(said, &mut oddities));
    oddities.sort_unstable();
    oddities.dedup();
    Ok(Said::Stands(Box::new(Event {
        series: series.map(str::to_owned),
        id,
        repeats,
        updated,
        oddities,
        lines,
    })))
}

impl Event {
    /// The whole object: this event, with further EXDATE lines, and with the moment of its last change where that is known
    /// to be its own.
    pub fn object<'a>(&self, off: impl IntoIterator<Item = &'a String>, dated: bool) -> Vec<u8> {
        let mut lines = Lines::default();
        HEAD.iter().for_each(|line| lines.put(line));
        self.put(&mut lines, off, dated);
        lines.put("END:VCALENDAR");
        lines.into_bytes()
    }

    fn put<'a>(&self, lines: &mut Lines, off: impl IntoIterator<Item = &'a String>, dated: bool) {
        lines.put("BEGIN:VEVENT");
        for line in &self.lines {
            lines.put(line);
        }
        if let (Some(updated), true) = (&self.updated, dated) {
            lines.put(&format!("LAST-MODIFIED:{updated}"));
        }
        for line in off {
            lines.put(line);
        }
        lines.put("END:VEVENT");
    }
}

/// What an object begins with.
const HEAD: [&str; 3] = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Steadfast//Google Calendar//EN",
];

/// All that was told of one series, in the order of their ids, as one object, and each piece on its own as a list tells it; `None`
/// where nothing of it stands.
pub fn together(told: &[Said]) -> Option<(Vec<u8>, Vec<Vec<u8>>)> {
    let off: Vec<&String> = told
        .iter()
        .filter_map(|said| match said {
            Said::Gone(gone) => gone.off.as_ref().map(|off| &off.line),
            Said::Stands(_) => None,
        })
        .collect();
    let mut lines = Lines::default();
    HEAD.iter().for_each(|line| lines.put(line));
    let mut pieces = Vec::new();
    for said in told {
        let Said::Stands(event) = said else { continue };
        let off = if event.series.is_none() { &*off } else { &[] };
        event.put(&mut lines, off.iter().copied(), true);
        pieces.push(event.object(off.iter().copied(), true));
    }
    lines.put("END:VCALENDAR");
    (!pieces.is_empty()).then(|| (lines.into_bytes(), pieces))
}

/// A word of the API's own: an id or a UID.
fn word<'a>(said: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    let word = said.get(name)?.as_str()?;
    (!word.is_empty()).then_some(word)
}

/// DTEND. Google gives an end even where there is none (`endTimeUnspecified`).
fn end(said: &Map<String, Value>, start: &Moment, oddities: &mut Vec<Oddity>) -> Option<String> {
    let said = said.get("end")?;
    match when::read(Some(said), oddities) {
        Some(end) if end.is_date() == start.is_date() => Some(end.line("DTEND")),
        _ => {
            oddities.push(Oddity::BadEnd);
            None
        }
    }
}

fn sequence(said: &Map<String, Value>, oddities: &mut Vec<Oddity>) -> Option<String> {
    let said = said.get("sequence")?;
    match said.as_u64().and_then(|number| u32::try_from(number).ok()) {
        Some(number) => Some(format!("SEQUENCE:{number}")),
        None => {
            oddities.push(Oddity::BadSequence);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use steadfast_calendar::{EventKind, PartStat, Reader};

    fn stands(value: &Value) -> Event {
        match read(value) {
            Ok(Said::Stands(event)) => *event,
            other => panic!("{other:?}"),
        }
    }

    fn weekly() -> Value {
        json!({
            "id": "abc", "iCalUID": "abc@google.com", "status": "confirmed",
            "created": "2026-01-05T08:00:00.000Z", "updated": "2026-01-05T08:00:01.200Z", "sequence": 2,
            "summary": "1:1 Maya, Ben\nweekly", "eventType": "default",
            "start": {"dateTime": "2026-01-06T15:00:00+01:00", "timeZone": "Europe/Paris"},
            "end": {"dateTime": "2026-01-06T15:30:00+01:00", "timeZone": "Europe/Paris"},
            "recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=TU"],
            "organizer": {"email": "maya@example.com", "self": true},
            "attendees": [
                {"email": "maya@example.com", "organizer": true, "self": true, "responseStatus": "accepted"},
                {"email": "ben@example.com", "responseStatus": "declined"},
            ],
        })
    }

    #[test]
    fn a_series_reads_as_the_same_series_over_caldav() {
        let event = stands(&weekly());
        let off = ["EXDATE;TZID=Europe/Paris:20260113T150000".to_owned()];
        let calendar = Reader::read(event.object(&off, true).as_slice());
        assert_eq!(calendar.warnings, []);
        let caldav = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nBEGIN:VEVENT\r\n\
            UID:abc@google.com\r\nDTSTART;TZID=Europe/Paris:20260106T150000\r\nDTEND;TZID=Europe/Paris:20260106T153000\r\n\
            RRULE:FREQ=WEEKLY;BYDAY=TU\r\nEXDATE;TZID=Europe/Paris:20260113T150000\r\nDTSTAMP:20260105T080001Z\r\n\
            ORGANIZER:mailto:maya@example.com\r\n\
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\n\
            ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED:mailto:ben@example.com\r\n\
            CREATED:20260105T080000Z\r\nLAST-MODIFIED:20260105T080001Z\r\nSEQUENCE:2\r\nSTATUS:CONFIRMED\r\n\
            SUMMARY:1:1 Maya\\, Ben\\nweekly\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let expected = Reader::read(caldav.as_bytes());
        let mut read = calendar.events;
        read[0].line = expected.events[0].line;
        assert_eq!(read, expected.events);
        assert_eq!(read[0].attendees[1].answer, PartStat::Declined);
    }

    #[test]
    fn an_exception_names_its_instance_and_one_that_is_off_its_series() {
        let mut moved = weekly();
        let fields = moved.as_object_mut().unwrap();
        fields.remove("recurrence");
        fields.remove("iCalUID");
        let instance = json!({
            "id": "abc_20260113T140000Z", "recurringEventId": "abc",
            "originalStartTime": {"dateTime": "2026-01-13T15:00:00+01:00", "timeZone": "Europe/Paris"},
            "eventType": "focusTime",
        });
        fields.extend(instance.as_object().unwrap().clone());
        let event = stands(&moved);
        assert_eq!(event.oddities, [Oddity::NoUid]);
        let read = Reader::read(event.object([], false).as_slice()).events;
        assert_eq!(&*read[0].uid, "abc@google.com");
        assert!(read[0].recurrence_id.is_some() && read[0].last_modified.is_none());
        assert_eq!(read[0].kind, EventKind::FocusTime);
        moved["status"] = json!("cancelled");
        let off = Off {
            series: "abc".to_owned(),
            line: "EXDATE;TZID=Europe/Paris:20260113T150000".to_owned(),
        };
        let gone = |off| {
            Ok(Said::Gone(Gone {
                id: "abc_20260113T140000Z".to_owned(),
                off,
            }))
        };
        assert_eq!(super::read(&moved), gone(Some(off)));
        // What its series does not name any more.
        let bare = json!({"id": "abc_20260113T140000Z", "status": "cancelled"});
        assert_eq!(super::read(&bare), gone(None));
    }

    #[test]
    fn what_is_missing_or_odd_is_said() {
        let check = |change: &dyn Fn(&mut Map<String, Value>),
                     expected: Result<&[Oddity], Oddity>| {
            let mut value = weekly();
            change(value.as_object_mut().unwrap());
            match (read(&value), expected) {
                (Ok(Said::Stands(event)), Ok(expected)) => assert_eq!(event.oddities, expected),
                (Err(found), Err(expected)) => assert_eq!(found, expected),
                (found, expected) => panic!("{found:?} is not {expected:?}"),
            }
        };
        check(&|_| {}, Ok(&[]));
        check(&|e| drop(e.remove("id")), Err(Oddity::NoEvent));
        check(&|e| drop(e.remove("start")), Err(Oddity::NoStart));
        check(
            &|e| drop(e.insert("recurringEventId".to_owned(), json!("abc"))),
            Err(Oddity::NoOriginalStart),
        );
        check(
            &|e| drop(e.insert("end".to_owned(), json!({"date": "2026-01-06"}))),
            Ok(&[Oddity::BadEnd]),
        );
        check(
            &|e| drop(e.insert("sequence".to_owned(), json!(-1))),
            Ok(&[Oddity::BadSequence]),
        );
        assert_eq!(read(&json!([])), Err(Oddity::NoEvent));
    }
}
