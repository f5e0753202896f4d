//! What becomes of another meeting that made room once stands against nothing else that is done for the 1:1.

use crate::small::*;
use steadfast_guard::offer::Picked;
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

#[test]
fn one_that_is_lost_is_made_good_though_a_program_moved_the_meeting_that_had_made_room() {
    let mut small = Small::defended();
    let status = small.put(meeting_of(
        slot(3, 10, 0, 60),
        MAYA,
        Class::Status,
        &[MAYA, ANA],
    ));
    small.round();
    let moved = small.world.meeting(status).unwrap().slot;
    assert_ne!(moved, slot(3, 10, 0, 60), "it made room");
    // A scheduling program has its own idea of where it goes.
    for (day, hour) in [(4, 14), (5, 15)] {
        small.now = small.now.plus_minutes(10);
        let to = slot(day, hour, 0, 60);
        small
            .world
            .reslot(status, to, Who::Automation, small.now)
            .unwrap();
    }
    small.world.call_off(THE_FIRST, Who::Manager, small.now);
    small.round();
    let offered = small.own.offer(FIRST).unwrap().slots[2];
    small.own.picked(FIRST, Picked::Slot(offered));
    small.round();
    let made = small.world.promise(FIRST).unwrap().replaced_by.unwrap();
    assert_eq!(small.world.meeting(made).unwrap().slot, offered);
}
