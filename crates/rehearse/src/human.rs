//! What people do by themselves, guard or not. Editorial, and the same in every mode.

use crate::event::Event;
use crate::stage::Stage;
use steadfast_calendar::Slot;
use steadfast_guard::ids::{MeetingId, PersonId, PromiseId};
use steadfast_guard::world::meeting::{Answer, Meeting};
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;
use steadfast_life::Rng;

/// Share of those who took a 1:1 off who book a new one unasked.
const OWN_ACCORD: f64 = 0.25;

/// Somebody who is wanted twice decides; of two who are still torn, the 1:1 gives way more often than not.
pub(crate) fn torn(stage: &mut Stage, id: PromiseId, person: PersonId, other: MeetingId) {
    let (Some(stands), Some((manager, _))) = (stage.stands(id), stage.two(id)) else {
        return;
    };
    if stands.slot.start <= stage.now {
        return;
    }
    let mut rng = stage.chance(id, 2);
    let Some(meeting) = stage.world.meeting(other).cloned() else {
        // Leave: whoever goes takes off what lies in it.
        let away = stage.world.person(person).is_some_and(|known| {
            known
                .leave
                .iter()
                .any(|leave| 2 * leave.overlap_seconds(stands.slot) >= stands.slot.seconds())
        });
        if away {
            let by = if person == manager {
                Who::Manager
            } else {
                Who::Report
            };
            stage.call_off(id, by);
        }
        return;
    };
    if !meeting.takes_time_of(person, stage.now) || !meeting.slot.overlaps(stands.slot) {
        return;
    }
    if person != manager {
        if rng.chance(0.7) {
            answers(stage, &meeting, person, Answer::Declined);
        } else {
            // The report asks for another time.
            let to = free_start(stage, id, &mut rng, 4);
            match to {
                Some(to) => stage.reslot(id, to, Who::Report),
                None => stage.call_off(id, Who::Report),
            }
        }
        return;
    }
    let late = meeting.slot.start < stands.slot.start
        && meeting.slot.end <= stands.slot.start.plus_minutes(15);
    if late {
        return;
    }
    let must = meeting.urgent.is_some() || meeting.class == Class::Leadership;
    match rng.weighted(&[(0, 40), (1, 35), (2, if must { 3 } else { 15 }), (3, 10)]) {
        0 => moves(stage, id, &mut rng, 5),
        1 => takes_off(stage, id, &mut rng),
        2 => answers(stage, &meeting, person, Answer::Declined),
        _ => {
            let start = stands.slot.start.max(meeting.slot.end);
            let left = stands.slot.end.minutes_since(start).max(10);
            stage.reslot(id, Slot::new(start, start.plus_minutes(left)), Who::Manager);
        }
    }
}

fn answers(stage: &mut Stage, meeting: &Meeting, person: PersonId, answer: Answer) {
    let mut meeting = meeting.clone();
    for guest in &mut meeting.guests {
        if guest.person == person {
            guest.answer = answer;
        }
    }
    meeting.version += 1;
    meeting.changed_at = stage.now;
    stage.world.put_meeting(meeting);
}

/// A time at which both are free within so many days after; anybody's choice, not the best.
fn free_start(stage: &Stage, id: PromiseId, rng: &mut Rng, days: i64) -> Option<Slot> {
    let stands = stage.stands(id)?;
    let (manager, report) = stage.two(id)?;
    let from = stands.slot.start.max(stage.now.plus_minutes(60));
    let span = Slot::new(from, from.plus_days(days));
    let minutes = stands.slot.minutes();
    let starts = stage.world.starts(
        &[manager, report],
        span,
        minutes,
        Some(stands.id),
        stage.now,
    );
    let start = *starts.get(rng.index(starts.len()))?;
    Some(Slot::new(start, start.plus_minutes(minutes)))
}

/// The manager puts it anywhere within so many days; past the next one too.
pub(crate) fn moves(stage: &mut Stage, id: PromiseId, rng: &mut Rng, days: i64) {
    match free_start(stage, id, rng, days) {
        Some(to) => stage.reslot(id, to, Who::Manager),
        None => takes_off(stage, id, rng),
    }
}

/// The manager takes it off, and some think of a new time unasked.
pub(crate) fn takes_off(stage: &mut Stage, id: PromiseId, rng: &mut Rng) {
    let own_accord = rng.chance(OWN_ACCORD);
    let after = rng.between(60, 48 * 60);
    stage.call_off(id, Who::Manager);
    if own_accord {
        let at = stage.now.plus_minutes(after);
        stage.agenda.put(at, Event::OwnAccord(id));
    }
}

/// A new one of the two, by the manager's own accord.
pub(crate) fn own_accord(stage: &mut Stage, id: PromiseId) {
    let (None, Some((manager, report)), Some(promise)) = (
        stage.stands(id),
        stage.two(id),
        stage.world.promise(id).cloned(),
    ) else {
        return;
    };
    let mut rng = stage.chance(id, 3);
    let span = Slot::new(stage.now.plus_minutes(60), stage.now.plus_days(3));
    let minutes = promise.promised.minutes();
    let starts = stage
        .world
        .starts(&[manager, report], span, minutes, None, stage.now);
    let Some(start) = starts.get(rng.index(starts.len())) else {
        return;
    };
    let slot = Slot::new(*start, start.plus_minutes(minutes));
    let guests = [manager, report].map(|person| steadfast_guard::world::meeting::Guest {
        person,
        answer: Answer::Accepted,
    });
    let made = stage.put(Meeting {
        id: MeetingId(0),
        slot,
        organiser: manager,
        class: Class::OneOnOne,
        confidence: 1.0,
        urgent: None,
        guests: guests.to_vec(),
        also: Vec::new(),
        version: 1,
        part_of: Some(id),
        changed_by: Who::Manager,
        changed_at: stage.now,
        until: None,
    });
    if let Some(promise) = stage.world.promise_mut(id) {
        promise.replaced_by = Some(made);
    }
    stage.agenda.put(slot.start, Event::Begins(id));
    stage.perhaps_attacked(id, slot);
}

/// Who booked reads the answer: most take another time, some go on without, some insist.
pub(crate) fn reply(stage: &mut Stage, id: PromiseId, other: MeetingId, person: PersonId) {
    let Some(meeting) = stage.world.meeting(other).cloned() else {
        return;
    };
    let mut rng = stage.chance(id, 4);
    match rng.weighted(&[(0, 60), (1, 25), (2, 15)]) {
        0 => {
            let from = stage.now.plus_minutes(60).max(meeting.slot.start);
            let people: Vec<_> = meeting.guests.iter().map(|guest| guest.person).collect();
            let span = Slot::new(from, from.plus_days(7));
            let minutes = meeting.slot.minutes();
            let starts = stage
                .world
                .starts(&people, span, minutes, Some(other), stage.now);
            if let Some(start) = starts.first() {
                let to = Slot::new(*start, start.plus_minutes(minutes));
                // Where it went the one who declined is free, and comes.
                if stage
                    .world
                    .reslot(other, to, Who::Unknown, stage.now)
                    .is_ok()
                    && let Some(moved) = stage.world.meeting(other).cloned()
                {
                    answers(stage, &moved, person, Answer::Accepted);
                }
            }
        }
        1 => {}
        _ => {
            // They call: the one who declined says yes after all, and is torn.
            answers(stage, &meeting, person, Answer::Accepted);
            let at = stage.now.plus_minutes(rng.between(5, 120));
            stage.agenda.put(
                at,
                Event::Torn {
                    promise: id,
                    person,
                    other,
                },
            );
        }
    }
}
