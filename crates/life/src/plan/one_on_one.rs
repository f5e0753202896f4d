//! The pairs: their series, as first made.

use super::{
    Draft, Line, Plan,
    organisation::Organisation,
    promise::{Cadence, Pair, Promise, Temper},
};
use crate::{
    meeting::{MeetingId, Rule},
    names::{ONE_ON_ONE, titled},
    rng::Rng,
};
use jiff::{
    Span,
    civil::{DateTime, Weekday},
};
use steadfast_calendar::{Instant, when::resolve};

impl Plan {
    /// Gives every reporting line its 1:1, but for the share that has none.
    pub(crate) fn one_on_ones(&mut self, org: &Organisation) {
        for line in self.lines.clone() {
            let boss = org.bosses.contains(&line.manager);
            if !boss && self.rng.chance(self.config.without_one_on_one) {
                continue;
            }
            let mut rng = self.rng.fork(7);
            self.pair(org, line, boss, &mut rng);
        }
    }

    fn pair(&mut self, org: &Organisation, line: Line, boss: bool, rng: &mut Rng) {
        let cadence = if boss {
            Cadence::Weekly
        } else {
            rng.weighted(&[
                (Cadence::Weekly, 55),
                (Cadence::Biweekly, 28),
                (Cadence::FourWeekly, 7),
                (Cadence::TuesdayAndThursday, 10),
            ])
        };
        let temper = rng.weighted(&[
            (Temper::Steady, 35),
            (Temper::Ordinary, 35),
            (Temper::Habitual, 20),
            (Temper::Turning, 10),
        ]);
        let organiser = if !boss && rng.chance(0.08) {
            line.report
        } else {
            line.manager
        };
        let mut extras = Vec::new();
        if rng.chance(0.3) {
            extras.push(org.room);
        }
        if rng.chance(0.04) {
            extras.push(org.bot);
        }
        let (m, r) = (
            &self.people[line.manager.0].given,
            &self.people[line.report.0].given,
        );
        let title = titled(rng.pick::<&str>(&ONE_ON_ONE), m, r);
        let minutes = *rng.pick(&[25i64, 30, 30, 30, 45, 50, 60]);
        let zone = self.people[organiser.0].zone.clone();
        let days = match cadence {
            Cadence::TuesdayAndThursday => vec![Weekday::Tuesday, Weekday::Thursday],
            _ => vec![*rng.pick(&[
                Weekday::Monday,
                Weekday::Tuesday,
                Weekday::Wednesday,
                Weekday::Thursday,
                Weekday::Friday,
            ])],
        };
        let first = self.place_for(&[line.manager, line.report], &zone, &days, minutes);
        let offset = if cadence.weeks() > 1 {
            rng.between(0, cadence.weeks() - 1)
        } else {
            0
        };
        let joined = line.from.map_or(0, |day| {
            (day - self.config.first_day).get_days().div_euclid(7) + 1
        });
        let start = first.saturating_add(Span::new().days(7 * (i64::from(joined) + offset)));
        let mut pair = Pair {
            manager: line.manager,
            report: line.report,
            organiser,
            assistant: self.assistant(line.manager),
            extras,
            title,
            cadence,
            minutes,
            zone,
            temper,
            meetings: Vec::new(),
            promises: Vec::new(),
            ended: line.to,
            quiet: Vec::new(),
        };
        let at = if line.from.is_some() {
            resolve(start, &pair.zone.tz).plus_minutes(-rng.between(1_500, 6_000))
        } else {
            self.long_ago()
        };
        let meeting = self.series(&mut pair, at, start, &days);
        let known = at.max(self.first_look).plus_minutes(65);
        pair.promises = self.meetings[meeting.0]
            .ruled(self.now)
            .into_iter()
            .map(|slot| Promise::new(meeting, slot, known))
            .collect();
        self.end_with_line(&mut pair, rng);
        self.pairs.push(pair);
    }

    /// A new series of a pair.
    pub(crate) fn series(
        &mut self,
        pair: &mut Pair,
        at: Instant,
        start: DateTime,
        days: &[Weekday],
    ) -> MeetingId {
        let mut guests = vec![pair.manager, pair.report];
        guests.extend(&pair.extras);
        let meeting = self.begin(
            at,
            Draft {
                title: pair.title.clone(),
                organiser: Some(pair.organiser),
                guests: &guests,
                zone: pair.zone.clone(),
                start,
                minutes: pair.minutes,
                rule: Some(Rule {
                    weeks: pair.cadence.weeks(),
                    days: days.to_vec(),
                }),
            },
        );
        pair.meetings.push(meeting);
        meeting
    }

    /// A promise ends with the reporting line: the series gets its last date more than a week before.
    fn end_with_line(&mut self, pair: &mut Pair, rng: &mut Rng) {
        let Some(ended) = pair.ended else { return };
        let last_day = |at: Instant| at.date(&pair.zone.tz) <= ended;
        let Some(first_gone) = pair
            .promises
            .iter()
            .position(|p| !last_day(p.promised.start))
        else {
            return;
        };
        if first_gone == 0 {
            pair.promises.clear();
            return;
        }
        let gone = pair.promises[first_gone].promised.start;
        let until = pair.promises[first_gone - 1].promised.start;
        let meeting = pair.promises[first_gone].meeting;
        pair.promises.truncate(first_gone);
        let at = gone.plus_minutes(-rng.between(8 * 1_440, 11 * 1_440));
        self.act(at, meeting, crate::action::What::End { until });
        pair.quiet
            .push((at.plus_days(-pair.cadence.days() - 9), gone));
    }
}
