//! Each threat is found with its reason, and answered by the measure that is preferred.

use crate::small::*;
use steadfast_guard::ids::{MeetingId, OneOnOneId};
use steadfast_guard::intent::{Measure, What};
use steadfast_guard::message::Tap;
use steadfast_guard::offer::Picked;
use steadfast_guard::threats::{AnswerSeen, Kind, no_future};
use steadfast_guard::world::meeting::{Answer, Meeting};
use steadfast_guard::world::one_on_one::OneOnOne;
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

pub(crate) fn kinds(small: &Small) -> Vec<Kind> {
    let decision = small.decide();
    decision.threats.iter().map(|threat| threat.kind).collect()
}

pub(crate) fn measures(small: &Small) -> Vec<Measure> {
    let decision = small.decide();
    decision
        .intents
        .iter()
        .map(|intent| intent.measure)
        .collect()
}

#[test]
fn a_week_in_which_nothing_comes_has_no_threat() {
    assert_eq!(kinds(&Small::defended()), []);
}

#[test]
fn an_own_lower_meeting_moves_and_the_one_on_one_stays() {
    let mut small = Small::defended();
    let status = small.put(meeting_of(
        slot(3, 10, 0, 60),
        MAYA,
        Class::Status,
        &[MAYA, BEN, ANA],
    ));
    let decision = small.round();
    assert_eq!(decision.threats.len(), 2, "of either person");
    assert_eq!(
        decision.threats[0].because,
        "a status meeting, which is yours, lies over the 1:1 with your report"
    );
    let moved = small.world.meeting(status).unwrap();
    assert_eq!(moved.slot.start, at(3, 10, 30));
    assert_eq!(
        small.world.meeting(THE_FIRST).unwrap().slot,
        slot(3, 10, 0, 30)
    );
    assert_eq!(small.round().intents, [], "and that is all");
}

#[test]
fn who_books_over_it_is_answered_with_three_other_times() {
    let mut small = Small::defended();
    let project = small.put_over_the_first(ANA, Class::Other);
    let decision = small.round();
    let What::Answer {
        answer, instead, ..
    } = &decision.intents[0].what
    else {
        panic!("{:?}", decision.intents);
    };
    assert_eq!((*answer, instead.len()), (Answer::Declined, 3));
    let declined = small.world.meeting(project).unwrap().answer_of(MAYA);
    assert_eq!(declined, Some(Answer::Declined));
    assert_eq!(kinds(&small), [], "it does not take her time any more");
}

#[test]
fn accepted_tentative_and_unanswered_are_told_apart() {
    for (answer, seen, words) in [
        (Answer::Accepted, AnswerSeen::Accepted, "which you accepted"),
        (
            Answer::Tentative,
            AnswerSeen::Tentative,
            "which you answered with perhaps",
        ),
        (
            Answer::Unanswered,
            AnswerSeen::Unanswered,
            "which you have not answered",
        ),
    ] {
        let mut small = Small::defended();
        let mut other = meeting_of(slot(3, 10, 0, 60), ANA, Class::Other, &[MAYA, ANA]);
        other.guests[0].answer = answer;
        small.put(other);
        let threat = small.decide().threats.remove(0);
        assert_eq!(threat.evidence.answer, Some(seen));
        assert!(threat.because.contains(words), "{}", threat.because);
    }
    let mut small = Small::defended();
    let mut other = meeting_of(slot(3, 10, 0, 60), ANA, Class::Other, &[MAYA, ANA]);
    other.guests[0].answer = Answer::Declined;
    small.put(other);
    assert_eq!(kinds(&small), []);
}

#[test]
fn the_meeting_before_runs_into_it() {
    let mut small = Small::defended();
    small.put(meeting_of(
        slot(3, 9, 0, 70),
        MAYA,
        Class::Team,
        &[MAYA, ANA],
    ));
    let decision = small.decide();
    assert_eq!(decision.threats[0].kind, Kind::RunsInto);
    assert_eq!(
        decision.threats[0].because,
        "the meeting before it ends 10 minutes after the 1:1 is to begin"
    );
    assert_eq!(decision.intents[0].measure, Measure::MoveOther);
}

