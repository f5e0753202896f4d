//! The year, in order of time.

use crate::attack::attack;
use crate::config::{Config, Mode};
use crate::event::Event;
use crate::human;
use crate::judge::Counts;
use crate::lived::{Became, Lived};
use crate::organisation::Organisation;
use crate::stage::Stage;
use std::collections::BTreeMap;
use std::fmt;
use steadfast_guard::ids::{MeetingId, PromiseId};

/// Things that happen to one promise at most; more would be a circle.
const MOST_EVENTS_EACH: usize = 200;

/// What came of a year.
#[derive(Clone, Debug)]
pub struct Year {
    /// How far the guard went.
    pub mode: Mode,
    /// What became of the 1:1s.
    pub counts: Counts,
    /// Messages per person and week.
    pub messages: Messages,
    /// Writes to calendars by the guard.
    pub writes: u32,
    /// Other meetings that it moved.
    pub others_moved: u32,
    /// Invitations that it declined.
    pub declined: u32,
    /// Its writes that put somebody where they already were to be.
    pub double_bookings: u32,
    /// Its writes and messages that no bound allows.
    pub outside_policy: u32,
    /// Times at which it had not come to rest after five rounds.
    pub unsettled: u32,
    /// Attacks by what they were.
    pub attacks: BTreeMap<&'static str, u32>,
    /// Each promise, in the order in which they were over.
    pub lived: Vec<Lived>,
    /// Lost ones by what came last at them.
    pub lost_after: BTreeMap<&'static str, u32>,
}

/// Messages per person and week, those without any counted.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Messages {
    /// Half get no more.
    pub median: u32,
    /// Nineteen in twenty get no more.
    pub p95: u32,
    /// The most of anybody in a week.
    pub most: u32,
    /// On average.
    pub mean: f64,
}

/// A year that does not end: something goes round in circles, and no count of it would mean anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Endless {
    /// Events that were let happen.
    pub events: usize,
}

impl fmt::Display for Endless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the year did not end after {} events", self.events)
    }
}

impl std::error::Error for Endless {}

/// Plays one year.
///
/// # Errors
/// [`Endless`] if it goes round in circles.
pub fn year(organisation: &Organisation, config: &Config, mode: Mode) -> Result<Year, Endless> {
    let mut stage = Stage::new(organisation, config, mode);
    let most = MOST_EVENTS_EACH * (organisation.promises.len() + 10);
    let mut events = 0;
    while let Some((at, event)) = stage.agenda.next() {
        events += 1;
        if events > most {
            return Err(Endless { events });
        }
        stage.now = at;
        happens(&mut stage, event);
        stage.defended();
    }
    Ok(result(organisation, config, stage))
}

fn happens(stage: &mut Stage, event: Event) {
    match event {
        Event::Attack(id) => {
            attack(stage, id);
            stage.touched.push(id);
        }
        Event::Torn {
            promise,
            person,
            other,
        } => {
            human::torn(stage, promise, person, other);
            stage.touched.push(promise);
        }
        Event::Reply {
            promise,
            meeting,
            person,
        } => {
            human::reply(stage, promise, meeting, person);
            stage.touched.push(promise);
        }
        Event::OwnAccord(id) => {
            human::own_accord(stage, id);
            stage.touched.push(id);
        }
        Event::Pick(id) => {
            stage.picks(id);
            stage.touched.push(id);
        }
        Event::Tap { threat, measures } => {
            stage.tapped(&threat, &measures);
            stage.touched.extend(threat.promise);
        }
        Event::Look(id) => stage.touched.push(id),
        Event::Begins(id) => begins(stage, id),
        Event::Says(id) => {
            let stood = stage.stands(id).map(|meeting| meeting.id);
            if let Some(promise) = stage.world.promise_mut(id) {
                promise.not_held = stood;
            }
            stage.touched.push(id);
        }
        Event::Due(id) => due(stage, id),
    }
}

