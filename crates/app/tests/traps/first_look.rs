//! A history that begins after the first 1:1 that is shown.

use super::{audit, event, exported, others, series, told};
use steadfast_app::report::Report;

/// What a history shows was known when it began; before that it is as one export.
#[test]
fn that_the_window_begins_before_the_first_look_is_said() {
    let tuesdays = series("a", "20260106T150000", "");
    let unseen = "Nothing was looked at before 20 January 2026: of the 1:1s from 6 January 2026 until then only what the \
        calendars still said by that day is known.";
    let said = |report: &Report| report.not_known.iter().any(|said| said == unseen);
    assert!(said(&audit(&[("2026-01-20T09:00:00Z", &tuesdays)])));
    let none = |report: &Report| {
        !report
            .not_known
            .iter()
            .any(|said| said.contains("looked at before"))
    };
    assert!(
        none(&audit(&[("2026-01-01T00:00:00Z", &tuesdays)])),
        "it saw them all"
    );
    assert!(none(&exported(&tuesdays)), "of an export all is so");
    let later = series("a", "20260127T150000", "");
    assert!(
        none(&audit(&[("2026-01-20T09:00:00Z", &later)])),
        "nothing was promised before"
    );
}

/// A feed that reaches back three weeks does not tell that the one before was lost: an extra meeting ahead of the first that it
/// shows may be in the place of that one.
#[test]
fn an_extra_meeting_ahead_of_the_first_that_is_known_may_be_for_the_one_before() {
    let told_with = |extra: &str| {
        let weekly = series(
            "a",
            "20260203T150000",
            "EXDATE;TZID=Europe/Berlin:20260203T150000",
        );
        let extra = event("b", extra, "");
        told(&exported(&format!("{weekly}{extra}{}", others())))
    };
    assert_eq!(told_with("20260202T100000"), ["3 Feb unknown hops:1 q:0"]);
    assert_eq!(
        told_with("20260205T100000"),
        ["3 Feb moved made_good hops:1 by:unknown q:0.5"]
    );
}
