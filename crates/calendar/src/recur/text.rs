//! An RRULE value, taken apart (RFC 5545 §3.3.10). Lenient where real calendars are sloppy; what was passed over is
//! reported, never silent.

use super::{
    problem::{RuleError, RuleProblem},
    until::Until,
};

/// FREQ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Freq {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

impl Freq {
    const NAMES: [(Self, &'static str); 7] = [
        (Self::Weekly, "WEEKLY"),
        (Self::Daily, "DAILY"),
        (Self::Monthly, "MONTHLY"),
        (Self::Yearly, "YEARLY"),
        (Self::Hourly, "HOURLY"),
        (Self::Minutely, "MINUTELY"),
        (Self::Secondly, "SECONDLY"),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(freq, _)| *freq == self)
            .map_or("DAILY", |(_, name)| name)
    }

    pub(crate) fn is_sub_daily(self) -> bool {
        self < Self::Daily
    }
}

/// The BY parts, as indices into [`Parts::by`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum By {
    Day,
    MonthDay,
    Month,
    SetPos,
    WeekNo,
    YearDay,
    Hour,
    Minute,
    Second,
}

impl By {
    pub(crate) const ALL: [(Self, &'static str); 9] = [
        (Self::Day, "BYDAY"),
        (Self::MonthDay, "BYMONTHDAY"),
        (Self::Month, "BYMONTH"),
        (Self::SetPos, "BYSETPOS"),
        (Self::WeekNo, "BYWEEKNO"),
        (Self::YearDay, "BYYEARDAY"),
        (Self::Hour, "BYHOUR"),
        (Self::Minute, "BYMINUTE"),
        (Self::Second, "BYSECOND"),
    ];
}

/// A rule's parts. BY parts stay text until an engine wants them.
#[derive(Clone, Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) freq: Freq,
    /// At least 1.
    pub(crate) interval: u32,
    /// At least 1.
    pub(crate) count: Option<u32>,
    pub(crate) until: Option<Until>,
    /// WKST, Monday 0.
    pub(crate) week_start: i64,
    by: [&'a str; 9],
    /// RSCALE and SKIP (RFC 7529), for the general engine.
    pub(crate) scale: &'a str,
    pub(crate) skip: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes `value` apart; adds to `problems` what was passed over. `timed`: DTSTART is a DATE-TIME (for a DATE the
    /// time parts must be ignored).
    pub(crate) fn read(
        value: &'a str,
        timed: bool,
        problems: &mut impl FnMut(RuleProblem),
    ) -> Result<Self, RuleError> {
        let mut freq = None;
        let mut parts = Self {
            freq: Freq::Daily,
            interval: 1,
            count: None,
            until: None,
            week_start: 0,
            by: [""; 9],
            scale: "",
            skip: "",
        };
        let mut bad_count = false;
        for part in value.split(';') {
            let Some((name, text)) = part.split_once('=') else {
                continue;
            };
            let (name, text) = (name.trim(), text.trim());
            if text.is_empty() {
                continue;
            }
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            if is("FREQ") {
                freq = Freq::NAMES
                    .iter()
                    .find(|(_, known)| text.eq_ignore_ascii_case(known))
                    .map(|(freq, _)| *freq);
            } else if is("INTERVAL") {
                parts.interval = match text.parse::<i64>() {
                    Ok(n) if n >= 1 => u32::try_from(n).unwrap_or(u32::MAX),
                    Ok(_) => {
                        problems(RuleProblem::IntervalNotPositive);
                        1
                    }
                    Err(_) => return Err(RuleError::of("INTERVAL", text)),
                };
            } else if is("COUNT") {
                match text.parse::<i64>() {
                    Ok(n) if n >= 1 => parts.count = Some(u32::try_from(n).unwrap_or(u32::MAX)),
                    Ok(_) => bad_count = true,
                    Err(_) => return Err(RuleError::of("COUNT", text)),
                }
            } else if is("UNTIL") {
                parts.until = Some(Until::read(text).ok_or_else(|| RuleError::of("UNTIL", text))?);
            } else if is("WKST") {
                parts.week_start =
                    weekday_number(text).ok_or_else(|| RuleError::of("WKST", text))?;
            } else if is("RSCALE") {
                parts.scale = text;
            } else if is("SKIP") {
                parts.skip = text;
            } else if let Some((by, _)) = By::ALL.iter().find(|(_, known)| is(known)) {
                parts.set(*by, text);
            }
        }
        parts.freq = freq.ok_or(RuleError::NoFrequency)?;
        if bad_count {
            // With an UNTIL the rule is still bounded as somebody meant it; without, "never" and "for ever" are
            // both possible, and inventing promised meetings is the worse mistake.
            if parts.until.is_none() {
                return Err(RuleError::CountNotPositive);
            }
            problems(RuleProblem::CountIgnored);
        }
        if !timed {
            for by in [By::Hour, By::Minute, By::Second] {
                parts.set(by, "");
            }
        }
        Ok(parts)
    }

    /// The text of a BY part; empty when absent.
    pub(crate) fn by(&self, by: By) -> &'a str {
        self.by.get(by as usize).copied().unwrap_or_default()
    }

    /// Whether no BY part other than these is given, and the scale is the ordinary one.
    pub(crate) fn only(&self, allowed: &[By]) -> bool {
        self.scale.is_empty()
            && self.skip.is_empty()
            && By::ALL
                .iter()
                .all(|(by, _)| self.by(*by).is_empty() || allowed.contains(by))
    }

    pub(crate) fn set(&mut self, by: By, text: &'a str) {
        if let Some(slot) = self.by.get_mut(by as usize) {
            *slot = text;
        }
    }
}

/// One BYDAY entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DayEntry {
    /// Monday 0.
    pub(crate) weekday: i64,
    /// The ordinal, where there is one; never 0.
    pub(crate) nth: Option<i64>,
}

/// The entries of a BYDAY text; `None` for one that is no weekday.
pub(crate) fn day_entries(text: &str) -> impl Iterator<Item = Option<DayEntry>> + '_ {
    entries(text).map(|entry| {
        let split = entry.len().checked_sub(2)?;
        let (nth, weekday) = (entry.get(..split)?, entry.get(split..)?);
        let nth = match nth {
            "" => None,
            digits => Some(digits.parse().ok().filter(|n: &i64| *n != 0)?),
        };
        Some(DayEntry {
            weekday: weekday_number(weekday)?,
            nth,
        })
    })
}

/// The numbers of a list; `None` for an entry that is none, or zero.
pub(crate) fn numbers(text: &str) -> impl Iterator<Item = Option<i64>> + '_ {
    entries(text).map(|entry| entry.parse().ok().filter(|n: &i64| *n != 0))
}

/// The only number of a list; `None` when there is not exactly one.
pub(crate) fn only_number(text: &str) -> Option<i64> {
    let mut all = numbers(text);
    let first = all.next()??;
    all.next().is_none().then_some(first)
}

fn entries(text: &str) -> impl Iterator<Item = &str> + '_ {
    text.split(',').map(str::trim).filter(|e| !e.is_empty())
}

fn weekday_number(text: &str) -> Option<i64> {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        .iter()
        .position(|name| text.eq_ignore_ascii_case(name))
        .and_then(|i| i64::try_from(i).ok())
}
