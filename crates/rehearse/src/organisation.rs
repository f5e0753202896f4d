//! The year as it is meant to be: a tree of people at three sites, their 1:1s, and all their other meetings.

use crate::config::Config;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::ids::{MeetingId, OneOnOneId, PersonId, PromiseId};
use steadfast_guard::world::World;
use steadfast_guard::world::meeting::Meeting;
use steadfast_guard::world::one_on_one::{OneOnOne, Promise};
use steadfast_guard::world::person::{Hours, Person};
use steadfast_ledger::occurrence::Class;
use steadfast_life::Rng;

/// Reports of one manager.
const SPAN: u32 = 6;
/// Weeks at the end that nothing is judged in, so that the last promises have a next one.
const MARGIN_WEEKS: i64 = 3;
/// Somebody outside stands for all of them.
pub(crate) const OUTSIDER: PersonId = PersonId(0);

/// The first Monday.
const FIRST: Date = date(2026, 1, 5);

/// The year as it is meant to be.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// How the calendars stand before anything happens.
    pub world: World,
    /// Every promise that is judged.
    pub promises: Vec<PromiseId>,
    /// Everybody inside, from the top of the tree.
    pub people: Vec<PersonId>,
    /// The first free name of a meeting.
    pub next_meeting: u32,
    /// The first moment.
    pub from: Instant,
    /// The end of the last week that is judged.
    pub to: Instant,
}

/// Lays out the year of a seed.
pub fn organisation(config: &Config) -> Organisation {
    let mut made = Making {
        rng: Rng::new(config.seed),
        world: World::default(),
        next: 0,
        weeks: config.weeks + MARGIN_WEEKS,
        joined: config.joined,
    };
    let people: Vec<PersonId> = (1..=config.people.max(2)).map(PersonId).collect();
    made.people(&people);
    let promises = made.one_on_ones(&people, config.weeks);
    made.teams(&people);
    made.projects(&people);
    made.focus(&people);
    Organisation {
        promises,
        people,
        next_meeting: made.next + 1,
        from: moment(0, 0, 0, &TimeZone::UTC),
        to: moment(config.weeks, 0, 0, &TimeZone::UTC),
        world: made.world,
    }
}

/// That minute of that day of that week on a clock.
fn moment(week: i64, day: i64, minute: i64, zone: &TimeZone) -> Instant {
    let days = jiff::Span::new().days(week * 7 + day);
    let civil = FIRST
        .saturating_add(days)
        .at(0, 0, 0, 0)
        .saturating_add(jiff::Span::new().minutes(minute));
    let zoned = zone.to_ambiguous_zoned(civil).compatible();
    zoned.map_or(Instant::from_seconds(0), |zoned| zoned.timestamp().into())
}

struct Making {
    rng: Rng,
    world: World,
    next: u32,
    weeks: i64,
    joined: f64,
}

/// The manager of somebody: their place in the tree.
pub(crate) fn manager_of(person: PersonId) -> Option<PersonId> {
    (person.0 > 1).then(|| PersonId((person.0 - 2) / SPAN + 1))
}

impl Making {
    fn people(&mut self, people: &[PersonId]) {
        let zone = |name| TimeZone::get(name).unwrap_or(TimeZone::UTC);
        let sites = [
            zone("Europe/Berlin"),
            zone("Europe/London"),
            zone("America/New_York"),
        ];
        let leads = |person: PersonId| person.0.saturating_mul(SPAN) < people.len() as u32;
        let mut sites_of = Vec::new();
        for person in people {
            let parent = manager_of(*person);
            // A team mostly sits together.
            let near = parent.map(|boss| sites_of[boss.0 as usize - 1]);
            let site: usize = match near {
                Some(near) if self.rng.chance(0.85) => near,
                _ => self.rng.weighted(&[(0, 5), (1, 3), (2, 2)]),
            };
            sites_of.push(site);
            let early = self.rng.index(3) as u16 * 30;
            let day = Some((8 * 60 + 30 + early, 17 * 60 + early));
            let joins = self.rng.chance(self.joined);
            let known = Person {
                hours: Hours([day, day, day, day, day, None, None]),
                hours_said: true,
                calendar_seen: true,
                manager: parent,
                inside: true,
                joined: leads(*person) || joins,
                ..Person::unknown(sites[site].clone())
            };
            self.world.put_person(*person, known);
        }
        self.world
            .put_person(OUTSIDER, Person::unknown(TimeZone::UTC));
    }

    /// A meeting where everybody is free at that time; None where somebody is not.
    fn meet(
        &mut self,
        slot: Slot,
        organiser: PersonId,
        people: &[PersonId],
        class: Class,
    ) -> Option<MeetingId> {
        let long_ago = moment(-4, 0, 0, &TimeZone::UTC);
        let free = |person: &PersonId| self.world.is_free(*person, slot, None, long_ago);
        if !people.iter().all(free) {
            return None;
        }
        self.next += 1;
        let id = MeetingId(self.next);
        let made = Meeting::made(id, slot, organiser, class, people, long_ago);
        self.world.put_meeting(made);
        Some(id)
    }

