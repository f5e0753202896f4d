//! The bounds, as they are by default, and each as somebody may set it.

use crate::small::*;
use steadfast_guard::intent::{Measure, What};
use steadfast_guard::own::Text;
use steadfast_guard::policy::{Level, Refused, Winner};
use steadfast_guard::world::meeting::{Meeting, Urgent};
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

/// An invitation over the 1:1.
fn invited(
    small: &mut Small,
    by: steadfast_guard::ids::PersonId,
) -> steadfast_guard::ids::MeetingId {
    small.put(meeting_of(
        slot(3, 10, 0, 60),
        by,
        Class::Other,
        &[MAYA, by],
    ))
}

fn refused(small: &Small) -> Option<Refused> {
    let decision = small.decide();
    assert!(!decision.writes(), "{:?}", decision.intents);
    decision
        .proposals
        .first()
        .and_then(|proposal| proposal.refused)
}

#[test]
fn nothing_is_written_for_who_is_advised_until_they_tap() {
    let mut small = Small::advised();
    let meeting = invited(&mut small, ANA);
    assert_eq!(refused(&small), Some(Refused::OnlyAdvises));
    let decision = small.decide();
    let proposal = &decision.proposals[0];
    let tapped = small
        .guard()
        .accept(&proposal.threat, proposal.remedies[0].measure)
        .unwrap();
    small.execute(&tapped);
    let answer = small.world.meeting(meeting).unwrap().answer_of(MAYA);
    assert_eq!(
        answer,
        Some(steadfast_guard::world::meeting::Answer::Declined)
    );
}

#[test]
fn who_only_watches_is_told_nothing() {
    let mut small = Small::defended();
    small.policies.organisation.level = Level::Watch;
    invited(&mut small, ANA);
    let decision = small.decide();
    assert_eq!(
        (
            decision.threats.len(),
            decision.intents.len(),
            decision.proposals.len()
        ),
        (1, 0, 0)
    );
}

#[test]
fn nothing_goes_by_itself_up_the_line() {
    let mut small = Small::defended();
    small.policies.organisation.bounds.may_win.clear();
    invited(&mut small, PETRA);
    assert_eq!(refused(&small), Some(Refused::AboveInLine));
    small.policies.organisation.bounds.up_the_line = true;
    assert!(small.decide().writes());
}

#[test]
fn the_boss_wins_by_default() {
    let mut small = Small::defended();
    invited(&mut small, PETRA);
    assert_eq!(refused(&small), Some(Refused::MayWin));
}

#[test]
fn whether_people_outside_can_wait_is_the_owners_to_say_while_an_emergency_may_win() {
    let mut small = Small::defended();
    let id = invited(&mut small, ANA);
    let customer = Meeting {
        class: Class::Customer,
        ..small.world.meeting(id).unwrap().clone()
    };
    small.world.put_meeting(customer.clone());
    assert_eq!(refused(&small), Some(Refused::MayBeEmergency));
    small.world.put_meeting(Meeting {
        urgent: Some(Urgent::Customer),
        ..customer.clone()
    });
    assert_eq!(refused(&small), Some(Refused::SaysUrgent));
    // An incident stays one with people outside in it.
    small.policies.organisation.bounds.may_win = vec![Winner::Incident];
    assert!(small.decide().writes());
    small.world.put_meeting(Meeting {
        urgent: Some(Urgent::IncidentWithOutsiders),
        ..customer.clone()
    });
    assert_eq!(refused(&small), Some(Refused::SaysUrgent));
    small.policies.organisation.bounds.may_win = vec![Winner::CustomerEmergency];
    assert_eq!(refused(&small), Some(Refused::SaysUrgent));
    small.world.put_meeting(customer);
    small.policies.organisation.bounds.may_win = vec![Winner::Incident];
    assert!(small.decide().writes());
}

#[test]
fn people_outside_stay_people_outside_whatever_sort_of_meeting_it_is_said_to_be() {
    let mut small = Small::defended();
    let said = meeting_of(slot(3, 10, 0, 60), ANA, Class::Status, &[MAYA, ANA, OTTO]);
    let id = small.put(said);
    assert_eq!(refused(&small), Some(Refused::MayBeEmergency));
    // Who declined does not come; it is of customers all the same.
    let mut declined = small.world.meeting(id).unwrap().clone();
    declined.guests[2].answer = steadfast_guard::world::meeting::Answer::Declined;
    small.world.put_meeting(declined);
    assert_eq!(refused(&small), Some(Refused::MayBeEmergency));
    let inside = meeting_of(slot(3, 10, 0, 60), ANA, Class::Status, &[MAYA, ANA]);
    small.world.put_meeting(Meeting { id, ..inside });
    assert!(small.decide().writes());
}

#[test]
fn who_only_hears_of_a_move_is_reached_by_it_as_well() {
    for (also, expected) in [
        (OTTO, Refused::Outside),
        (PETRA, Refused::AboveInLine),
        (steadfast_guard::ids::PersonId(77), Refused::Outside),
    ] {
        let mut small = Small::defended();
        let id = small.put_over_the_first(MAYA, Class::Status);
        assert!(small.decide().writes());
        let mut status = small.world.meeting(id).unwrap().clone();
        status.also.push(also);
        small.world.put_meeting(status);
        assert_eq!(refused(&small), Some(expected));
    }
}

