//! When the observances of a VTIMEZONE set in: its rules, expanded over a bounded span.
//!
//! Only what time zones need is understood (YEARLY and MONTHLY by month, weekday, day of the month and position), by
//! walking the days of every month from 1965 to 2100 at most: a hostile rule costs no more than a real one.

use super::{build::MOST_TRANSITIONS, definition::Observance};
use crate::reader::value::{Moment, moment};
use ical::recur::{IcalRecurFreq, IcalRecurRule};
use jiff::civil::{Date, DateTime, Time, date};
use std::fmt;

/// Rules are expanded from this year, so that the observance in force in 1970 is known.
const FIRST_YEAR: i16 = 1965;

/// Rules are expanded up to and with this year.
const LAST_YEAR: i16 = 2100;

/// Why a rule of an observance was not understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RuleError {
    /// It does not follow the grammar of RFC 5545 §3.3.10.
    Malformed,
    /// A frequency or part that no time zone needs.
    Unusual,
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "is not a recurrence rule",
            Self::Unusual => {
                "uses more than YEARLY or MONTHLY with one time, BYMONTH, BYDAY, BYMONTHDAY and BYSETPOS"
            }
        })
    }
}

/// The wall clocks (under TZOFFSETFROM) at which the observance sets in by `rule`, after `start` and in order.
pub(crate) fn onsets(
    rule: &str,
    observance: &Observance,
    start: DateTime,
) -> Result<Vec<DateTime>, RuleError> {
    let (rule, until) = parse(rule, observance)?;
    let yearly = match rule.freq {
        IcalRecurFreq::Yearly => true,
        IcalRecurFreq::Monthly => false,
        _ => return Err(RuleError::Unusual),
    };
    let interval = i16::try_from(rule.interval).map_err(|_| RuleError::Unusual)?;
    let by_day_of_year = rule.by_month.is_empty() && yearly && !rule.by_day.is_empty();
    if interval < 1
        || by_day_of_year
        || rule.by_hour.len() > 1
        || rule.by_minute.len() > 1
        || rule.by_second.len() > 1
        || !rule.by_year_day.is_empty()
        || !rule.by_week_no.is_empty()
        || rule.count.is_some() && start.year() < FIRST_YEAR
    {
        return Err(RuleError::Unusual);
    }
    let time = time_of_day(&rule, start.time());
    let mut found = Vec::new();
    let mut left = rule.count.unwrap_or(u32::MAX);
    for year in start.year().max(FIRST_YEAR)..=LAST_YEAR {
        let mut days = Vec::new();
        for month in 1..=12 {
            let months = (year - start.year()) * 12 + i16::from(month) - i16::from(start.month());
            let due = if yearly {
                (year - start.year()) % interval == 0
            } else {
                months % interval == 0
            };
            if due {
                days_of_month(&rule, start, year, month, &mut days);
            }
            if !yearly || month == 12 {
                for day in at_positions(&rule, &days) {
                    let onset = day.to_datetime(time);
                    if onset < start {
                        continue;
                    }
                    let over = left == 0 || until.is_some_and(|until| onset > until);
                    if over || found.len() > MOST_TRANSITIONS {
                        return Ok(found);
                    }
                    left -= 1;
                    found.push(onset);
                }
                days.clear();
            }
        }
    }
    Ok(found)
}

/// The time at which the rule sets in: Lotus says it in the rule, too.
fn time_of_day(rule: &IcalRecurRule, start: Time) -> Time {
    let or = |by: &[u8], start: i8| {
        by.first()
            .and_then(|by| i8::try_from(*by).ok())
            .unwrap_or(start)
    };
    Time::new(
        or(&rule.by_hour, start.hour()),
        or(&rule.by_minute, start.minute()),
        or(&rule.by_second, start.second()),
        0,
    )
    .unwrap_or(start)
}

/// The rule, and its UNTIL as wall clock under TZOFFSETFROM: it is given in UTC (RFC 5545 §3.6.5), or as a date.
fn parse(
    rule: &str,
    observance: &Observance,
) -> Result<(IcalRecurRule, Option<DateTime>), RuleError> {
    let is_until = |part: &&str| {
        part.get(..6)
            .is_some_and(|head| head.eq_ignore_ascii_case("UNTIL="))
    };
    let parts = || rule.split(';').map(str::trim);
    let until = match parts().find(is_until).and_then(|part| part.get(6..)) {
        None => None,
        Some(text) => match moment(text.as_bytes()).map_err(|_| RuleError::Malformed)? {
            Moment::Date(day) => Some(day.to_datetime(Time::MAX)),
            said => observance.local(said),
        },
    };
    let without: Vec<&str> = parts().filter(|part| !is_until(part)).collect();
    let rule = IcalRecurRule::parse(&without.join(";")).map_err(|_| RuleError::Malformed)?;
    Ok((rule, until))
}

/// Adds the days of one month that the rule's BY parts allow.
fn days_of_month(
    rule: &IcalRecurRule,
    start: DateTime,
    year: i16,
    month: i8,
    days: &mut Vec<Date>,
) {
    let by_month = rule
        .by_month
        .iter()
        .any(|by| i8::try_from(*by) == Ok(month));
    let in_month = if rule.by_month.is_empty() {
        rule.freq == IcalRecurFreq::Monthly
            || !rule.by_month_day.is_empty()
            || month == start.month()
    } else {
        by_month
    };
    if !in_month {
        return;
    }
    let length = date(year, month, 1).days_in_month();
    for day in 1..=length {
        let on_day_of_month = if rule.by_month_day.is_empty() {
            !rule.by_day.is_empty() || day == start.day()
        } else {
            rule.by_month_day
                .iter()
                .any(|by| *by == day || *by == day - length - 1)
        };
        if !on_day_of_month {
            continue;
        }
        let Ok(date) = Date::new(year, month, day) else {
            continue;
        };
        let weekday = date.weekday().to_sunday_zero_offset();
        let on_weekday = rule.by_day.is_empty()
            || rule.by_day.iter().any(|by| {
                let from_start = (i16::from(day) - 1) / 7 + 1;
                let from_end = -((i16::from(length) - i16::from(day)) / 7 + 1);
                i8::try_from(by.weekday as u8) == Ok(weekday)
                    && by
                        .ordinal
                        .is_none_or(|nth| nth == from_start || nth == from_end)
            });
        if on_weekday {
            days.push(date);
        }
    }
}

/// The days that BYSETPOS leaves of one period's, in order.
fn at_positions(rule: &IcalRecurRule, days: &[Date]) -> Vec<Date> {
    if rule.by_set_pos.is_empty() {
        return days.to_vec();
    }
    let count = i64::try_from(days.len()).unwrap_or_default();
    days.iter()
        .zip(1_i64..)
        .filter(|(_, from_start)| {
            rule.by_set_pos.iter().any(|position| {
                let position = i64::from(*position);
                position == *from_start || position == from_start - count - 1
            })
        })
        .map(|(day, _)| *day)
        .collect()
}
