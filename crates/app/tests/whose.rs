//! Whose calendar it is, where nobody says so; and one person under several addresses.

use steadfast_app::{
    audit::{Audit, Options},
    report::{Report, TextStyle, text},
};
use steadfast_calendar::Instant;

const YUKI: &str = "Yuki Ito=yuki@new.example";
const OLD: &str = "Tugba Yilmaz=tugba.y@old.example";
const NEW: &str = "Tugba Yilmaz=tugba.yilmaz@new.example";
const REPEATS: &str = "RRULE:FREQ=WEEKLY";

/// A meeting from `day` of January 2026 (or, `0309`, of another month) on.
fn meeting(title: &str, day: &str, rule: &str, people: &[&str]) -> String {
    let people: String = people
        .iter()
        .map(|who| match who.split_once('=') {
            Some((name, address)) => format!("ATTENDEE;CN={name}:mailto:{address}\n"),
            None => format!("ATTENDEE:mailto:{who}\n"),
        })
        .collect();
    format!(
        "BEGIN:VEVENT\nUID:{title}{day}\nDTSTART:2026{day}T100000Z\nDURATION:PT30M\nSUMMARY:{title}\n\
         CREATED:2026{day}T000000Z\n{rule}\n{people}END:VEVENT\n"
    )
}

