//! The common rules as arithmetic: every so many days, weeks or months, jumping straight to the window. Everything
//! else goes to [`super::general`]; a property test holds the two against each other.

use super::{
    Span,
    text::{By, Freq, Parts, day_entries, only_number},
};
use crate::wall::{Wall, date_of, day_number, days_in_month, weekday};

/// A rule whose instances all have DTSTART's time of day and lie on an evenly spaced lattice of days.
#[derive(Clone, Debug)]
pub(crate) struct Lattice {
    step: Step,
    start: Wall,
    count: i64,
}

#[derive(Clone, Debug)]
enum Step {
    /// Every so many days.
    Days(i64),
    /// Some weekdays of every so many weeks.
    Weeks {
        /// First day of the week that holds DTSTART.
        first: i64,
        /// Days between the starts of two such weeks.
        every: i64,
        /// Days after the start of the week, ascending; the first `picked` of them count.
        days: [u8; 7],
        picked: i64,
        /// How many of the first week's days lie before DTSTART.
        skipped: i64,
    },
    /// One day of every so many months.
    Months {
        /// Months since year 0 of the first month.
        first: i64,
        every: i64,
        pick: Pick,
    },
}

/// Which day of a month.
#[derive(Clone, Copy, Debug)]
enum Pick {
    /// The nth day, or the nth from the end.
    Day(i64),
    /// The nth such weekday, or the nth from the end.
    Weekday { weekday: i64, nth: i64 },
}

impl Pick {
    fn in_month(self, year: i64, month: i64) -> Option<i64> {
        let length = days_in_month(year, month);
        let day = match self {
            Self::Day(n) if n > 0 => n,
            Self::Day(n) => length + 1 + n,
            Self::Weekday {
                weekday: wanted,
                nth,
            } if nth > 0 => {
                let first = weekday(day_number(year, month, 1));
                1 + (wanted - first).rem_euclid(7) + 7 * (nth - 1)
            }
            Self::Weekday {
                weekday: wanted,
                nth,
            } => {
                let last = weekday(day_number(year, month, length));
                length - (last - wanted).rem_euclid(7) + 7 * (nth + 1)
            }
        };
        (1..=length)
            .contains(&day)
            .then(|| day_number(year, month, day))
    }

    /// Whether every month has such a day.
    fn always(self) -> bool {
        match self {
            Self::Day(n) => n.abs() <= 28,
            Self::Weekday { nth, .. } => nth.abs() <= 4,
        }
    }
}

impl Lattice {
    /// The rule as a lattice from `start`, where it is one of the common ones.
    pub(crate) fn of(parts: &Parts<'_>, start: Wall) -> Option<Self> {
        let every = i64::from(parts.interval);
        let step = match parts.freq {
            Freq::Daily if parts.only(&[]) => Step::Days(every),
            Freq::Daily if every == 1 && parts.only(&[By::Day]) => weeks(parts, start, 1)?,
            Freq::Weekly if parts.only(&[By::Day]) => weeks(parts, start, every)?,
            Freq::Monthly if parts.only(&[By::Day]) || parts.only(&[By::MonthDay]) => {
                let (year, month, day) = date_of(start.day());
                months(parts, (year, month), day, every)?
            }
            Freq::Yearly => {
                let (year, month, day) = date_of(start.day());
                let month_given = !parts.by(By::Month).is_empty();
                // Without BYMONTH a BYDAY or BYMONTHDAY reaches over the whole year: not a lattice.
                let allowed = if !month_given {
                    parts.only(&[])
                } else {
                    parts.only(&[By::Month, By::Day]) || parts.only(&[By::Month, By::MonthDay])
                };
                if !allowed {
                    return None;
                }
                let month = if month_given {
                    only_number(parts.by(By::Month)).filter(|m| (1..=12).contains(m))?
                } else {
                    month
                };
                months(parts, (year, month), day, every.checked_mul(12)?)?
            }
            _ => return None,
        };
        Some(Self {
            step,
            start,
            count: parts.count.map_or(i64::MAX, i64::from),
        })
    }

