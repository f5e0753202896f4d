//! What the 56 calendars of the conformance table leave open.

use super::*;
use crate::{reader::Reader, recur, series::group};

fn series(events: &str) -> Vec<Series> {
    let mut text = String::from("BEGIN:VCALENDAR\r\n");
    for event in events.split("---") {
        text.push_str("BEGIN:VEVENT\r\nUID:a\r\n");
        for line in event.lines().map(str::trim).filter(|l| !l.is_empty()) {
            text.push_str(line);
            text.push_str("\r\n");
        }
        text.push_str("END:VEVENT\r\n");
    }
    text.push_str("END:VCALENDAR\r\n");
    group(Reader::read(text.as_bytes()).events)
}

fn day(text: &str) -> Instant {
    let date: jiff::civil::Date = text.parse().unwrap();
    Instant::from_seconds(Wall::from(date).0)
}

fn spelt(at: Instant) -> String {
    at.civil(&TimeZone::UTC).strftime("%m-%d %H:%M").to_string()
}

fn line(i: &Instance) -> String {
    let slot = |slot: Slot| {
        let id = if slot.start == i.id {
            "=".to_owned()
        } else {
            spelt(slot.start)
        };
        format!("{id} {}min", slot.minutes())
    };
    let ruled = i.ruled.map_or("orphan".to_owned(), slot);
    match (i.standing, i.slot) {
        (Standing::AsRuled, Some(stands)) if Some(stands) == i.ruled => {
            format!("{} {ruled}", spelt(i.id))
        }
        (Standing::Overridden(n), Some(stands)) => {
            format!("{} {ruled} override {n}: {}", spelt(i.id), slot(stands))
        }
        (standing, None) => format!("{} {ruled} {standing:?}", spelt(i.id)),
        (standing, Some(_)) => format!("{} {standing:?} is wrong", spelt(i.id)),
    }
}

/// Expands March 2026, dates and floating times in Berlin.
#[track_caller]
fn check(events: &str, expected: &[&str]) {
    check_window(events, "2026-03-01", "2026-04-01", expected);
}

#[track_caller]
fn check_window(events: &str, from: &str, to: &str, expected: &[&str]) {
    let window = Window {
        from: day(from),
        to: day(to),
    };
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let all = series(events);
    let given: Vec<String> = all
        .iter()
        .flat_map(|s| expand(s, &berlin, window))
        .map(|i| line(&i))
        .collect();
    assert_eq!(given, expected);
}

/// Weekly on Tuesdays, 9:00 UTC, three times from 3 March.
const THREE: &str = "DTSTART:20260303T090000Z\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;COUNT=3\n";

fn three(more: &str) -> String {
    format!("{THREE}{more}")
}

#[test]
fn a_single_event_is_one_instance() {
    check(
        "DTSTART:20260303T090000Z\nDTEND:20260303T100000Z",
        &["03-03 09:00 = 60min"],
    );
    check(
        "DTSTART:20260303T090000Z\nDTEND:20260303T080000Z",
        &["03-03 09:00 = 0min"],
    );
    check("DTSTART:20260403T090000Z\nDTEND:20260403T100000Z", &[]);
}

#[test]
fn an_exclusion_wins_over_an_override() {
    check(
        &three(
            "EXDATE:20260310T090000Z\n---\nRECURRENCE-ID:20260310T090000Z\nDTSTART:20260311T090000Z\nDURATION:PT30M",
        ),
        &[
            "03-03 09:00 = 30min",
            "03-10 09:00 = 30min Excluded",
            "03-17 09:00 = 30min",
        ],
    );
}

#[test]
fn a_cancelled_series_is_cancelled_all_through() {
    check(
        &three(
            "STATUS:CANCELLED\n---\nRECURRENCE-ID:20260310T090000Z\nDTSTART:20260311T090000Z\nDURATION:PT30M",
        ),
        &[
            "03-03 09:00 = 30min Cancelled(None)",
            "03-10 09:00 = 30min Cancelled(None)",
            "03-17 09:00 = 30min Cancelled(None)",
        ],
    );
}

#[test]
fn an_instance_that_was_put_on_after_its_series_was_cancelled_stands() {
    check(
        &three(
            "STATUS:CANCELLED\nSEQUENCE:2\nLAST-MODIFIED:20260101T000000Z\n---\nRECURRENCE-ID:20260310T090000Z\nDTSTART:20260311T090000Z\nDURATION:PT30M\nSEQUENCE:3\nLAST-MODIFIED:20260102T000000Z\n---\nRECURRENCE-ID:20260317T090000Z\nDTSTART:20260318T090000Z\nDURATION:PT30M\nSEQUENCE:1\nLAST-MODIFIED:20260102T000000Z",
        ),
        &[
            "03-03 09:00 = 30min Cancelled(None)",
            "03-10 09:00 = 30min override 0: 03-11 09:00 30min",
            "03-17 09:00 = 30min Cancelled(None)",
        ],
    );
}

