//! A weekly 1:1 as a server gives it, and short ways to look at it.

use jiff::tz::TimeZone;
use steadfast_calendar::edit::{By, Edit, EditError, Edited, apply};
use steadfast_calendar::{Instance, Instant, Reader, Series, Slot, Window, expand, group};

pub(crate) const MAYA: &str = "maya@example.org";
pub(crate) const BEN: &str = "ben@example.org";

/// Mondays at 10 in Berlin, from 2 March 2026, with what servers and people put into it.
pub(crate) const WEEKLY: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Some//Client//EN\r\nBEGIN:VTIMEZONE\r\n\
TZID:Europe/Berlin\r\nX-ODD:kept\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\n\
TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
DTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n\
END:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20260201T080000Z\r\nSEQUENCE:2\r\n\
SUMMARY:1:1 Maya and Ben\\, with a title that is long enough to be folded over\r\n  two lines\r\n\
DTSTART;TZID=Europe/Berlin:20260302T100000\r\nDURATION:PT30M\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\n\
EXDATE;TZID=Europe/Berlin:20260316T100000,20260323T100000\r\nORGANIZER;CN=Maya:mailto:maya@example.org\r\n\
ATTENDEE;CN=Maya;PARTSTAT=ACCEPTED:mailto:maya@example.org\r\n\
ATTENDEE;CN=\"Ben; B\";PARTSTAT=ACCEPTED;SCHEDULE-STATUS=1.2;X-NUM=0:mailto:ben@example.org\r\nX-OWN;A=b:c\r\n\
BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nSUMMARY:alarm\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// A moment in UTC.
pub(crate) fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

/// Half an hour from a moment.
pub(crate) fn half_hour(text: &str) -> Slot {
    Slot::new(at(text), at(text).plus_minutes(30))
}

pub(crate) fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone")
}

/// Does something as somebody, on 1 March 2026.
pub(crate) fn by<T>(address: &str, what: impl FnOnce(&By<'_>) -> T) -> T {
    let zone = berlin();
    what(&By {
        addresses: &[address],
        zone: &zone,
        now: at("2026-03-01T12:00:00Z"),
    })
}

/// The text after an edit by somebody.
pub(crate) fn edited(object: &str, edit: &Edit, who: &str) -> String {
    match by(who, |by| apply(Some(object.as_bytes()), edit, by)) {
        Ok(Edited::Text(text)) => String::from_utf8(text).expect("text"),
        other => panic!("{edit:?}: {other:?}"),
    }
}

pub(crate) fn refused(object: &str, edit: &Edit, who: &str) -> EditError {
    by(who, |by| apply(Some(object.as_bytes()), edit, by)).expect_err("a refusal")
}

pub(crate) fn series(object: &str) -> Series {
    let mut all = group(Reader::read(object.as_bytes()).events);
    assert_eq!(all.len(), 1, "{object}");
    all.remove(0)
}

/// Its instances from 2025 to the middle of 2027.
pub(crate) fn instances(object: &str) -> Vec<Instance> {
    let window = Window {
        from: at("2025-01-01T00:00:00Z"),
        to: at("2027-07-01T00:00:00Z"),
    };
    expand(&series(object), &berlin(), window)
}

/// Lines that one text has and the other has not, in order: `-` of the first, `+` of the second. Both unfolded.
pub(crate) fn difference(before: &str, after: &str) -> Vec<String> {
    let lines = |text: &str| -> Vec<String> {
        let text = text.replace("\r\n ", "");
        text.lines().map(str::to_owned).collect()
    };
    let (before, after) = (lines(before), lines(after));
    let mut told = Vec::new();
    let mut rest = after.iter().peekable();
    for line in &before {
        if !after.contains(line) {
            told.push(format!("-{line}"));
            continue;
        }
        while let Some(new) = rest.next_if(|new| *new != line) {
            told.push(format!("+{new}"));
        }
        rest.next();
    }
    told.extend(rest.map(|new| format!("+{new}")));
    told
}
