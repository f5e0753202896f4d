//! Both copies of one 1:1, looked at at different moments: a weekly 1:1 of Maya, who organises it, and Ben, on Tuesdays at
//! 14:00 UTC. That of 13 January leaves one copy or both.

use steadfast_app::audit::{Audit, Options};
use steadfast_calendar::Instant;

const MAYA: &str = "maya@example.com";
const BEN: &str = "ben@example.com";

/// One copy, in one of its states.
#[derive(Clone, Copy)]
enum Copy {
    Whole,
    /// Without 13 January, which whoever wrote it counts as a new version.
    Without,
    /// Ben said no to 13 January.
    Declined,
    /// 13 January is told as cancelled.
    Cancelled,
    /// All of it is two hours later.
    Later,
}

fn calendar(copy: Copy) -> String {
    let people = |bens: &str| {
        format!(
            "ORGANIZER:mailto:{MAYA}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{MAYA}\nATTENDEE;PARTSTAT={bens}:mailto:{BEN}"
        )
    };
    let event = |start: &str, more: &str, bens: &str| {
        format!(
            "BEGIN:VEVENT\nUID:a\nDTSTART:{start}\nDURATION:PT30M\nSUMMARY:1:1 Maya / Ben\n{more}\n{}\nEND:VEVENT\n",
            people(bens)
        )
    };
    let (more, own) = match copy {
        Copy::Whole => ("SEQUENCE:0", String::new()),
        Copy::Later => ("SEQUENCE:1", String::new()),
        Copy::Cancelled => (
            "SEQUENCE:0",
            event(
                "20260113T140000Z",
                "RECURRENCE-ID:20260113T140000Z\nSEQUENCE:1\nSTATUS:CANCELLED",
                "ACCEPTED",
            ),
        ),
        Copy::Without => ("SEQUENCE:1\nEXDATE:20260113T140000Z", String::new()),
        Copy::Declined => (
            "SEQUENCE:0",
            event(
                "20260113T140000Z",
                "RECURRENCE-ID:20260113T140000Z\nSEQUENCE:0",
                "DECLINED",
            ),
        ),
    };
    let hour = if matches!(copy, Copy::Later) { 16 } else { 14 };
    let series = event(
        &format!("20260106T{hour}0000Z"),
        &format!("RRULE:FREQ=WEEKLY;COUNT=4\n{more}"),
        "ACCEPTED",
    );
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{series}{own}END:VCALENDAR\n")
}

