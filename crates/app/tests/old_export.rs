//! An export that is older than the moment at which it is looked at says nothing about the time in between.

mod terminal;

use steadfast_app::{
    audit::{Audit, Options},
    report::Report,
};
use steadfast_calendar::Instant;
use steadfast_ledger::{case::UnknownBecause, verdict::Outcome};
use terminal::{says, shown};

/// Maya's weekly 1:1 with Ben as exported at `made`, looked at on 1 March 2026.
fn audit(made: &str) -> Report {
    audit_of(made, "FREQ=WEEKLY")
}

fn audit_of(made: &str, rule: &str) -> Report {
    let now = "2026-03-01T00:00:00Z".parse::<jiff::Timestamp>();
    let mut options = Options::at(Instant::from(now.expect("a moment")));
    options.me = vec!["maya@example.com".to_owned()];
    options.reports = vec!["ben@example.com".to_owned()];
    let mut audit = Audit::new(options);
    let calendar = format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTAMP:{made}\nCREATED:20251101T000000Z\nSUMMARY:1:1 Ben\n\
         DTSTART:20260106T140000Z\nDURATION:PT30M\nRRULE:{rule}\nORGANIZER:mailto:maya@example.com\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.com\n\
         END:VEVENT\nEND:VCALENDAR\n"
    );
    audit
        .calendar("maya.ics", None, None, &mut calendar.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

fn kept_and_unknown(report: &Report) -> [usize; 2] {
    let [pair] = &report.pairs[..] else {
        panic!("{:?}", report.pairs);
    };
    let occurrences = || pair.occurrences.iter();
    let unknown = occurrences().filter(|o| o.unknown_because == Some(UnknownBecause::Gap));
    let kept = occurrences().filter(|o| o.verdict.outcome == Outcome::Kept);
    assert_eq!(
        occurrences()
            .filter(|o| o.verdict.outcome != Outcome::Open)
            .count(),
        8,
        "Tuesdays from 6 January to 24 February"
    );
    [kept.count(), unknown.count()]
}

fn says_it_is_old(report: &Report) -> bool {
    let said = report.not_known.join(" ");
    said.contains("it is taken to be as old")
}

#[test]
fn what_came_after_an_old_export_is_unknown_not_kept() {
    let old = audit("20260201T090000Z");
    assert_eq!(kept_and_unknown(&old), [4, 4]);
    assert!(says_it_is_old(&old), "{:?}", old.not_known);
}

#[test]
fn an_export_of_last_week_speaks_for_now() {
    let recent = audit("20260220T090000Z");
    assert_eq!(kept_and_unknown(&recent), [8, 0]);
    assert!(!says_it_is_old(&recent));
}

/// Since when somebody has no 1:1 is told as it was known then; whether they have one now is not.
#[test]
fn who_was_without_a_one_on_one_when_it_was_exported_is_told_as_of_then() {
    let ended = "FREQ=WEEKLY;UNTIL=20260113T235959Z";
    let told = |made: &str| shown(&audit_of(made, ended));
    says(
        &told("20260210T090000Z"),
        &[
            "1:1 with you since 13 January (the last series ended): 4 weeks by 10 February; nothing is known after that.",
        ],
    );
    let a_week_later = told("20260120T090000Z");
    assert!(!a_week_later.contains("has no 1:1"), "{a_week_later}");
    says(&told("20260225T090000Z"), &["6 weeks by now"]);
}
