//! What came nearest to a 1:1 without being counted: each with why, and with the one option that would count it.

mod one_calendar;

use one_calendar::audit;
use steadfast_app::{
    audit::org_file,
    report::{Report, TextStyle, html, text},
};

/// A meeting of half an hour on Tuesdays, with these lines besides.
fn meeting(title: &str, lines: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{title}\nDTSTART:20260106T140000Z\nDURATION:PT30M\nSUMMARY:{title}\n{lines}\nEND:VEVENT\n"
    )
}

fn weekly(title: &str, lines: &str) -> String {
    meeting(title, &format!("RRULE:FREQ=WEEKLY\n{lines}"))
}

fn with(people: &[&str]) -> String {
    let lines: Vec<String> = people
        .iter()
        .map(|person| format!("ATTENDEE:mailto:{person}"))
        .collect();
    lines.join("\n")
}

/// Each candidate in a line: who or what, why, and the option.
#[track_caller]
fn check(report: &Report, expected: &[&str]) {
    let said: Vec<String> = report
        .doubtful
        .iter()
        .map(|doubtful| {
            let people = doubtful.people.iter().flatten();
            let people: Vec<&str> = people.map(|p| p.name.as_str()).collect();
            let what = doubtful.title.clone().unwrap_or_else(|| people.join("+"));
            format!(
                "{what} | {} | {}",
                doubtful.why.join("; "),
                doubtful.would_count_with
            )
        })
        .collect();
    assert_eq!(said, expected);
}

const NO_ATTENDEES: &str = "the title reads like a 1:1; weekly; but it names no second person: this source holds no attendees";
const ORG: &str = "--org FILE.csv, where it has whom the title names (email,name,manager)";
const OTHER_SOURCE: &str =
    "a source that keeps the attendees (the calendar's own full export, or CalDAV)";

#[test]
fn an_export_without_attendees_names_its_candidates_and_what_would_count_them() {
    let events = [
        weekly("1:1 Ben", ""),
        weekly("Maya / Ana", ""),
        weekly("1:1", ""),
        weekly("Dentist", ""),
        weekly("Team weekly", ""),
        meeting("1:1 once", ""),
    ];
    let report = audit(&events, |_| {});
    assert!(report.pairs.is_empty());
    check(
        &report,
        &[
            &format!("1:1 | {NO_ATTENDEES} | {OTHER_SOURCE}"),
            &format!("1:1 Ben | {NO_ATTENDEES} | {ORG}"),
            &format!("Maya / Ana | {NO_ATTENDEES} | {ORG}"),
        ],
    );
    let style = TextStyle {
        width: 100,
        colour: false,
        unicode: true,
    };
    for shown in [text(&report, &style), html(&report)] {
        for word in ["“1:1 Ben”", "“Maya / Ana”", "--org FILE.csv"] {
            assert!(shown.contains(word), "{word} in {shown}");
        }
        for word in ["Dentist", "Team weekly", "1:1 once"] {
            assert!(!shown.contains(word), "{word} in {shown}");
        }
    }
}

/// Of whom it is said that they are on no calendar.
fn strangers(report: &Report) -> Vec<&str> {
    let warnings = report.warnings.iter();
    warnings
        .filter(|warning| warning.code == "unknown_person")
        .map(|warning| warning.place.as_str())
        .collect()
}

#[test]
fn somebody_declared_who_is_on_no_calendar_is_warned_of() {
    let report = audit(&[weekly("1:1 Ben", "")], |options| {
        options.reports = vec!["ben@example.com".to_owned(), "eve@example.com".to_owned()];
    });
    assert_eq!(strangers(&report), ["eve@example.com"]);
}

#[test]
fn a_title_counts_once_the_person_it_names_is_declared() {
    let events = [weekly("1:1 Ben", ""), weekly("Maya / Ana", "")];
    let report = audit(&events, |options| {
        options.reports = vec![
            "ben.ode@example.com".to_owned(),
            "ana@example.com".to_owned(),
        ];
    });
    let counted = |report: &Report| -> Vec<(String, f64)> {
        let pairs = report.pairs.iter();
        pairs
            .map(|p| (p.people[1].name.clone(), p.confidence))
            .collect()
    };
    assert_eq!(
        counted(&report),
        [("Ana".to_owned(), 0.85), ("Ben Ode".to_owned(), 0.85)]
    );
    assert_eq!(strangers(&report), [] as [&str; 0]);
    let report = audit(&events, |options| {
        let org = "email,name,manager\nmaya@example.com,Maya,\nb.o@example.com,Ben Ode,maya@example.com\n";
        options.org = Some(org_file::parse(org).expect("an organisation file"));
    });
    assert_eq!(counted(&report), [("Ben Ode".to_owned(), 0.85)]);
    check(&report, &[&format!("Maya / Ana | {NO_ATTENDEES} | {ORG}")]);
}

#[test]
fn a_title_that_names_two_declared_people_counts_for_neither() {
    let report = audit(&[weekly("1:1 Ben", "")], |options| {
        options.reports = vec![
            "ben.a@example.com".to_owned(),
            "ben.b@example.com".to_owned(),
        ];
    });
    check(&report, &[&format!("1:1 Ben | {NO_ATTENDEES} | {ORG}")]);
}