/// What was done with whose calendar.
enum Look<'a> {
    /// It was looked at, and had changed since the moment before, up to which it was known.
    New(&'a str, Copy),
    /// It was looked at, and was as before.
    Same(&'a str),
}

/// What became of 13 January, when the calendars of both were seen so, whole on 10 January at noon.
fn fate(looks: &[(&str, Look<'_>)]) -> String {
    let moment = |text: &str| -> Instant {
        let text = format!("2026-01-{text}:00Z");
        text.parse::<jiff::Timestamp>().expect("a moment").into()
    };
    let mut options = Options::at(moment("30T00:00"));
    options.me = vec![MAYA.to_owned()];
    options.reports = vec![BEN.to_owned()];
    let mut audit = Audit::new(options);
    let mut known = [MAYA, BEN].map(|who| (who, moment("10T12:00")));
    for (who, at) in known {
        let text = calendar(Copy::Whole);
        audit
            .calendar(who, Some(who), Some(at), &mut text.as_bytes())
            .expect("bytes in memory can be read");
        audit.known_until(who, at);
    }
    for (at, look) in looks {
        let (Look::New(who, _) | Look::Same(who)) = look;
        let at = moment(at);
        let until = known.iter_mut().find(|(known, _)| known == who);
        let (_, until) = until.expect("one of the two");
        if let Look::New(who, copy) = look {
            let text = calendar(*copy);
            audit.known_until(who, *until);
            audit
                .calendar(who, Some(who), Some(at), &mut text.as_bytes())
                .expect("bytes in memory can be read");
        }
        *until = at;
    }
    for (who, until) in known {
        audit.known_until(who, until);
    }
    let report = audit.finish();
    let occurrence = &report.pairs[0].occurrences[1];
    occurrence.verdict.to_string()
}

/// Both copies are looked at until long after.
fn until_the_end<'a>(mut looks: Vec<(&'a str, Look<'a>)>) -> String {
    looks.extend([MAYA, BEN].map(|who| ("25T12:00", Look::Same(who))));
    fate(&looks)
}

#[test]
fn taken_off_both_it_is_the_organisers_doing_whichever_was_looked_at_first() {
    for first in [MAYA, BEN] {
        let second = if first == MAYA { BEN } else { MAYA };
        let told = until_the_end(vec![
            ("11T12:00", Look::New(first, Copy::Without)),
            ("12T12:00", Look::New(second, Copy::Without)),
        ]);
        assert!(told.contains("by:manager"), "{first} first: {told}");
    }
}

#[test]
fn of_two_looks_in_one_second_it_is_not_known_which_came_first() {
    let told = until_the_end(vec![
        ("11T12:00", Look::Same(MAYA)),
        ("11T12:00", Look::New(BEN, Copy::Without)),
        ("12T12:00", Look::New(MAYA, Copy::Without)),
    ]);
    assert!(told.contains("by:manager"), "{told}");
}

#[test]
fn taken_off_the_reports_copy_while_the_organisers_was_seen_to_stand_it_is_the_reports_doing() {
    let told = until_the_end(vec![
        ("11T12:00", Look::New(BEN, Copy::Without)),
        ("11T12:01", Look::Same(MAYA)),
    ]);
    assert!(told.contains("by:report"), "{told}");
    let told = until_the_end(vec![
        ("11T12:00", Look::New(BEN, Copy::Without)),
        ("11T12:01", Look::Same(MAYA)),
        ("12T11:00", Look::New(MAYA, Copy::Without)),
    ]);
    assert!(told.contains("by:report"), "then taken off both: {told}");
}

#[test]
fn where_the_organisers_copy_is_not_seen_again_nobody_knows() {
    let told = fate(&[
        ("11T12:00", Look::New(BEN, Copy::Without)),
        ("25T12:00", Look::Same(BEN)),
    ]);
    assert_eq!(told, "unknown q:0");
}

#[test]
fn a_declined_answer_is_its_owners_word_without_another_look() {
    let told = fate(&[
        ("11T12:00", Look::New(BEN, Copy::Declined)),
        ("25T12:00", Look::Same(BEN)),
    ]);
    assert!(told.contains("by:report"), "{told}");
}

#[test]
fn what_the_reports_copy_is_told_was_cancelled_is_not_their_doing() {
    let told = until_the_end(vec![("11T12:00", Look::New(BEN, Copy::Cancelled))]);
    assert_eq!(told, "unknown q:0", "the organiser's copy still has it");
    let told = until_the_end(vec![
        ("11T12:00", Look::New(BEN, Copy::Cancelled)),
        ("11T12:00", Look::New(MAYA, Copy::Without)),
    ]);
    assert!(told.contains("by:manager"), "{told}");
}

/// All that is told, where Maya's calendar is known from 5 January on and Ben's is first looked at then: re-timed on the 10th.
fn re_timed(bens_first: &str) -> Vec<String> {
    let moment = |day: &str| -> Instant {
        let text = format!("2026-01-{day}T12:00:00Z");
        text.parse::<jiff::Timestamp>().expect("a moment").into()
    };
    let mut options = Options::at(moment("30"));
    options.me = vec![MAYA.to_owned()];
    options.reports = vec![BEN.to_owned()];
    let mut audit = Audit::new(options);
    for (day, who, copy) in [
        ("05", MAYA, Copy::Whole),
        (bens_first, BEN, Copy::Whole),
        ("10", MAYA, Copy::Later),
        ("10", BEN, Copy::Later),
    ] {
        audit.snapshot(moment(day));
        let text = calendar(copy);
        audit
            .calendar(who, Some(who), Some(moment(day)), &mut text.as_bytes())
            .expect("bytes in memory can be read");
    }
    audit.snapshot(moment("30"));
    let report = audit.finish();
    let all = report.pairs[0].occurrences.iter();
    all.map(|o| format!("{} {}", o.promised.start, o.verdict))
        .collect()
}

#[test]
fn a_second_calendar_that_is_looked_at_later_promises_nothing_twice() {
    let at_once = re_timed("05");
    assert_eq!(at_once.len(), 4, "{at_once:?}");
    assert_eq!(re_timed("07"), at_once);
}
