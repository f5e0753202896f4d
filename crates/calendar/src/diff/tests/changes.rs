//! What is a change.

use super::*;

#[test]
fn an_override_moves_one_instance() {
    check(
        WEEKLY,
        &moved("20260317", "20260318T150000"),
        &["a 03-17 09:00: moved: 03-17 09:00 30min -> 03-18 14:00 30min"],
    );
}

#[test]
fn an_override_that_goes_away_moves_it_back() {
    check(
        &moved("20260317", "20260318T150000"),
        WEEKLY,
        &["a 03-17 09:00: moved: 03-18 14:00 30min -> 03-17 09:00 30min"],
    );
}

#[test]
fn an_override_may_only_cut_the_length() {
    check(
        WEEKLY,
        &with_override(
            "20260317",
            "DTSTART;TZID=Europe/Berlin:20260317T100000\nDURATION:PT15M\nSUMMARY:1:1 Maya / Ben",
        ),
        &["a 03-17 09:00: resized: 03-17 09:00 30min -> 03-17 09:00 15min"],
    );
}

#[test]
fn an_exdate_takes_one_out_and_without_it_it_stands_again() {
    let without = weekly(&[("RRULE", "EXDATE;TZID=Europe/Berlin:20260317T100000\nRRULE")]);
    check(
        WEEKLY,
        &without,
        &["a 03-17 09:00: excluded: 03-17 09:00 30min"],
    );
    check(
        &without,
        WEEKLY,
        &["a 03-17 09:00: restored: 03-17 09:00 30min"],
    );
}

#[test]
fn a_cancelled_override_cancels_one() {
    check(
        WEEKLY,
        &with_override(
            "20260317",
            "DTSTART;TZID=Europe/Berlin:20260317T100000\nSTATUS:CANCELLED\nSUMMARY:1:1 Maya / Ben",
        ),
        &["a 03-17 09:00: cancelled: 03-17 09:00 30min"],
    );
}

#[test]
fn cancelled_by_title_first_and_excluded_later_is_one_cancellation() {
    let by_title = with_override(
        "20260317",
        "DTSTART;TZID=Europe/Berlin:20260317T100000\nDURATION:PT30M\nSUMMARY:Canceled: 1:1 Maya / Ben",
    );
    check(
        WEEKLY,
        &by_title,
        &["a 03-17 09:00: cancelled by title: 03-17 09:00 30min"],
    );
    check(
        &by_title,
        &weekly(&[("RRULE", "EXDATE;TZID=Europe/Berlin:20260317T100000\nRRULE")]),
        &[],
    );
}

#[test]
fn a_whole_series_is_cancelled_once() {
    check(
        WEEKLY,
        &weekly(&[("RRULE", "STATUS:CANCELLED\nRRULE")]),
        &["a: series cancelled (Status): 03-03 09:00 30min … 06-30 08:00 30min (18)"],
    );
    check(
        WEEKLY,
        &weekly(&[("SUMMARY:", "SUMMARY:Abgesagt: ")]),
        &["a: series cancelled (Title): 03-03 09:00 30min … 06-30 08:00 30min (18)"],
    );
}

#[test]
fn a_new_time_for_all_is_one_retiming_of_what_was_still_to_come() {
    check(
        WEEKLY,
        &weekly(&[("T100000", "T140000"), ("T103000", "T143000")]),
        &[
            "a 03-03 09:00: retimed: 03-03 09:00 30min -> 03-03 13:00 30min … 06-30 08:00 30min -> 06-30 12:00 30min (18)",
        ],
    );
}

#[test]
fn monday_to_friday_is_the_friday_of_the_same_week() {
    let monday = weekly(&[("20260106T", "20260105T")]);
    let friday = weekly(&[("20260106T", "20260109T")]);
    check(
        &monday,
        &friday,
        &[
            "a 03-02 09:00: retimed: 03-02 09:00 30min -> 03-06 09:00 30min … 06-29 08:00 30min -> 07-03 08:00 30min (18)",
        ],
    );
}

#[test]
fn the_other_fortnight_is_a_retiming() {
    let fortnight = [("FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2")];
    check(
        &weekly(&fortnight).replace("20260106T", "20260310T"),
        &weekly(&fortnight).replace("20260106T", "20260317T"),
        &[
            "a 03-10 09:00: retimed: 03-10 09:00 30min -> 03-17 09:00 30min … 06-30 08:00 30min -> 07-07 08:00 30min (9)",
        ],
    );
}

#[test]
fn this_and_future_retimes_from_there_on() {
    check(
        WEEKLY,
        &format!(
            "{WEEKLY}\n---\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260317T100000\n\
             DTSTART;TZID=Europe/Berlin:20260317T110000\nDURATION:PT45M\nSUMMARY:1:1 Maya / Ben"
        ),
        &[
            "a 03-17 09:00: retimed: 03-17 09:00 30min -> 03-17 10:00 45min … 06-30 08:00 30min -> 06-30 09:00 45min (16)",
        ],
    );
}

#[test]
fn weekly_became_every_two_weeks() {
    check(
        &weekly(&[("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260331")]),
        &weekly(&[("FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260331")]),
        &[
            "a 03-10 09:00: vanished: 03-10 09:00 30min",
            "a 03-24 09:00: vanished: 03-24 09:00 30min",
            "a: every 7 days -> every 14",
        ],
    );
}

