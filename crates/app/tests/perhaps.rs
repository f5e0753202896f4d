//! Somebody declared as a report who meets the manager in what may be their 1:1: not counted, and never told to have none.

mod one_calendar;

use one_calendar::audit;
use steadfast_app::report::Report;

const WEEKLY: &str = "RRULE:FREQ=WEEKLY";
const QUARTERLY: &str = "RRULE:FREQ=MONTHLY;INTERVAL=3";

/// A meeting on Maya's calendar with `people`.
fn meeting(title: &str, start: &str, rule: &str, people: &[&str]) -> String {
    let people: Vec<String> = people
        .iter()
        .map(|who| format!("ATTENDEE:mailto:{who}@example.com\n"))
        .collect();
    format!(
        "BEGIN:VEVENT\nUID:{title}{start}\nSUMMARY:{title}\nDTSTART:{start}\nDURATION:PT30M\n\
         ORGANIZER:mailto:maya@example.com\nATTENDEE:mailto:maya@example.com\n{}{rule}\nEND:VEVENT\n",
        people.concat()
    )
}

/// Maya's calendar with a meeting that makes it hers and `event`; Ben is her report.
fn with_ben(event: String) -> Report {
    let staff = meeting(
        "Staff",
        "20260105T090000Z",
        WEEKLY,
        &["petra", "noor", "olga"],
    );
    audit(&[staff, event], |options| {
        options.reports = vec!["ben@example.com".to_owned()];
    })
}

/// Whether Ben is said to have no 1:1; and what is said to be doubtful of him, with what would count it.
fn of_ben(report: &Report) -> (bool, Vec<String>) {
    let without = report.without_one_on_one.iter();
    let doubtful = report.doubtful.iter();
    (
        without.map(|w| &*w.report.address).eq(["ben@example.com"]),
        doubtful
            .map(|d| format!("{} | {}", d.why.join("; "), d.would_count_with))
            .collect(),
    )
}

#[test]
fn a_regular_coffee_may_be_it() {
    for (title, what) in [("Coffee with Ben", "coffee"), ("Lunch Ben", "a meal")] {
        let report = with_ben(meeting(title, "20260106T140000Z", WEEKLY, &["ben"]));
        let said = format!(
            "exactly two people; weekly; reporting line; but by its title it is {what} | a title that says 1:1"
        );
        assert_eq!(of_ben(&report), (false, vec![said]), "{title}");
        assert!(report.pairs.is_empty());
    }
}

#[test]
fn what_says_1_1_is_one_however_they_hold_it() {
    for title in [
        "1:1 Ben (coffee)",
        "1:1 Maya/Ben - coaching",
        "Walk & lunch 1:1 Ben",
    ] {
        let report = with_ben(meeting(title, "20260106T140000Z", WEEKLY, &["ben"]));
        assert_eq!(of_ben(&report), (false, vec![]), "{title}");
        assert_eq!(report.pairs.len(), 1, "{title}");
    }
}

#[test]
fn working_together_is_none() {
    for title in ["Pairing Ben", "Interview debrief", "Handover Ben"] {
        let report = with_ben(meeting(title, "20260106T140000Z", WEEKLY, &["ben"]));
        assert_eq!(of_ben(&report), (true, vec![]), "{title}");
    }
}

#[test]
fn one_that_comes_seldom_is_told_as_that() {
    let report = with_ben(meeting("1:1 Ben", "20260115T140000Z", QUARTERLY, &["ben"]));
    let (without, doubtful) = of_ben(&report);
    assert!(!without);
    let [said] = &doubtful[..] else {
        panic!("{doubtful:?}");
    };
    assert!(said.contains("too often or too seldom"), "{said}");
}

#[test]
fn single_ones_are_told_as_single() {
    let each =
        ["20260203T140000Z", "20260217T140000Z"].map(|at| meeting("1:1 Ben", at, "", &["ben"]));
    let said = "exactly two people; reporting line; 2 single meetings, none that repeats: no next one was promised | \
                a meeting of the two that repeats every 3 to 45 days";
    let report = with_ben(each.concat());
    assert_eq!(of_ben(&report), (false, vec![said.to_owned()]));
    // A single meeting about something is none.
    let report = with_ben(meeting("Budget", "20260217T140000Z", "", &["ben"]));
    assert_eq!(of_ben(&report), (true, vec![]));
}

#[test]
fn what_ended_long_ago_is_none() {
    let ended = "RRULE:FREQ=WEEKLY;UNTIL=20251001T000000Z";
    let report = with_ben(meeting(
        "Coffee with Ben",
        "20250107T140000Z",
        ended,
        &["ben"],
    ));
    assert!(of_ben(&report).0);
    let report = with_ben(meeting("1:1 Ben", "20250107T140000Z", "", &["ben"]));
    assert!(of_ben(&report).0);
}

#[test]
fn the_third_may_be_a_room_that_nobody_declared() {
    let event = meeting("Maya / Ben", "20260106T140000Z", WEEKLY, &["ben", "koala"]);
    let (without, doubtful) = of_ben(&with_ben(event));
    assert!(!without);
    assert_eq!(doubtful.len(), 1, "{doubtful:?}");
    assert!(
        doubtful[0].contains("but it names 3 people"),
        "{doubtful:?}"
    );
}
