//! What comes at a 1:1. Most of it means no harm, and some of it has no answer: an emergency half an hour ahead, leave for
//! the whole cadence, a manager who means it.

use crate::event::Event;
use crate::organisation::{OUTSIDER, manager_of};
use crate::stage::Stage;
use steadfast_calendar::Slot;
use steadfast_guard::ids::{MeetingId, PersonId, PromiseId};
use steadfast_guard::world::meeting::{Answer, Guest, Meeting, Urgent};
use steadfast_guard::world::sure::confidence;
use steadfast_ledger::case::{Away, Who};
use steadfast_ledger::classes::Because;
use steadfast_ledger::occurrence::Class;
use steadfast_life::Rng;

/// The sorts of attacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attack {
    /// A leadership meeting of somebody above.
    Executive,
    /// A customer's meeting, organised outside.
    CustomerOutside,
    /// A customer's meeting, organised by a colleague.
    CustomerInside,
    /// The manager's own team or status meeting.
    OwnTeam,
    /// A colleague's meeting.
    Colleague,
    /// Something on the report's calendar.
    ReportSide,
    /// The meeting before runs over.
    RunsOver,
    /// The manager moves it.
    Moved,
    /// The manager cuts it.
    Cut,
    /// The manager takes it off.
    Cancelled,
    /// A customer's emergency: the manager takes it off within two hours of the start and is busy from then on.
    Emergency,
    /// One of the two is away.
    Leave,
    /// The series is deleted, and made again weeks later.
    SeriesGone,
    /// A scheduling program moves it.
    Program,
}

/// How often each comes, of a hundred. Editorial: no published figures say what displaces 1:1s; conflicts with other
/// meetings come first, what the manager does by themselves next.
pub const WEIGHTS: &[(Attack, u32)] = &[
    (Attack::Executive, 14),
    (Attack::CustomerOutside, 7),
    (Attack::CustomerInside, 7),
    (Attack::OwnTeam, 12),
    (Attack::Colleague, 14),
    (Attack::ReportSide, 6),
    (Attack::RunsOver, 4),
    (Attack::Moved, 10),
    (Attack::Cut, 6),
    (Attack::Cancelled, 9),
    (Attack::Emergency, 3),
    (Attack::Leave, 4),
    (Attack::SeriesGone, 1),
    (Attack::Program, 3),
];

impl Attack {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Executive => "executive",
            Self::CustomerOutside => "customer_outside",
            Self::CustomerInside => "customer_inside",
            Self::OwnTeam => "own_team",
            Self::Colleague => "colleague",
            Self::ReportSide => "report_side",
            Self::RunsOver => "runs_over",
            Self::Moved => "moved",
            Self::Cut => "cut",
            Self::Cancelled => "cancelled",
            Self::Emergency => "emergency",
            Self::Leave => "leave",
            Self::SeriesGone => "series_gone",
            Self::Program => "program",
        }
    }
}

/// Attacks a 1:1 where it stands.
pub(crate) fn attack(stage: &mut Stage, id: PromiseId) {
    let mut rng = stage.chance(id, 1);
    let (Some(stands), Some((manager, report))) = (stage.stands(id), stage.two(id)) else {
        return;
    };
    if stands.slot.start <= stage.now {
        return;
    }
    let attack = rng.weighted(WEIGHTS);
    *stage.attacks.entry(attack.as_str()).or_default() += 1;
    stage.last_attack.insert(id, attack.as_str());
    match attack {
        Attack::Moved => {
            let after = if rng.chance(0.3) { 10 } else { 4 };
            crate::human::moves(stage, id, &mut rng, after);
        }
        Attack::Cut => {
            let minutes = if rng.chance(0.4) {
                5
            } else {
                stands.slot.minutes() / 3
            };
            let start = stands.slot.start;
            stage.reslot(
                id,
                Slot::new(start, start.plus_minutes(minutes)),
                Who::Manager,
            );
        }
        Attack::Cancelled => crate::human::takes_off(stage, id, &mut rng),
        Attack::Emergency => {
            let hours = rng.between(3, 30);
            let start = stands.slot.start.plus_minutes(-30);
            let slot = Slot::new(start, start.plus_minutes(hours.min(9) * 60));
            let colleague = somebody(stage, &mut rng, &[manager, report]);
            let emergency = over(
                stage,
                slot,
                colleague,
                Class::Customer,
                &[manager],
                Answer::Accepted,
            );
            let urgent = stage.put(Meeting {
                urgent: Some(Urgent::Customer),
                ..emergency
            });
            crate::human::takes_off(stage, id, &mut rng);
            torn_between(stage, urgent, &mut rng);
        }
        Attack::Leave => leave(stage, id, &stands, &mut rng),
        Attack::SeriesGone => series_gone(stage, id),
        Attack::Program => {
            let to = stands.slot.start.plus_minutes(rng.between(2, 6) * 30);
            let to = Slot::new(to, to.plus_minutes(stands.slot.minutes()));
            stage.reslot(id, to, Who::Automation);
            let Some(now) = stage.stands(id) else {
                return;
            };
            for person in [manager, report] {
                if let Some((other, _)) = stage.wanted_elsewhere(&now, person) {
                    torn_between(stage, other, &mut rng);
                }
            }
        }
        _ => meeting_over(stage, id, attack, &stands, &mut rng),
    }
}

