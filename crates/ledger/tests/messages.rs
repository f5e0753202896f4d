//! Scheduling messages as snapshots: each changes one meeting and says nothing of the rest.

use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Reader, What};
use steadfast_ledger::{history::History, observe::observations};

/// One message about the meeting `uid`, with the lines that differ.
fn message(method: &str, uid: &str, lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:{method}\nBEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260101T000000Z\n\
         ORGANIZER:mailto:maya@example.com\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

fn attendee(answer: &str) -> String {
    format!("ATTENDEE;PARTSTAT={answer}:mailto:ben@example.com")
}

/// What is observed when these messages come in, a day apart, in short.
fn told(messages: &[String]) -> Vec<String> {
    let mut history = History::new();
    for (day, text) in messages.iter().enumerate() {
        let day = i64::try_from(day).unwrap_or(0);
        history.begin_snapshot(Instant::from_seconds(1_767_225_600).plus_days(day));
        history.look("maya@example.com", None, Reader::read(text.as_bytes()));
    }
    history.end_snapshot();
    observations(&history, &TimeZone::UTC)
        .iter()
        .map(|o| {
            let what = match &o.change.what {
                What::SeriesAppeared(_) => "appeared".to_owned(),
                What::Moved(by) => format!("moved to {}", by.after.slot.start),
                What::Cancelled(placed, _) => format!("cancelled {}", placed.slot.start),
                What::Answered { address, to, .. } => format!("{address} {to:?}"),
                what => format!("{what:?}"),
            };
            format!("{} {what}", o.change.uid)
        })
        .collect()
}

#[test]
fn each_message_changes_one_thing_and_nothing_vanishes() {
    let weekly = format!(
        "DTSTART:20260106T140000Z\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;COUNT=4\nSEQUENCE:0\n{}",
        attendee("NEEDS-ACTION")
    );
    let moved = format!(
        "RECURRENCE-ID:20260113T140000Z\nDTSTART:20260114T140000Z\nDURATION:PT30M\nSEQUENCE:1\n{}",
        attendee("NEEDS-ACTION")
    );
    let off =
        "RECURRENCE-ID:20260120T140000Z\nDTSTART:20260120T140000Z\nDURATION:PT30M\nSEQUENCE:2";
    let answer = format!(
        "RECURRENCE-ID:20260127T140000Z\nDTSTART:20260127T140000Z\nDURATION:PT30M\nSEQUENCE:0\n{}",
        attendee("DECLINED")
    );
    let told = told(&[
        message("REQUEST", "a", &weekly),
        message("REQUEST", "b", &weekly.replace("T14", "T09")),
        message("REQUEST", "a", &moved),
        message("CANCEL", "a", off),
        message("COUNTER", "a", &moved.replace("20260114T14", "20260115T14")),
        message("REPLY", "a", &answer),
    ]);
    assert_eq!(
        told,
        [
            "b appeared",
            "a moved to 2026-01-14T14:00:00Z",
            "a cancelled 2026-01-20T14:00:00Z",
            "a ben@example.com Declined",
        ]
    );
}
