//! A meeting of Maya's own that she put over her next 1:1 with Ben, without a thought. In the story it is others who come over
//! her 1:1s: here it is for her to move what lies over one.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Reader, Slot, Window, expand, group};

/// The Sundays on which it stands there: the 1:1 is in the week to come.
const ON: [Date; 2] = [date(2026, 3, 8), date(2026, 3, 15)];
/// With whom the 1:1 is.
const BEN: &str = "ben@example.com";
/// Who is in the meeting: whose it is first.
const IN_IT: [&str; 3] = ["maya@example.com", "ana@example.com", "chidi@example.com"];

/// What stands in an export of that person's on that day, with the meeting in it where they are in it.
pub(super) fn with_it(export: String, person: &str, (day, maya): (Date, &str)) -> String {
    if !ON.contains(&day) || !IN_IT.contains(&person) {
        return export;
    }
    let at = super::morning(day);
    let event = next(maya, at).map(|slot| event(slot, at));
    match (event, export.rsplit_once("END:VCALENDAR")) {
        (Some(event), Some((before, after))) => format!("{before}{event}END:VCALENDAR{after}"),
        _ => export,
    }
}

/// When Maya meets Ben alone next.
fn next(export: &str, at: Instant) -> Option<Slot> {
    let all = group(Reader::read(export.as_bytes()).events);
    let window = Window {
        from: at,
        to: at.plus_days(7),
    };
    let slots = all.iter().flat_map(|series| {
        let all = expand(series, &TimeZone::UTC, window).into_iter();
        all.filter_map(|one| {
            let event = series.component(&one, &TimeZone::UTC)?;
            let mut who = event.attendees.iter();
            let of_two = event.attendees.len() == 2 && who.any(|one| *one.address == *BEN);
            one.slot.filter(|_| of_two)
        })
    });
    slots.min_by_key(|slot| slot.start)
}

fn event(slot: Slot, at: Instant) -> String {
    let utc = |at: Instant| at.civil(&TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ");
    let (stamp, start, end) = (utc(at), utc(slot.start), utc(slot.end));
    let [maya, ..] = IN_IT;
    let all: String = IN_IT
        .iter()
        .map(|who| format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}\r\n"))
        .collect();
    format!(
        "BEGIN:VEVENT\r\nUID:release-{start}@example.com\r\nDTSTAMP:{stamp}\r\nDTSTART:{start}\r\nDTEND:{end}\r\n\
         SUMMARY:Status of the release\r\nORGANIZER:mailto:{maya}\r\n{all}END:VEVENT\r\n"
    )
}