fn meeting_over(stage: &mut Stage, id: PromiseId, attack: Attack, stands: &Meeting, rng: &mut Rng) {
    let Some((manager, report)) = stage.two(id) else {
        return;
    };
    let colleague = somebody(stage, rng, &[manager, report]);
    let above = manager_of(manager).unwrap_or(colleague);
    // Not always the own manager: somebody above them, or another head.
    let executive = match manager_of(above) {
        Some(higher) if rng.chance(0.3) => higher,
        _ if rng.chance(0.3) => somebody(stage, rng, &[manager, report]),
        _ => above,
    };
    let (organiser, class, on) = match attack {
        Attack::Executive => (executive, Class::Leadership, manager),
        Attack::CustomerOutside => (OUTSIDER, Class::Customer, manager),
        Attack::CustomerInside => (colleague, Class::Customer, manager),
        Attack::OwnTeam if rng.chance(0.5) => (manager, Class::Team, manager),
        Attack::OwnTeam => (manager, Class::Status, manager),
        Attack::ReportSide => (colleague, Class::Other, report),
        Attack::RunsOver => (colleague, Class::Status, manager),
        _ => (colleague, Class::Other, manager),
    };
    let answer = rng.weighted(&[
        (Answer::Accepted, 5),
        (Answer::Tentative, 1),
        (Answer::Unanswered, 4),
    ]);
    let answer = if organiser == on {
        Answer::Accepted
    } else {
        answer
    };
    let slot = if attack == Attack::RunsOver {
        let end = stands.slot.start.plus_minutes(10);
        Slot::new(end.plus_minutes(-60), end)
    } else {
        let start = stands.slot.start.plus_minutes(-15 * rng.between(0, 2));
        Slot::new(
            start,
            start.plus_minutes(rng.weighted(&[(30, 2), (60, 5), (90, 2), (120, 1)])),
        )
    };
    let mut guests = vec![on];
    if attack == Attack::OwnTeam {
        let reports = stage
            .people
            .iter()
            .filter(|who| manager_of(**who) == Some(manager));
        guests.extend(reports.take(4));
    }
    let mut meeting = over(stage, slot, organiser, class, &guests, answer);
    // A class is inferred, as surely as the server infers it, unless its owner has said it.
    let said = rng.chance(stage.config.said);
    meeting.confidence = confidence(if said { Because::Said } else { because(class) });
    let other = stage.put(meeting);
    torn_between(stage, other, rng);
}

/// What the class of such a meeting rests on, in a calendar.
const fn because(class: Class) -> Because {
    match class {
        Class::Customer => Because::People,
        Class::Other | Class::Unknown => Because::Nothing,
        _ => Because::Title,
    }
}

/// Everybody on it whose 1:1 it lies over sees that sooner or later, mostly late.
pub(crate) fn torn_between(stage: &mut Stage, other: MeetingId, rng: &mut Rng) {
    let Some(meeting) = stage.world.meeting(other).cloned() else {
        return;
    };
    for promise in stage.world.concerned(&meeting, None) {
        let (Some(stands), Some((manager, report))) = (stage.stands(promise), stage.two(promise))
        else {
            continue;
        };
        let ahead = stands.slot.start.minutes_since(stage.now);
        for person in [manager, report] {
            let wanted =
                meeting.takes_time_of(person, stage.now) && meeting.slot.overlaps(stands.slot);
            if stands.id != other && wanted && ahead > 0 {
                let before = (rng.unit() * rng.unit() * 24.0 * 60.0) as i64 + 10;
                let at = stands.slot.start.plus_minutes(-before.min(ahead));
                let at = stage.now.plus_minutes(ahead.min(5)).max(at);
                stage.agenda.put(
                    at,
                    Event::Torn {
                        promise,
                        person,
                        other,
                    },
                );
            }
        }
    }
}