/// Whoever is away or wanted elsewhere for half of it or more does not come.
fn begins(stage: &mut Stage, id: PromiseId) {
    let (Some(stands), Some((manager, report))) = (stage.stands(id), stage.two(id)) else {
        return;
    };
    if stands.slot.start != stage.now {
        return;
    }
    let half = stands.slot.seconds() / 2;
    let elsewhere = [manager, report].into_iter().any(|person| {
        let known = stage.world.person(person);
        let mut leave = known.into_iter().flat_map(|known| known.leave.iter());
        let away = leave.any(|leave| leave.overlap_seconds(stands.slot) >= half.max(1));
        away || stage
            .wanted_elsewhere(&stands, person)
            .is_some_and(|(_, missed)| missed > half)
    });
    if elsewhere {
        stage.judge.elsewhere(id, stands.id);
        // Half of those who waited say so, if they have joined.
        let mut rng = stage.chance(id, 10);
        let joined = stage
            .world
            .person(report)
            .is_some_and(|report| report.joined);
        if joined && rng.chance(0.5) {
            let after = rng.between(30, 5 * 60);
            stage
                .agenda
                .put(stands.slot.end.plus_minutes(after), Event::Says(id));
        }
    }
}

fn due(stage: &mut Stage, id: PromiseId) {
    let Some(promise) = stage.world.promise(id) else {
        return;
    };
    let (one, promised) = (promise.one_on_one, promise.promised);
    let stood = |meeting: Option<MeetingId>| {
        let meeting = meeting.and_then(|id| stage.world.meeting(id));
        meeting.map(|meeting| (meeting.id, meeting.slot))
    };
    let (own, extra) = (stood(promise.stands), stood(promise.replaced_by));
    let verdict = stage.judge.due(id, own, extra);
    let is_lost = verdict.is_some_and(|verdict| verdict.loss && verdict.excused.is_none());
    let disrupted = verdict.map(|verdict| verdict.disruption);
    let became = verdict.map(Became::of);
    if is_lost {
        let after = stage.last_attack.get(&id).copied().unwrap_or("nothing");
        *stage.lost_after.entry(after).or_default() += 1;
    }
    if let Some(became) = became {
        stage.lived.push(Lived {
            one_on_one: one,
            promise: id,
            promised,
            became,
            attack: stage.last_attack.get(&id).copied(),
            helped: stage.helped.get(&id).copied(),
        });
    }
    if let (Some(disrupted), Some(mut one)) = (disrupted, stage.world.one_on_one(one).cloned()) {
        one.recent.push(disrupted);
        if one.recent.len() > 4 {
            one.recent.remove(0);
        }
        stage.world.put_one_on_one(one);
    }
}

fn result(organisation: &Organisation, config: &Config, stage: Stage) -> Year {
    let mut counts: Vec<u32> = Vec::new();
    for person in &organisation.people {
        for week in 0..config.weeks {
            counts.push(stage.told.get(&(*person, week)).copied().unwrap_or(0));
        }
    }
    counts.sort_unstable();
    let at = |share: f64| {
        counts
            .get((counts.len() as f64 * share) as usize)
            .copied()
            .unwrap_or(0)
    };
    let sum: u32 = counts.iter().sum();
    Year {
        mode: stage.mode,
        counts: stage.judge.counts(),
        messages: Messages {
            median: at(0.5),
            p95: at(0.95),
            most: counts.last().copied().unwrap_or(0),
            mean: f64::from(sum) / counts.len().max(1) as f64,
        },
        writes: stage.auditor.writes,
        others_moved: stage.auditor.others_moved,
        declined: stage.auditor.declined,
        double_bookings: stage.auditor.double_bookings,
        outside_policy: stage.auditor.outside_policy,
        unsettled: stage.unsettled,
        attacks: stage.attacks,
        lived: stage.lived,
        lost_after: stage.lost_after,
    }
}
