//! Format 2: what the constraints make of hours, meetings and wishes.
#![expect(
    clippy::unwrap_used,
    reason = "what does not read fails the test, with its place"
)]

use steadfast_planner::format2::Instance;
use steadfast_planner::instance;
use steadfast_planner::plan::{self, Plan, Status};
use steadfast_planner::watch::Unhurried;
use steadfast_planner::words::{clock, report};

/// Maya and Ben; `rest` of the file, `maya` and `ben` more of each, `pair` more of their 1:1 on Tuesday at 10:00.
fn made(rest: &str, maya: &str, ben: &str, pair: &str) -> (Instance, Plan) {
    let text = format!(
        r#"{{"format": 2, {rest} "people": [{{"id": "maya" {maya}}}, {{"id": "ben", "reports_to": "maya" {ben}}}],
            "pairs": [{{"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "now_at": "Tue 10:00" {pair}}}]}}"#
    );
    let instance = Instance::read(text.as_bytes()).unwrap();
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    assert_eq!(plan.status(), Status::Optimal);
    (instance, plan)
}

#[track_caller]
fn goes_to(rest: &str, maya: &str, ben: &str, pair: &str, expected: &str) {
    let (_, plan) = made(rest, maya, ben, pair);
    let place = plan.places[0].map_or("nowhere".to_owned(), |place| clock(place, 0));
    assert_eq!(place, expected);
}

const WEEK: &str = r#""kind": "week","#;
const MAYA_IS_BUSY: &str = r#", "busy": [{"days": "Tue", "from": "10:00", "to": "11:00"}]"#;

#[test]
fn it_stays_where_it_is_while_it_can() {
    goes_to(WEEK, "", "", "", "Tue 10:00");
    goes_to(
        WEEK,
        "",
        r#", "prefers": [{"days": "Wed", "from": "9:00", "to": "17:00"}]"#,
        "",
        "Tue 10:00",
    );
}

#[test]
fn it_moves_as_little_as_it_must_and_to_where_the_report_likes_it() {
    goes_to(WEEK, MAYA_IS_BUSY, "", "", "Tue 9:00");
    let late = r#", "prefers": [{"from": "11:15", "to": "12:00"}]"#;
    goes_to(WEEK, MAYA_IS_BUSY, late, "", "Tue 11:15");
}

#[test]
fn it_is_never_in_two_hours_of_focus_and_may_be_in_less() {
    let focus =
        |to: &str| format!(r#", "focus": [{{"days": "Tue", "from": "9:00", "to": "{to}"}}]"#);
    goes_to(WEEK, "", &focus("11:00"), "", "Tue 11:00");
    goes_to(WEEK, "", &focus("10:45"), "", "Tue 10:00");
}

#[test]
fn what_is_frozen_or_within_the_notice_stays_and_nothing_is_put_there() {
    goes_to(
        r#""kind": "week", "now": "Tue 8:00", "notice_hours": 4,"#,
        "",
        "",
        "",
        "Tue 10:00",
    );
    goes_to(
        r#""kind": "week", "now": "Tue 6:00", "notice_hours": 4,"#,
        MAYA_IS_BUSY,
        "",
        "",
        "Tue 11:00",
    );
    let late = r#", "prefers": [{"days": "Fri", "from": "9:00", "to": "17:00"}]"#;
    goes_to(
        WEEK,
        "",
        late,
        r#", "frozen": true, "disruptions": 2"#,
        "Tue 10:00",
    );
}

#[test]
fn two_far_apart_meet_in_the_hours_they_agreed_on() {
    let far = r#", "utc_offset_minutes": -480, "agreed": [{"from": "7:00", "to": "18:00"}]"#;
    let maya = r#", "agreed": [{"from": "8:00", "to": "19:00"}]"#;
    let (instance, plan) = made(WEEK, maya, far, "");
    let place = plan.places[0].unwrap();
    assert_eq!(clock(place, 0), "Tue 18:00");
    let terms = instance.terms(0, place);
    assert!(
        terms.iter().any(|term| term.constraint == "outside_hours"),
        "{terms:?}"
    );
}

#[test]
fn a_displaced_one_without_a_place_names_the_meeting_that_would_have_to_move() {
    let all_week = |more: &str| {
        format!(
            r#", "busy": [{{"days": "Mon Wed Thu Fri", "from": "9:00", "to": "17:30"}},
                {{"days": "Tue", "from": "9:00", "to": "16:00"}}, {more}]"#
        )
    };
    let status = r#"{"days": "Tue", "from": "16:00", "to": "17:30", "what": "the status", "can_move": true}"#;
    let make_good = r#""kind": "makegood", "target": 1,"#;
    let (instance, plan) = made(make_good, &all_week(status), "", "");
    assert_eq!(plan.alternatives, []);
    assert_eq!(
        instance.otherwise(&plan).unwrap(),
        "if maya moved “the status” (Tue 16:00), Tue 17:00 would be free"
    );
    let quarter = r#"{"days": "Tue", "from": "16:15", "to": "17:30"}"#;
    let (instance, plan) = made(make_good, &all_week(quarter), "", "");
    assert_eq!(
        instance.otherwise(&plan).unwrap(),
        "halve it rather than lose it: 15 minutes at Tue 16:00"
    );
}

#[test]
fn focus_in_two_pieces_that_touch_is_one_block() {
    let pieces = r#", "focus": [{"days": "Tue", "from": "9:00", "to": "10:30"}, {"days": "Tue", "from": "10:30", "to": "12:00"}]"#;
    goes_to(WEEK, "", pieces, "", "Tue 12:00");
}

#[test]
fn no_wish_of_the_manager_outweighs_one_of_the_report() {
    let hour = r#""work": [{"days": "Tue", "from": "10:00", "to": "11:00"}]"#;
    let wish = |what: &str, from: &str, to: &str| {
        let lunch = if what == "lunch" {
            ""
        } else {
            r#", "lunch": []"#
        };
        format!(
            r#", {hour} {lunch}, "{what}": [{{"days": "Tue", "from": "{from}", "to": "{to}"}}]"#
        )
    };
    // Each has something against one of the two half hours; as they share an hour a week, agreed hours hold: the same.
    for theirs in ["focus", "avoids", "lunch"] {
        for own in ["focus", "avoids", "lunch"] {
            let text = format!(
                r#"{{"format": 2, "kind": "week", "people": [{{"id": "maya" {}}}, {{"id": "ben", "reports_to": "maya" {}}}],
                    "pairs": [{{"id": 1, "manager": "maya", "report": "ben", "minutes": 30}}]}}"#,
                wish(theirs, "10:00", "10:30"),
                wish(own, "10:30", "11:00")
            );
            let instance = Instance::read(text.as_bytes()).unwrap();
            let plan = plan::make(instance.problem(), &Unhurried).unwrap();
            let place = clock(plan.places[0].unwrap(), 0);
            assert_eq!(place, "Tue 10:00", "maya's {theirs}, ben's {own}");
        }
    }
}

#[test]
fn nobody_goes_without_to_spare_others_a_move() {
    let text = r#"{"format": 2, "kind": "week", "now": "Sun 12:00", "people": [
        {"id": "m", "work": [{"days": "Mon Tue", "from": "9:00", "to": "12:00"}], "lunch": [],
         "busy": [{"days": "Mon", "from": "10:30", "to": "12:00"}]},
        {"id": "r0", "reports_to": "m"}, {"id": "r1", "reports_to": "m"}, {"id": "r2", "reports_to": "m"},
        {"id": "x", "reports_to": "m", "work": [{"days": "Mon", "from": "9:00", "to": "10:30"}]}], "pairs": [
        {"id": 0, "manager": "m", "report": "r0", "minutes": 30, "now_at": "Mon 9:00", "disruptions": 9},
        {"id": 1, "manager": "m", "report": "r1", "minutes": 30, "now_at": "Mon 9:30", "disruptions": 9},
        {"id": 2, "manager": "m", "report": "r2", "minutes": 30, "now_at": "Mon 10:00", "disruptions": 9},
        {"id": 9, "manager": "m", "report": "x", "minutes": 90}]}"#;
    let instance = Instance::read(text.as_bytes()).unwrap();
    let plan = plan::make(instance.problem(), &Unhurried).unwrap();
    assert_eq!((plan.total.moved, plan.total.dropped), (3, 0));
}