/// A meeting of these, with their organiser.
fn over(
    stage: &Stage,
    slot: Slot,
    organiser: PersonId,
    class: Class,
    on: &[PersonId],
    answer: Answer,
) -> Meeting {
    let mut guests = vec![Guest {
        person: organiser,
        answer: Answer::Accepted,
    }];
    let others = on.iter().filter(|person| **person != organiser);
    guests.extend(others.map(|person| Guest {
        person: *person,
        answer,
    }));
    Meeting {
        id: MeetingId(0),
        slot,
        organiser,
        class,
        confidence: 1.0,
        urgent: None,
        guests,
        also: Vec::new(),
        version: 1,
        part_of: None,
        changed_by: Who::Unknown,
        changed_at: stage.now,
        until: None,
    }
}

/// Somebody inside who is none of these.
fn somebody(stage: &Stage, rng: &mut Rng, but: &[PersonId]) -> PersonId {
    /// Among two people there may be no third.
    const TRIES: usize = 20;
    let mut found = OUTSIDER;
    for _ in 0..TRIES {
        found = *rng.pick(&stage.people);
        if !but.contains(&found) {
            break;
        }
    }
    found
}

/// Days to both sides of leave within which lies whatever stands in it by now.
const FAR_DAYS: i64 = 35;

fn leave(stage: &mut Stage, id: PromiseId, stands: &Meeting, rng: &mut Rng) {
    let Some((manager, report)) = stage.two(id) else {
        return;
    };
    let (who, away) = if rng.chance(0.5) {
        (manager, Away::Manager)
    } else {
        (report, Away::Report)
    };
    let days = rng.weighted(&[(1, 4), (2, 2), (5, 3), (10, 1)]);
    let start = stands.slot.start.plus_minutes(-4 * 60).max(stage.now);
    let slot = Slot::new(start, start.plus_days(days));
    let Some(mut person) = stage.world.person(who).cloned() else {
        return;
    };
    person.leave.push(slot);
    stage.world.put_person(who, person);
    // It touches every 1:1 of theirs.
    let ones: Vec<_> = stage
        .world
        .ones_of(who)
        .map(|one| (one.id, one.manager == who))
        .collect();
    for (one, leads) in ones {
        let away = if leads { Away::Manager } else { away };
        let away = if !leads && away == Away::Manager {
            Away::Report
        } else {
            away
        };
        // As promised, or as it stands by now: it may have been moved into it.
        let near = (
            slot.start.plus_days(-FAR_DAYS),
            slot.end.plus_days(FAR_DAYS),
        );
        let touched: Vec<_> = stage
            .world
            .promises_between(one, near.0, near.1)
            .filter(|promise| {
                let starts = promise.promised.start;
                let stands = stage.stands(promise.id);
                starts >= slot.start.plus_days(-1) && starts < slot.end
                    || stands.is_some_and(|stands| stands.slot.overlaps(slot))
            })
            .map(|promise| promise.id)
            .collect();
        for promise in touched {
            stage.judge.away(promise, away, slot);
            stage.last_attack.insert(promise, Attack::Leave.as_str());
            stage.agenda.put(stage.now, Event::Look(promise));
            // Whoever is away takes it off before, if nobody does anything.
            let at = stage.now.plus_minutes(26 * 60).min(slot.start);
            stage.agenda.put(
                at,
                Event::Torn {
                    promise,
                    person: who,
                    other: MeetingId(0),
                },
            );
        }
    }
}

fn series_gone(stage: &mut Stage, id: PromiseId) {
    let Some(one) = stage.world.promise(id).map(|promise| promise.one_on_one) else {
        return;
    };
    // Made again after a month: until then nothing stands.
    let until = stage.now.plus_days(28);
    let gone: Vec<_> = stage
        .world
        .promises_between(one, stage.now, until)
        .map(|promise| promise.id)
        .collect();
    for promise in gone {
        if let Some(promise) = stage.world.promise_mut(promise) {
            promise.series_gone = true;
        }
        stage
            .last_attack
            .insert(promise, Attack::SeriesGone.as_str());
        stage.call_off(promise, Who::Manager);
        stage.agenda.put(stage.now, Event::Look(promise));
    }
}
