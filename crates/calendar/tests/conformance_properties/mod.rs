//! What is read of a calendar, and what is not: rows of docs/conformance.md. Which property is read, and where, the reader
//! itself says; here is what each is read for, and why the others are not.

use std::fmt::Write as _;
use steadfast_calendar::{Reader, reader::read_properties};

/// What a property is read for.
const READ_FOR: &[(&str, &str)] = &[
    ("UID", "which events belong together"),
    (
        "DTSTART",
        "the slot; in a VTIMEZONE since when its offset holds",
    ),
    ("DTEND", "the slot"),
    ("DURATION", "the slot; beside DTEND the first of the two"),
    (
        "RRULE",
        "the instances; in a VTIMEZONE when its offset changes",
    ),
    ("EXRULE", "instances that are left out"),
    (
        "RDATE",
        "more instances, also as PERIOD; in a VTIMEZONE when its offset changes",
    ),
    ("EXDATE", "instances that are left out"),
    (
        "RECURRENCE-ID",
        "the instance that an override is of, with RANGE",
    ),
    (
        "SUMMARY",
        "finding 1:1s and classes of meetings; cancelled and out-of-office titles",
    ),
    ("STATUS", "cancelled, tentative or confirmed"),
    (
        "SEQUENCE",
        "which of two states is newer; that the organiser changed it",
    ),
    ("DTSTAMP", "which of two states is newer"),
    ("CREATED", "what was there first"),
    ("LAST-MODIFIED", "when it was changed"),
    (
        "ORGANIZER",
        "whose meeting it is, with CN, EMAIL and SENT-BY",
    ),
    (
        "ATTENDEE",
        "who is in it and what they answered, with CN, EMAIL, PARTSTAT, ROLE, CUTYPE and SENT-BY",
    ),
    ("TRANSP", "whether it takes its owner's time"),
    (
        "CATEGORIES",
        "out of office, focus time, working location, birthday",
    ),
    ("CLASS", "whether a 1:1 that is made good stays private"),
    ("PRIORITY", "whether what lies over a 1:1 cannot wait"),
    (
        "X-MICROSOFT-CDO-BUSYSTATUS",
        "whether it takes its owner's time; out of office",
    ),
    (
        "X-MICROSOFT-CDO-INTENDEDSTATUS",
        "the same, where the other one is not said",
    ),
    (
        "X-GOOGLE-EVENT-TYPE",
        "out of office, focus time, working location, birthday",
    ),
    ("X-APPLE-SPECIAL-DAY", "birthday"),
    ("X-NEXTCLOUD-BC-FIELD-TYPE", "birthday"),
    ("X-KDE-KABC-BIRTHDAY", "birthday"),
    ("X-GOOGLE-CALENDAR-CONTENT-ICON", "birthday"),
    (
        "X-WR-CALNAME",
        "whose calendar it is, where it is an address",
    ),
    ("NAME", "the same"),
    ("X-WR-TIMEZONE", "the zone of floating times, and of days"),
    (
        "METHOD",
        "whether it is a calendar or a message about one meeting",
    ),
    ("PRODID", "which program wrote it"),
    (
        "TZID",
        "the name by which a VTIMEZONE is called; with a time, its zone",
    ),
    (
        "X-LIC-LOCATION",
        "the IANA name of a VTIMEZONE that has a name of its own",
    ),
    ("TZOFFSETFROM", "offsets of a VTIMEZONE"),
    ("TZOFFSETTO", "offsets of a VTIMEZONE"),
    ("TZUNTIL", "until when a VTIMEZONE says anything"),
];

