//! What one look at a series that was split proves of when that was done, and what it does not.

use super::{audit, event, exported, others, told};

/// The half that ended after the 1:1 of 20 January, last touched then.
fn first_half(uid: &str, touched: &str) -> String {
    event(
        uid,
        "20260106T150000",
        &format!(
            "RRULE:FREQ=WEEKLY;UNTIL=20260126T225959Z\nCREATED:20260101T000000Z\nLAST-MODIFIED:{touched}"
        ),
    )
}

/// The half that goes on, from `start` on.
fn second_half(uid: &str, start: &str, (created, touched): (&str, &str)) -> String {
    event(
        uid,
        start,
        &format!("RRULE:FREQ=WEEKLY\nCREATED:{created}\nLAST-MODIFIED:{touched}"),
    )
}

/// In one export, and in a history that begins after it.
fn check(name: &str, events: &[String], expected: &[&str]) {
    let events = events.concat();
    let export = exported(&format!("{events}{}", others()));
    let history = audit(&[("2026-02-20T09:00:00Z", &events)]);
    for report in [export, history] {
        assert_eq!(told(&report), expected, "{name}");
        assert_eq!(
            report.pairs[0].re_timed,
            [jiff::civil::date(2026, 1, 29)],
            "{name}"
        );
        let usual = report.pairs[0].usual_slot.as_deref();
        assert_eq!(usual, Some("Thu 10:00"), "{name}");
    }
}

const MADE: &str = "20260101T000000Z";
/// On the day before the 1:1 of 27 January.
const SPLIT: &str = "20260126T080000Z";
const MOVED: &str = "27 Jan moved notice:short/1800 hops:1 by:unknown q:0.5 disruption";

#[test]
fn a_split_within_the_week_moved_the_next_one_where_the_export_proves_when_it_was() {
    let thursdays = |uid, moments| second_half(uid, "20260129T100000", moments);
    let google = [
        first_half("a@google.com", SPLIT),
        thursdays("a_R20260129T090000@google.com", (MADE, SPLIT)),
    ];
    check("both halves were last touched by it", &google, &[MOVED]);
    let another = [
        first_half("a", "20260126T080003Z"),
        thursdays("b", (SPLIT, "20260210T070000Z")),
    ];
    check(
        "a new series, and the old one ended with it",
        &another,
        &[MOVED],
    );
    let named = [
        first_half("a@google.com", "20260203T120000Z"),
        thursdays("a_R20260129T090000@google.com", (SPLIT, "20260210T070000Z")),
    ];
    check("made then, and split off by its name", &named, &[MOVED]);
    let on_its_way = format!(
        "{}{}{}",
        another[0],
        another[1],
        event(
            "b",
            "20260130T100000",
            "RECURRENCE-ID;TZID=Europe/Berlin:20260129T100000\nSEQUENCE:1\nCREATED:20260126T080000Z\n\
             LAST-MODIFIED:20260129T080000Z"
        )
    );
    check(
        "and moved once more",
        &[on_its_way],
        &["27 Jan moved notice:last_minute/60 hops:2 by:manager disruption"],
    );
}

#[test]
fn where_it_does_not_prove_when_the_split_was_nothing_was_moved() {
    let thursdays = |uid, moments| second_half(uid, "20260129T100000", moments);
    let check = |name: &str, events: &[String]| check(name, events, &[]);
    let touched_later = "20260203T120000Z";
    check(
        "the end of the old one may be older than the new one",
        &[
            first_half("a", touched_later),
            thursdays("b", (SPLIT, SPLIT)),
        ],
    );
    check(
        "the one half was touched since",
        &[
            first_half("a@google.com", SPLIT),
            thursdays("a_R20260129T090000@google.com", (MADE, touched_later)),
        ],
    );
    let all_at_once = event(
        "c",
        "20260107T090000",
        &format!("CREATED:{MADE}\nLAST-MODIFIED:{SPLIT}"),
    )
    .replace("ben@example.com", "cleo@example.com");
    check(
        "all were touched then",
        &[
            first_half("a@google.com", SPLIT),
            thursdays("a_R20260129T090000@google.com", (MADE, SPLIT)),
            all_at_once,
        ],
    );
    let imported = [first_half("a", MADE), thursdays("b", (MADE, MADE))];
    check("both came from elsewhere in one go", &imported);
    let planned = "20260119T080000Z";
    check(
        "a week ahead it was planned anew",
        &[first_half("a", planned), thursdays("b", (planned, planned))],
    );
    let afterwards = "20260127T143000Z";
    check(
        "the old time was over by then",
        &[
            first_half("a", afterwards),
            thursdays("b", (afterwards, afterwards)),
        ],
    );
}

#[test]
fn a_split_that_moves_nothing_moves_nothing() {
    let halves = [
        first_half("a", SPLIT),
        second_half("b", "20260127T150000", (SPLIT, SPLIT)),
    ];
    let report = exported(&format!("{}{}", halves.concat(), others()));
    assert_eq!(told(&report), [""; 0]);
    assert!(report.pairs[0].re_timed.is_empty());
    // Another length is another slot.
    let half = halves[1].replace("DURATION:PT30M", "DURATION:PT10M");
    let report = exported(&format!("{}{half}{}", halves[0], others()));
    let cut = "27 Jan kept cut:halved notice:short/1800 hops:1 by:unknown q:0.5 disruption";
    assert_eq!(told(&report), [cut]);
}

#[test]
fn of_two_that_were_split_at_once_none_is_told_to_go_on_as_the_other() {
    let friday = |text: String| text.replace("20260106T150000", "20260109T150000");
    let events = [
        first_half("a", SPLIT),
        friday(first_half("b", SPLIT)),
        second_half("c", "20260129T100000", (SPLIT, SPLIT)),
        second_half("d", "20260131T100000", (SPLIT, SPLIT)),
    ];
    let report = exported(&format!("{}{}", events.concat(), others()));
    assert_eq!(told(&report), [""; 0]);
}