#[test]
fn a_cancelled_one_is_a_debt_that_the_report_picks_a_time_for() {
    let mut small = Small::defended();
    small.world.call_off(THE_FIRST, Who::Manager, small.now);
    let decision = small.round();
    let texts: Vec<_> = decision
        .intents
        .iter()
        .filter_map(|intent| match &intent.what {
            What::Message(message) => Some((message.to, message.taps.len())),
            _ => None,
        })
        .collect();
    assert_eq!(texts, [(BEN, 1), (MAYA, 3)]);
    let offer = small.own.offer(FIRST).unwrap();
    let slots = offer.slots.clone();
    assert!(!slots.is_empty() && slots.iter().all(|slot| slot.end <= at(10, 0, 0)));
    assert!(
        small.round().intents.is_empty(),
        "now it is for Ben to answer"
    );
    small
        .own
        .picked(FIRST, Picked::Slot(*slots.last().unwrap()));
    small.round();
    let booked = small.world.promise(FIRST).unwrap().replaced_by.unwrap();
    assert_eq!(
        small.world.meeting(booked).unwrap().slot,
        *slots.last().unwrap()
    );
    assert_eq!(
        small
            .own
            .holds(FIRST)
            .filter(|id| small.world.meeting(*id).is_some())
            .count(),
        0
    );
    assert!(small.round().intents.is_empty());
}

#[test]
fn a_report_who_wants_none_of_the_times_is_left_alone() {
    let mut small = Small::defended();
    small.world.call_off(THE_FIRST, Who::Manager, small.now);
    small.round();
    small.own.picked(FIRST, Picked::None);
    for day in 3..10 {
        small.now = at(day, 12, 0);
        assert!(!small.round().writes());
    }
}

#[test]
fn an_offer_without_an_answer_is_booked_after_a_day_where_the_policy_says_so() {
    for (after, booked) in [(Some(24 * 60), true), (None, false)] {
        let mut small = Small::defended();
        small.policies.organisation.bounds.book_unanswered_after = after;
        small.world.call_off(THE_FIRST, Who::Manager, small.now);
        small.round();
        small.now = at(3, 9, 30);
        small.round();
        assert_eq!(
            small.world.promise(FIRST).unwrap().replaced_by.is_some(),
            booked
        );
    }
}

#[test]
fn a_manager_is_asked_how_it_reads_when_they_move_it() {
    let mut small = Small::defended();
    small.now = at(3, 9, 40);
    let one = small.world.ones_of(MAYA).next().unwrap().clone();
    small.world.put_one_on_one(OneOnOne {
        recent: vec![true, false, true, false],
        ..one
    });
    small
        .world
        .reslot(THE_FIRST, slot(3, 15, 0, 30), Who::Manager, small.now)
        .unwrap();
    let decision = small.decide();
    let asks: Vec<_> = decision
        .intents
        .iter()
        .filter_map(|intent| match &intent.what {
            What::Message(message) if message.to == MAYA => Some(message),
            _ => None,
        })
        .collect();
    assert_eq!(asks.len(), 1);
    assert_eq!(
        asks[0].text,
        "About your 1:1: it was moved 5 hours later, 20 minutes before the start (with it, 3 of the last 5 did not stand), \
         from your calendar."
    );
    assert_eq!(
        asks[0].taps,
        [Tap::KeepAndMoveOther, Tap::GiveReason, Tap::BothAgreed]
    );
    assert!(
        !decision.writes(),
        "what she did is not undone behind her back"
    );
}

#[test]
fn what_a_program_moved_is_put_back_once() {
    let mut small = Small::defended();
    small
        .world
        .reslot(THE_FIRST, slot(3, 15, 0, 30), Who::Automation, small.now)
        .unwrap();
    assert_eq!(measures(&small)[0], Measure::Restore);
    small.round();
    assert_eq!(
        small.world.meeting(THE_FIRST).unwrap().slot,
        slot(3, 10, 0, 30)
    );
    small.now = at(2, 9, 5);
    small
        .world
        .reslot(THE_FIRST, slot(3, 16, 0, 30), Who::Automation, small.now)
        .unwrap();
    assert!(!small.decide().writes(), "two programs must not argue");
}

#[test]
fn a_cut_is_told_and_a_token_is_owed() {
    let mut small = Small::defended();
    small
        .world
        .reslot(THE_FIRST, slot(3, 10, 0, 20), Who::Manager, small.now)
        .unwrap();
    assert_eq!(measures(&small), [Measure::AskFirst]);
    small
        .world
        .reslot(THE_FIRST, slot(3, 10, 0, 5), Who::Manager, small.now)
        .unwrap();
    assert!(measures(&small).contains(&Measure::MakeGood));
}

#[test]
fn a_series_that_is_gone_is_owed_one_by_one() {
    let mut small = Small::defended();
    small.world.promise_mut(FIRST).unwrap().series_gone = true;
    small.world.call_off(THE_FIRST, Who::Manager, small.now);
    assert_eq!(kinds(&small), [Kind::SeriesGone]);
    assert!(measures(&small).contains(&Measure::MakeGood));
}

