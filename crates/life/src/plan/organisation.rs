//! Who works here: boss, managers, reports, assistants, rooms, people outside, and who reports to whom, when.

use super::{Line, Plan};
use crate::{
    names::{FAMILY, GIVEN, mailbox},
    person::{Kind, Person, PersonId},
    place::{PLACES, Zone},
};
use jiff::{Span, civil::Date};

/// More than this many, and a boss's own calendar outgrows a real one's.
const MANAGERS_OF_A_BOSS: usize = 6;

/// The people of one life, by part.
#[derive(Debug)]
pub(crate) struct Organisation {
    /// One for six managers.
    pub(crate) bosses: Vec<PersonId>,
    /// Directors beside the managers: no reporting line here.
    pub(crate) directors: Vec<PersonId>,
    pub(crate) managers: Vec<PersonId>,
    pub(crate) room: PersonId,
    pub(crate) bot: PersonId,
    pub(crate) outsiders: Vec<PersonId>,
}

impl Organisation {
    /// The boss of the `n`th manager.
    pub(crate) fn boss_of(&self, manager: PersonId) -> Option<PersonId> {
        let n = self.managers.iter().position(|m| *m == manager)?;
        self.bosses.get(n / MANAGERS_OF_A_BOSS).copied()
    }
}

impl Plan {
    /// A new human being.
    pub(crate) fn somebody(&mut self, zone: Zone, outside: bool) -> PersonId {
        let mut rng = self.rng.fork(1);
        let given = *rng.pick(&GIVEN);
        let family = *rng.pick(&FAMILY);
        let mut local = mailbox(given, family);
        if self.people.iter().any(|p| p.address.starts_with(&local)) {
            local = format!("{local}{}", self.people.len());
        }
        let domain = if outside {
            "partner.example.net"
        } else {
            "example.com"
        };
        self.person(Person {
            address: format!("{local}@{domain}"),
            name: format!("{given} {family}"),
            given: given.to_owned(),
            kind: Kind::Person,
            zone,
            aliases: Vec::new(),
            has_calendar: false,
            outside,
        })
    }

    fn thing(&mut self, address: &str, name: &str, kind: Kind) -> PersonId {
        self.person(Person {
            address: address.to_owned(),
            name: name.to_owned(),
            given: name.to_owned(),
            kind,
            zone: Zone::of(&PLACES[0]),
            aliases: Vec::new(),
            has_calendar: false,
            outside: false,
        })
    }

    /// Makes the organisation of the config.
    pub(crate) fn organisation(&mut self) -> Organisation {
        let home = Zone::of(&PLACES[self.rng.index(3)]);
        let bosses: Vec<PersonId> = (0..self.config.managers.div_ceil(MANAGERS_OF_A_BOSS).max(1))
            .map(|_| self.somebody(home.clone(), false))
            .collect();
        for boss in &bosses {
            self.people[boss.0].has_calendar = true;
        }
        let directors = (0..3).map(|_| self.somebody(home.clone(), false)).collect();
        let room = self.thing("room-3@resource.example.com", "Room 3", Kind::Room);
        let bot = self.thing("notes@bot.example.com", "Note taker", Kind::Bot);
        let outsiders = (0..4).map(|_| self.somebody(home.clone(), true)).collect();
        let mut managers = Vec::new();
        for n in 0..self.config.managers {
            let zone = Zone::of(&PLACES[self.rng.index(PLACES.len())]);
            let manager = self.somebody(zone.clone(), false);
            self.people[manager.0].has_calendar = true;
            self.lines.push(Line {
                manager: bosses[n / MANAGERS_OF_A_BOSS],
                report: manager,
                from: None,
                to: None,
            });
            managers.push(manager);
            if self.rng.chance(self.config.delegates) {
                let assistant = self.somebody(zone, false);
                self.people[assistant.0].kind = Kind::Delegate { of: manager };
            }
        }
        for manager in managers.clone() {
            for _ in 0..self.config.reports_per_manager {
                let near = self.rng.chance(0.75);
                let zone = if near {
                    self.people[manager.0].zone.clone()
                } else {
                    Zone::of(&PLACES[self.rng.index(PLACES.len())])
                };
                let report = self.somebody(zone, false);
                self.people[report.0].has_calendar = true;
                if self.rng.chance(self.config.old_addresses) {
                    let old = self.people[report.0].address.replace('@', "@old.");
                    self.people[report.0].aliases.push(old);
                }
                self.line_of(manager, report, &managers);
            }
        }
        Organisation {
            bosses,
            directors,
            managers,
            room,
            bot,
            outsiders,
        }
    }

    /// A report's line or lines: most stay, some join, leave or change managers.
    fn line_of(&mut self, manager: PersonId, report: PersonId, managers: &[PersonId]) {
        let open = Line {
            manager,
            report,
            from: None,
            to: None,
        };
        if !self.rng.chance(self.config.changes_of_line) || self.config.weeks < 12 {
            self.lines.push(open);
            return;
        }
        let week = self.rng.between(5, self.config.weeks - 6);
        let day = self.day(week);
        match self.rng.index(3) {
            0 => self.lines.push(Line {
                from: Some(day),
                ..open
            }),
            1 => self.lines.push(Line {
                to: Some(day),
                ..open
            }),
            _ => {
                self.lines.push(Line {
                    to: Some(day),
                    ..open
                });
                let next = *self.rng.pick(managers);
                if next != manager {
                    let from = day.tomorrow().unwrap_or(day);
                    self.lines.push(Line {
                        manager: next,
                        report,
                        from: Some(from),
                        to: None,
                    });
                }
            }
        }
    }

    /// The Friday of a week, counted from 0.
    pub(crate) fn day(&self, week: i64) -> Date {
        self.config
            .first_day
            .saturating_add(Span::new().days(7 * week + 4))
    }
}
