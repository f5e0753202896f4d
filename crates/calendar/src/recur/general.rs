//! Every other rule, through ical-rs: of the libraries tried, the one that follows RFC 5545 §3.3.10 furthest. This is
//! the only file that knows it.

use super::{
    Span,
    problem::{RuleError, RuleProblem},
    text::{By, Freq, Parts, numbers},
};
use crate::wall::{DAY, Wall, date_of, day_number, weekday};
use ical::recur::{
    IcalRecurDateTime, IcalRecurFreq, IcalRecurRule, IcalRecurWeekday, IcalRecurWeekdayNum,
    expand::IcalRecurExpand,
};
use std::fmt::Write as _;

/// Counted rules can only be walked from their start; one that starts before this (1900) is not walked, since a
/// never-matching one would cost tens of milliseconds each.
const EARLIEST_COUNTED: Wall = Wall::midnight(day_number(1900, 1, 1));

/// A rule for the library.
#[derive(Clone, Debug)]
pub(crate) struct General {
    rule: IcalRecurRule,
    start: Wall,
    /// Its BYSETPOS can never match.
    barren: bool,
}

impl General {
    /// Hands the rule to the library, UNTIL apart (ours knows of zones).
    pub(crate) fn of(
        parts: &Parts<'_>,
        start: Wall,
        problems: &mut impl FnMut(RuleProblem),
    ) -> Result<Self, RuleError> {
        let mut text = format!("FREQ={};INTERVAL={}", parts.freq.name(), parts.interval);
        for (by, name) in By::ALL {
            if !parts.by(by).is_empty() {
                // Writing to a String cannot go wrong.
                let _ = write!(text, ";{name}={}", parts.by(by));
            }
        }
        for (name, value) in [("RSCALE", parts.scale), ("SKIP", parts.skip)] {
            if !value.is_empty() {
                let _ = write!(text, ";{name}={value}");
            }
        }
        let mut rule =
            IcalRecurRule::parse(&text).map_err(|e| RuleError::Refused(e.to_string()))?;
        if let Some(scale) = rule.scale.as_deref().filter(|s| *s != "GREGORIAN") {
            return Err(RuleError::Scale(scale.chars().take(40).collect()));
        }
        rule.week_start = library_weekday(parts.week_start);
        rule.count = parts.count;
        for problem in rule.problems() {
            problems(RuleProblem::IllegalPart(problem.to_string()));
        }
        fill_from_start(&mut rule, start);
        Ok(Self {
            barren: asks_for_no_position(&rule, parts),
            rule,
            start,
        })
    }

    /// Whether it recurs within a day.
    pub(crate) fn is_sub_daily(&self) -> bool {
        matches!(
            self.rule.freq,
            IcalRecurFreq::Secondly | IcalRecurFreq::Minutely | IcalRecurFreq::Hourly
        )
    }

    /// Visits the instances within `span` in order, until `visit` says no. False: it was too costly to walk.
    pub(crate) fn walk(&self, span: Span, visit: &mut impl FnMut(Wall) -> bool) -> bool {
        if self.barren
            || span.to < self.start
            || (self.is_sub_daily() && meets_no_time(&self.rule, self.start))
        {
            return true;
        }
        let mut rule = self.rule.clone();
        // The library stops looking once it is past UNTIL: the window's end keeps never-matching rules cheap.
        rule.until = Some(IcalRecurDateTime::from_seconds(span.to.0.min(MAX_WALL)));
        let start = if rule.count.is_none() {
            self.first_period_near(span.from)
        } else if self.start < EARLIEST_COUNTED {
            return false;
        } else {
            self.start
        };
        for at in IcalRecurExpand::new(rule, IcalRecurDateTime::from_seconds(start.0)) {
            let wall = Wall(at.seconds());
            if wall >= span.from && !visit(wall) {
                break;
            }
        }
        true
    }

    /// The start of the last period on the rule's lattice that begins at or before `from`; DTSTART if that is later.
    fn first_period_near(&self, from: Wall) -> Wall {
        if from <= self.start {
            return self.start;
        }
        let every = i64::from(self.rule.interval);
        let (year, month, _) = date_of(self.start.day());
        let (to_year, to_month, _) = date_of(from.day());
        // One period early: with SKIP a day may spill into the next.
        let back = |periods: i64| (periods.div_euclid(every) - 1).max(0).saturating_mul(every);
        let sub_daily = |unit: i64| {
            let periods = (from.0 - self.start.0).div_euclid(unit);
            self.start.plus(back(periods).saturating_mul(unit))
        };
        let start = match self.rule.freq {
            IcalRecurFreq::Secondly => return sub_daily(1),
            IcalRecurFreq::Minutely => return sub_daily(60),
            IcalRecurFreq::Hourly => return sub_daily(3600),
            IcalRecurFreq::Daily => self.start.day() + back(from.day() - self.start.day()),
            IcalRecurFreq::Weekly => {
                let week_start = (self.rule.week_start as i64 + 6) % 7;
                let first =
                    self.start.day() - (weekday(self.start.day()) - week_start).rem_euclid(7);
                first + 7 * back((from.day() - first).div_euclid(7))
            }
            IcalRecurFreq::Monthly => {
                let months = year * 12 + month - 1 + back((to_year - year) * 12 + to_month - month);
                day_number(months.div_euclid(12), months.rem_euclid(12) + 1, 1)
            }
            IcalRecurFreq::Yearly => day_number(year + back(to_year - year), 1, 1),
        };
        Wall::midnight(start).max(self.start)
    }
}

