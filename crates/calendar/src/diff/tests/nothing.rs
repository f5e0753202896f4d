//! What changes nothing, or less than it seems.

use super::*;

#[test]
fn the_order_of_things_says_nothing() {
    let other = weekly(&[("UID:a", "UID:b"), ("Ben", "Joe"), ("ben@", "joe@")]);
    let over = "UID:a\nRECURRENCE-ID:20260317T090000Z\nDTSTART:20260317T100000Z\nDURATION:PT30M";
    check(
        &format!("{WEEKLY}\n---\n{other}\n---\n{over}"),
        &format!("{over}\n---\n{other}\n---\n{WEEKLY}"),
        &[],
    );
}

#[test]
fn a_dtstamp_of_the_export_says_nothing() {
    check(
        &weekly(&[("RRULE", "DTSTAMP:20260302T080000Z\nRRULE")]),
        &weekly(&[("RRULE", "DTSTAMP:20260309T080000Z\nRRULE")]),
        &[],
    );
}

#[test]
fn another_name_for_the_zone_says_nothing() {
    check(
        WEEKLY,
        &weekly(&[("Europe/Berlin", "W. Europe Standard Time")]),
        &[],
    );
    check(
        WEEKLY,
        &weekly(&[
            (
                "DTSTART;TZID=Europe/Berlin:20260106T100000",
                "DTSTART;TZID=Europe/Paris:20260106T100000",
            ),
            (
                "DTEND;TZID=Europe/Berlin:20260106T103000",
                "DTEND:20260106T093000Z",
            ),
        ]),
        &[],
    );
}

#[test]
fn a_zone_that_differs_only_in_summer_moves_only_the_summer() {
    check(
        WEEKLY,
        &weekly(&[
            (
                "DTSTART;TZID=Europe/Berlin:20260106T100000",
                "DTSTART;TZID=Africa/Lagos:20260106T100000",
            ),
            ("DTEND;TZID=Europe/Berlin:20260106T103000", "DURATION:PT30M"),
            ("DURATION:PT30M", "DTEND;TZID=Africa/Lagos:20260106T103000"),
        ]),
        &[
            "a 03-31 08:00: retimed: 03-31 08:00 30min -> 03-31 09:00 30min … 06-30 08:00 30min -> 06-30 09:00 30min (14)",
        ],
    );
}

#[test]
fn a_list_of_dates_and_the_rule_that_gives_them_are_the_same() {
    let dates = "20260113T100000,20260120T100000,20260127T100000,20260203T100000,20260210T100000";
    check(
        &weekly(&[("FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=6")]),
        &weekly(&[(
            "RRULE:FREQ=WEEKLY",
            &format!("RDATE;TZID=Europe/Berlin:{dates}"),
        )]),
        &[],
    );
}

#[test]
fn another_way_to_say_the_rule_says_nothing() {
    check(
        WEEKLY,
        &weekly(&[("FREQ=WEEKLY", "INTERVAL=1;WKST=SU;BYDAY=TU;FREQ=WEEKLY")]),
        &[],
    );
}

#[test]
fn a_feed_that_shows_less_of_the_past_says_nothing() {
    let excluded = "EXDATE;TZID=Europe/Berlin:20260113T100000\nRRULE";
    let over = "UID:a\nRECURRENCE-ID:20260217T090000Z\nDTSTART:20260218T100000Z\nDURATION:PT30M\nSUMMARY:1:1 Maya / Ben";
    let past = "UID:old\nDTSTART:20260210T090000Z\nDTEND:20260210T093000Z\nSUMMARY:Review";
    let coming = "UID:new\nDTSTART:20260310T130000Z\nDTEND:20260310T133000Z\nSUMMARY:Review";
    let before = format!(
        "{}\n---\n{over}\n---\n{past}\n---\n{coming}",
        weekly(&[("RRULE", excluded)])
    );
    // From the last Tuesday on, which was still to come at the first look.
    let after = format!("{}\n---\n{coming}", weekly(&[("20260106T", "20260303T")]));
    check(&before, &after, &[]);
    // And a step further: what ended between the two looks is out of sight, and that is all that can be said.
    let after = format!("{}\n---\n{coming}", weekly(&[("20260106T", "20260310T")]));
    check(
        &before,
        &after,
        &["a 03-03 09:00: left view: 03-03 09:00 30min"],
    );
}

#[test]
fn a_feed_that_shows_more_of_the_past_says_nothing() {
    check(&weekly(&[("20260106T", "20260303T")]), WEEKLY, &[]);
}

#[test]
fn instances_tidied_away_long_after_they_took_place_are_told_only_where_they_are_named() {
    // An EXDATE for the past: somebody did that, and it is told; the reader of a ledger sees when.
    check(
        WEEKLY,
        &weekly(&[("RRULE", "EXDATE;TZID=Europe/Berlin:20260203T100000\nRRULE")]),
        &["a 02-03 09:00: excluded: 02-03 09:00 30min"],
    );
    // A series cut off in the past, or begun later: nothing that was still to come changed.
    check(
        &weekly(&[("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260215")]),
        &weekly(&[("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260201")]),
        &[],
    );
}

#[test]
fn a_series_that_begins_later_loses_what_was_still_to_come() {
    check(
        &weekly(&[("20260106T", "20260317T")]),
        &weekly(&[("20260106T", "20260331T")]),
        &[
            "a 03-17 09:00: vanished: 03-17 09:00 30min",
            "a 03-24 09:00: vanished: 03-24 09:00 30min",
        ],
    );
}

