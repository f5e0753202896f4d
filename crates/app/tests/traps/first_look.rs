//! A history that begins after the first 1:1 that is shown.

use super::{audit, exported, series};
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