#[test]
fn a_week_leaves_out_who_meets_in_the_other_one() {
    let text = |week: &str| {
        format!(
            r#"{{"format": 2, "kind": "week", "week": "{week}", "people": [
                {{"id": "maya", "busy": [{{"days": "Tue", "weeks": "second", "from": "10:00", "to": "11:00"}}]}},
                {{"id": "ben", "reports_to": "maya"}}, {{"id": "ana", "reports_to": "maya"}}], "pairs": [
                {{"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "rhythm": "biweekly", "now_at": "Mon 9:00", "now_in": "first"}},
                {{"id": 2, "manager": "maya", "report": "ana", "minutes": 30, "now_at": "Tue 10:00"}}]}}"#
        )
    };
    let moved = |week: &str| {
        let instance = instance::Instance::read(text(week).as_bytes()).unwrap();
        let plan = plan::make(instance.problem(), &Unhurried).unwrap();
        let told = report(&instance, &plan).join(" ");
        let not_due = told.contains("Not due in this week, every second week: ben.");
        (plan.places.len(), plan.total.moved, not_due)
    };
    assert_eq!(moved("first"), (2, 0, false));
    assert_eq!(moved("second"), (1, 1, true));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    for (text, what) in [
        (
            r#"{"format":2,"kind":"week","people":[{"id":"a"},{"id":"a"}],"pairs":[]}"#,
            "people[1].id: a is there twice",
        ),
        (
            r#"{"format":2,"kind":"week","people":[{"id":"a","work":[{"from":"9","to":"17:00"}]}],"pairs":[]}"#,
            "people[0].work: 9 is no time of the day, as 9:00 is",
        ),
        (
            r#"{"format":2,"kind":"week","people":[{"id":"a"}],"pairs":[{"id":1,"manager":"a","report":"b","minutes":30}]}"#,
            "pairs[0].report: there is no person b",
        ),
        (
            r#"{"format":2,"kind":"week","people":[{"id":"a"},{"id":"b"}],"pairs":[{"id":1,"manager":"a","report":"b","minutes":25}]}"#,
            "pairs[0].minutes: 25 is not a number of quarter hours",
        ),
        (
            r#"{"format":2,"kind":"week","people":[{"id":"a","busy":[{"days":"Mon-Fri","from":"9:00","to":"9:30"}]}],"pairs":[]}"#,
            "people[0].busy: Mon-Fri is no day; they are written Mon Tue Wed",
        ),
        (
            r#"{"format":2,"kind":"week","people":[{"id":"a","work":[{"days":"","from":"9:00","to":"9:30"}]}],"pairs":[]}"#,
            "people[0].work: no days, which are written Mon Tue Wed",
        ),
        (
            r#"{"format":2,"kind":"week","people":[{"id":"a","lnch":1}],"pairs":[]}"#,
            "unknown field `lnch`",
        ),
    ] {
        let error = Instance::read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
}