/// Properties of RFC 5545, of RFC 7986 and 9073, and of providers that are not read: with a value, and why not.
const UNREAD: &[(&str, &str, &str)] = &[
    (
        "DESCRIPTION",
        "salary talk",
        "nobody's notes are read or kept",
    ),
    ("STYLED-DESCRIPTION", "salary talk", "the same"),
    ("X-ALT-DESC", "salary talk", "the same"),
    ("COMMENT", "moved again", "the same"),
    ("CONTACT", "Ben", "the same"),
    ("ATTACH", "https://example.com/plan.pdf", "the same"),
    (
        "LOCATION",
        "Room 5",
        "where it takes place decides nothing; a room is told by CUTYPE",
    ),
    ("GEO", "48.85;2.35", "the same"),
    ("RESOURCES", "beamer", "the same"),
    ("CONFERENCE", "https://example.com/call", "the same"),
    ("URL", "https://example.com/", "decides nothing"),
    ("COLOR", "red", "decides nothing"),
    ("IMAGE", "https://example.com/a.png", "decides nothing"),
    (
        "RELATED-TO",
        "parent",
        "which series follows another is told by people, title and time",
    ),
    (
        "REQUEST-STATUS",
        "2.0;Success",
        "says what became of a message, not of the meeting",
    ),
    (
        "X-APPLE-TRAVEL-DURATION",
        "PT30M",
        "the way there is not the meeting",
    ),
    (
        "X-MICROSOFT-CDO-ALLDAYEVENT",
        "TRUE",
        "an all-day event from midnight to midnight stays a timed one",
    ),
    ("X-MOZ-LASTACK", "20260101T000000Z", "about its reminder"),
    (
        "X-GOOGLE-CONFERENCE",
        "https://example.com/call",
        "decides nothing",
    ),
];

/// Components that are read over.
const UNREAD_COMPONENTS: &[(&str, &str)] = &[
    ("VTODO", "a task is no meeting"),
    ("VJOURNAL", "a diary is no meeting"),
    ("VFREEBUSY", "names no meeting"),
    ("VALARM", "reminders decide nothing"),
    ("VAVAILABILITY", "working hours are asked for, not read"),
];

/// The table of what is read.
pub(crate) fn read() -> String {
    let mut rows = String::new();
    for (name, components) in read_properties() {
        let (_, what_for) = READ_FOR
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("say what {name} is read for"));
        // Writing to a String cannot go wrong.
        let _ = writeln!(
            rows,
            "| `{name}` | {} | {what_for} |",
            components.join(", ")
        );
    }
    rows
}

/// The table of what is not.
pub(crate) fn not_read() -> String {
    let mut rows = String::new();
    for (name, _, why) in UNREAD.iter().filter(|(name, ..)| !is_read(name)) {
        let _ = writeln!(rows, "| `{name}` | {why} |");
    }
    for (name, why) in UNREAD_COMPONENTS {
        let _ = writeln!(rows, "| {name}, and all in it | {why} |");
    }
    rows
}

fn is_read(name: &str) -> bool {
    read_properties().any(|(read, _)| read == name)
}

/// An event with these lines in it, and in the calendar.
fn calendar(in_event: &str, in_calendar: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{in_calendar}BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260106T090000Z\r\n\
         {in_event}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[test]
fn what_is_read_for_is_said_of_what_is_read_and_of_nothing_else() {
    let names: Vec<String> = read_properties().map(|(name, _)| name).collect();
    let said: Vec<&str> = READ_FOR.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, said);
    for (name, components) in read_properties() {
        assert!(!components.is_empty(), "{name} is known and read nowhere");
    }
}

#[test]
fn what_is_not_read_changes_nothing() {
    let plain = Reader::read(calendar("", "").as_bytes());
    for (name, value, _) in UNREAD {
        let with = Reader::read(calendar(&format!("{name}:{value}\r\n"), "").as_bytes());
        let mut events = with.events;
        events.iter_mut().for_each(|event| event.line = 0);
        let mut expected = plain.events.clone();
        expected.iter_mut().for_each(|event| event.line = 0);
        assert_eq!(
            events, expected,
            "{name} is read: it belongs into the other table"
        );
        assert!(!is_read(name), "{name} is in both tables");
        assert!(with.warnings.is_empty(), "{name}: {:?}", with.warnings);
    }
    for (component, _) in UNREAD_COMPONENTS {
        let other = format!(
            "BEGIN:{component}\r\nUID:b\r\nDTSTART:20260107T090000Z\r\nSUMMARY:x\r\nEND:{component}\r\n"
        );
        let beside = Reader::read(calendar("", &other).as_bytes());
        let within = Reader::read(calendar(&other, "").as_bytes());
        for read in [beside, within] {
            assert_eq!(read.events.len(), 1, "{component}");
            assert_eq!(&*read.events[0].uid, "a", "{component}");
            assert_eq!(&*read.events[0].summary, "", "{component}");
        }
    }
}
