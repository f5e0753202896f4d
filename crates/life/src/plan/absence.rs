//! Leave and public holidays, and the 1:1s that fall into them.

use super::{Plan, organisation::Organisation, promise::Pair};
use crate::{
    person::PersonId,
    place::holidays,
    rng::Rng,
    truth::{Behaviour, Cause, Class, Excuse},
};
use jiff::Span;
use steadfast_calendar::{Slot, when::resolve};

const LEAVE: [&str; 5] = ["Vacation", "Out of office", "Urlaub", "Congés", "OOO"];

impl Plan {
    /// Gives everybody with a calendar their public holidays and about two weeks of leave in half a year.
    pub(crate) fn absences(&mut self) {
        for index in 0..self.people.len() {
            let who = PersonId(index);
            if !self.people[index].has_calendar {
                continue;
            }
            let mut rng = self.rng.fork(23);
            self.public_holidays(who);
            let weeks = self.config.weeks;
            for _ in 0..(weeks / 20).max(1) {
                let week = rng.between(1, weeks - 2);
                let length = *rng.pick(&[5i64, 5, 5, 12, 2]);
                let first = self
                    .config
                    .first_day
                    .saturating_add(Span::new().days(7 * week));
                let at = resolve(first.at(9, 0, 0, 0), &jiff::tz::TimeZone::UTC)
                    .plus_minutes(-rng.between(15_000, 60_000));
                let title = *rng.pick(&LEAVE);
                self.time_off(who, first, length, Class::Leave, title, at);
            }
        }
    }

    fn public_holidays(&mut self, who: PersonId) {
        let country = self.people[who.0].zone.place.country;
        let first = self.config.first_day;
        let last = first.saturating_add(Span::new().days(7 * self.config.weeks));
        for year in first.year()..=last.year() {
            for (day, name) in holidays(country, year) {
                if (first..last).contains(&day) {
                    let at = self.first_look.plus_days(-60);
                    self.time_off(who, day, 1, Class::Holiday, name, at);
                }
            }
        }
    }

    /// A promise that somebody's absence covers is called off, or declined by the one who is away.
    pub(crate) fn for_absence(
        &mut self,
        org: &Organisation,
        pair: &mut Pair,
        k: usize,
        behaviour: Behaviour,
        rng: &mut Rng,
    ) {
        let slot = pair.promises[k].promised;
        let (who, excuse, class) = match behaviour {
            Behaviour::LeaveOfManager => (pair.manager, Excuse::LeaveManager, Class::Leave),
            Behaviour::LeaveOfReport => (pair.report, Excuse::LeaveManager, Class::Leave),
            _ => (pair.report, Excuse::Holiday, Class::Holiday),
        };
        if behaviour == Behaviour::LeaveOfReport && rng.chance(0.6) {
            self.live(org, pair, k, Behaviour::ReportDeclines, rng);
        } else {
            self.drop_it(org, pair, k, rng, false);
        }
        if pair.promises[k].changes.is_empty() {
            return;
        }
        let entry = self.absence_over(who, slot, excuse);
        pair.promises[k].cause = entry.map(|uid| Cause { class, uid });
    }

    fn absence_over(&self, who: PersonId, slot: Slot, excuse: Excuse) -> Option<String> {
        let spans = self.away.get(&who)?;
        let (_, meeting) = spans
            .iter()
            .find(|(away, _)| away.excuse == excuse && away.slot.overlaps(slot))?;
        Some(self.meetings[meeting.0].uid.clone())
    }
}
