//! A 1:1 that was moved away and back again, beside other meetings.

use super::{audit, event, series, titled, told};
use steadfast_app::report::Report;

/// It left the place beside a leadership meeting and came back to it: in the end both stood there.
#[test]
fn what_moved_away_and_back_did_not_give_way_to_what_it_stands_beside() {
    let other = |uid: &str, start: &str, title: &str| {
        titled(title, uid, start, "CREATED:20260101T000000Z").replace(
            "ben@example.com",
            "cleo@example.com\nATTENDEE;PARTSTAT=ACCEPTED:mailto:dora@example.com\n\
             ATTENDEE;PARTSTAT=ACCEPTED:mailto:emil@example.com",
        )
    };
    let beside = format!(
        "{}{}",
        other("l", "20260120T150000", "Leadership meeting"),
        other("m", "20260121T100000", "Leadership meeting")
    );
    let first = series("a", "20260106T150000", "");
    let placed = |at: &str, sequence: u8, touched: &str| {
        let more = format!(
            "RECURRENCE-ID;TZID=Europe/Berlin:20260120T150000\nSEQUENCE:{sequence}\nLAST-MODIFIED:{touched}"
        );
        event("a", at, &more)
    };
    let away = placed("20260121T100000", 1, "20260116T090000Z");
    let back = placed("20260120T150000", 2, "20260117T090000Z");
    let snapshots = [
        ("2026-01-01T00:00:00Z", format!("{first}{beside}")),
        ("2026-01-16T10:00:00Z", format!("{first}{beside}{away}")),
        ("2026-01-17T10:00:00Z", format!("{first}{beside}{back}")),
    ];
    let report = |looks: usize| {
        let looks: Vec<(&str, &str)> = snapshots[..looks]
            .iter()
            .map(|(at, all)| (*at, &**all))
            .collect();
        audit(&looks)
    };
    let against = |report: &Report| {
        let one = report.comparisons[0].head_to_head.first();
        one.map(|one| {
            (
                one.one_on_one_gave_way,
                one.conflicts,
                one.both_stayed,
                one.went_back,
            )
        })
    };
    // Where it went, the other one of that class is beside it to this day.
    assert_eq!(against(&report(2)), Some((1, 1, 0, 0)));
    // Back again it gave way where it had been for a day, and to nothing else.
    let back = report(3);
    assert_eq!(against(&back), Some((1, 1, 1, 1)));
    assert_eq!(
        told(&back),
        ["20 Jan kept notice:fair/5760 hops:2 by:manager"]
    );
    let shown = steadfast_app::report::html(&back);
    let said = "Once a 1:1 and a leadership meeting wanted the same time; the 1:1 gave way, and was put back to its promised \
        time, where it stood. Once more both stayed, which is not counted.";
    assert!(shown.contains(said), "{shown}");
}
