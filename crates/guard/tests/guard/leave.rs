//! Leave over a 1:1: it stands there, was taken off for it, or passed under it.

use crate::small::*;
use crate::threats::{kinds, measures};
use steadfast_guard::decide::Decision;
use steadfast_guard::intent::{Measure, What};
use steadfast_guard::offer::{Offer, Picked};
use steadfast_guard::threats::Kind;
use steadfast_ledger::case::Who;

#[test]
fn leave_over_it_asks_for_another_time_before_or_after() {
    let mut small = Small::defended();
    let mut maya = small.world.person(MAYA).unwrap().clone();
    maya.leave.push(slot(3, 0, 0, 24 * 60));
    small.world.put_person(MAYA, maya);
    assert_eq!(kinds(&small), [Kind::Leave]);
    small.round();
    let offered = small.own.offer(FIRST).unwrap().slots.clone();
    assert!(
        offered
            .iter()
            .all(|offer| offer.start < at(3, 0, 0) || offer.start >= at(4, 0, 0))
    );
    small.own.picked(FIRST, Picked::Slot(offered[0]));
    small.round();
    assert_eq!(small.world.meeting(THE_FIRST).unwrap().slot, offered[0]);
    assert_eq!(kinds(&small), []);
}

/// What is decided after the first passed under Maya's leave: it was offered elsewhere before, or not, and this was answered since.
fn after_it_passed(is_offered: bool, picked: Option<Picked>) -> (Small, Decision) {
    let mut small = Small::defended();
    let mut maya = small.world.person(MAYA).unwrap().clone();
    maya.leave.push(slot(3, 0, 0, 24 * 60));
    small.world.put_person(MAYA, maya);
    if is_offered {
        let offer = Offer {
            at: small.now,
            slots: vec![slot(5, 10, 0, 30)],
            by_owner: true,
            answer: None,
        };
        small.own.offered(FIRST, offer);
    }
    small.now = at(3, 12, 0);
    if let Some(picked) = picked {
        small.own.picked(FIRST, picked);
    }
    let decision = small.round();
    (small, decision)
}

#[test]
fn what_is_picked_after_it_passed_under_leave_is_booked_once() {
    let picked = slot(5, 10, 0, 30);
    let (mut small, decision) = after_it_passed(true, Some(Picked::Slot(picked)));
    let booked: Vec<&What> = decision.intents.iter().map(|intent| &intent.what).collect();
    let people = [MAYA, BEN];
    assert!(
        booked.contains(&&What::Book {
            people,
            slot: picked
        }),
        "{booked:?}"
    );
    assert_eq!(decision.threats[0].because, "you were away then");
    // The one that passed stays where it was.
    assert_eq!(
        small.world.meeting(THE_FIRST).unwrap().slot,
        slot(3, 10, 0, 30)
    );
    let after = small.round();
    assert!(!after.writes() && after.threats.is_empty());
}

#[test]
fn one_that_passed_under_leave_is_offered_nothing_and_booked_nowhere_unasked() {
    for (is_offered, picked) in [(false, None), (true, None), (true, Some(Picked::None))] {
        let (mut small, decision) = after_it_passed(is_offered, picked);
        assert!(!decision.writes(), "{decision:?}");
        // It waits for the answer as long as there can be one.
        let waits = is_offered && picked.is_none();
        assert_eq!(!decision.threats.is_empty(), waits);
        small.now = at(4, 18, 0);
        let decision = small.round();
        assert!(!decision.writes(), "{decision:?}");
    }
}

#[test]
fn one_that_is_off_for_leave_is_leave_and_no_act_of_anybody() {
    for who in [MAYA, BEN] {
        let mut small = Small::defended();
        let mut away = small.world.person(who).unwrap().clone();
        away.leave.push(slot(3, 0, 0, 24 * 60));
        small.world.put_person(who, away);
        small.world.call_off(THE_FIRST, Who::Manager, small.now);
        let threats = small.decide().threats;
        let told: Vec<(Kind, &str)> = threats
            .iter()
            .map(|threat| (threat.kind, threat.because.as_str()))
            .collect();
        let because = if who == MAYA {
            "you are away then, and it is off the calendar"
        } else {
            "your report is away then, and it is off the calendar"
        };
        assert_eq!(told, [(Kind::Leave, because)]);
        assert!(measures(&small).contains(&Measure::MakeGood));
        // Once it is past, the same as what was.
        small.now = at(3, 12, 0);
        let threats = small.decide().threats;
        let was = because.replace(" is ", " was ").replace(" are ", " were ");
        let told = threats.iter().map(|threat| threat.because.as_str());
        assert_eq!(told.collect::<Vec<_>>(), [was]);
    }
}
