//! Every sort of threat, found on the server from calendars as they were seen.

use super::*;
use crate::server::people::tests::reports_to;
use crate::server::people::{Hours, say_hours};

/// The 1:1 of 31 March, put elsewhere or changed.
fn put(start: &str, more: &str) -> String {
    let rest = format!(
        "SUMMARY:1:1 Maya / Ben\r\nRECURRENCE-ID:20260331T140000Z\r\nSEQUENCE:1\r\nLAST-MODIFIED:20260330T070000Z\r\n{more}"
    );
    event("u-ben", start, &rest, MAYA, &[MAYA, BEN])
}

impl Bench {
    /// What threatens Maya's 1:1s where hers stands like this, with these meetings of hers and those entries of Ben's.
    async fn found(&self, one: &str, hers: &[String], his: &[String]) -> Vec<&'static str> {
        self.mayas(one, hers).await;
        let mut bens = vec![one];
        bens.extend(his.iter().map(String::as_str));
        self.round(BEN, now(), &bens).await;
        kinds(&self.outlook(MAYA).await)
    }
}

#[test]
fn the_meeting_before_that_runs_into_it_is_told_as_that_and_not_as_another_over_it() {
    with_bench(|bench| async move {
        let before = event(
            "u-before",
            "20260331T133500Z",
            "SUMMARY:Status\r\n",
            MAYA,
            &[MAYA, PETRA],
        );
        let found = bench.found(&one_on_one(""), &[before], &[]).await;
        assert_eq!(found, ["runs_into"]);
    });
}

#[test]
fn one_that_was_made_much_shorter_is_cut() {
    with_bench(|bench| async move {
        let short = put("20260331T140000Z", "").replace("DURATION:PT30M", "DURATION:PT10M");
        let found = bench
            .found(&format!("{}{short}", one_on_one("")), &[], &[])
            .await;
        assert_eq!(found, ["cut"]);
    });
}

/// Maya's 1:1 with Ben is deleted with its series; other meetings stay, for a calendar of which nothing is left was not seen
/// rather than emptied.
async fn series_deleted(bench: &Bench) {
    let others = ["20260401T090000Z", "20260402T090000Z", "20260403T090000Z"];
    let others = others.map(|start| {
        let title = "SUMMARY:Status\r\n";
        event(&format!("u-{start}"), start, title, MAYA, &[MAYA, PETRA])
    });
    let one = one_on_one("");
    let mut objects = vec![one.as_str()];
    objects.extend(others.iter().map(String::as_str));
    for days in [-60, -1] {
        let at = now().plus_days(days);
        bench.round(MAYA, at, &objects).await;
    }
    let gone = vec!["0.ics".to_owned()];
    bench.news(MAYA, now(), Vec::new(), gone).await;
}

#[test]
fn what_went_with_its_series_is_told_where_a_line_says_that_it_is_owed() {
    with_bench(|bench| async move {
        series_deleted(&bench).await;
        reports_to(&bench.store, &bench.org, BEN, MAYA).await;
        let outlook = bench.outlook(MAYA).await;
        // That there is none any more, and the one that was promised by then.
        assert_eq!(kinds(&outlook), ["no_future", "cancelled"]);
        let told = &outlook.proposals[0].because;
        assert_eq!(told, "the series ended, and no 1:1 is to come");
        assert_eq!(outlook.beginnings.len(), 1, "{outlook:?}");
    });
}

#[test]
fn a_series_that_went_leaves_none_to_come_with_whom_they_say_reports_to_them_and_nothing_else() {
    with_bench(|bench| async move {
        series_deleted(&bench).await;
        assert!(kinds(&bench.outlook(MAYA).await).is_empty());
        bench.leads(&[BEN]).await;
        let outlook = bench.outlook(MAYA).await;
        assert_eq!(kinds(&outlook), ["no_future"]);
        assert_eq!(outlook.beginnings.len(), 1, "{outlook:?}");
    });
}