    /// A time in the week at which all of them work and are free in the first two weeks: minutes since Monday on the clock
    /// of the first.
    fn weekly(&mut self, people: &[PersonId], minutes: i64) -> Option<(i64, i64)> {
        let zone = self.world.person(*people.first()?)?.zone.clone();
        let span = Slot::new(moment(0, 0, 0, &zone), moment(1, 0, 0, &zone));
        let starts = self.world.starts(people, span, minutes, None, span.start);
        let later = |start: &Instant| {
            let slot = Slot::new(start.plus_days(7), start.plus_days(7).plus_minutes(minutes));
            people
                .iter()
                .all(|person| self.world.is_free(*person, slot, None, span.start))
        };
        let starts: Vec<Instant> = starts.into_iter().filter(later).collect();
        if starts.is_empty() {
            return None;
        }
        let start = starts[self.rng.index(starts.len())].civil(&zone);
        let day = i64::from(start.weekday().to_monday_zero_offset());
        Some((
            day,
            i64::from(start.hour()) * 60 + i64::from(start.minute()),
        ))
    }

    fn one_on_ones(&mut self, people: &[PersonId], judged: i64) -> Vec<PromiseId> {
        let mut promises = Vec::new();
        let mut next_promise = 0;
        for report in people {
            let Some(manager) = manager_of(*report) else {
                continue;
            };
            let cadence: i64 = self.rng.weighted(&[(7, 7), (14, 3)]);
            let minutes: i64 = self.rng.weighted(&[(30, 6), (45, 2), (60, 2)]);
            let Some((day, minute)) = self.weekly(&[*report, manager], minutes) else {
                continue;
            };
            let Some(zone) = self.world.person(*report).map(|known| known.zone.clone()) else {
                continue;
            };
            let one = OneOnOneId(report.0);
            self.world.put_one_on_one(OneOnOne {
                id: one,
                manager,
                report: *report,
                cadence_days: cadence,
                minutes,
                since: moment(-50, 0, 0, &zone),
                ended: false,
                has_met: false,
                has_series: true,
                recent: Vec::new(),
            });
            let step = cadence / 7;
            let mut week = i64::from(self.rng.chance(0.5)) * (step - 1);
            let mut previous = None;
            while week < self.weeks {
                let start = moment(week, day, minute, &zone);
                let slot = Slot::new(start, start.plus_minutes(minutes));
                next_promise += 1;
                let id = PromiseId(next_promise);
                // The clocks of two sites change on different days: in those weeks one may be taken.
                let stands = self.meet(slot, manager, &[manager, *report], Class::OneOnOne);
                if let Some(meeting) = stands.and_then(|id| self.world.meeting(id).cloned()) {
                    self.world.put_meeting(Meeting {
                        part_of: Some(id),
                        ..meeting
                    });
                    self.world.put_promise(Promise {
                        id,
                        one_on_one: one,
                        promised: slot,
                        next: Some(moment(week + step, day, minute, &zone)),
                        previous,
                        stands,
                        replaced_by: None,
                        series_gone: false,
                        changes: Vec::new(),
                        reason: None,
                        not_held: None,
                        wished: false,
                        agreed: false,
                    });
                    if week < judged {
                        promises.push(id);
                    }
                    previous = Some(start);
                }
                week += step;
            }
        }
        promises
    }

    /// Every week, each manager's team; and the managers of each manager of managers.
    fn teams(&mut self, people: &[PersonId]) {
        for boss in people {
            let mut team: Vec<PersonId> = vec![*boss];
            team.extend(people.iter().filter(|who| manager_of(**who) == Some(*boss)));
            if team.len() > 1 {
                let leads = |who: &PersonId| people.iter().any(|p| manager_of(*p) == Some(*who));
                let class = if team[1..].iter().all(leads) {
                    Class::Leadership
                } else {
                    Class::Team
                };
                self.every_week(&team, 60, class);
            }
        }
    }

    fn projects(&mut self, people: &[PersonId]) {
        for person in people {
            for _ in 0..2 {
                let mut group = vec![*person];
                for _ in 0..self.rng.between(1, 4) {
                    let other = *self.rng.pick(people);
                    if !group.contains(&other) {
                        group.push(other);
                    }
                }
                let minutes = self.rng.weighted(&[(30, 4), (60, 5), (90, 1)]);
                let class = self.rng.weighted(&[(Class::Status, 2), (Class::Other, 2)]);
                self.every_week(&group, minutes, class);
            }
        }
    }

    fn every_week(&mut self, group: &[PersonId], minutes: i64, class: Class) {
        let Some((day, minute)) = self.weekly(group, minutes) else {
            return;
        };
        let Some(zone) = self.world.person(group[0]).map(|known| known.zone.clone()) else {
            return;
        };
        for week in 0..self.weeks {
            let start = moment(week, day, minute, &zone);
            // Not every week, and not where somebody is taken.
            if self.rng.chance(0.9) {
                self.meet(
                    Slot::new(start, start.plus_minutes(minutes)),
                    group[0],
                    group,
                    class,
                );
            }
        }
    }

    /// Half of those who lead nobody keep a block for work, each week where it is free.
    fn focus(&mut self, people: &[PersonId]) {
        for person in people {
            let leads = people
                .iter()
                .any(|other| manager_of(*other) == Some(*person));
            if leads || !self.rng.chance(0.5) {
                continue;
            }
            let Some((day, minute)) = self.weekly(&[*person], 150) else {
                continue;
            };
            let Some(mut known) = self.world.person(*person).cloned() else {
                continue;
            };
            for week in 0..self.weeks {
                let start = moment(week, day, minute, &known.zone);
                let block = Slot::new(start, start.plus_minutes(150));
                if self.world.is_free(*person, block, None, start) {
                    known.focus.push(block);
                }
            }
            self.world.put_person(*person, known);
        }
    }
}
