//! Series that end, go on as others, or are rewritten.

use super::{TUESDAYS, audit, check, event, series};
use steadfast_app::report::Report;

#[test]
fn a_chain_of_split_masters_is_one_meeting() {
    let links: String = (0..TUESDAYS)
        .map(|week| {
            let start = jiff::civil::date(2026, 1, 6)
                .checked_add(jiff::Span::new().weeks(i64::try_from(week).unwrap_or(0)))
                .expect("a date");
            let next = start
                .checked_add(jiff::Span::new().days(6))
                .expect("a date");
            event(
                &format!("a_R{week}"),
                &format!("{}T150000", start.strftime("%Y%m%d")),
                &format!(
                    "RRULE:FREQ=WEEKLY;UNTIL={}T000000Z",
                    next.strftime("%Y%m%d")
                ),
            )
        })
        .collect();
    check("a master a week", &[("2026-01-01T00:00:00Z", &links)], &[]);
}

/// Every week the meeting is split once more: the old master ends, a new one goes on.
#[test]
fn a_chain_of_split_masters_that_grows_is_one_meeting() {
    const MASTERS: i64 = 20;
    let first = jiff::civil::date(2025, 10, 14);
    let day = |days: i64| first.saturating_add(jiff::Span::new().days(days));
    let master = |week: i64, rule: &str| {
        let start = format!("{}T150000", day(week * 7).strftime("%Y%m%d"));
        event(
            &format!("a_R{week}"),
            &start,
            &format!("RRULE:FREQ=WEEKLY{rule}"),
        )
    };
    let states: Vec<(String, String)> = (0..MASTERS)
        .map(|last| {
            let ended = (0..last).map(|week| {
                let until = day(week * 7 + 6).strftime("%Y%m%d");
                master(week, &format!(";UNTIL={until}T000000Z"))
            });
            let all: String = ended.chain([master(last, "")]).collect();
            (
                day(last * 7 - 1).strftime("%Y-%m-%dT12:00:00Z").to_string(),
                all,
            )
        })
        .collect();
    let snapshots: Vec<(&str, &str)> = states.iter().map(|(at, all)| (&**at, &**all)).collect();
    check("a split a week", &snapshots, &[]);
    let pair = &audit(&snapshots).pairs[0];
    assert_eq!(pair.uids.len(), 20);
    assert!(pair.re_timed.is_empty() && pair.facts.is_empty() && pair.ended.is_none());
}

/// Outlook rewrites a series as a whole, its past with it: on Fridays it was found to be on Thursdays.
#[test]
fn a_rule_that_was_changed_after_the_fact_promised_nothing_before_it() {
    let thursdays = |modified: &str| {
        let more = format!("SEQUENCE:1\nLAST-MODIFIED:{modified}");
        audit(&[
            ("2026-01-01T00:00:00Z", &series("a", "20260106T150000", "")),
            (
                "2026-01-14T09:00:00Z",
                &series("a", "20260106T150000", "CLASS:PUBLIC"),
            ),
            (
                "2026-01-16T10:00:00Z",
                &series("a", "20260108T110000", &more),
            ),
        ])
    };
    let on_the_15th = |report: &Report| {
        let there = jiff::civil::date(2026, 1, 15);
        let mut all = report.pairs[0].occurrences.iter();
        all.find(|o| o.promised.start.date(&report.zone) == there)
            .map(|o| o.verdict.to_string())
    };
    let after = thursdays("20260116T090000Z");
    assert_eq!(on_the_15th(&after).as_deref(), Some("unknown q:0"));
    let before = thursdays("20260114T120000Z");
    assert_eq!(on_the_15th(&before).as_deref(), Some("kept"));
}

/// A Tuesday and a Thursday series, or two rhythms, side by side are no change of the one into the other; a series that
/// goes on as another one at another time, less often, is one.
#[test]
fn two_series_side_by_side_hand_nothing_on() {
    let at = "2026-02-20T09:00:00Z";
    let tuesday = series("a", "20260106T150000", "");
    let beside = [
        series("b", "20260108T100000", ""),
        event("b", "20260108T100000", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
    ];
    for other in beside {
        let report = audit(&[(at, &format!("{tuesday}{other}"))]);
        assert!(report.pairs[0].re_timed.is_empty(), "{other}");
        assert!(report.pairs[0].facts.is_empty(), "{other}");
    }
    let ends = event(
        "a",
        "20260106T150000",
        "RRULE:FREQ=WEEKLY;UNTIL=20260128T000000Z",
    );
    let goes_on = event("b", "20260205T100000", "RRULE:FREQ=WEEKLY;INTERVAL=2");
    let report = audit(&[(at, &format!("{ends}{goes_on}"))]);
    assert_eq!(report.pairs[0].re_timed, [jiff::civil::date(2026, 2, 5)]);
    assert_eq!(
        report.pairs[0].facts,
        ["weekly became every two weeks on 5 February 2026"]
    );
}

/// What is known of the time before says nothing of a new one: no other time is offered at once, nor a sentence to say.
#[test]
fn who_has_just_got_a_new_time_is_offered_no_other() {
    let lost = ["01-13", "01-20", "01-27", "02-03", "02-10"];
    let mut gone = String::new();
    let mut states = vec![(
        "2026-01-01T00:00:00Z".to_owned(),
        series("a", "20260106T150000", ""),
    )];
    for day in lost {
        let compact = day.replace('-', "");
        gone.push_str(&format!("EXDATE;TZID=Europe/Berlin:2026{compact}T150000\n"));
        let more = format!("{gone}SEQUENCE:1\nLAST-MODIFIED:2026{compact}T120000Z");
        states.push((
            format!("2026-{day}T12:30:00Z"),
            series("a", "20260106T150000", &more),
        ));
    }
    let read = |states: &[(String, String)]| {
        let snapshots: Vec<(&str, &str)> = states.iter().map(|(at, all)| (&**at, &**all)).collect();
        let pair = audit(&snapshots).pairs.remove(0);
        (pair.repair.is_some(), pair.re_timed.len())
    };
    assert_eq!(read(&states), (true, 0));
    let more = format!("{gone}SEQUENCE:2\nLAST-MODIFIED:20260216T080000Z");
    states.push((
        "2026-02-16T09:00:00Z".to_owned(),
        series("a", "20260108T100000", &more),
    ));
    assert_eq!(read(&states), (false, 1));
}
