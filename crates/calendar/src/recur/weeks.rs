//! `FREQ=YEARLY;BYWEEKNO=…` on the calendar of weeks: a year begins with the first week that has four days in it
//! (RFC 5545 §3.3.10), so its days may lie in the neighbouring calendar year. The library counts calendar years and
//! loses those days; and without BYDAY it gives the whole week where the rule means DTSTART's weekday.

use super::{
    Span,
    text::{By, Freq, Parts, day_entries, numbers},
};
use crate::wall::{Wall, date_of, day_number, weekday};

/// Last year looked at, the widest an iCalendar date can spell.
const MAX_YEAR: i64 = 9999;

/// A yearly rule on week numbers.
#[derive(Clone, Debug)]
pub(crate) struct WeekNumbers {
    weeks: Vec<i64>,
    /// Days after the start of the week, ascending.
    days: Vec<i64>,
    months: Vec<i64>,
    set_positions: Vec<i64>,
    week_start: i64,
    every: i64,
    start: Wall,
    count: i64,
}

impl WeekNumbers {
    /// The rule, where it is a yearly one on week numbers without parts that need the general engine.
    pub(crate) fn of(parts: &Parts<'_>, start: Wall) -> Option<Self> {
        if parts.freq != Freq::Yearly
            || parts.by(By::WeekNo).is_empty()
            || !parts.only(&[By::WeekNo, By::Day, By::Month, By::SetPos])
        {
            return None;
        }
        let within = |text, most: i64| -> Option<Vec<i64>> {
            numbers(text)
                .map(|n| n.filter(|n| n.abs() <= most))
                .collect()
        };
        let mut days = Vec::new();
        for entry in day_entries(parts.by(By::Day)) {
            let entry = entry.filter(|e| e.nth.is_none())?;
            days.push((entry.weekday - parts.week_start).rem_euclid(7));
        }
        if days.is_empty() {
            days.push((weekday(start.day()) - parts.week_start).rem_euclid(7));
        }
        days.sort_unstable();
        days.dedup();
        Some(Self {
            weeks: within(parts.by(By::WeekNo), 53)?,
            days,
            months: within(parts.by(By::Month), 12)?,
            set_positions: within(parts.by(By::SetPos), 366)?,
            week_start: parts.week_start,
            every: i64::from(parts.interval),
            start,
            count: parts.count.map_or(i64::MAX, i64::from),
        })
    }

    /// Visits the instances within `span` in order, until `visit` says no.
    pub(crate) fn walk(&self, span: Span, visit: &mut impl FnMut(Wall) -> bool) {
        let first = self.year_of(self.start.day());
        let skip = if self.count == i64::MAX {
            (self.year_of(span.from.max(self.start).day()) - first).div_euclid(self.every)
        } else {
            0
        };
        let mut year = first.saturating_add(skip.max(0).saturating_mul(self.every));
        let mut number = 0;
        while year <= MAX_YEAR && Wall::midnight(self.first_day(year)) <= span.to {
            for day in self.days_of(year) {
                let wall = Wall::midnight(day).plus(self.start.time_of_day());
                if wall < self.start {
                    continue;
                }
                if number >= self.count || wall > span.to {
                    return;
                }
                number += 1;
                if wall >= span.from && !visit(wall) {
                    return;
                }
            }
            year = year.saturating_add(self.every);
        }
    }

    /// First day of the week-year.
    fn first_day(&self, year: i64) -> i64 {
        let fourth = day_number(year, 1, 4);
        fourth - (weekday(fourth) - self.week_start).rem_euclid(7)
    }

    /// The week-year a day belongs to.
    fn year_of(&self, day: i64) -> i64 {
        let middle = day - (weekday(day) - self.week_start).rem_euclid(7) + 3;
        date_of(middle).0
    }

    fn days_of(&self, year: i64) -> Vec<i64> {
        let first = self.first_day(year);
        let total = (self.first_day(year.saturating_add(1)) - first) / 7;
        let mut weeks: Vec<i64> = self
            .weeks
            .iter()
            .map(|n| if *n > 0 { *n } else { total + 1 + n })
            .filter(|n| (1..=total).contains(n))
            .collect();
        weeks.sort_unstable();
        weeks.dedup();
        let mut days: Vec<i64> = weeks
            .iter()
            .flat_map(|week| {
                self.days
                    .iter()
                    .map(move |day| first + 7 * (week - 1) + day)
            })
            .filter(|day| self.months.is_empty() || self.months.contains(&date_of(*day).1))
            .collect();
        if !self.set_positions.is_empty() {
            let last = i64::try_from(days.len()).unwrap_or(i64::MAX);
            let mut position = 0;
            days.retain(|_| {
                position += 1;
                self.set_positions.contains(&position)
                    || self.set_positions.contains(&(position - last - 1))
            });
        }
        days
    }
}