/// End of year 9999, where the library stops too.
const MAX_WALL: i64 = day_number(10_000, 1, 1) * DAY - 1;

/// Writes into the rule what DTSTART says, so that it can be started at any later period.
fn fill_from_start(rule: &mut IcalRecurRule, start: Wall) {
    let (_, month, day) = date_of(start.day());
    let time = start.time_of_day();
    let small = |n: i64| u8::try_from(n).unwrap_or(0);
    let freq = rule.freq;
    let daily_or_longer = !matches!(
        freq,
        IcalRecurFreq::Secondly | IcalRecurFreq::Minutely | IcalRecurFreq::Hourly
    );
    let selects_a_day = !rule.by_day.is_empty()
        || (!rule.by_month_day.is_empty() && freq != IcalRecurFreq::Weekly)
        || (freq == IcalRecurFreq::Yearly
            && !(rule.by_year_day.is_empty() && rule.by_week_no.is_empty()));
    if !selects_a_day {
        let month_day = i8::try_from(day).unwrap_or(1);
        match freq {
            IcalRecurFreq::Weekly => rule.by_day.push(IcalRecurWeekdayNum {
                ordinal: None,
                weekday: library_weekday(weekday(start.day())),
            }),
            IcalRecurFreq::Monthly => rule.by_month_day = vec![month_day],
            IcalRecurFreq::Yearly => {
                rule.by_month_day = vec![month_day];
                if rule.by_month.is_empty() {
                    rule.by_month.push(small(month));
                }
            }
            _ => {}
        }
    }
    if daily_or_longer {
        if rule.by_hour.is_empty() {
            rule.by_hour.push(small(time / 3600));
        }
        if rule.by_minute.is_empty() {
            rule.by_minute.push(small(time / 60 % 60));
        }
        if rule.by_second.is_empty() {
            rule.by_second.push(small(time % 60));
        }
    }
}

/// A period within a day has as many candidates as the product of its smaller time parts; a BYSETPOS beyond that picks
/// none, and the library would search a million periods to find out.
fn asks_for_no_position(rule: &IcalRecurRule, parts: &Parts<'_>) -> bool {
    if !parts.freq.is_sub_daily() || rule.by_set_pos.is_empty() {
        return false;
    }
    let distinct = |list: &[u8]| {
        let mut list = list.to_vec();
        list.sort_unstable();
        list.dedup();
        i64::try_from(list.len().max(1)).unwrap_or(i64::MAX)
    };
    let candidates = match parts.freq {
        Freq::Hourly => distinct(&rule.by_minute) * distinct(&rule.by_second),
        Freq::Minutely => distinct(&rule.by_second),
        _ => 1,
    };
    !numbers(parts.by(By::SetPos))
        .flatten()
        .any(|position| position.abs() <= candidates)
}

/// Steps of INTERVAL from DTSTART reach only some times of day. Here: none that the time parts allow, which the library
/// would search a million periods to find out.
fn meets_no_time(rule: &IcalRecurRule, start: Wall) -> bool {
    let (unit, limits) = match rule.freq {
        IcalRecurFreq::Secondly => (1, 3),
        IcalRecurFreq::Minutely => (60, 2),
        _ => (3600, 1),
    };
    let apart = greatest_common_divisor(i64::from(rule.interval) * unit, DAY);
    let lists = [&rule.by_hour, &rule.by_minute, &rule.by_second];
    let allowed = |time: i64| {
        let parts = [time / 3600, time / 60 % 60, time % 60];
        lists.iter().zip(parts).take(limits).all(|(list, part)| {
            list.is_empty() || list.iter().any(|wanted| i64::from(*wanted) == part)
        })
    };
    let first = start.time_of_day() % apart;
    !(0..DAY / apart).any(|step| allowed(first + step * apart))
}

fn greatest_common_divisor(mut a: i64, mut b: i64) -> i64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn library_weekday(monday_zero: i64) -> IcalRecurWeekday {
    match monday_zero {
        1 => IcalRecurWeekday::Tuesday,
        2 => IcalRecurWeekday::Wednesday,
        3 => IcalRecurWeekday::Thursday,
        4 => IcalRecurWeekday::Friday,
        5 => IcalRecurWeekday::Saturday,
        6 => IcalRecurWeekday::Sunday,
        _ => IcalRecurWeekday::Monday,
    }
}
