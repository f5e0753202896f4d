//! Taking back what was done.

use crate::small::*;
use steadfast_guard::undo::{Cannot, undo};
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

#[test]
fn a_move_is_taken_back_as_long_as_nobody_changed_it_and_it_is_to_come() {
    let mut small = Small::defended();
    let status = small.put_over_the_first(MAYA, Class::Status);
    small.round();
    let deed = small.own.deeds(FIRST)[0].clone();
    assert_eq!(
        undo(&small.world, &deed, at(3, 11, 0)),
        Err(Cannot::TooLate)
    );
    let back = undo(&small.world, &deed, small.now).unwrap();
    small.execute(&[back]);
    small.own.undone(FIRST, &deed.intent.key);
    assert_eq!(
        small.world.meeting(status).unwrap().slot,
        slot(3, 10, 0, 60)
    );
    let deed = small.own.deeds(FIRST)[0].clone();
    assert_eq!(
        undo(&small.world, &deed, small.now),
        Err(Cannot::DoneBefore)
    );
}

#[test]
fn what_somebody_changed_since_is_theirs() {
    let mut small = Small::defended();
    let status = small.put_over_the_first(MAYA, Class::Status);
    small.round();
    small
        .world
        .reslot(status, slot(5, 10, 0, 60), Who::Unknown, small.now)
        .unwrap();
    let deed = &small.own.deeds(FIRST)[0];
    assert_eq!(
        undo(&small.world, deed, small.now),
        Err(Cannot::ChangedSince)
    );
}

#[test]
fn an_answer_is_taken_back_by_the_one_before() {
    let mut small = Small::defended();
    let project = small.put_over_the_first(ANA, Class::Other);
    small.round();
    let deed = small.own.deeds(FIRST)[0].clone();
    let back = undo(&small.world, &deed, small.now).unwrap();
    small.execute(&[back]);
    let answer = small.world.meeting(project).unwrap().answer_of(MAYA);
    assert_eq!(
        answer,
        Some(steadfast_guard::world::meeting::Answer::Accepted)
    );
}
