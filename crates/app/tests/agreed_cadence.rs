//! A rhythm that two people agreed on is what their 1:1 owes, from then on.

use steadfast_app::audit::{AgreedCadence, Audit, Options};
use steadfast_app::report::Report;
use steadfast_calendar::Instant;
use steadfast_ledger::verdict::Outcome;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";

fn moment(text: &str) -> Instant {
    Instant::from(text.parse::<jiff::Timestamp>().expect("a moment"))
}

/// A 1:1 by that rule since Tue 6 January, as of Wed 1 April; agreed on `agreed`.
fn audited(rule: &str, agreed: &[(&str, Option<i64>)]) -> Report {
    let calendar = format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:{MAYA}\nBEGIN:VEVENT\nUID:u\nDTSTART:20260106T140000Z\nDURATION:PT30M\n\
         SUMMARY:1:1 Maya / Ben\n{rule}\nORGANIZER:mailto:{MAYA}\nATTENDEE:mailto:{MAYA}\nATTENDEE:mailto:{BEN}\nEND:VEVENT\n\
         END:VCALENDAR\n"
    );
    let agreed = agreed.iter().map(|(from, days)| AgreedCadence {
        people: [MAYA, BEN].map(str::to_owned),
        from: moment(from),
        days: *days,
    });
    let mut audit = Audit::new(Options {
        me: vec![MAYA.to_owned()],
        reports: vec![BEN.to_owned()],
        agreed: agreed.collect(),
        ..Options::at(moment("2026-04-01T00:00:00Z"))
    });
    audit
        .calendar("calendar.ics", None, None, &mut calendar.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

fn missing(report: &Report) -> Vec<String> {
    let occurrences = report.pairs.iter().flat_map(|pair| &pair.occurrences);
    occurrences
        .filter(|one| one.verdict.outcome == Outcome::Missing)
        .map(|one| one.promised.start.date(&report.zone).to_string())
        .collect()
}

const FORTNIGHTLY: &str = "RRULE:FREQ=WEEKLY;INTERVAL=2";
const WEEKLY: &str = "RRULE:FREQ=WEEKLY";

#[test]
fn without_an_agreement_the_rule_of_the_calendar_is_what_is_owed() {
    assert_eq!(missing(&audited(FORTNIGHTLY, &[])), Vec::<String>::new());
}

#[test]
fn a_closer_agreed_rhythm_is_owed_from_then_on_and_never_before() {
    let report = audited(FORTNIGHTLY, &[("2026-02-10T00:00:00Z", Some(7))]);
    // Promised on 6 and 20 January, 3 and 17 February, 3, 17 and 31 March.
    assert_eq!(missing(&report), ["2026-02-24", "2026-03-10", "2026-03-24"]);
    assert_eq!(
        report.pairs[0].cadence_days, 14,
        "the calendar says what it says"
    );
}

#[test]
fn an_agreement_that_was_ended_owes_nothing_more() {
    let agreed = [
        ("2026-02-10T00:00:00Z", Some(7)),
        ("2026-03-01T00:00:00Z", None),
    ];
    assert_eq!(missing(&audited(FORTNIGHTLY, &agreed)), ["2026-02-24"]);
}

#[test]
fn meeting_more_often_than_agreed_misses_nothing() {
    let report = audited(WEEKLY, &[("2026-01-01T00:00:00Z", Some(28))]);
    assert_eq!(missing(&report), Vec::<String>::new());
    let gap = report.pairs[0].contact_gap.expect("some were held");
    assert!(gap < 0.1, "counted in agreed rhythms: {gap}");
}
