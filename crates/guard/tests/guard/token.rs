//! A 1:1 of which a few minutes stood counts as lost: it is owed after it is over as before.

use crate::small::*;
use steadfast_guard::offer::Picked;
use steadfast_guard::threats::Kind;
use steadfast_ledger::case::Who;

fn kinds(small: &Small) -> Vec<Kind> {
    let decision = small.decide();
    decision.threats.iter().map(|threat| threat.kind).collect()
}

#[test]
fn a_token_that_is_over_is_owed_and_what_was_picked_after_it_is_booked() {
    let mut small = Small::defended();
    let cut = |small: &mut Small, minutes| {
        let to = slot(3, 10, 0, minutes);
        let cut = small.world.reslot(THE_FIRST, to, Who::Manager, small.now);
        cut.unwrap();
    };
    cut(&mut small, 20);
    small.now = at(3, 12, 0);
    assert_eq!(kinds(&small), [], "it took place");
    small.now = at(2, 9, 0);
    cut(&mut small, 5);
    small.round();
    let offered = small.own.offer(FIRST).unwrap().slots[2];
    small.now = at(3, 12, 0);
    assert_eq!(kinds(&small), [Kind::Cut]);
    small.own.picked(FIRST, Picked::Slot(offered));
    small.round();
    let made = small.world.promise(FIRST).unwrap().replaced_by.unwrap();
    assert_eq!(small.world.meeting(made).unwrap().slot, offered);
    assert_eq!(kinds(&small), []);
    // That one is taken off again: the five minutes are all that there was.
    small.world.call_off(made, Who::Manager, small.now);
    assert_eq!(kinds(&small), [Kind::Cut]);
    // Told once, where somebody says that not even those were.
    small.world.promise_mut(FIRST).unwrap().not_held = Some(THE_FIRST);
    assert_eq!(kinds(&small), [Kind::Cancelled]);
    small.world.promise_mut(FIRST).unwrap().not_held = None;
    small.now = at(10, 0, 0);
    assert_eq!(kinds(&small), [], "and the next one has come");
}