#[test]
fn overrides_that_the_rule_does_not_give_are_orphans() {
    check(
        &three(
            "---\nRECURRENCE-ID:20260324T090000Z\nDTSTART:20260325T090000Z\nDURATION:PT30M\n---\nRECURRENCE-ID:20260304T090000Z\nDTSTART:20260304T090000Z\nSTATUS:CANCELLED",
        ),
        &[
            "03-03 09:00 = 30min",
            "03-04 09:00 orphan Cancelled(Some(1))",
            "03-10 09:00 = 30min",
            "03-17 09:00 = 30min",
            "03-24 09:00 orphan override 0: 03-25 09:00 30min",
        ],
    );
}

#[test]
fn an_instance_is_in_the_window_by_its_identity_or_its_slot() {
    let moved =
        three("---\nRECURRENCE-ID:20260303T090000Z\nDTSTART:20260325T090000Z\nDURATION:PT30M");
    let line = ["03-03 09:00 = 30min override 0: 03-25 09:00 30min"];
    check_window(&moved, "2026-03-25", "2026-03-26", &line);
    check_window(&moved, "2026-03-03", "2026-03-04", &line);
    check_window(&moved, "2026-03-04", "2026-03-05", &[]);
}

#[test]
fn this_and_future_holds_until_the_next_and_leaves_single_overrides_alone() {
    check(
        "DTSTART;TZID=Europe/Berlin:20260316T100000\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6\n---
         RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260318T100000\nDTSTART;TZID=Europe/Berlin:20260318T140000\nDURATION:PT60M\n---
         RECURRENCE-ID;TZID=Europe/Berlin:20260323T100000\nDTSTART;TZID=Europe/Berlin:20260324T080000\nDURATION:PT15M\n---
         RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260330T100000\nDTSTART;TZID=Europe/Berlin:20260331T090000\nDURATION:PT45M",
        &[
            "03-16 09:00 = 30min",
            "03-18 09:00 03-18 13:00 60min override 0: 03-18 13:00 60min",
            "03-23 09:00 03-23 13:00 60min override 1: 03-24 07:00 15min",
            "03-25 09:00 03-25 13:00 60min",
            "03-30 08:00 03-31 07:00 45min override 2: 03-31 07:00 45min",
        ],
    );
}

#[test]
fn a_cancelled_this_and_future_cancels_all_that_follow() {
    check(
        &three(
            "---\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260310T090000Z\nDTSTART:20260310T090000Z\nSTATUS:CANCELLED",
        ),
        &[
            "03-03 09:00 = 30min",
            "03-10 09:00 = 30min Cancelled(Some(0))",
            "03-17 09:00 = 30min Cancelled(Some(0))",
        ],
    );
}

#[test]
fn periods_and_dates_among_timed_instances() {
    check(
        "DTSTART;TZID=Europe/Berlin:20260303T100000\nDURATION:PT30M\nRDATE;VALUE=PERIOD:20260305T090000Z/20260305T110000Z\nRDATE;VALUE=DATE:20260306",
        &[
            "03-03 09:00 = 30min",
            "03-05 09:00 = 120min",
            "03-06 09:00 = 30min",
        ],
    );
    // A period says more than the rule that gives the same moment.
    check(
        &three("RDATE;VALUE=PERIOD:20260310T090000Z/PT2H"),
        &[
            "03-03 09:00 = 30min",
            "03-10 09:00 = 120min",
            "03-17 09:00 = 30min",
        ],
    );
}

#[test]
fn dtstart_counts_even_where_its_rule_does_not_give_it() {
    check(
        "DTSTART:20260303T090000Z\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2",
        &[
            "03-03 09:00 = 30min",
            "03-05 09:00 = 30min",
            "03-12 09:00 = 30min",
        ],
    );
    check(
        "DTSTART:20260303T090000Z\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;UNTIL=20260101T000000Z",
        &["03-03 09:00 = 30min"],
    );
}

#[test]
fn floating_values_are_on_the_masters_clock() {
    check(
        "DTSTART;TZID=America/New_York:20260303T100000\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260310T100000\n---
         RECURRENCE-ID:20260317T100000\nDTSTART:20260317T120000\nDURATION:PT30M",
        &[
            "03-03 15:00 = 30min",
            "03-10 14:00 = 30min Excluded",
            "03-17 14:00 = 30min override 0: 03-17 16:00 30min",
        ],
    );
}

#[test]
fn whole_days_follow_the_clock_of_whoever_looks() {
    // The clock of Berlin is put forward on 29 March: that day has 23 hours.
    check(
        "DTSTART;VALUE=DATE:20260328\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260329T220000Z",
        &[
            "03-27 23:00 = 1440min",
            "03-28 23:00 = 1380min",
            "03-29 22:00 = 1440min Excluded",
            "03-30 22:00 = 1440min",
        ],
    );
}

