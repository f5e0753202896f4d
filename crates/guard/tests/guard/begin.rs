//! Times at which a 1:1 that has none to come could begin again, for good.

use crate::small::{ANA, MAYA, ONE, Small, at, meeting_of};
use jiff::civil::{Weekday, date};
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::begin::{Begin, intent, times};
use steadfast_guard::ids::OneOnOneId;
use steadfast_guard::intent::What;
use steadfast_guard::policy::{How, Level, Refused};
use steadfast_guard::threats::no_future;
use steadfast_guard::world::one_on_one::OneOnOne;
use steadfast_guard::world::person::Person;
use steadfast_ledger::occurrence::Class;

const NEW: OneOnOneId = OneOnOneId(7);

/// Maya and Ana, who have none.
fn none_yet(cadence_days: i64) -> Small {
    let mut small = Small::advised();
    let like = small.world.one_on_one(ONE).unwrap().clone();
    small.world.put_one_on_one(OneOnOne {
        id: NEW,
        report: ANA,
        cadence_days,
        has_met: false,
        has_series: false,
        recent: Vec::new(),
        ..like
    });
    small
}

fn found(small: &Small) -> Vec<Begin> {
    times(
        &small.world,
        small.world.one_on_one(NEW).unwrap(),
        &[],
        small.now,
    )
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

#[test]
fn three_on_different_days_in_hours_and_free_for_both_in_the_next_weeks() {
    let small = none_yet(7);
    let found = found(&small);
    assert_eq!(found.len(), 3);
    let mut days: Vec<Weekday> = Vec::new();
    for begin in &found {
        assert_eq!(begin.every_weeks, 1);
        assert!(begin.first.start >= at(3, 5, 0), "time to arrange for it");
        assert!(begin.first.start <= at(10, 9, 0), "within eight days");
        assert_eq!(begin.first.minutes(), 30);
        assert!(begin.free >= 3, "{begin:?}");
        let day = begin.first.start.date(&TimeZone::UTC).weekday();
        assert!(!days.contains(&day));
        days.push(day);
        for week in 0..3 {
            let slot = Slot::new(
                begin.first.start.plus_days(7 * week),
                begin.first.end.plus_days(7 * week),
            );
            for person in [MAYA, ANA] {
                assert!(small.world.is_free(person, slot, None, small.now));
                let hours = small.world.working(person, slot);
                assert_eq!(hours, [slot], "within the hours of both");
            }
        }
    }
}

#[test]
fn what_takes_the_time_of_one_in_any_of_the_weeks_is_not_shown() {
    let before = found(&none_yet(7));
    let taken = before[0].first;
    for (person, week) in [(MAYA, 0), (ANA, 2), (MAYA, 3)] {
        let mut small = none_yet(7);
        let at = Slot::new(
            taken.start.plus_days(7 * week),
            taken.end.plus_days(7 * week),
        );
        small.put(meeting_of(at, person, Class::Other, &[person]));
        let now = found(&small);
        assert!(
            now.iter().all(|begin| begin.first != taken),
            "{person:?} has something in week {week}"
        );
    }
}

#[test]
fn leave_in_a_later_week_is_no_reason_against_it_and_the_first_lies_outside_of_it() {
    let mut small = none_yet(7);
    let ana = small.world.person(ANA).unwrap().clone();
    small.world.put_person(
        ANA,
        Person {
            leave: vec![Slot::new(at(16, 0, 0), at(21, 0, 0))],
            ..ana.clone()
        },
    );
    assert_eq!(found(&small).len(), 3);
    small.world.put_person(
        ANA,
        Person {
            leave: vec![Slot::new(at(2, 0, 0), at(7, 0, 0))],
            ..ana
        },
    );
    let found = found(&small);
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|begin| begin.first.start >= at(9, 0, 0)));
}

#[test]
fn every_two_weeks_is_asked_of_those_weeks_alone() {
    let mut small = none_yet(14);
    let first = found(&small)[0].first;
    assert_eq!(found(&small)[0].every_weeks, 2);
    let between = Slot::new(first.start.plus_days(7), first.end.plus_days(7));
    small.put(meeting_of(between, MAYA, Class::Other, &[MAYA]));
    assert_eq!(found(&small)[0].first, first);
}

#[test]
fn it_stays_at_its_hour_when_the_managers_clock_goes_forward() {
    // Summer time begins on 29 March 2026 in Berlin: the weeks before lie an hour later in UTC.
    let mut small = none_yet(7);
    small.now = at(20, 9, 0);
    for person in [MAYA, ANA] {
        let known = small.world.person(person).unwrap().clone();
        let there = Person {
            zone: zone("Europe/Berlin"),
            ..known
        };
        small.world.put_person(person, there);
    }
    let full = |day: i8, from: i8, to: i8| {
        let civil = |hour| date(2026, 3, day).at(hour, 0, 0, 0);
        let moment = |hour| {
            let zoned = civil(hour).to_zoned(zone("Europe/Berlin")).unwrap();
            Instant::from(zoned.timestamp())
        };
        Slot::new(moment(from), moment(to))
    };
    // After the change only 11 to 12 on their clock is free on Tuesdays.
    small.put(meeting_of(full(31, 8, 11), MAYA, Class::Other, &[MAYA]));
    small.put(meeting_of(full(31, 12, 18), MAYA, Class::Other, &[MAYA]));
    // And on the other days of the week before next to nothing is.
    for day in [23, 25, 26] {
        small.put(meeting_of(full(day, 8, 18), MAYA, Class::Other, &[MAYA]));
    }
    let tuesday = |begin: &&Begin| {
        let day = begin.first.start.date(&zone("Europe/Berlin"));
        day.weekday() == Weekday::Tuesday
    };
    let found = found(&small);
    let on_tuesday = found.iter().find(tuesday).unwrap();
    assert_eq!(
        on_tuesday.first.start.date(&zone("Europe/Berlin")),
        date(2026, 3, 24)
    );
    let hour = on_tuesday.first.start.civil(&zone("Europe/Berlin")).hour();
    assert_eq!(hour, 11);
}

#[test]
fn it_begins_by_the_managers_word_alone_and_never_under_a_switch_or_where_one_only_watches() {
    let mut small = none_yet(7);
    let one = small.world.one_on_one(NEW).unwrap().clone();
    let begin = found(&small)[0];
    let intent = intent(&one, begin, "there is none".to_owned());
    assert_eq!(intent.how, How::ByOwner);
    assert_eq!(small.guard().permits(&intent), Ok(()));
    // Nothing begins by itself, whatever the policy.
    small.policies.organisation.level = Level::Defend;
    let decision = small.guard().decide(&[]);
    assert!(decision.intents.is_empty());
    small.policies.stopped.insert(MAYA);
    assert_eq!(small.guard().permits(&intent), Err(Refused::Stopped));
    small.policies.stopped.clear();
    small.policies.organisation.level = Level::Watch;
    assert_eq!(small.guard().permits(&intent), Err(Refused::OnlyWatches));
    small.policies.organisation.level = Level::Advise;
    assert!(no_future(&small.world, NEW, small.now).is_some());
    small.execute(std::slice::from_ref(&intent));
    assert_eq!(no_future(&small.world, NEW, small.now), None);
    assert!(matches!(intent.what, What::Begin { every_weeks: 1, .. }));
    let meets = small.world.around(ANA, begin.first).next().unwrap();
    assert_eq!(meets.slot, begin.first);
}