#[test]
fn an_organiser_alone_does_not_make_a_meeting_one_of_two() {
    let by_petra = "ORGANIZER:mailto:petra@example.com";
    let events = [weekly("Status", by_petra), weekly("1:1", by_petra)];
    let report = audit(&events, |options| {
        options.manager = Some("petra@example.com".to_owned());
    });
    let uids: Vec<&str> = report.pairs[0].uids.iter().map(AsRef::as_ref).collect();
    assert_eq!(uids, ["1:1"]);
}

#[test]
fn where_nothing_counts_the_nearest_are_told_with_why() {
    let maya_and = |other: &str| with(&["maya@example.com", other]);
    let daily = meeting(
        "Sync",
        &format!(
            "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR\n{}",
            maya_and("ben@example.com")
        ),
    );
    let singles: Vec<String> = (0..4)
        .map(|n| {
            let event = meeting("Catch up", &maya_and("ana@example.com"));
            event.replace("UID:", &format!("UID:{n}"))
        })
        .collect();
    let mut events = vec![
        daily,
        weekly("1:1", &maya_and("kim@elsewhere.example")),
        weekly("Budget", &maya_and("noor@example.com")),
        weekly(
            "1:1 Chidi",
            &with(&["maya@example.com", "chidi@example.com", "pa@example.com"]),
        ),
    ];
    events.extend(singles);
    let report = audit(&events, |_| {});
    let rhythm = "a meeting of the two that repeats every 3 to 45 days";
    check(
        &report,
        &[
            "Maya+Noor | exactly two people; weekly; but the title does not say what it is | --reports noor@example.com",
            &format!(
                "Maya+Ben | exactly two people; daily; too often or too seldom for a 1:1, which meets every 3 to \
                 45 days | {rhythm}"
            ),
            "Maya+Kim | exactly two people; weekly; but the two addresses are of different organisations | --reports \
             kim@elsewhere.example",
            &format!(
                "Maya+Ana | exactly two people; 4 single meetings, none that repeats: no next one was promised | {rhythm}"
            ),
            "1:1 Chidi | the title reads like a 1:1; weekly; but it names 3 people | --org FILE.csv, where all but two of them \
             are kind delegate, room or bot",
        ],
    );
    assert!(report.not_counted.is_empty());
}

#[test]
fn the_option_that_is_offered_counts_it() {
    let events = [
        weekly("Budget", &with(&["noor@example.com", "maya@example.com"])),
        weekly("Hiring", &with(&["ana@example.com", "petra@example.com"])),
    ];
    let report = audit(&events, |options| options.me.clear());
    assert_eq!(
        report.doubtful[0].would_count_with,
        "--me noor@example.com --reports maya@example.com"
    );
    let report = audit(&events, |options| {
        options.reports = vec!["noor@example.com".to_owned()];
    });
    assert_eq!((report.pairs.len(), report.doubtful.len()), (1, 0));
}

/// A reminder to write to somebody, on the day itself: there is no slot in it that could be kept.
#[test]
fn what_takes_whole_days_is_no_one_on_one_whatever_its_title_says() {
    let days = |title: &str, other: &str| {
        let event = weekly(title, &with(&["maya@example.com", other]));
        let event = event.replace("DTSTART:20260106T140000Z", "DTSTART;VALUE=DATE:20260106");
        event.replace("DURATION:PT30M", "DURATION:P1D")
    };
    let events = [
        days("1:1 Maya / Ben", "ben@example.com"),
        days("Numbers", "noor@example.com"),
    ];
    let why = "with no time at which the two would meet | a meeting of the two at a time of day, every 3 to 45 days";
    let report = audit(&events, |_| {});
    assert!(report.pairs.is_empty());
    check(
        &report,
        &[&format!(
            "Maya+Ben | exactly two people; but it takes whole days, {why}"
        )],
    );
    let declared = |options: &mut steadfast_app::audit::Options| {
        options.reports = vec!["ben@example.com".to_owned(), "noor@example.com".to_owned()];
    };
    let report = audit(&events, declared);
    assert!(report.pairs.is_empty());
    check(
        &report,
        &[&format!(
            "Maya+Ben | exactly two people; reporting line; but it takes whole days, {why}"
        )],
    );
    // Beside a 1:1 it is nothing.
    let beside = [
        days("1:1 Maya / Ben", "ben@example.com"),
        weekly("1:1", &with(&["maya@example.com", "ben@example.com"])),
    ];
    let report = audit(&beside, declared);
    assert_eq!((report.pairs.len(), report.doubtful.len()), (1, 0));
    assert_eq!(report.pairs[0].cadence_days, 7);
}

#[test]
fn of_a_calendar_that_names_people_it_is_not_said_that_it_holds_none() {
    let events = [
        weekly("1:1", &with(&["maya@example.com"])),
        weekly(
            "Team weekly",
            &with(&["maya@example.com", "ben@example.com", "noor@example.com"]),
        ),
    ];
    check(
        &audit(&events, |_| {}),
        &[
            "1:1 | the title reads like a 1:1; weekly; but the series names no second person | the second person invited to the \
           series",
        ],
    );
}
