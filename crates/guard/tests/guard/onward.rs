//! Times to which a 1:1 could go for good, and when that is shown.

use crate::small::{BEN, MAYA, ONE, Small, THE_FIRST, at, meeting_of, slot};
use jiff::tz::TimeZone;
use steadfast_calendar::Slot;
use steadfast_guard::ids::MeetingId;
use steadfast_guard::intent::What;
use steadfast_guard::onward::{Coming, Onward, intent, is_fought_over, times};
use steadfast_guard::policy::{Level, Refused};
use steadfast_guard::world::meeting::Meeting;
use steadfast_ledger::occurrence::Class;

/// Tuesdays at ten, of which two are told of.
fn coming() -> [Coming; 2] {
    [(THE_FIRST, 3), (MeetingId(2), 10)].map(|(meeting, day)| Coming {
        meeting,
        ruled: at(day, 10, 0),
    })
}

fn found(small: &Small) -> Vec<Onward> {
    let one = small.world.one_on_one(ONE).unwrap();
    times(&small.world, one, (&coming(), 1), &[], small.now)
}

#[test]
fn three_in_the_week_of_the_first_that_can_still_go_on_different_days_and_free() {
    let small = Small::advised();
    let found = found(&small);
    assert_eq!(found.len(), 3);
    let day = |time: &Onward| time.first.start.date(&TimeZone::UTC);
    for time in &found {
        // Monday of this week is too soon for it: it could go there from the next week on.
        let next = if day(time) >= at(9, 0, 0).date(&TimeZone::UTC) {
            (MeetingId(2), at(9, 0, 0)..at(16, 0, 0))
        } else {
            (THE_FIRST, at(3, 5, 0)..at(9, 0, 0))
        };
        assert_eq!(time.meeting, next.0, "{time:?}");
        assert!(next.1.contains(&time.first.start), "{time:?}");
        assert_eq!(time.first.minutes(), 30);
        assert!(time.free >= 3, "{time:?}");
        assert!(time.first.start != at(3, 10, 0) && time.first.start != at(10, 10, 0));
    }
    let mut days: Vec<_> = found.iter().map(|time| day(time).weekday()).collect();
    days.dedup();
    assert_eq!(days.len(), 3);
}

#[test]
fn what_takes_the_time_of_one_in_any_of_the_weeks_is_not_shown_and_its_own_takes_none() {
    let taken = found(&Small::advised())[0].first;
    for (person, week) in [(MAYA, 0), (BEN, 2)] {
        let mut small = Small::advised();
        let at = Slot::new(
            taken.start.plus_days(7 * week),
            taken.end.plus_days(7 * week),
        );
        small.put(meeting_of(at, person, Class::Other, &[person]));
        assert!(found(&small).iter().all(|time| time.first != taken));
    }
    // All but an hour around its own time is taken: that is what is left.
    let mut small = Small::advised();
    for day in [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20] {
        for (from, minutes) in [(0, 600), (11, 780)] {
            small.put(meeting_of(
                slot(day, from, 0, minutes),
                MAYA,
                Class::Other,
                &[MAYA],
            ));
        }
    }
    let left = found(&small);
    assert!(!left.is_empty());
    assert!(left.iter().all(|time| {
        let civil = time.first.start.civil(&TimeZone::UTC);
        civil.hour() == 10 && time.first.start != at(3, 10, 0)
    }));
}

#[test]
fn it_is_fought_over_where_something_lies_over_several_to_come() {
    let mut small = Small::advised();
    assert!(!is_fought_over(&small.world, ONE, small.now));
    for day in [3, 10] {
        small.put(meeting_of(
            slot(day, 10, 0, 60),
            MAYA,
            Class::Other,
            &[MAYA, BEN],
        ));
        assert_eq!(is_fought_over(&small.world, ONE, small.now), day == 10);
    }
}

#[test]
fn it_is_the_managers_own_word_within_what_is_theirs() {
    let mut small = Small::advised();
    let time = found(&small)[0];
    let asked = |small: &Small| {
        let one = small.world.one_on_one(ONE).unwrap().clone();
        let version = small.world.meeting(time.meeting).unwrap().version;
        intent(&one, time, version, "it was fought over".to_owned())
    };
    let tapped = asked(&small);
    assert_eq!(
        tapped.what,
        What::Onward {
            meeting: time.meeting,
            first: time.first
        }
    );
    assert_eq!(small.guard().permits(&tapped), Ok(()));
    // All of the series that are to come go, each by as much.
    let mut after = small.world.clone();
    after.apply(&tapped, MeetingId(999), small.now).unwrap();
    let gone = time
        .first
        .start
        .seconds_since(small.world.meeting(time.meeting).unwrap().slot.start);
    for one in coming() {
        let stands = after.meeting(one.meeting).unwrap().slot.start;
        let is_later = one.ruled >= small.world.meeting(time.meeting).unwrap().slot.start;
        let went = if is_later { gone } else { 0 };
        assert_eq!(stands, one.ruled.plus_seconds(went));
    }
    for (level, stopped, refused) in [
        (Level::Watch, false, Refused::OnlyWatches),
        (Level::Defend, true, Refused::Stopped),
    ] {
        let mut small = Small::advised();
        small.policies.organisation.level = level;
        small.policies.stopped.extend(stopped.then_some(MAYA));
        assert_eq!(small.guard().permits(&asked(&small)), Err(refused));
    }
    // Of a series that Ben organises it is not hers to end.
    let theirs = small.world.meeting(time.meeting).unwrap().clone();
    small.world.put_meeting(Meeting {
        organiser: BEN,
        ..theirs
    });
    let by_ben = asked(&small);
    assert_eq!(small.guard().permits(&by_ben), Err(Refused::NotTheirs));
}
