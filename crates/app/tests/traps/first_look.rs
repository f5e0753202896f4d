//! A history that begins after the first 1:1 that is shown.

use super::{audit, event, exported, others, series, told};
use steadfast_app::report::{Report, TextStyle, text};

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

/// A history that shows it as off when it was first looked at knows no more of it than an export does, and no less; another
/// look at the same takes nothing back.
#[test]
fn what_was_off_before_the_first_look_is_told_as_an_export_tells_it() {
    let of = |times: &str| {
        let weekly = series(
            "a",
            "20260106T150000",
            &format!("CREATED:20251201T080000Z\nEXDATE;TZID=Europe/Berlin:{times}"),
        );
        format!("{weekly}{}", others())
    };
    let off = of("20260113T150000");
    let on_13 = |report: &Report| {
        let all = told(report);
        all.into_iter().find(|one| one.starts_with("13 Jan"))
    };
    let once = on_13(&exported(&off));
    assert_eq!(
        once.as_deref(),
        Some("13 Jan cancelled hops:1 by:unknown q:0.5 loss")
    );
    let first = ("2026-01-26T09:00:00Z", off.as_str());
    assert_eq!(on_13(&audit(&[first])), once);
    let touched = of("20260113T150000,20260203T150000");
    let later = ("2026-01-30T09:00:00Z", touched.as_str());
    assert_eq!(on_13(&audit(&[first, later])), once);
    let stood = of("20260203T150000");
    assert_ne!(
        on_13(&audit(&[("2026-01-07T09:00:00Z", &stood), first])),
        once,
        "seen standing before its time, gone after it: since when is not known"
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

/// Seen between two looks, a move may have come with a week's notice or with less: the gentler end counts, and that it is
/// an end is said.
#[test]
fn that_a_week_of_notice_is_the_gentler_end_is_said() {
    let stood = series("a", "20260106T150000", "");
    let moved = format!(
        "{stood}{}",
        event(
            "a",
            "20260212T150000",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260210T150000"
        )
    );
    let shown = |seen_again: &str| {
        let looks = [
            ("2026-01-01T00:00:00Z", stood.as_str()),
            (seen_again, &stood),
        ];
        let last = ("2026-02-04T20:00:00Z", moved.as_str());
        let style = TextStyle {
            width: 300,
            colour: false,
            unicode: true,
        };
        text(&audit(&[looks[0], looks[1], last]), &style)
    };
    let perhaps = shown("2026-02-02T09:00:00Z");
    assert!(
        perhaps.contains(
            "1 moved with a week’s notice or more, or perhaps a little less counts as stood"
        ),
        "{perhaps}"
    );
}