#[test]
fn an_earlier_end_is_one_change_and_so_is_a_later_one() {
    let ended = weekly(&[("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260401")]);
    check(
        WEEKLY,
        &ended,
        &["a 04-07 08:00: ended: 04-07 08:00 30min … 06-30 08:00 30min (13)"],
    );
    check(
        &ended,
        WEEKLY,
        &["a 04-07 08:00: extended: 04-07 08:00 30min … 06-30 08:00 30min (13)"],
    );
}

#[test]
fn series_come_and_go() {
    check(
        "",
        WEEKLY,
        &["a: series appeared: 01-06 09:00 30min … 06-30 08:00 30min (26)"],
    );
    check(
        WEEKLY,
        "",
        &["a: series vanished: 01-06 09:00 30min … 06-30 08:00 30min (26)"],
    );
}

#[test]
fn one_date_of_a_list_moves_alone() {
    let list = |dates: &str| {
        weekly(&[(
            "RRULE:FREQ=WEEKLY",
            &format!("RDATE;TZID=Europe/Berlin:{dates}"),
        )])
    };
    check(
        &list("20260310T100000,20260317T100000,20260324T100000"),
        &list("20260310T100000,20260318T110000,20260324T100000"),
        &["a 03-17 09:00: moved: 03-17 09:00 30min -> 03-18 10:00 30min"],
    );
}

#[test]
fn a_single_event_moved_by_months_is_still_the_same() {
    let single = "UID:s\nDTSTART:20260317T090000Z\nDTEND:20260317T093000Z\nSUMMARY:Review";
    check(
        single,
        &single.replace("202603", "202611"),
        &["s 03-17 09:00: moved: 03-17 09:00 30min -> 11-17 09:00 30min"],
    );
}

#[test]
fn answers_titles_and_people_are_told() {
    check(
        WEEKLY,
        &weekly(&[
            (
                "PARTSTAT=ACCEPTED:mailto:ben",
                "PARTSTAT=DECLINED:mailto:ben",
            ),
            ("Maya / Ben", "Ben"),
            (
                "ORGANIZER:mailto:maya",
                "ATTENDEE:mailto:joe@example.com\nORGANIZER:mailto:pa",
            ),
        ]),
        &[
            "a: renamed: 1:1 Maya / Ben -> 1:1 Ben",
            "a: organiser: maya@example.com -> pa@example.com",
            "a: attendees: +[\"joe@example.com\"] -[]",
            "a: ben@example.com: Accepted -> Declined",
        ],
    );
}

#[test]
fn an_answer_to_one_instance_is_told_of_that_instance() {
    let answer = |answer: &str| {
        with_override(
            "20260317",
            &format!(
                "DTSTART;TZID=Europe/Berlin:20260317T100000\nDURATION:PT30M\nSUMMARY:1:1 Maya / Ben\n\
                 ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@example.com\nATTENDEE;PARTSTAT={answer}:mailto:ben@example.com"
            ),
        )
    };
    check(
        WEEKLY,
        &answer("DECLINED"),
        &["a 03-17 09:00: ben@example.com: Accepted -> Declined"],
    );
    // A provider that asks again after a change: nobody answered.
    check(WEEKLY, &answer("NEEDS-ACTION"), &[]);
}

#[test]
fn a_new_description_only_touches() {
    let touched = weekly(&[("RRULE", "SEQUENCE:1\nLAST-MODIFIED:20260305T100000Z\nRRULE")]);
    check(WEEKLY, &touched, &["a: touched"]);
}

#[test]
fn a_split_series_goes_on_under_its_new_uid() {
    let first = weekly(&[("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20260316T225959Z")]);
    let rest = weekly(&[
        ("UID:a", "UID:a_R20260317T090000"),
        ("20260106T100000", "20260317T110000"),
        ("20260106T103000", "20260317T113000"),
    ]);
    check(
        WEEKLY,
        &format!("{first}\n---\n{rest}"),
        &[
            "a: split into a_R20260317T090000 at 03-17 09:00",
            "a_R20260317T090000 03-17 09:00: retimed: 03-17 09:00 30min -> 03-17 10:00 30min … 06-30 08:00 30min -> 06-30 09:00 30min (16)",
        ],
    );
    // Other providers make up a UID; the people and the title tell.
    check(
        WEEKLY,
        &format!(
            "{first}\n---\n{}",
            rest.replace("UID:a_R20260317T090000", "UID:b")
        ),
        &[
            "a: split into b at 03-17 09:00",
            "b 03-17 09:00: retimed: 03-17 09:00 30min -> 03-17 10:00 30min … 06-30 08:00 30min -> 06-30 09:00 30min (16)",
        ],
    );
}

#[test]
fn a_series_deleted_and_created_again_goes_on() {
    check(
        WEEKLY,
        &weekly(&[
            ("UID:a", "UID:b"),
            ("20260106T100000", "20260318T100000"),
            ("20260106T103000", "20260318T103000"),
        ]),
        &[
            "a: recreated as b",
            "b 03-17 09:00: retimed: 03-17 09:00 30min -> 03-18 09:00 30min … 06-30 08:00 30min -> 07-01 08:00 30min (16)",
            "b 03-03 09:00: left view: 03-03 09:00 30min",
            "b 03-10 09:00: vanished: 03-10 09:00 30min",
        ],
    );
}