#[test]
fn outside_the_reports_hours_and_in_their_focus_block() {
    let mut small = Small::defended();
    small
        .world
        .reslot(THE_FIRST, slot(3, 18, 0, 30), Who::Manager, small.now)
        .unwrap();
    assert!(kinds(&small).contains(&Kind::OutsideHours));
    let mut unsaid = small.world.person(BEN).unwrap().clone();
    unsaid.hours_said = false;
    small.world.put_person(BEN, unsaid);
    assert!(!kinds(&small).contains(&Kind::OutsideHours));
    let mut ben = small.world.person(BEN).unwrap().clone();
    ben.focus.push(slot(3, 13, 0, 180));
    small.world.put_person(BEN, ben);
    small
        .world
        .reslot(THE_FIRST, slot(3, 14, 0, 30), Who::Manager, small.now)
        .unwrap();
    assert!(kinds(&small).contains(&Kind::FocusBlock));
}

#[test]
fn two_on_one_day_are_said_and_nothing_is_moved_for_it() {
    let mut small = Small::defended();
    small
        .world
        .reslot(MeetingId(2), slot(3, 14, 0, 30), Who::Manager, small.now)
        .unwrap();
    let decision = small.guard().decide(&[SECOND]);
    assert!(
        decision
            .threats
            .iter()
            .any(|threat| threat.kind == Kind::OneDay)
    );
    let for_it = |intent: &&steadfast_guard::intent::Intent| {
        intent.against == Kind::OneDay && intent.is_write()
    };
    assert_eq!(decision.intents.iter().filter(for_it).count(), 0);
}

#[test]
fn a_pair_without_a_next_one_is_found() {
    let mut small = Small::defended();
    small.world.put_one_on_one(OneOnOne {
        id: OneOnOneId(2),
        report: ANA,
        has_met: false,
        has_series: false,
        ..small.world.one_on_one(ONE).unwrap().clone()
    });
    let threat = no_future(&small.world, OneOnOneId(2), small.now).unwrap();
    assert_eq!(
        threat.because,
        "your report is new and has no first 1:1 yet; within five working days is usual"
    );
    let again = small.world.one_on_one(OneOnOneId(2)).unwrap().clone();
    small.world.put_one_on_one(OneOnOne {
        has_met: true,
        ..again
    });
    let threat = no_future(&small.world, OneOnOneId(2), small.now).unwrap();
    assert_eq!(threat.because, "the series ended, and no 1:1 is to come");
    assert_eq!(no_future(&small.world, ONE, small.now), None);
}

#[test]
fn another_time_that_the_report_asks_for_is_offered_by_a_tap_of_the_owners_alone() {
    let mut small = Small::defended();
    small.world.promise_mut(FIRST).unwrap().wished = true;
    let decision = small.decide();
    assert_eq!(kinds(&small), [Kind::Wished]);
    assert!(!decision.writes(), "{:?}", decision.intents);
    assert_eq!(measures(&small), [Measure::AskFirst]);
    let [proposal] = &decision.proposals[..] else {
        panic!("{:?}", decision.proposals);
    };
    assert_eq!(proposal.threat.because, "your report asks for another time");
    let ways: Vec<Measure> = proposal.remedies.iter().map(|one| one.measure).collect();
    assert_eq!(ways, [Measure::MakeGood]);
    let offered = small
        .guard()
        .accept(&proposal.threat, Measure::MakeGood)
        .unwrap();
    let What::Message(message) = &offered[0].what else {
        panic!("{offered:?}");
    };
    assert_eq!(
        message.text,
        "You asked for another time for your 1:1. Pick a time that suits you, or none."
    );
    // One that is over needs none.
    small.now = at(3, 12, 0);
    assert_eq!(kinds(&small), []);
}

#[test]
fn an_urgent_meeting_wins_and_the_owner_is_asked() {
    let mut small = Small::defended();
    let emergency = Meeting {
        urgent: Some(steadfast_guard::world::meeting::Urgent::Customer),
        ..meeting_of(slot(3, 10, 0, 60), ANA, Class::Other, &[MAYA, ANA])
    };
    small.put(emergency);
    let decision = small.decide();
    assert!(!decision.writes());
    assert_eq!(decision.proposals.len(), 1);
    assert_eq!(measures(&small), [Measure::AskFirst]);
}

#[test]
fn one_that_did_not_take_place_is_owed_as_soon_as_the_report_says_so() {
    let mut small = Small::defended();
    small.now = at(3, 12, 0);
    assert_eq!(kinds(&small), []);
    small.world.promise_mut(FIRST).unwrap().not_held = Some(THE_FIRST);
    let decision = small.round();
    assert_eq!(
        decision.threats[0].because,
        "your report says that it did not take place"
    );
    let offered = small.own.offer(FIRST).unwrap().slots[0];
    small.own.picked(FIRST, Picked::Slot(offered));
    small.round();
    assert!(small.world.promise(FIRST).unwrap().replaced_by.is_some());
    assert_eq!(kinds(&small), []);
}