#[test]
fn uids_made_up_anew_in_every_export_only_change_the_uids() {
    let single = "UID:s1\nDTSTART:20260317T090000Z\nDTEND:20260317T093000Z\nSUMMARY:Review";
    let other = weekly(&[("UID:a", "UID:b1"), ("Ben", "Joe"), ("ben@", "joe@")]);
    check(
        &format!(
            "{}\n---\n{other}\n---\n{single}",
            moved("20260324", "20260325T100000")
        ),
        &format!(
            "{}\n---\n{}\n---\n{}",
            single.replace("s1", "s2"),
            other.replace("b1", "b2"),
            moved("20260324", "20260325T100000").replace("UID:a", "UID:a2"),
        ),
        &[
            "a: recreated as a2",
            "b1: recreated as b2",
            "s1: recreated as s2",
        ],
    );
}

#[test]
fn next_weeks_single_meeting_is_not_last_weeks() {
    let week = |uid: &str, day: &str| {
        format!(
            "UID:{uid}\nDTSTART:{day}T090000Z\nDTEND:{day}T093000Z\nSUMMARY:1:1 Ben\nORGANIZER:mailto:maya@example.com\nATTENDEE:mailto:ben@example.com"
        )
    };
    let older = week("o", "20260101");
    check(
        &format!("{older}\n---\n{}", week("x", "20260310")),
        &format!("{older}\n---\n{}", week("y", "20260317")),
        &[
            "x: series vanished: 03-10 09:00 30min",
            "y: series appeared: 03-17 09:00 30min",
        ],
    );
    // Two days later it is the same meeting, created anew.
    check(
        &format!("{older}\n---\n{}", week("x", "20260310")),
        &format!("{older}\n---\n{}", week("y", "20260312")),
        &[
            "x: recreated as y",
            "y 03-10 09:00: moved: 03-10 09:00 30min -> 03-12 09:00 30min",
        ],
    );
}

#[test]
fn an_older_copy_that_arrives_later_undoes_nothing() {
    let version = |sequence: u32, stamp: &str, hour: &str| {
        weekly(&[
            (
                "RRULE",
                &format!("SEQUENCE:{sequence}\nDTSTAMP:{stamp}T080000Z\nRRULE"),
            ),
            ("T100000", &format!("T{hour}0000")),
            ("T103000", &format!("T{hour}3000")),
        ])
    };
    let (old, new) = (version(1, "20260220", "10"), version(2, "20260225", "11"));
    check(&new, &old, &["a: stale"]);
    check(&version(1, "20260225", "11"), &old, &["a: stale"]);
    // Kept by hand: LAST-MODIFIED alone goes backwards in an honest change.
    check(
        &weekly(&[("RRULE", "LAST-MODIFIED:20260225T160000Z\nRRULE")]),
        &weekly(&[(
            "RRULE:FREQ=WEEKLY",
            "LAST-MODIFIED:20260225T110000Z\nRRULE:FREQ=WEEKLY;COUNT=12",
        )]),
        &["a 03-31 08:00: ended: 03-31 08:00 30min … 06-30 08:00 30min (14)"],
    );
    // Made anew: a lower SEQUENCE, and a later stamp.
    check(
        &version(2, "20260225", "11"),
        &version(0, "20260305", "10"),
        &[
            "a 03-03 10:00: retimed: 03-03 10:00 30min -> 03-03 09:00 30min … 06-30 09:00 30min -> 06-30 08:00 30min (18)",
        ],
    );
    // What is carried on is the newer one, with the override that the older copy does not know.
    let known = calendar(&format!(
        "{new}\n---\nUID:a\nRECURRENCE-ID:20260317T100000Z\nDTSTART:20260317T120000Z\nDURATION:PT30M"
    ));
    assert_eq!(carry(&known, &calendar(&old)), known);
}

#[test]
fn an_orphan_override_is_compared_by_its_own_identity() {
    let orphan = |hour: &str| {
        format!(
            "UID:o\nRECURRENCE-ID:20260317T090000Z\nDTSTART:20260317T{hour}0000Z\nDURATION:PT30M\nSUMMARY:1:1"
        )
    };
    check(
        &orphan("09"),
        &orphan("11"),
        &["o 03-17 09:00: moved: 03-17 09:00 30min -> 03-17 11:00 30min"],
    );
    // Its master comes into view: that says nothing new about it.
    check(
        "UID:a\nRECURRENCE-ID:20260317T090000Z\nDTSTART:20260317T110000Z\nDURATION:PT30M\nSUMMARY:1:1 Maya / Ben",
        &moved("20260317", "20260317T120000"),
        &["a 03-03 09:00: extended: 03-03 09:00 30min … 06-30 08:00 30min (17)"],
    );
}

#[test]
fn a_meeting_that_is_a_chain_of_splits_stays_one() {
    let part = |n: usize, from: &str, until: &str| {
        weekly(&[
            ("UID:a", &format!("UID:part{n}")),
            ("20260106T", &format!("{from}T")),
            ("FREQ=WEEKLY", &format!("FREQ=WEEKLY{until}")),
        ])
    };
    let chain = |last: &str| {
        [
            part(1, "20260106", ";UNTIL=20260119"),
            part(2, "20260120", ";UNTIL=20260202"),
            part(3, "20260203", last),
        ]
        .join("\n---\n")
    };
    let next = part(4, "20260317", "");
    check(
        &chain(""),
        &format!("{}\n---\n{next}", chain(";UNTIL=20260316")),
        &["part3: split into part4 at 03-17 09:00"],
    );
}
