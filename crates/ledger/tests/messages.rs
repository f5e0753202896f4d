//! Scheduling messages as snapshots: each changes one meeting and says nothing of the rest.

use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Reader, Reslot, What};
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
                What::Resized(by) => format!(
                    "{} lasts {} min, not {}",
                    by.after.slot.start,
                    by.after.slot.minutes(),
                    by.before.slot.minutes()
                ),
                What::Retimed(all) => {
                    let lasts = |one: &Reslot| one.after.slot.minutes();
                    let later =
                        |one: &Reslot| one.after.slot.start.minutes_since(one.before.slot.start);
                    let each: Vec<String> = all
                        .iter()
                        .map(|one| format!("{:+} lasts {}", later(one), lasts(one)))
                        .collect();
                    format!("re-timed: {}", each.join(", "))
                }
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

/// As Lotus Notes writes them: a series is invited by its rule, and every later message about the whole of it lists its
/// instances as periods. Each message changes what its sender did, and nothing else.
#[test]
fn an_update_that_lists_its_instances_as_periods_says_what_its_sender_did() {
    const DAYS: [&str; 5] = ["20260112", "20260113", "20260114", "20260115", "20260116"];
    let times = |from: &str, to: &str, rule: &str, rest: &str| {
        let lines = format!("DTSTART:20260112T{from}Z\nDTEND:20260112T{to}Z\n{rule}\n{rest}");
        format!("{lines}\n{}", attendee("NEEDS-ACTION"))
    };
    let daily =
        |from: &str, to: &str, rest: &str| times(from, to, "RRULE:FREQ=DAILY;COUNT=5", rest);
    let periods = |from: &str, to: &str, rest: &str| {
        let each = DAYS.map(|day| format!("{day}T{from}Z/{day}T{to}Z"));
        let rule = format!("RDATE;VALUE=PERIOD:{}", each.join(","));
        times(from, to, &rule, rest)
    };
    let one = |day: &str, from: &str, to: &str| {
        format!(
            "RECURRENCE-ID:{day}T090000Z\nDTSTART:{day}T{from}Z\nDTEND:{day}T{to}Z\nSEQUENCE:1\n{}",
            attendee("NEEDS-ACTION")
        )
    };
    let told = told(&[
        message("REQUEST", "moved", &daily("090000", "100000", "SEQUENCE:0")),
        message(
            "REQUEST",
            "moved",
            &periods("100000", "110000", "SEQUENCE:1"),
        ),
        message(
            "REQUEST",
            "body",
            &daily("090000", "100000", "SEQUENCE:0\nDESCRIPTION:as before"),
        ),
        message(
            "REQUEST",
            "body",
            &periods("090000", "100000", "SEQUENCE:0\nDESCRIPTION:anew"),
        ),
        message(
            "REQUEST",
            "stream",
            &daily("090000", "100000", "SEQUENCE:0"),
        ),
        message("REQUEST", "stream", &one("20260113", "100000", "110000")),
        message("REQUEST", "stream", &one("20260115", "110000", "120000")),
        message(
            "REQUEST",
            "stream",
            &periods("090000", "093000", "SEQUENCE:2"),
        ),
    ]);
    let later = ["+60 lasts 60"; 5].join(", ");
    assert_eq!(
        told,
        [
            &format!("moved re-timed: {later}"),
            "body appeared",
            "stream appeared",
            "stream moved to 2026-01-13T10:00:00Z",
            "stream moved to 2026-01-15T11:00:00Z",
            // All are listed anew: the two that were moved stand at nine again.
            "stream re-timed: +0 lasts 30, -60 lasts 30, +0 lasts 30, -120 lasts 30, +0 lasts 30",
        ]
    );
}
