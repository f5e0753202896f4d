//! A file: what it adds, ends and leaves as it was.

use super::super::organisation::Organisation;
use super::super::plan::Difference;
use super::{BEN, MAYA, PETRA, drafted, lines, today};
use jiff::civil::date;
use std::collections::BTreeSet;

/// The organisation after the file, how much was different, and the lines that were left out.
fn fed(before: &Organisation, text: &str) -> (Organisation, usize, Vec<String>) {
    let (mut differences, mut left_out) = (0, Vec::new());
    let done = drafted(before, &[PETRA], |draft| {
        let (wrong, _) = draft.feed(today(), (text, &BTreeSet::new())).unwrap();
        differences = draft.differences.len();
        left_out = wrong
            .iter()
            .map(|error| {
                assert!(!error.hint.is_empty());
                error.to_string()
            })
            .collect();
    });
    (done, differences, left_out)
}

const FIRST: &str = "email,name,manager,from,to,aliases,kind,time_zone\n\
                     petra@example.com,Petra,,,,,,Europe/Paris\n\
                     maya@example.com,Maya Lind,petra@example.com,2025-01-01,,,,\n\
                     ben@example.com,Ben Okafor,maya@example.com,,,b@old.example.com,,\n\
                     assist@example.com,Sol,maya@example.com,,,,delegate,\n\
                     room-4@example.com,Room 4,,,,,room,\n";

#[test]
fn the_same_file_twice_changes_nothing() {
    let (first, differences, left_out) = fed(&Organisation::default(), FIRST);
    assert_eq!(left_out, [""; 0]);
    assert_eq!(
        differences,
        5 + 1 + 1 + 2,
        "people, address, delegate, lines"
    );
    assert_eq!(lines(&first), ["ben<maya ..", "maya<petra 2025-01-01.."]);
    assert_eq!(first.people[PETRA].zone.as_deref(), Some("Europe/Paris"));
    assert_eq!(first.main("b@old.example.com"), BEN);
    let both = (MAYA.to_owned(), "assist@example.com".to_owned());
    assert!(first.delegates.contains(&both));
    let (second, differences, _) = fed(&first, FIRST);
    assert_eq!(differences, 0);
    assert_eq!(second.lines, first.lines);
}

#[test]
fn another_manager_without_a_date_is_one_as_of_today() {
    let (first, ..) = fed(&Organisation::default(), FIRST);
    let text = "email,manager\nben@example.com,petra@example.com\n";
    let (second, differences, _) = fed(&first, text);
    assert_eq!(differences, 2);
    let expected = [
        "ben<maya ..2026-03-30",
        "ben<petra 2026-03-31..",
        "maya<petra 2025-01-01..",
    ];
    assert_eq!(lines(&second), expected);
    let (third, differences, _) = fed(&second, text);
    assert_eq!((lines(&third).len(), differences), (3, 0));
}

#[test]
fn dates_of_the_file_take_the_place_of_those_that_are_known() {
    let (first, ..) = fed(&Organisation::default(), FIRST);
    for (rows, expected) in [
        // A first day for a line of which none was known.
        (
            "ben@example.com,maya@example.com,2025-05-01,",
            "ben<maya 2025-05-01..",
        ),
        // An end without a beginning: the line that is known.
        (
            "ben@example.com,maya@example.com,,2026-06-30",
            "ben<maya ..2026-06-30",
        ),
        // A new manager from a day on.
        (
            "ben@example.com,maya@example.com,2025-05-01,2026-06-30\nben@example.com,petra@example.com,2026-07-01,",
            "ben<maya 2025-05-01..2026-06-30 ben<petra 2026-07-01..",
        ),
        // The one before is not in the file: it ends the day before.
        (
            "ben@example.com,petra@example.com,2026-07-01,",
            "ben<maya ..2026-06-30 ben<petra 2026-07-01..",
        ),
        // Two managers, where the file says two.
        (
            "ben@example.com,maya@example.com,,\nben@example.com,petra@example.com,2026-07-01,",
            "ben<maya .. ben<petra 2026-07-01..",
        ),
        // Nothing is said of lines of whoever has no manager in the file.
        ("ben@example.com,,,", "ben<maya .."),
    ] {
        let text = format!("email,manager,from,to\n{rows}\n");
        let (done, ..) = fed(&first, &text);
        let bens: Vec<String> = lines(&done)
            .into_iter()
            .filter(|line| line.starts_with("ben"))
            .collect();
        assert_eq!(bens.join(" "), expected, "{rows}");
        let (again, differences, _) = fed(&done, &text);
        assert_eq!((again.lines, differences), (done.lines, 0), "{rows}");
    }
}

