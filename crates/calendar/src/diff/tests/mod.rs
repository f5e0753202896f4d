//! Each trap seen in real histories, as two states and what changed.

mod changes;
mod nothing;

use super::*;
use crate::{
    change::{Reslot, SaidBy},
    instant::Slot,
    reader::Reader,
    series::group,
};

/// A calendar from its events' lines; events are separated by `---`.
pub(in crate::diff) fn calendar(events: &str) -> Vec<Series> {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for event in events.split("---").filter(|e| !e.trim().is_empty()) {
        text.push_str("BEGIN:VEVENT\r\n");
        for line in event.lines().map(str::trim).filter(|l| !l.is_empty()) {
            text.push_str(line);
            text.push_str("\r\n");
        }
        text.push_str("END:VEVENT\r\n");
    }
    text.push_str("END:VCALENDAR\r\n");
    group(Reader::read(text.as_bytes()).events)
}

fn at(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

/// Seen on Monday 2 and Monday 9 March 2026; January to June is compared.
fn scope() -> Scope {
    Scope {
        floating: TimeZone::UTC,
        window: Window {
            from: at("2026-01-01T00:00:00Z"),
            to: at("2026-07-01T00:00:00Z"),
        },
        seen_before: at("2026-03-02T08:00:00Z"),
        seen_after: at("2026-03-09T08:00:00Z"),
    }
}

fn spelt(at: Instant) -> String {
    at.civil(&TimeZone::UTC).strftime("%m-%d %H:%M").to_string()
}

fn slot(slot: Slot) -> String {
    format!("{} {}min", spelt(slot.start), slot.minutes())
}

fn many(list: &[Placed]) -> String {
    match list {
        [] => "nothing".to_owned(),
        [one] => slot(one.slot),
        [first, .., last] => format!(
            "{} … {} ({})",
            slot(first.slot),
            slot(last.slot),
            list.len()
        ),
    }
}

fn reslot(Reslot { before, after }: &Reslot) -> String {
    format!("{} -> {}", slot(before.slot), slot(after.slot))
}

fn line(change: &Change) -> String {
    let what = match &change.what {
        What::SeriesAppeared(list) => format!("series appeared: {}", many(list)),
        What::SeriesVanished(list) => format!("series vanished: {}", many(list)),
        What::Recreated { into } => format!("recreated as {into}"),
        What::Split { into, at, .. } => format!("split into {into} at {}", spelt(*at)),
        What::Appeared(one) => format!("appeared: {}", slot(one.slot)),
        What::Vanished(one) => format!("vanished: {}", slot(one.slot)),
        What::LeftView(one) => format!("left view: {}", slot(one.slot)),
        What::Moved(one) => format!("moved: {}", reslot(one)),
        What::Resized(one) => format!("resized: {}", reslot(one)),
        What::Retimed(list) => match list.as_ref() {
            [first, .., last] => format!(
                "retimed: {} … {} ({})",
                reslot(first),
                reslot(last),
                list.len()
            ),
            _ => "retimed: too few".to_owned(),
        },
        What::RuleChanged { from_days, to_days } => {
            format!("every {from_days} days -> every {to_days}")
        }
        What::Ended(list) => format!("ended: {}", many(list)),
        What::Extended(list) => format!("extended: {}", many(list)),
        What::Excluded(one) => format!("excluded: {}", slot(one.slot)),
        What::Cancelled(one, SaidBy::Status) => format!("cancelled: {}", slot(one.slot)),
        What::Cancelled(one, SaidBy::Title) => format!("cancelled by title: {}", slot(one.slot)),
        What::SeriesCancelled(list, by) => format!("series cancelled ({by:?}): {}", many(list)),
        What::Restored(one) => format!("restored: {}", slot(one.slot)),
        What::SeriesRestored(list) => format!("series restored: {}", many(list)),
        What::Answered { address, from, to } => format!("{address}: {from:?} -> {to:?}"),
        What::Renamed { from, to } => format!("renamed: {from} -> {to}"),
        What::AttendeesChanged { added, removed } => format!("attendees: +{added:?} -{removed:?}"),
        What::OrganiserChanged { from, to } => format!("organiser: {from} -> {to}"),
        What::Touched => "touched".to_owned(),
        What::Stale => "stale".to_owned(),
    };
    match change.id {
        Some(id) => format!("{} {}: {what}", change.uid, spelt(id)),
        None => format!("{}: {what}", change.uid),
    }
}

#[track_caller]
pub(super) fn check(before: &str, after: &str, expected: &[&str]) {
    let given: Vec<String> = diff(&calendar(before), &calendar(after), &scope())
        .iter()
        .map(line)
        .collect();
    assert_eq!(given, expected);
}

/// Weekly on Tuesdays at 10:00 in Berlin for half an hour, since the first week of January.
pub(super) const WEEKLY: &str = "
    UID:a
    DTSTART;TZID=Europe/Berlin:20260106T100000
    DTEND;TZID=Europe/Berlin:20260106T103000
    RRULE:FREQ=WEEKLY
    SUMMARY:1:1 Maya / Ben
    ORGANIZER:mailto:maya@example.com
    ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com
    ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com
";

/// [`WEEKLY`] with `from` replaced.
pub(super) fn weekly(replaced: &[(&str, &str)]) -> String {
    replaced.iter().fold(WEEKLY.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

/// [`WEEKLY`] and an override of the instance on `day` (of 10:00 Berlin time), with `lines`.
pub(super) fn with_override(day: &str, lines: &str) -> String {
    format!("{WEEKLY}\n---\nUID:a\nRECURRENCE-ID;TZID=Europe/Berlin:{day}T100000\n{lines}\n")
}

pub(super) fn moved(day: &str, to: &str) -> String {
    with_override(
        day,
        &format!("DTSTART;TZID=Europe/Berlin:{to}\nDURATION:PT30M\nSUMMARY:1:1 Maya / Ben"),
    )
}