#[test]
fn hours_across_a_gap_of_the_clock_come_once_and_in_order() {
    check_window(
        "DTSTART;TZID=Europe/Berlin:20260329T003000\nDURATION:PT5M\nRRULE:FREQ=HOURLY;COUNT=5",
        "2026-03-28",
        "2026-03-30",
        &[
            "03-28 23:30 = 5min",
            "03-29 00:30 = 5min",
            "03-29 01:30 = 5min",
            "03-29 02:30 = 5min",
        ],
    );
    check_window(
        "DTSTART;TZID=Europe/Berlin:20260329T013000\nDURATION:PT5M\nRRULE:FREQ=MINUTELY;INTERVAL=45;COUNT=4",
        "2026-03-28",
        "2026-03-30",
        &[
            "03-29 00:30 = 5min",
            "03-29 01:00 = 5min",
            "03-29 01:15 = 5min",
            "03-29 01:45 = 5min",
        ],
    );
}

#[test]
fn an_override_without_an_end_lasts_as_long_as_its_master() {
    check(
        &three("---\nRECURRENCE-ID:20260310T090000Z\nDTSTART:20260310T110000Z"),
        &[
            "03-03 09:00 = 30min",
            "03-10 09:00 = 30min override 0: 03-10 11:00 30min",
            "03-17 09:00 = 30min",
        ],
    );
}

#[test]
fn an_unreadable_rule_leaves_dtstart_and_is_reported() {
    let text = "DTSTART:20260303T090000Z\nDURATION:PT30M\nRRULE:FREQ=DAILY;COUNT=-1";
    check(text, &["03-03 09:00 = 30min"]);
    let all = series(text);
    let warnings = recur::check(all[0].master.as_deref().unwrap());
    let said: Vec<&str> = warnings.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(
        said,
        ["RRULE: COUNT is not positive and there is no UNTIL; the rule is not followed"]
    );
}

#[test]
fn an_endless_rule_is_cut_short_and_says_so() {
    let mut expander = Expander::new(TimeZone::UTC);
    let window = Window {
        from: day("2026-01-01"),
        to: day("2027-01-01"),
    };
    let count = |expander: &mut Expander, events: &str| {
        let mut count = 0;
        for one in series(events) {
            expander.for_each(&one, window, |_| count += 1);
        }
        count
    };
    assert_eq!(
        count(&mut expander, "DTSTART:19900101T090000Z\nRRULE:FREQ=DAILY"),
        365
    );
    assert!(!expander.truncated());
    assert_eq!(
        count(
            &mut expander,
            "DTSTART:19900101T090000Z\nRRULE:FREQ=SECONDLY"
        ),
        50_000
    );
    assert!(expander.truncated());
    // A file full of them costs no more than a few.
    for _ in 0..30 {
        count(
            &mut expander,
            "DTSTART:20260101T090000Z\nRRULE:FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
        );
    }
    assert_eq!(
        count(
            &mut expander,
            "DTSTART:20260101T090000Z\nRRULE:FREQ=SECONDLY"
        ),
        1
    );
}

// Putting events together.

fn only(events: &str) -> Series {
    let mut all = series(events);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn an_older_copy_further_down_does_not_win() {
    let copy = |sequence: u32, stamp: &str, title: &str| {
        format!(
            "DTSTART:20260303T090000Z\nSEQUENCE:{sequence}\nDTSTAMP:{stamp}T000000Z\nSUMMARY:{title}"
        )
    };
    for (first, second, wins) in [
        (
            copy(2, "20260101", "one"),
            copy(1, "20260201", "two"),
            "one",
        ),
        (
            copy(1, "20260201", "one"),
            copy(1, "20260101", "two"),
            "one",
        ),
        (
            copy(1, "20260101", "one"),
            copy(1, "20260101", "two"),
            "two",
        ),
        (
            copy(1, "20260101", "one"),
            copy(1, "20260201", "two"),
            "two",
        ),
    ] {
        let together = only(&format!("{first}\n---\n{second}"));
        assert_eq!(&*together.master.unwrap().summary, wins);
        let id = "\nRECURRENCE-ID:20260310T090000Z";
        let together = only(&format!("{first}{id}\n---\n{second}{id}"));
        assert_eq!(together.overrides.len(), 1);
        assert_eq!(&*together.overrides[0].summary, wins);
    }
}

#[test]
fn one_instance_named_in_two_zones_is_one() {
    let over = |id: &str, title: &str| {
        format!("RECURRENCE-ID{id}\nDTSTART:20260310T110000Z\nDURATION:PT30M\nSUMMARY:{title}")
    };
    let both = only(&format!(
        "{}\n---\n{}",
        over(":20260310T090000Z", "one"),
        over(";TZID=Europe/Berlin:20260310T100000", "two"),
    ));
    assert_eq!(both.overrides.len(), 1);
    assert_eq!(&*both.overrides[0].summary, "two");
}

#[test]
fn an_event_without_uid_gets_the_same_stand_in_every_time() {
    let read = |text: &str| group(Reader::read(text.as_bytes()).events);
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260303T090000Z\r\nSUMMARY:1\r\nEND:VEVENT\r\n\
                BEGIN:VEVENT\r\nDTSTART:20260303T090000Z\r\nSUMMARY:2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let (one, again) = (read(text), read(text));
    assert_eq!(one.len(), 2);
    assert_eq!(one, again);
    assert_ne!(one[0].uid, one[1].uid);
}
