//! Something else that wants a 1:1's slot: put on the manager's calendar for real, shortly before.

use super::{Draft, Plan, organisation::Organisation, promise::Pair};
use crate::{
    action::What,
    meeting::MeetingId,
    names::{CUSTOMER, LEADERSHIP, PERSONAL, STATUS, TEAM},
    person::PersonId,
    rng::Rng,
    truth::{Behaviour, Cause, Class, Conflict, GaveWay},
};
use steadfast_calendar::{Instant, Slot};

impl Plan {
    /// Puts a meeting over `slot` at `at`; its class is drawn.
    pub(crate) fn rival(
        &mut self,
        org: &Organisation,
        manager: PersonId,
        besides: PersonId,
        slot: Slot,
        at: Instant,
        rng: &mut Rng,
    ) -> (MeetingId, Class) {
        let class = rng.weighted(&[
            (Class::Leadership, 40),
            (Class::Customer, 25),
            (Class::Status, 10),
            (Class::Team, 10),
            (Class::Personal, 15),
        ]);
        let team: Vec<PersonId> = self
            .lines
            .iter()
            .filter(|line| {
                line.manager == manager
                    && line.report != besides
                    && line.to.is_none()
                    && line.from.is_none()
            })
            .map(|line| line.report)
            .take(3)
            .collect();
        let (titles, organiser, guests): (&[&str], Option<PersonId>, Vec<PersonId>) = match class {
            Class::Leadership if rng.chance(0.25) => (
                &LEADERSHIP,
                org.boss_of(manager).or(Some(org.directors[0])),
                [&[manager], &org.directors[..2]].concat(),
            ),
            Class::Leadership => (
                &LEADERSHIP,
                Some(org.directors[0]),
                [&[manager], &org.directors[1..]].concat(),
            ),
            Class::Customer => (&CUSTOMER, Some(manager), org.outsiders[..2].to_vec()),
            Class::Status => (
                &STATUS,
                Some(org.directors[0]),
                [&[manager], &org.directors[1..]].concat(),
            ),
            Class::Team if team.len() > 1 => (&TEAM, Some(manager), team),
            _ => (&PERSONAL, None, vec![manager]),
        };
        let class = if class == Class::Team && organiser.is_none() {
            Class::Personal
        } else {
            class
        };
        let title = (*rng.pick(titles)).to_owned();
        let zone = self.people[manager.0].zone.clone();
        let early = 15 * rng.between(0, 2);
        let start = slot.start.plus_minutes(-early).civil(&zone.tz);
        let minutes = (slot.minutes() + early).max(60);
        let meeting = self.begin(
            at,
            Draft {
                title,
                organiser,
                guests: &guests,
                zone,
                start,
                minutes,
                rule: None,
            },
        );
        (meeting, class)
    }

    /// A rival that wins: what made the manager change a 1:1 at `changed`.
    pub(crate) fn cause(
        &mut self,
        org: &Organisation,
        manager: PersonId,
        report: PersonId,
        slot: Slot,
        changed: Instant,
        rng: &mut Rng,
    ) -> Cause {
        let at = changed.plus_minutes(-rng.between(3, 240));
        let (meeting, class) = self.rival(org, manager, report, slot, at, rng);
        self.conflict(manager, class, slot, GaveWay::OneOnOne);
        Cause {
            class,
            uid: self.meetings[meeting.0].uid.clone(),
        }
    }

    pub(crate) fn conflict(
        &mut self,
        manager: PersonId,
        class: Class,
        slot: Slot,
        gave_way: GaveWay,
    ) {
        let manager = self.people[manager.0].address.clone();
        self.conflicts.push(Conflict {
            manager,
            class,
            slot,
            gave_way,
        });
    }

    /// Something else wants the slot: it gives way (`Defend`), or both stay (`Overlap`).
    pub(super) fn rivalry(
        &mut self,
        org: &Organisation,
        pair: &Pair,
        k: usize,
        behaviour: Behaviour,
        rng: &mut Rng,
    ) {
        let slot = pair.promises[k].promised;
        let Some(at) = self.moment(pair, k, slot.start.plus_minutes(-180), rng) else {
            return;
        };
        let (rival, class) = self.rival(org, pair.manager, pair.report, slot, at, rng);
        let mut gave_way = GaveWay::Neither;
        if behaviour == Behaviour::Defend {
            let away = at.plus_seconds(rng.between(
                4_000,
                slot.start.plus_minutes(-10).seconds_since(at).max(4_001),
            ));
            let standing = self.meetings[rival.0].slot_at(self.meetings[rival.0].start);
            let start = standing
                .start
                .plus_minutes(*rng.pick(&[120i64, 180, 1_440]));
            let moved = Slot::new(start, start.plus_minutes(standing.minutes()));
            self.act(
                away,
                rival,
                What::Place {
                    id: standing.start,
                    slot: moved,
                },
            );
            gave_way = GaveWay::Other;
        }
        self.conflict(pair.manager, class, slot, gave_way);
    }
}