#[test]
fn one_that_was_put_after_the_reports_hours_is_told_only_where_they_said_when_they_work() {
    with_bench(|bench| async move {
        let late = format!("{}{}", one_on_one(""), put("20260331T180000Z", ""));
        let found = bench.found(&late, &[], &[]).await;
        assert_eq!(found, ["moved"]);
        let ben = viewer(&bench.org, BEN);
        let day = Some((8 * 60, 17 * 60 + 30));
        let hours = Hours([day, day, day, day, day, None, None]);
        say_hours(&bench.store, &ben, now(), Some(hours))
            .await
            .unwrap();
        let outlook = bench.outlook(MAYA).await;
        assert_eq!(kinds(&outlook), ["moved", "outside_hours"]);
        // And no time outside of them is offered.
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let offered = outlook.proposals.iter().flat_map(|one| &one.ways);
        let slots = offered.filter_map(|way| match &way.deed {
            Deed::MakeGood { slots } => Some(slots),
            _ => None,
        });
        for slot in slots.flatten() {
            let hour = slot.start.civil(&zone).hour();
            assert!((8..18).contains(&hour), "{slot:?}");
        }
        say_hours(&bench.store, &ben, now(), None).await.unwrap();
        assert_eq!(kinds(&bench.outlook(MAYA).await), ["moved"]);
    });
}

#[test]
fn one_that_was_put_into_the_reports_block_for_work_is_told() {
    with_bench(|bench| async move {
        let block = "SUMMARY:Focus\r\nX-GOOGLE-EVENT-TYPE:focusTime\r\n";
        let block = event("u-focus", "20260331T100000Z", block, BEN, &[]);
        let moved = format!("{}{}", one_on_one(""), put("20260331T100000Z", ""));
        let found = bench.found(&moved, &[], &[block]).await;
        assert!(found.contains(&"focus_block"), "{found:?}");
    });
}

#[test]
fn two_that_drifted_onto_one_day_are_told() {
    with_bench(|bench| async move {
        let twice = format!("{}{}", one_on_one(""), put("20260407T100000Z", ""));
        let found = bench.found(&twice, &[], &[]).await;
        assert!(found.contains(&"one_day"), "{found:?}");
    });
}

#[test]
fn what_this_program_put_onto_that_day_by_itself_was_put_there_knowing_it() {
    for (by, is_told) in [
        (None, true),
        (Some("person"), true),
        (Some("program"), false),
    ] {
        with_bench(|bench| async move {
            let (was, goes) = (at("2026-03-31T14:00:00Z"), at("2026-04-07T10:00:00Z"));
            let done = now().plus_minutes(-5).seconds();
            if let Some(by) = by {
                let acted = facts::Acted {
                    uid: "u-ben".to_owned(),
                    occurrence: Some(was.seconds()),
                    to: Some((goes.seconds(), goes.plus_minutes(30).seconds())),
                    within: (done, done + 1),
                    by: by.to_owned(),
                };
                let fact = [facts::said(facts::ACTED, &acted, MAYA, now())];
                let stream = facts::acts_on(MAYA);
                bench
                    .store
                    .append(&bench.org, &stream, Expected::Any, &fact, &[])
                    .await
                    .unwrap();
            }
            let twice = format!("{}{}", one_on_one(""), put("20260407T100000Z", ""));
            let found = bench.found(&twice, &[], &[]).await;
            assert_eq!(found.contains(&"one_day"), is_told, "{by:?}: {found:?}");
        });
    }
}

#[test]
fn leave_over_it_is_told_whose_ever_it_is() {
    with_bench(|bench| async move {
        let leave = "BEGIN:VEVENT\r\nUID:u-leave\r\nDTSTAMP:20260101T120000Z\r\nDTSTART;VALUE=DATE:20260331\r\n\
                     DTEND;VALUE=DATE:20260401\r\nSUMMARY:Vacation\r\nEND:VEVENT\r\n";
        let found = bench.found(&one_on_one(""), &[], &[leave.to_owned()]).await;
        assert_eq!(found, ["leave"]);
        let because = &bench.outlook(MAYA).await.proposals[0].because;
        assert_eq!(because, "your report is away then");
    });
}
