//! When people are busy, as a calendar server tells of those whose calendars are not seen.

use crate::small::*;
use steadfast_calendar::Slot;
use steadfast_guard::case::Case;
use steadfast_guard::intent::What;
use steadfast_guard::message::Tap;
use steadfast_guard::offer::{Offer, Picked};
use steadfast_guard::policy::Refused;
use steadfast_guard::world::person::Asked;
use steadfast_guard::{begin, slots};
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

fn refused(small: &Small) -> Option<Refused> {
    let decision = small.decide();
    assert!(!decision.writes(), "{:?}", decision.intents);
    let proposal = decision.proposals.first();
    proposal.and_then(|proposal| proposal.refused)
}

/// Ana's calendar is not seen; a calendar server was asked, and says this of her within the week of 2 March.
fn asked_about_ana(small: &mut Small, busy: &[Slot]) {
    let mut ana = small.world.person(ANA).unwrap().clone();
    ana.calendar_seen = false;
    ana.asked = Some(Asked {
        span: Slot::new(at(2, 0, 0), at(7, 0, 0)),
        busy: busy.to_vec(),
    });
    small.world.put_person(ANA, ana);
}

#[test]
fn where_a_calendar_server_says_when_somebody_is_busy_the_other_meeting_goes_to_where_they_are_free()
 {
    let mut small = Small::defended();
    let other = small.put_over_the_first(MAYA, Class::Status);
    let to = |small: &Small| {
        let intents = small.decide().intents;
        intents.iter().find_map(|intent| match intent.what {
            What::Move { meeting, to } if meeting == other => Some(to),
            _ => None,
        })
    };
    // Where it is now is the meeting itself.
    asked_about_ana(&mut small, &[slot(3, 10, 0, 60)]);
    let nearest = to(&small).unwrap();
    asked_about_ana(&mut small, &[slot(3, 9, 0, 9 * 60)]);
    let another_day = to(&small).unwrap();
    assert_ne!(nearest, another_day);
    assert!(
        !another_day.overlaps(slot(3, 9, 0, 9 * 60)),
        "{another_day:?}"
    );
}

#[test]
fn beyond_what_was_asked_nothing_is_known_and_nothing_moves_by_itself() {
    let mut small = Small::defended();
    small.put_over_the_first(MAYA, Class::Status);
    // All week that was asked about she is busy: what is left lies beyond.
    asked_about_ana(&mut small, &[Slot::new(at(2, 0, 0), at(7, 0, 0))]);
    assert_eq!(refused(&small), Some(Refused::CalendarUnseen));
}

#[test]
fn what_is_offered_for_good_and_for_a_lost_one_keeps_clear_of_what_a_server_tells() {
    let mut small = Small::advised();
    let mut ben = small.world.person(BEN).unwrap().clone();
    ben.calendar_seen = false;
    let busy = Slot::new(at(3, 0, 0), at(6, 0, 0));
    ben.asked = Some(Asked {
        span: Slot::new(at(2, 0, 0), at(31, 0, 0)),
        busy: vec![busy],
    });
    small.world.put_person(BEN, ben);
    let case = Case::of(&small.world, FIRST, small.now).unwrap();
    let offered = slots::best(&case, small.now);
    assert!(!offered.is_empty());
    assert!(
        offered.iter().all(|slot| !slot.overlaps(busy)),
        "{offered:?}"
    );
    let one = small.world.one_on_one(ONE).unwrap();
    let begins = begin::times(&small.world, one, &[], small.now);
    assert!(!begins.is_empty());
    assert!(
        begins.iter().all(|begin| !begin.first.overlaps(busy)),
        "{begins:?}"
    );
}

/// The times that the report is offered now for the first one.
fn offered_for_the_first(small: &Small) -> Vec<Slot> {
    let decision = small.decide();
    let offers = decision.intents.iter().filter_map(|one| match &one.what {
        What::Message(message) => message.taps.iter().find_map(|tap| match tap {
            Tap::Pick(slots) => Some(slots.clone()),
            _ => None,
        }),
        _ => None,
    });
    offers.flatten().collect()
}

#[test]
fn what_was_picked_for_another_one_is_offered_no_more_and_nothing_twice_where_no_other_time_is_left()
 {
    let mut small = Small::defended();
    small.world.call_off(THE_FIRST, Who::Manager, small.now);
    let before = offered_for_the_first(&small);
    assert!(!before.is_empty());
    // Not on a calendar yet.
    let offer = Offer {
        at: small.now,
        slots: vec![before[0], slot(9, 10, 0, 30)],
        by_owner: true,
        answer: Some(Picked::Slot(before[0])),
    };
    small.own.offered(SECOND, offer);
    let after = offered_for_the_first(&small);
    assert!(!after.is_empty());
    assert!(
        after.iter().all(|one| !one.overlaps(before[0])),
        "{after:?}"
    );
    let case = Case::of(&small.world, FIRST, small.now).unwrap();
    let all = Slot::new(at(1, 0, 0), at(31, 0, 0));
    assert_eq!(slots::beside(&case, small.now, &[all]), []);
}
