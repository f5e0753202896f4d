//! Something else that wants a 1:1's slot: put on the manager's calendar for real, shortly before.

use super::{Draft, Plan, organisation::Organisation};
use crate::{
    meeting::MeetingId,
    names::{CUSTOMER, LEADERSHIP, PERSONAL, STATUS, TEAM},
    person::PersonId,
    rng::Rng,
    truth::{Cause, Class, Conflict, GaveWay},
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
            Class::Leadership => (
                &LEADERSHIP,
                Some(org.boss),
                [&[manager], &org.directors[..2]].concat(),
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
}