#[test]
fn who_meets_every_second_week_does_so_in_one_of_the_two() {
    let read = |kind: &str, now_in: &str| {
        let text = format!(
            r#"{{"format": 2, "kind": "{kind}", "people": [{{"id": "maya"}}, {{"id": "ben", "reports_to": "maya"}}],
                "pairs": [{{"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "rhythm": "biweekly",
                "now_at": "Mon 9:00" {now_in}}}]}}"#
        );
        Instance::read(text.as_bytes()).map_err(|error| error.to_string())
    };
    assert_eq!(
        read("org", "").unwrap_err(),
        "pairs[0].now_in: who meets every second week does so in the first or the second"
    );
    let second = read("org", r#", "now_in": "second""#).unwrap();
    let plan = plan::make(second.problem(), &Unhurried).unwrap();
    assert_eq!((plan.total.moved, plan.total.objective), (0, 0));
    // Where one week is planned, it is in that one.
    assert!(read("week", "").is_ok());
}

#[test]
fn a_displaced_one_that_is_not_due_is_told_as_such() {
    let text = r#"{"format": 2, "kind": "makegood", "target": 1, "week": "second", "people": [{"id": "maya"}, {"id": "ben"}],
        "pairs": [{"id": 1, "manager": "maya", "report": "ben", "minutes": 30, "rhythm": "biweekly", "now_at": "Mon 9:00",
        "now_in": "first"}]}"#;
    assert_eq!(
        Instance::read(text.as_bytes()).unwrap_err().to_string(),
        "target: it is not due in the week that is planned"
    );
}