    /// Visits the instances within `span` in order, until `visit` says no.
    pub(crate) fn walk(&self, span: Span, visit: &mut impl FnMut(Wall) -> bool) {
        let from = span.from.max(self.start);
        if from > span.to || self.count <= 0 {
            return;
        }
        let time = self.start.time_of_day();
        let mut visit_day = |day: i64| -> bool {
            let wall = Wall::midnight(day).plus(time);
            wall <= span.to && (wall < from || visit(wall))
        };
        match &self.step {
            Step::Days(every) => {
                let first = self.start.day();
                let mut n = (from.day() - first).div_euclid(*every).max(0);
                while n < self.count && visit_day(first.saturating_add(n.saturating_mul(*every))) {
                    n += 1;
                }
            }
            Step::Weeks {
                first,
                every,
                days,
                picked,
                skipped,
            } => {
                let mut week = (from.day() - 6 - first).div_euclid(*every).max(0);
                let days = days
                    .get(..usize::try_from(*picked).unwrap_or(7))
                    .unwrap_or(days);
                'weeks: loop {
                    let base = first.saturating_add(week.saturating_mul(*every));
                    // Negative numbers are days of the first week before DTSTART.
                    let numbers = week.saturating_mul(*picked).saturating_sub(*skipped)..;
                    for (day, number) in days.iter().zip(numbers) {
                        if number >= self.count || !visit_day(base.saturating_add(i64::from(*day)))
                        {
                            break 'weeks;
                        }
                    }
                    week += 1;
                }
            }
            Step::Months { first, every, pick } => {
                self.walk_months(*first, *every, *pick, from, &mut visit_day);
            }
        }
    }

    fn walk_months(
        &self,
        first: i64,
        every: i64,
        pick: Pick,
        from: Wall,
        visit_day: &mut impl FnMut(i64) -> bool,
    ) {
        let day_in = |n: i64| {
            let month = first.saturating_add(n.saturating_mul(every));
            pick.in_month(month.div_euclid(12), month.rem_euclid(12) + 1)
        };
        let starts_late = day_in(0).is_some_and(|day| day < self.start.day());
        let mut n = 0;
        let mut number = if starts_late { -1 } else { 0 };
        // With a COUNT and a day that some months lack, instances must be counted from the start.
        if self.count == i64::MAX || pick.always() {
            let (year, month, _) = date_of(from.day());
            n = (year * 12 + month - 1 - first).div_euclid(every).max(0);
            number += n;
        }
        // No lattice leaps further than 8 years over a missing 29 February per step of its own, but one with an odd
        // interval may never meet one: the walk ends with the calendar.
        while number < self.count && first.saturating_add(n.saturating_mul(every)) < 120_000 {
            if let Some(day) = day_in(n) {
                if !visit_day(day) {
                    return;
                }
                number += 1;
            }
            n += 1;
        }
    }
}

fn weeks(parts: &Parts<'_>, start: Wall, every: i64) -> Option<Step> {
    let mut wanted = [false; 7];
    for entry in day_entries(parts.by(By::Day)) {
        let entry = entry.filter(|e| e.nth.is_none())?;
        *wanted.get_mut(usize::try_from(entry.weekday).ok()?)? = true;
    }
    let start_weekday = weekday(start.day());
    if wanted == [false; 7] {
        *wanted.get_mut(usize::try_from(start_weekday).ok()?)? = true;
    }
    let into_week = (start_weekday - parts.week_start).rem_euclid(7);
    let mut days = [0; 7];
    let (mut picked, mut skipped) = (0, 0);
    for offset in 0..7u8 {
        let weekday = (parts.week_start + i64::from(offset)).rem_euclid(7);
        if *wanted.get(usize::try_from(weekday).ok()?)? {
            *days.get_mut(usize::try_from(picked).ok()?)? = offset;
            picked += 1;
            skipped += i64::from(i64::from(offset) < into_week);
        }
    }
    Some(Step::Weeks {
        first: start.day() - into_week,
        every: every.checked_mul(7)?,
        days,
        picked,
        skipped,
    })
}

fn months(parts: &Parts<'_>, (year, month): (i64, i64), day: i64, every: i64) -> Option<Step> {
    let (by_day, by_month_day) = (parts.by(By::Day), parts.by(By::MonthDay));
    let pick = if !by_day.is_empty() {
        let mut entries = day_entries(by_day);
        let entry = entries.next()??;
        if entries.next().is_some() {
            return None;
        }
        Pick::Weekday {
            weekday: entry.weekday,
            nth: entry.nth.filter(|n| (-5..=5).contains(n))?,
        }
    } else if !by_month_day.is_empty() {
        Pick::Day(only_number(by_month_day).filter(|n| (-31..=31).contains(n))?)
    } else {
        Pick::Day(day)
    };
    Some(Step::Months {
        first: year.checked_mul(12)?.checked_add(month - 1)?,
        every,
        pick,
    })
}
