//! The rest of a working week: leadership, daily, status, team, coffee with a peer, a mentor, a vendor, interviews,
//! private appointments. None of them is a 1:1 of a manager and a report, several look like one.

use super::{Draft, Plan, organisation::Organisation};
use crate::{
    meeting::{MeetingId, Rule},
    person::PersonId,
    truth::NotOneOnOne,
};
use jiff::{Span, civil::Weekday};
use steadfast_calendar::Slot;

const WORKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

/// One routine meeting to be.
struct Routine<'a> {
    title: &'a str,
    organiser: PersonId,
    guests: &'a [PersonId],
    weeks: i64,
    days: &'a [Weekday],
    minutes: i64,
    why: NotOneOnOne,
}

impl Plan {
    /// Gives everybody a working week around their 1:1s.
    pub(crate) fn routines(&mut self, org: &Organisation) {
        for boss in &org.bosses {
            let under = |m: &&PersonId| org.boss_of(**m) == Some(*boss);
            let mut leaders: Vec<PersonId> = org.managers.iter().filter(under).copied().collect();
            leaders.extend(&org.directors);
            self.routine_meeting(&Routine {
                title: "Leadership team",
                organiser: *boss,
                guests: &leaders,
                weeks: 1,
                days: &[Weekday::Monday],
                minutes: 60,
                why: NotOneOnOne::Group,
            });
        }
        for (n, manager) in org.managers.clone().into_iter().enumerate() {
            let team: Vec<PersonId> = self
                .lines
                .iter()
                .filter(|l| l.manager == manager && l.to.is_none())
                .map(|l| l.report)
                .collect();
            if team.len() > 1 {
                self.routine_meeting(&Routine {
                    title: "Daily",
                    organiser: manager,
                    guests: &team,
                    weeks: 1,
                    days: &WORKDAYS,
                    minutes: 15,
                    why: NotOneOnOne::Group,
                });
                let (status_day, team_day) = (*self.rng.pick(&WORKDAYS), *self.rng.pick(&WORKDAYS));
                let status = self.routine_meeting(&Routine {
                    title: "Weekly status",
                    organiser: manager,
                    guests: &team,
                    weeks: 1,
                    days: &[status_day],
                    minutes: 45,
                    why: NotOneOnOne::Group,
                });
                self.now_and_then(status);
                let meeting = self.routine_meeting(&Routine {
                    title: "Team meeting",
                    organiser: manager,
                    guests: &team,
                    weeks: 2,
                    days: &[team_day],
                    minutes: 60,
                    why: NotOneOnOne::Group,
                });
                self.now_and_then(meeting);
            }
            let peer = org.managers[(n + 1) % org.managers.len()];
            if peer != manager && n % 2 == 0 {
                let title = format!(
                    "Coffee {} & {}",
                    self.people[manager.0].given, self.people[peer.0].given
                );
                self.routine_meeting(&Routine {
                    title: &title,
                    organiser: manager,
                    guests: &[peer],
                    weeks: 2,
                    days: &[Weekday::Wednesday],
                    minutes: 30,
                    why: NotOneOnOne::Peers,
                });
            }
            let director = org.directors[n % org.directors.len()];
            if n % 3 == 0 {
                self.routine_meeting(&Routine {
                    title: "Mentoring",
                    organiser: director,
                    guests: &[manager],
                    weeks: 4,
                    days: &[Weekday::Friday],
                    minutes: 45,
                    why: NotOneOnOne::Mentor,
                });
            }
            let vendor = org.outsiders[n % org.outsiders.len()];
            if n % 2 == 1 {
                self.routine_meeting(&Routine {
                    title: "1:1 vendor",
                    organiser: manager,
                    guests: &[vendor],
                    weeks: 2,
                    days: &[Weekday::Thursday],
                    minutes: 30,
                    why: NotOneOnOne::Outsider,
                });
            }
            self.routine_meeting(&Routine {
                title: "Customer board",
                organiser: manager,
                guests: &org.outsiders[..2],
                weeks: 4,
                days: &[Weekday::Tuesday],
                minutes: 60,
                why: NotOneOnOne::Outsider,
            });
            self.interviews(manager);
            self.private(manager);
        }
    }

    fn routine_meeting(&mut self, routine: &Routine<'_>) -> MeetingId {
        let zone = self.people[routine.organiser.0].zone.clone();
        let mut everybody = routine.guests.to_vec();
        everybody.push(routine.organiser);
        let start = self.place_for(&everybody, &zone, routine.days, routine.minutes);
        let at = self.long_ago();
        let meeting = self.begin(
            at,
            Draft {
                title: routine.title.to_owned(),
                organiser: Some(routine.organiser),
                guests: routine.guests,
                zone,
                start,
                minutes: routine.minutes,
                rule: Some(Rule {
                    weeks: routine.weeks,
                    days: routine.days.to_vec(),
                }),
            },
        );
        self.decoys.push((meeting, routine.why));
        meeting
    }

    /// Moves or calls off one in twelve.
    fn now_and_then(&mut self, meeting: MeetingId) {
        let mut rng = self.rng.fork(3);
        for slot in self.meetings[meeting.0].ruled(self.now) {
            let at = slot.start.plus_minutes(-rng.between(90, 4_000));
            if at <= self.first_look || !rng.chance(0.08) {
                continue;
            }
            let what = if rng.chance(0.4) {
                crate::action::What::CallOff { id: slot.start }
            } else {
                let start = slot.start.plus_minutes(60 * rng.between(1, 3));
                crate::action::What::Place {
                    id: slot.start,
                    slot: Slot::new(start, start.plus_minutes(slot.minutes())),
                }
            };
            self.act(at, meeting, what);
        }
    }

    fn interviews(&mut self, manager: PersonId) {
        let mut rng = self.rng.fork(5);
        let zone = self.people[manager.0].zone.clone();
        for week in 0..self.config.weeks {
            if !rng.chance(0.08) {
                continue;
            }
            let candidate = self.somebody(zone.clone(), true);
            let day = self
                .config
                .first_day
                .saturating_add(Span::new().days(7 * week + rng.between(0, 4)));
            let start = day.at(rng.between(9, 16) as i8, 0, 0, 0);
            let at = steadfast_calendar::when::resolve(start, &zone.tz)
                .plus_minutes(-rng.between(3_000, 9_000));
            let title = format!("Interview {}", self.people[candidate.0].given);
            let meeting = self.begin(
                at,
                Draft {
                    title,
                    organiser: Some(manager),
                    guests: &[candidate],
                    zone: zone.clone(),
                    start,
                    minutes: 45,
                    rule: None,
                },
            );
            self.decoys.push((meeting, NotOneOnOne::Interview));
        }
    }

    fn private(&mut self, who: PersonId) {
        let zone = self.people[who.0].zone.clone();
        let start = self.place_for(&[who], &zone, &[Weekday::Thursday], 60);
        let at = self.long_ago();
        let rule = Some(Rule {
            weeks: 1,
            days: vec![Weekday::Thursday],
        });
        let meeting = self.begin(
            at,
            Draft {
                title: "Gym".to_owned(),
                organiser: None,
                guests: &[who],
                zone,
                start,
                minutes: 60,
                rule,
            },
        );
        self.decoys.push((meeting, NotOneOnOne::Private));
    }
}
