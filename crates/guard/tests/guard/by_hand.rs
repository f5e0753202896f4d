//! What somebody changed by hand: how it reads, and the ways out that are theirs alone.

use crate::small::*;
use steadfast_guard::intent::Measure;
use steadfast_guard::world::meeting::{Answer, Meeting};
use steadfast_guard::world::one_on_one::OneOnOne;
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

#[test]
fn what_a_hand_moved_or_cut_is_put_back_by_a_tap_and_never_by_itself() {
    for (by, tapped) in [
        (Who::Manager, true),
        (Who::Unknown, true),
        (Who::Report, false),
        (Who::Plan, false),
    ] {
        for to in [slot(3, 15, 0, 30), slot(3, 10, 0, 10)] {
            let mut small = Small::defended();
            small.world.reslot(THE_FIRST, to, by, small.now).unwrap();
            let decision = small.round();
            let is_back =
                |small: &Small| small.world.meeting(THE_FIRST).unwrap().slot == slot(3, 10, 0, 30);
            assert!(!is_back(&small), "{by:?}");
            let proposal = decision.proposals.first();
            let offers = proposal.is_some_and(|proposal| {
                let mut remedies = proposal.remedies.iter();
                remedies.any(|remedy| remedy.measure == Measure::Restore)
            });
            assert_eq!(offers, tapped, "{by:?} {to:?}");
            if tapped {
                let threat = &proposal.unwrap().threat;
                let intents = small.guard().accept(threat, Measure::Restore).unwrap();
                small.execute(&intents);
                assert!(is_back(&small));
            }
        }
    }
}

#[test]
fn how_it_reads_is_said_of_what_was_cut_and_taken_off_as_well_and_not_of_what_the_report_asked_for()
{
    let because = |by: Who, to: Option<steadfast_calendar::Slot>| {
        let mut small = Small::defended();
        small.now = at(3, 9, 40);
        let one = small.world.ones_of(MAYA).next().unwrap().clone();
        small.world.put_one_on_one(OneOnOne {
            recent: vec![true, false, true, false],
            ..one
        });
        match to {
            Some(to) => small.world.reslot(THE_FIRST, to, by, small.now).unwrap(),
            None => drop(small.world.call_off(THE_FIRST, by, small.now)),
        }
        small.decide().threats.remove(0).because
    };
    assert_eq!(
        because(Who::Manager, Some(slot(3, 10, 0, 10))),
        "it was cut to 10 of 30 minutes, 20 minutes before the start (with it, 3 of the last 5 did not stand)"
    );
    assert_eq!(
        because(Who::Unknown, None),
        "it was taken off, 20 minutes before the start (with it, 3 of the last 5 did not stand)"
    );
    assert_eq!(because(Who::Report, None), "it was taken off");
}

#[test]
fn perhaps_is_an_answer_to_who_is_above_and_where_what_it_is_is_a_guess_by_a_tap_alone() {
    for (by, confidence, offered) in [(PETRA, 1.0, true), (ANA, 0.8, true), (ANA, 1.0, false)] {
        let mut small = Small::advised();
        let over = meeting_of(slot(3, 10, 0, 60), by, Class::Other, &[MAYA, by]);
        let id = small.put(Meeting { confidence, ..over });
        let decision = small.decide();
        let proposal = &decision.proposals[0];
        let perhaps = |proposal: &steadfast_guard::decide::Proposal| {
            let mut remedies = proposal.remedies.iter();
            remedies.any(|remedy| remedy.measure == Measure::AnswerPerhaps)
        };
        assert_eq!(perhaps(proposal), offered);
        if offered {
            let tapped = small
                .guard()
                .accept(&proposal.threat, Measure::AnswerPerhaps);
            small.execute(&tapped.unwrap());
            let answer = small.world.meeting(id).unwrap().answer_of(MAYA);
            assert_eq!(answer, Some(Answer::Tentative));
            // It still lies over it, and can still be declined.
            let decision = small.decide();
            let proposal = decision.proposals.first().unwrap();
            assert!(!perhaps(proposal));
            assert_eq!(proposal.remedies[0].measure, Measure::AnswerBooker);
        }
    }
}
