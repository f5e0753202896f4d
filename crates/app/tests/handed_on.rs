//! A series that is handed from one report to another, under one UID: what was before is told for those whose it was.

use steadfast_app::{
    audit::{Audit, Options},
    report::{Report, model::Pair},
};
use steadfast_calendar::Instant;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";
const KIM: &str = "kim@example.com";

/// An entry of Maya's with these attendees and lines.
fn entry(start: &str, title: &str, attendees: &[&str], lines: &str) -> String {
    let attendees: String = attendees
        .iter()
        .map(|who| format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}\n"))
        .collect();
    format!(
        "BEGIN:VEVENT\nUID:a\nDTSTART:{start}Z\nDURATION:PT30M\nSUMMARY:{title}\nORGANIZER:mailto:{MAYA}\n\
         {attendees}{lines}\nEND:VEVENT\n"
    )
}

/// Weekly on Tuesdays at 14:00 UTC, from 6 January 2026 on.
fn series(title: &str, attendees: &[&str]) -> String {
    entry("20260106T140000", title, attendees, "RRULE:FREQ=WEEKLY")
}

fn on_the_day(day: &str, attendees: &[&str], lines: &str) -> String {
    let id = format!("RECURRENCE-ID:2026{day}T140000Z\n{lines}");
    entry(&format!("2026{day}T140000"), "1:1", attendees, &id)
}

fn moment(text: &str) -> Instant {
    let text = format!("2026-{text}:00Z");
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

/// What is told on 10 February of these looks: when, in whose calendar, which events.
fn audit(looks: &[(Option<&str>, &str, &str)]) -> Report {
    let mut options = Options::at(moment("02-10T00:00"));
    options.me = vec![MAYA.to_owned()];
    options.reports = vec![BEN.to_owned(), KIM.to_owned()];
    options.from = Some(jiff::civil::date(2026, 1, 1));
    let mut audit = Audit::new(options);
    for (at, whose, events) in looks {
        let at = at.map(moment);
        if let Some(at) = at {
            audit.snapshot(at);
        }
        let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
        audit
            .calendar(whose, Some(whose), at, &mut text.as_bytes())
            .expect("bytes in memory can be read");
    }
    if looks.iter().any(|(at, ..)| at.is_some()) {
        audit.snapshot(moment("02-10T00:00"));
    }
    audit.finish()
}

/// The day of each promise to `whom` with what became of it, and the end.
fn told(report: &Report, whom: &str) -> Vec<String> {
    let of_them = |pair: &&Pair| {
        let mut people = pair.people.iter();
        people.any(|person| &*person.address == whom)
    };
    let pairs: Vec<&Pair> = report.pairs.iter().filter(of_them).collect();
    let mut told = Vec::new();
    for pair in pairs {
        let due = pair.occurrences.iter();
        let due = due.filter(|o| o.promised.start < moment("02-10T00:00"));
        told.extend(due.map(|o| {
            let day = o.promised.start.date(&report.zone).strftime("%-d %b");
            format!("{day} {}", o.verdict)
        }));
        told.extend(pair.ended.iter().map(|(on, _)| format!("ended {on}")));
    }
    told
}

const BENS: &[&str] = &[MAYA, BEN];
const KIMS: &[&str] = &[MAYA, KIM];

/// Ben's were Ben's until the 21st, and Kim's from then on.
#[track_caller]
fn each_has_their_own(report: &Report) {
    let bens = [
        "6 Jan kept",
        "13 Jan kept",
        "20 Jan kept",
        "ended 2026-01-21",
    ];
    assert_eq!(told(report, BEN), bens);
    assert_eq!(told(report, KIM), ["27 Jan kept", "3 Feb kept"]);
}

#[test]
fn what_was_before_it_was_handed_on_is_told_for_the_one_whose_it_was() {
    for titles in [["1:1 Maya / Ben", "1:1 Maya / Kim"], ["1:1", "1:1"]] {
        let before = series(titles[0], BENS);
        let now = series(titles[1], KIMS);
        let looks = [
            (Some("01-02T12:00"), MAYA, &*before),
            (Some("01-21T11:00"), MAYA, &*before),
            (Some("01-21T12:00"), MAYA, &*now),
        ];
        each_has_their_own(&audit(&looks));
        // With the calendars of both, which say no more than that.
        let bens = series("1:1", BENS);
        let kims = series("1:1", KIMS);
        each_has_their_own(&audit(&[
            looks[0],
            (Some("01-02T12:00"), BEN, &bens),
            (Some("01-02T12:00"), KIM, ""),
            looks[1],
            (Some("01-21T11:00"), BEN, &bens),
            looks[2],
            (Some("01-21T12:00"), BEN, ""),
            (Some("01-21T12:00"), KIM, &kims),
        ]));
    }
}

#[test]
fn an_instance_that_still_names_the_one_from_before_is_theirs() {
    let before = series("1:1", BENS);
    let now = format!(
        "{}{}{}",
        series("1:1", KIMS),
        on_the_day("0113", BENS, ""),
        on_the_day("0127", BENS, ""),
    );
    let report = audit(&[
        (Some("01-02T12:00"), MAYA, &before),
        (Some("01-21T11:00"), MAYA, &before),
        (Some("01-21T12:00"), MAYA, &now),
    ]);
    let bens = told(&report, BEN);
    assert_eq!(
        bens[..4],
        ["6 Jan kept", "13 Jan kept", "20 Jan kept", "27 Jan kept"],
        "{bens:?}"
    );
    assert_eq!(told(&report, KIM), ["3 Feb kept"]);
}

/// A single state names whom the series is with now. An instance that names somebody else is not theirs; whose those
/// before it were, it does not say.
#[test]
fn one_state_with_an_instance_of_somebody_else_does_not_say_whose_those_before_it_were() {
    let now = format!("{}{}", series("1:1", KIMS), on_the_day("0113", BENS, ""));
    for at in [None, Some("01-26T12:00")] {
        let report = audit(&[(at, MAYA, &now)]);
        let kims = told(&report, KIM);
        assert!(kims[0].starts_with("6 Jan unknown"), "{kims:?}");
        assert_eq!(kims[1..], ["20 Jan kept", "27 Jan kept", "3 Feb kept"]);
        assert!(told(&report, BEN).is_empty());
    }
}

#[test]
fn another_address_of_the_same_one_hands_nothing_on() {
    let before = series("1:1", &[MAYA, "ben@mail.example.com"]);
    let now = series("1:1", BENS);
    let report = audit(&[
        (Some("01-02T12:00"), MAYA, &before),
        (Some("01-21T12:00"), MAYA, &now),
    ]);
    let kept = [
        "6 Jan kept",
        "13 Jan kept",
        "20 Jan kept",
        "27 Jan kept",
        "3 Feb kept",
    ];
    assert_eq!(told(&report, BEN), kept);
    assert_eq!(report.pairs.len(), 1);
}