#[test]
fn rows_that_cannot_be_read_are_named_and_the_others_taken_in() {
    let text = "email,manager,from,aliases,kind\n\
                ben,,,,\n\
                ben@example.com,maya@example.com,1.13.2026,,\n\
                ana@example.com,ana@example.com,,,\n\
                chidi@example.com,maya@example.com,2026-07-01,petra@example.com,\n\
                maya@example.com,chidi@example.com,2026-07-01,,\n\
                dana@example.com,,,,robot\n";
    let (done, _, left_out) = fed(&Organisation::default(), text);
    assert_eq!(
        left_out,
        [
            "line 2: \"ben\" is no e-mail address",
            "line 3: `1.13.2026` in column `from` is no date",
            "line 4: ana@example.com would report to themselves",
            "line 5: whoever signs in with petra@example.com is somebody of their own",
            "line 6: chidi@example.com reports to maya@example.com already, directly or further up",
            "line 7: `robot` is no kind",
        ]
    );
    assert_eq!(lines(&done), ["chidi<maya 2026-07-01.."]);
}

#[test]
fn a_file_of_thousands_is_taken_in_at_once() {
    use std::fmt::Write as _;
    let mut text = String::from("email,name,manager,from,aliases\n");
    for number in 0..10_000_u32 {
        let manager = number
            .checked_sub(1)
            .map(|above| format!("p{}@example.com", above / 8));
        let manager = manager.unwrap_or_default();
        let row = format!(
            "p{number}@example.com,Person {number},{manager},2025-01-01,a{number}@old.example.com"
        );
        writeln!(text, "{row}").unwrap();
    }
    let (first, differences, left_out) = fed(&Organisation::default(), &text);
    assert_eq!((differences, left_out.len()), (10_000 * 3 - 1, 0));
    let (_, differences, _) = fed(&first, &text);
    assert_eq!(differences, 0);
}

#[test]
fn what_becomes_different_is_told_as_what_it_is() {
    let (first, ..) = fed(&Organisation::default(), FIRST);
    let mut told = Vec::new();
    drafted(&first, &[], |draft| {
        let text = "email,name,manager,from\nben@example.com,Ben O,petra@example.com,2026-07-01\n";
        draft.feed(today(), (text, &BTreeSet::new())).unwrap();
        told.clone_from(&draft.differences);
    });
    let ended = first.lines.iter().find(|line| line.report == BEN).unwrap();
    let mut ended = ended.clone();
    ended.to = Some(date(2026, 6, 30));
    let [described, new, over] = &told[..] else {
        panic!("{told:?}");
    };
    assert_eq!(*described, Difference::Described(BEN.to_owned()));
    assert!(matches!(new, Difference::Line(line) if line.manager == PETRA));
    assert_eq!(*over, Difference::Ended(ended));
}

#[test]
fn a_report_with_a_row_that_is_wrong_keeps_the_lines_it_has() {
    let (first, ..) = fed(&Organisation::default(), FIRST);
    for rows in [
        // Days the wrong way round, alone and beside a good one.
        "ben@example.com,maya@example.com,2026-03-10,2026-03-01\n",
        "ben@example.com,maya@example.com,2026-03-10,2026-03-01\nben@example.com,petra@example.com,2026-03-20,\n",
        "ben@example.com,ben@example.com,,\nben@example.com,petra@example.com,2026-03-20,\n",
    ] {
        let (after, _, wrong) = fed(&first, &format!("email,manager,from,to\n{rows}"));
        assert_eq!(wrong.len(), 1, "{rows}");
        assert!(
            lines(&after).contains(&"ben<maya ..".to_owned()),
            "{rows}: {:?}",
            lines(&after)
        );
    }
}
