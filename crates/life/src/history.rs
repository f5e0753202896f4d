//! The life as somebody sees it who looks every hour, with what goes wrong while looking.

use crate::{meeting::Meeting, person::PersonId, plan::Plan, world::World};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use steadfast_calendar::Instant;

/// One calendar at one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The moment of the look.
    pub at: Instant,
    /// Whose calendar, by address.
    pub owner: String,
    /// The iCalendar text.
    pub text: Vec<u8>,
}

/// What goes wrong with one calendar at one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mishap {
    Vanished,
    Half,
    LateCopy,
}

/// The moments of all looks, and the spans in which there were none for longer than two polls.
pub(crate) fn schedule(plan: &Plan) -> (Vec<Instant>, Vec<(Instant, Instant)>) {
    let config = &plan.config;
    let mut rng = plan.rng.clone().fork(29);
    let mut gaps: Vec<(Instant, Instant)> = config
        .trouble
        .gap_days
        .iter()
        .map(|days| {
            let from = plan
                .first_look
                .plus_days(rng.between(12, (config.weeks * 7 - 14).max(13)));
            (from, from.plus_days(*days))
        })
        .collect();
    gaps.sort();
    let mut looks = Vec::new();
    let mut at = plan.first_look;
    while at <= plan.now {
        let missed = gaps.iter().any(|(from, to)| (*from..*to).contains(&at));
        if !missed && !rng.chance(config.trouble.dropped) {
            looks.push(at);
        }
        at = at.plus_minutes(config.poll_minutes.max(1));
    }
    (looks, gaps)
}

/// Iterator over the states; see [`World::history`].
#[derive(Debug)]
pub struct History<'w> {
    world: &'w World,
    meetings: Vec<Meeting>,
    next_action: usize,
    next_look: usize,
    ready: VecDeque<State>,
    mishaps: BTreeMap<usize, Vec<(PersonId, Mishap)>>,
    /// Calendars to write again at the next look.
    again: BTreeSet<PersonId>,
    /// Older copies, kept only where late ones are to arrive.
    older: BTreeMap<PersonId, (Vec<u8>, Vec<u8>)>,
}

impl<'w> History<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        let plan = &world.plan;
        let owners: BTreeSet<PersonId> = (0..plan.people.len())
            .filter(|n| plan.people[*n].has_calendar)
            .map(PersonId)
            .collect();
        Self {
            world,
            meetings: plan.meetings.clone(),
            next_action: 0,
            next_look: 0,
            ready: VecDeque::new(),
            mishaps: mishaps(world, &owners),
            again: owners,
            older: BTreeMap::new(),
        }
    }

    fn look(&mut self, index: usize, at: Instant) {
        let plan = &self.world.plan;
        let bumps = plan.config.dialect.habits().bumps_on_call_off;
        let mut touched = std::mem::take(&mut self.again);
        while let Some(action) = plan
            .actions
            .get(self.next_action)
            .filter(|action| action.at <= at)
        {
            self.next_action += 1;
            let Some(meeting) = self.meetings.get_mut(action.meeting.0) else {
                continue;
            };
            action.apply(meeting, bumps);
            touched.extend(meeting.holders.iter().copied());
        }
        // A rolling feed changes by itself; once in two weeks is often enough to show it.
        if plan.config.dialect.habits().rolling_days.is_some() && index.is_multiple_of(336) {
            touched.extend(
                (0..plan.people.len())
                    .filter(|n| plan.people[*n].has_calendar)
                    .map(PersonId),
            );
        }
        let mishaps = self.mishaps.remove(&index).unwrap_or_default();
        touched.extend(mishaps.iter().map(|(owner, _)| *owner));
        for owner in touched {
            let mut text = self.world.text(&self.meetings, owner, at, index as u64);
            let mishap = mishaps
                .iter()
                .find(|(who, _)| *who == owner)
                .map(|(_, mishap)| *mishap);
            if plan.config.trouble.late_copies > 0 && mishap.is_none() {
                let kept = self.older.entry(owner).or_default();
                *kept = (std::mem::take(&mut kept.1), text.clone());
            }
            match mishap {
                Some(Mishap::Vanished) => text = self.world.text(&[], owner, at, index as u64),
                Some(Mishap::Half) => text.truncate(text.len() / 2),
                Some(Mishap::LateCopy) => {
                    if let Some((older, _)) = self
                        .older
                        .get(&owner)
                        .filter(|(older, _)| !older.is_empty())
                    {
                        text.clone_from(older);
                    }
                }
                None => {}
            }
            if mishap.is_some() {
                self.again.insert(owner);
            }
            let owner = plan.people[owner.0].address.clone();
            self.ready.push_back(State { at, owner, text });
        }
    }
}

impl Iterator for History<'_> {
    type Item = State;

    fn next(&mut self) -> Option<State> {
        loop {
            if let Some(state) = self.ready.pop_front() {
                return Some(state);
            }
            let at = *self.world.looks.get(self.next_look)?;
            let index = self.next_look;
            self.next_look += 1;
            self.look(index, at);
        }
    }
}

fn mishaps(world: &World, owners: &BTreeSet<PersonId>) -> BTreeMap<usize, Vec<(PersonId, Mishap)>> {
    let trouble = &world.plan.config.trouble;
    let owners: Vec<PersonId> = owners.iter().copied().collect();
    let mut rng = world.plan.rng.clone().fork(31);
    let mut all: BTreeMap<usize, Vec<(PersonId, Mishap)>> = BTreeMap::new();
    let kinds = [
        (Mishap::Vanished, trouble.vanished),
        (Mishap::Half, trouble.half),
        (Mishap::LateCopy, trouble.late_copies),
    ];
    for (mishap, times) in kinds {
        for _ in 0..times {
            let look = rng
                .between(100, world.looks.len() as i64 - 3)
                .unsigned_abs() as usize;
            all.entry(look)
                .or_default()
                .push((*rng.pick(&owners), mishap));
        }
    }
    all
}