#[test]
fn what_the_owner_answered_with_perhaps_is_not_declined_by_itself() {
    let mut small = Small::advised();
    small.policies.organisation.level = Level::Defend;
    let id = invited(&mut small, ANA);
    let sure = small.world.meeting(id).unwrap().clone();
    small.world.put_meeting(Meeting {
        confidence: 0.5,
        ..sure.clone()
    });
    let decision = small.decide();
    let threat = &decision.proposals[0].threat;
    let tapped = small
        .guard()
        .accept(threat, Measure::AnswerPerhaps)
        .unwrap();
    small.execute(&tapped);
    let answered = small.world.meeting(id).unwrap().clone();
    assert!(!small.own.has_previewed(MAYA, ANA, Text::Declined));
    // From then on it is sure.
    small.world.put_meeting(Meeting {
        confidence: 1.0,
        ..answered
    });
    assert_eq!(refused(&small), Some(Refused::OwnerDecided));
}

#[test]
fn nothing_goes_by_itself_outside() {
    let mut small = Small::defended();
    small.policies.organisation.bounds.may_win = vec![Winner::Incident];
    invited(&mut small, OTTO);
    assert_eq!(refused(&small), Some(Refused::Outside));
}

#[test]
fn nothing_is_done_about_a_guess() {
    let mut small = Small::defended();
    let id = invited(&mut small, ANA);
    let guess = small.world.meeting(id).unwrap().clone();
    small.world.put_meeting(Meeting {
        confidence: 0.89,
        ..guess.clone()
    });
    assert_eq!(refused(&small), Some(Refused::ClassUnsure));
    small.world.put_meeting(Meeting {
        confidence: 0.9,
        ..guess
    });
    assert!(small.decide().writes());
}

#[test]
fn the_first_message_to_each_person_is_read_by_the_owner_first() {
    let mut small = Small::advised();
    small.policies.organisation.level = Level::Defend;
    invited(&mut small, ANA);
    assert_eq!(refused(&small), Some(Refused::NotPreviewed));
    // What a report is told is another text.
    small.own.previewed(MAYA, ANA, Text::Report);
    assert_eq!(refused(&small), Some(Refused::NotPreviewed));
    small.own.previewed(MAYA, ANA, Text::Declined);
    assert!(small.decide().writes());
}

#[test]
fn nothing_reaches_who_has_not_joined() {
    let mut small = Small::defended();
    let mut ana = small.world.person(ANA).unwrap().clone();
    ana.joined = false;
    small.world.put_person(ANA, ana);
    invited(&mut small, ANA);
    assert_eq!(refused(&small), Some(Refused::NotJoined));
}

#[test]
fn nobodys_time_is_taken_unasked_where_their_calendar_is_not_seen() {
    let mut small = Small::defended();
    let mut ana = small.world.person(ANA).unwrap().clone();
    ana.calendar_seen = false;
    small.world.put_person(ANA, ana);
    small.put_over_the_first(MAYA, Class::Status);
    assert_eq!(refused(&small), Some(Refused::CalendarUnseen));
}

#[test]
fn nothing_moves_within_the_freeze() {
    let mut small = Small::defended();
    small.put_over_the_first(MAYA, Class::Status);
    small.now = at(3, 8, 30);
    assert_eq!(refused(&small), Some(Refused::Frozen));
}

#[test]
fn a_day_has_so_many_actions() {
    let mut small = Small::defended();
    small.policies.organisation.bounds.actions_a_day = 0;
    invited(&mut small, ANA);
    assert_eq!(refused(&small), Some(Refused::EnoughToday));
}

#[test]
fn a_dry_run_only_says_what_it_would_have_done() {
    let mut small = Small::defended();
    small.policies.organisation.bounds.dry_run = true;
    invited(&mut small, ANA);
    assert_eq!(refused(&small), Some(Refused::DryRun));
    let log = small.decide().log;
    assert_eq!(
        log[0].text,
        "Not done: An invitation is declined, with other times, because another meeting, which you accepted, lies over the \
         1:1 with your report. By the organisation's policy it was not: this is a dry run."
    );
}

#[test]
fn the_switch_stops_everything_for_one_or_for_all() {
    for all in [true, false] {
        let mut small = Small::defended();
        invited(&mut small, ANA);
        if all {
            small.policies.all_stopped = true;
        } else {
            small.policies.stopped.insert(MAYA);
        }
        let decision = small.decide();
        assert_eq!((decision.intents.len(), decision.proposals.len()), (0, 0));
    }
}

#[test]
fn nobody_moves_what_is_not_theirs() {
    let mut small = Small::defended();
    small.put_over_the_first(ANA, Class::Status);
    let decision = small.decide();
    let moves = decision
        .intents
        .iter()
        .any(|intent| matches!(intent.what, What::Move { .. }));
    assert!(!moves, "{:?}", decision.intents);
}

#[test]
fn one_event_is_told_once_and_not_at_night() {
    let mut small = Small::advised();
    small.now = at(2, 22, 0);
    small.world.call_off(THE_FIRST, Who::Manager, small.now);
    let first = small.round();
    let What::Message(message) = &first.intents[0].what else {
        panic!("{:?}", first.intents);
    };
    assert_eq!((message.to, message.not_before), (MAYA, at(3, 8, 0)));
    assert_eq!(small.round().intents, []);
}
