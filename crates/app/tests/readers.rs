//! What readers tripped over: words beside counts, whose questions are asked, days of the week, people who left.

use steadfast_app::{
    audit::{Audit, Options},
    report::{Report, TextStyle, html, text},
};
use steadfast_calendar::Instant;

fn moment(text: &str) -> Instant {
    text.parse::<jiff::Timestamp>().expect("a moment").into()
}

/// A 1:1 of two people, organised by the first, half an hour from `start` on.
fn event(uid: &str, people: [&str; 2], start: &str, lines: &str) -> String {
    let [organizer, other] = people;
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:1:1\nDURATION:PT30M\nORGANIZER:mailto:{organizer}@example.com\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:{organizer}@example.com\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:{other}@example.com\nDTSTART:{start}\n{lines}\nEND:VEVENT\n"
    )
}

/// Exported on the day of the audit.
fn calendar(events: &[String]) -> String {
    let events = events
        .concat()
        .replace("BEGIN:VEVENT\n", "BEGIN:VEVENT\nDTSTAMP:20260510T120000Z\n");
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

/// `me`'s calendar as one export, on 10 May 2026.
fn audit(me: &str, events: &[String], set: impl FnOnce(&mut Options)) -> Report {
    let mut options = Options::at(moment("2026-05-10T20:00:00Z"));
    options.me = vec![format!("{me}@example.com")];
    options.from = Some(jiff::civil::date(2026, 1, 1));
    set(&mut options);
    let mut audit = Audit::new(options);
    audit
        .calendar("one.ics", None, None, &mut calendar(events).as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

fn shown(report: &Report) -> String {
    let style = TextStyle {
        width: 200,
        colour: false,
        unicode: true,
    };
    text(report, &style)
}

const MAYA_BEN: [&str; 2] = ["maya", "ben"];
const WEEKLY: &str = "RRULE:FREQ=WEEKLY\nSEQUENCE:0";

fn reports(options: &mut Options) {
    options.reports = vec!["ben@example.com".to_owned()];
}

fn manager(options: &mut Options) {
    options.manager = Some("maya@example.com".to_owned());
}

#[test]
fn reliably_kept_comes_after_the_counts_as_a_reading_of_them() {
    let mut events = vec![event("a", MAYA_BEN, "20260106T140000Z", WEEKLY)];
    let whole = audit("maya", &events, reports);
    assert!(shown(&whole).contains("18 of 18 stood; reads as reliably kept"));
    for (was, to) in [("0113", "0114"), ("0210", "0211")] {
        let lines =
            format!("RECURRENCE-ID:2026{was}T140000Z\nSEQUENCE:1\nLAST-MODIFIED:2026{was}T090000Z");
        events.push(event("a", MAYA_BEN, &format!("2026{to}T140000Z"), &lines));
    }
    let report = audit("maya", &events, reports);
    let manager_reads = shown(&report);
    assert!(
        manager_reads.contains("16 of 18 stood; reads as reliably kept"),
        "{manager_reads}"
    );
    let signal = report.pairs[0].signal.as_ref().expect("a declared pair");
    assert_eq!(
        signal.sentence,
        "16 of the last 18 stood as promised. That reads as reliably kept."
    );
    let report_reads = shown(&audit("ben", &events, manager));
    assert!(
        report_reads.contains("kept 16 of 18; reads as reliably kept"),
        "{report_reads}"
    );
    assert!(!report_reads.contains("Kept 16 of the last 18"));
}

#[test]
fn the_managers_questions_are_asked_of_those_who_are_known_to_manage() {
    let events = [
        event("a", MAYA_BEN, "20260106T140000Z", WEEKLY),
        event("b", ["kim", "ben"], "20260107T140000Z", WEEKLY),
    ];
    let managers = "Does every report have a regular 1:1?";
    let reports_own = "Do you have a regular 1:1?";
    let page = html(&audit("ben", &events, |_| {}));
    assert!(!page.contains(managers) && !page.contains(reports_own));
    let page = html(&audit("ben", &events, manager));
    assert!(!page.contains(managers) && page.contains(reports_own));
    let page = html(&audit("maya", &events, reports));
    assert!(page.contains(managers) && !page.contains(reports_own));
}

#[test]
fn a_pair_that_meets_twice_a_week_has_both_days_named() {
    let slot = |events: &[String]| audit("maya", events, reports).pairs[0].usual_slot.clone();
    let twice = "RRULE:FREQ=WEEKLY;BYDAY=TU,TH";
    let one = [event("a", MAYA_BEN, "20260106T100000Z", twice)];
    assert_eq!(slot(&one).as_deref(), Some("Tue and Thu 10:00"));
    assert!(
        shown(&audit("maya", &one, reports)).contains("twice a week, Tue and Thu 10:00"),
        "{}",
        shown(&audit("maya", &one, reports))
    );
    let two = [
        event("a", MAYA_BEN, "20260106T100000Z", WEEKLY),
        event("b", MAYA_BEN, "20260108T143000Z", WEEKLY),
    ];
    assert_eq!(slot(&two).as_deref(), Some("Tue 10:00 and Thu 14:30"));
    let re_timed = [
        event(
            "a",
            MAYA_BEN,
            "20260108T100000Z",
            "RRULE:FREQ=WEEKLY;UNTIL=20260508T000000Z",
        ),
        event("b", MAYA_BEN, "20260512T100000Z", WEEKLY),
    ];
    assert_eq!(slot(&re_timed).as_deref(), Some("Tue 10:00"));
}

#[test]
fn a_new_one_is_suggested_for_a_deleted_series_only_if_they_still_report() {
    let mut options = Options::at(moment("2026-05-10T20:00:00Z"));
    options.me = vec!["maya@example.com".to_owned()];
    options.reports = vec!["ben@example.com".to_owned(), "noor@example.com".to_owned()];
    options.from = Some(jiff::civil::date(2026, 1, 1));
    let ben = event("a", MAYA_BEN, "20260106T140000Z", WEEKLY);
    let kim = event("b", ["maya", "kim"], "20260107T140000Z", WEEKLY);
    let suggested = |options: &Options, looks: [&[String]; 2]| {
        let mut audit = Audit::new(options.clone());
        for (at, events) in ["2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"]
            .into_iter()
            .zip(looks)
        {
            let at = Some(moment(at));
            audit
                .calendar(
                    "maya.ics",
                    Some("maya@example.com"),
                    at,
                    &mut calendar(events).as_bytes(),
                )
                .expect("bytes in memory can be read");
        }
        audit.snapshot(options.now);
        let page = shown(&audit.finish());
        let line = page.lines().find(|line| line.contains("One thing to do"));
        line.map(|line| line.trim().to_owned())
    };
    let both = [ben.clone(), kim.clone()];
    let gone = [kim];
    assert_eq!(
        suggested(&options, [&both, &gone]).as_deref(),
        Some(
            "One thing to do: put one with each who still reports to you on both calendars next week."
        )
    );
    options.reports.pop();
    assert_eq!(
        suggested(&options, [&both, &gone]).as_deref(),
        Some(
            "One thing to do, if they still report to you: put a new one on both calendars next week."
        )
    );
    options.reports = vec!["noor@example.com".to_owned()];
    assert_eq!(
        suggested(&options, [&both, &both]).as_deref(),
        Some("One thing to do: put a first one on both calendars next week.")
    );
}