fn audit(events: &[String], set: impl FnOnce(&mut Options)) -> Report {
    let now = "2026-05-01T00:00:00Z".parse::<jiff::Timestamp>();
    let mut options = Options::at(Instant::from(now.expect("a moment")));
    options.source_words = "calendar.ics".to_owned();
    set(&mut options);
    let mut audit = Audit::new(options);
    let calendar = format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\n{}END:VCALENDAR\n",
        events.concat()
    );
    audit
        .calendar("calendar.ics", None, None, &mut calendar.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

fn owner(report: &Report) -> Option<&str> {
    report.me.as_ref().map(|me| me.address.as_ref())
}

/// The two of each 1:1, by mailbox.
fn pairs(report: &Report) -> Vec<String> {
    let mailbox = |address: &str| address.replace(".example", "");
    let mut pairs: Vec<String> = report
        .pairs
        .iter()
        .map(|p| {
            let mut two = [0, 1].map(|n: usize| mailbox(&p.people[n].address));
            two.sort();
            two.join(" ")
        })
        .collect();
    pairs.sort();
    pairs
}

fn shown(report: &Report) -> String {
    let style = TextStyle {
        width: 200,
        colour: false,
        unicode: true,
    };
    text(report, &style)
}

/// A report's calendar: their boss is in every meeting, and they themselves under two addresses without a name.
fn of_a_report() -> Vec<String> {
    let meeting = |n: usize| {
        let me = ["asa@new.example", "asa@old.example"][n % 2];
        meeting(
            "1:1",
            &format!("02{:02}", n + 1),
            "",
            &["maya@new.example", me],
        )
    };
    (0..10).map(meeting).collect()
}

#[test]
fn my_manager_is_never_taken_for_me() {
    assert_eq!(owner(&audit(&of_a_report(), |_| {})), None);
    let declared = audit(&of_a_report(), |options| {
        options.manager = Some("Maya@new.example".to_owned());
    });
    assert_eq!(owner(&declared), None);
}

#[test]
fn of_two_who_are_in_all_meetings_nobody_is_named() {
    let report = audit(&[meeting("1:1", "0106", REPEATS, &[YUKI, NEW])], |_| {});
    assert_eq!(owner(&report), None);
    let shown = shown(&report);
    for said in [
        "Whose calendar this is, is not known: more than one person is in nearly all of its meetings.",
        "--me yuki@new.example",
        "--me tugba.yilmaz@new.example",
    ] {
        assert!(shown.contains(said), "{said} in {shown}");
    }
}

#[test]
fn where_a_whole_team_is_in_all_meetings_those_of_the_meetings_of_two_are_named() {
    let team = [
        YUKI,
        NEW,
        "ana@new.example",
        "ben@new.example",
        "eve@new.example",
    ];
    let report = audit(
        &[
            meeting("1:1", "0106", REPEATS, &[YUKI, NEW]),
            meeting("Daily", "0107", REPEATS, &team),
            meeting("Status", "0108", REPEATS, &team),
            meeting("Planning", "0109", REPEATS, &team),
            meeting("Team", "0112", REPEATS, &team),
        ],
        |_| {},
    );
    assert_eq!(owner(&report), None);
    let shown = shown(&report);
    for said in [
        "more than one person is in nearly all of its meetings.",
        "--me yuki@new.example",
        "--me tugba.yilmaz@new.example",
    ] {
        assert!(shown.contains(said), "{said} in {shown}");
    }
    assert!(!shown.contains("--me ana@new.example"), "{shown}");
}

#[test]
fn of_two_in_all_meetings_the_one_who_is_not_declared_is_the_owner() {
    let events = [meeting("1:1", "0106", REPEATS, &[YUKI, NEW])];
    let report = audit(&events, |options| {
        options.manager = Some("yuki@new.example".to_owned());
    });
    assert_eq!(owner(&report), Some("tugba.yilmaz@new.example"));
    assert_eq!(pairs(&report), ["tugba.yilmaz@new yuki@new"]);
}

/// Tugba's calendar: `beside` meetings without Yuki, whose report she is; all under two addresses.
fn of_tugba(beside: usize) -> Vec<String> {
    let with_yuki = (0..10).map(|n| {
        let me = if n < 5 { OLD } else { NEW };
        meeting("Sync", &format!("01{:02}", n + 1), "", &[YUKI, me])
    });
    let without = (0..beside).map(|n| {
        let me = if n % 2 == 0 { OLD } else { NEW };
        meeting(
            "Review",
            &format!("02{:02}", n + 1),
            "",
            &[me, "Ana Lind=ana@new.example"],
        )
    });
    with_yuki.chain(without).collect()
}

#[test]
fn two_addresses_of_one_name_count_together() {
    let report = audit(&of_tugba(2), |_| {});
    assert_eq!(owner(&report), Some("tugba.yilmaz@new.example"));
    let because = &report.me.as_ref().expect("an owner").because;
    assert_eq!(
        because,
        "in 100 % of the events, under 2 addresses of one name"
    );
}

#[test]
fn where_the_manager_is_in_all_of_them_too_nobody_is_named() {
    for beside in [0, 1] {
        let report = audit(&of_tugba(beside), |_| {});
        assert_eq!(owner(&report), None, "{beside} without Yuki");
        let said = report.not_known.join(" ");
        assert!(said.contains("--me yuki@new.example"), "{said}");
        assert!(
            said.contains("--me tugba.y@old.example --me tugba.yilmaz@new.example"),
            "{said}"
        );
    }
}

#[test]
fn namesakes_of_one_house_stay_two_people() {
    let anna = |n: u8| format!("Anna Schmidt=anna.schmidt{n}@new.example");
    let events = [
        meeting("1:1", "0105", REPEATS, &[YUKI, &anna(1)]),
        meeting("1:1", "0106", REPEATS, &[YUKI, &anna(2)]),
        meeting("1:1", "0107", REPEATS, &[YUKI, "Ben Ode=ben@new.example"]),
        meeting("1:1", "0108", REPEATS, &[YUKI, "Ana Lind=ana@new.example"]),
    ];
    let report = audit(&events, |_| {});
    assert_eq!(owner(&report), Some("yuki@new.example"));
    assert_eq!(
        pairs(&report),
        [
            "ana@new yuki@new",
            "anna.schmidt1@new yuki@new",
            "anna.schmidt2@new yuki@new",
            "ben@new yuki@new",
        ]
    );
}

fn as_yuki(options: &mut Options) {
    options.me = vec!["yuki@new.example".to_owned()];
}

const UNTIL_MARCH: &str = "RRULE:FREQ=WEEKLY;UNTIL=20260302T100000Z";

#[test]
fn a_relationship_goes_on_across_a_changed_address() {
    let events = [
        meeting("1:1", "0105", UNTIL_MARCH, &[YUKI, OLD]),
        meeting("1:1", "0309", REPEATS, &[YUKI, NEW]),
    ];
    let report = audit(&events, as_yuki);
    assert_eq!(pairs(&report), ["tugba.yilmaz@new yuki@new"]);
    assert_eq!(report.pairs[0].uids.len(), 2);
    assert!(report.doubtful.is_empty(), "{:?}", report.doubtful);
    // Declared under either address, it is she.
    let report = audit(&events, |options| {
        as_yuki(options);
        options.reports = vec!["tugba.y@old.example".to_owned()];
    });
    assert_eq!(pairs(&report), ["tugba.yilmaz@new yuki@new"]);
    assert_eq!(report.pairs[0].manager, Some(0));
}

#[test]
fn where_it_is_not_known_whether_it_is_she_the_command_has_her() {
    let mut events: Vec<String> = ["Ben Ode=ben", "Ana Lind=ana", "Rosa Klein=rosa"]
        .into_iter()
        .map(|who| meeting(who, "0107", REPEATS, &[YUKI, &format!("{who}@new.example")]))
        .map(|event| event.replace("SUMMARY:", "SUMMARY:1:1 "))
        .collect();
    events.push(meeting("1:1", "0105", REPEATS, &[YUKI, OLD]));
    events.push(meeting("Planning", "0309", "", &[YUKI, NEW]));
    let report = audit(&events, as_yuki);
    assert_eq!(pairs(&report).len(), 3);
    let doubt = &report.doubtful[0];
    assert_eq!(
        doubt.why.last().map(String::as_str),
        Some(
            "but whether tugba.y@old.example is tugba.yilmaz@new.example, of the same name, is not known"
        )
    );
    let command = report.to_be_sure.as_deref().expect("a command");
    assert!(command.contains("tugba.y@old.example"), "{command}");
}

#[test]
fn one_name_in_two_houses_met_side_by_side_stays_two_people() {
    let events = [
        meeting("1:1", "0105", REPEATS, &[YUKI, OLD]),
        meeting("1:1", "0309", REPEATS, &[YUKI, NEW]),
    ];
    let report = audit(&events, as_yuki);
    assert_eq!(pairs(&report), ["tugba.yilmaz@new yuki@new"]);
    assert_eq!(report.pairs[0].uids.len(), 1);
    assert_eq!(report.doubtful.len(), 1);
}

#[test]
fn a_1_1_under_my_other_address_is_told_with_the_option_that_counts_it() {
    let events = [
        meeting("Tugba / Yuki", "0105", REPEATS, &[YUKI, OLD]),
        meeting("Planning", "0309", "", &[NEW, YUKI]),
    ];
    let report = audit(&events, |options| {
        options.me = vec!["tugba.yilmaz@new.example".to_owned()];
    });
    assert!(report.pairs.is_empty());
    let shown = shown(&report);
    assert!(!shown.contains("Nothing came near"), "{shown}");
    let option = "--me tugba.yilmaz@new.example --me tugba.y@old.example, if both are yours";
    assert!(shown.contains(option), "{shown}");
    let report = audit(&events, |options| {
        options.me = ["tugba.yilmaz@new.example", "tugba.y@old.example"]
            .map(str::to_owned)
            .to_vec();
    });
    assert_eq!(report.pairs.len(), 1);
    let command = report.to_be_sure.as_deref().expect("a command");
    assert!(
        command.contains("--me tugba.yilmaz@new.example --me tugba.y@old.example"),
        "{command}"
    );
}

#[test]
fn a_1_1_of_two_others_is_told_where_nothing_else_is_found() {
    let events = [meeting("1:1", "0105", REPEATS, &[YUKI, OLD])];
    let report = audit(&events, |options| {
        options.me = vec!["someone@new.example".to_owned()];
    });
    let shown = shown(&report);
    assert!(
        shown.contains("but neither is someone@new.example"),
        "{shown}"
    );
    assert!(
        shown.contains("--me someone@new.example --me ADDRESS"),
        "{shown}"
    );
}
