//! Somebody as the guard sees them.

use crate::ids::PersonId;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use steadfast_calendar::{Instant, Slot};

/// Somebody as the guard sees them.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their clock.
    pub zone: TimeZone,
    /// When they work; what is usual, where they did not say.
    pub hours: Hours,
    /// Whether they said so themselves: only then is something outside them.
    pub hours_said: bool,
    /// Whether their whole calendar is seen. Otherwise a time at which nothing of theirs is known may be taken.
    pub calendar_seen: bool,
    /// When they are busy, where their calendar is not seen and a calendar server was asked.
    pub asked: Option<Asked>,
    /// Whom they report to.
    pub manager: Option<PersonId>,
    /// Whether they belong to this organisation.
    pub inside: bool,
    /// Whether they have joined: only then may something reach them that nobody read before.
    pub joined: bool,
    /// When nothing is sent to them.
    pub quiet: Quiet,
    /// Blocks of two hours or more that they keep free for work.
    pub focus: Vec<Slot>,
    /// When they are away.
    pub leave: Vec<Slot>,
}

/// When somebody is busy, as a calendar server tells others of them: spans, without what takes them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// Within which time that is known.
    pub span: Slot,
    /// When they are busy in it.
    pub busy: Vec<Slot>,
}

impl Person {
    /// Somebody of whom nothing else is known: the usual hours, and whatever else is careful.
    pub fn unknown(zone: TimeZone) -> Self {
        Self {
            zone,
            hours: Hours::default(),
            hours_said: false,
            calendar_seen: false,
            asked: None,
            manager: None,
            inside: false,
            joined: false,
            quiet: Quiet::default(),
            focus: Vec::new(),
            leave: Vec::new(),
        }
    }
}

/// Working hours of a week on the own clock, Monday first, in minutes since midnight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hours(pub [Option<(u16, u16)>; 7]);

impl Default for Hours {
    /// Monday to Friday, nine to five.
    fn default() -> Self {
        let day = Some((9 * 60, 17 * 60));
        Self([day, day, day, day, day, None, None])
    }
}

impl Hours {
    /// The working hours of one day.
    pub fn on(&self, date: Date, zone: &TimeZone) -> Option<Slot> {
        let day = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
        let (from, to) = self.0.get(day).copied().flatten()?;
        Some(Slot::new(at(date, from, zone)?, at(date, to, zone)?))
    }
}

/// Hours in which nothing is sent, in minutes since midnight on the own clock; over midnight where `from` is later, and none
/// on working days where both are the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quiet {
    /// First minute of quiet.
    pub from: u16,
    /// First minute after.
    pub to: u16,
    /// Whether all of Saturday and Sunday is quiet.
    pub weekends: bool,
}

impl Default for Quiet {
    /// From seven in the evening to eight in the morning. Whether weekends are quiet as well is chosen with the channel.
    fn default() -> Self {
        Self {
            from: 19 * 60,
            to: 8 * 60,
            weekends: false,
        }
    }
}

impl Quiet {
    /// The first moment from `now` on at which something may be sent.
    pub fn after(&self, now: Instant, zone: &TimeZone) -> Instant {
        /// A night, a weekend, and a night: more do not follow one another.
        const MOST: usize = 6;
        let mut at = now;
        for _ in 0..MOST {
            let Some(end) = self.ends(at, zone).filter(|end| *end > at) else {
                break;
            };
            at = end;
        }
        at
    }

    /// The end of the quiet in which `now` lies; `None`: it lies in none.
    fn ends(&self, now: Instant, zone: &TimeZone) -> Option<Instant> {
        let civil = now.civil(zone);
        let (today, minute) = (civil.date(), minute_of(civil.time()));
        if self.weekends && today.weekday().to_monday_zero_offset() >= 5 {
            return at(today.tomorrow().ok()?, 0, zone);
        }
        let is_quiet = if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        };
        let day = if minute < self.to {
            today
        } else {
            today.tomorrow().ok()?
        };
        is_quiet.then(|| at(day, self.to, zone)).flatten()
    }
}

/// Minutes since midnight.
fn minute_of(time: Time) -> u16 {
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
}

/// That minute of that day on a clock; the later of two where the clock is set back, the first after a gap.
fn at(date: Date, minute: u16, zone: &TimeZone) -> Option<Instant> {
    let hour = i8::try_from(minute / 60).ok()?;
    let rest = i8::try_from(minute % 60).ok()?;
    let civil = if hour == 24 && rest == 0 {
        date.tomorrow().ok()?.at(0, 0, 0, 0)
    } else {
        date.to_datetime(Time::new(hour, rest, 0, 0).ok()?)
    };
    let zoned = zone.to_ambiguous_zoned(civil).compatible().ok()?;
    Some(zoned.timestamp().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn moment(day: Date, hour: i8) -> Instant {
        let zoned = day.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        zoned.timestamp().into()
    }

    #[test]
    fn what_comes_at_night_waits_for_the_morning() {
        let (quiet, day) = (Quiet::default(), date(2026, 3, 3));
        let after = |hour| quiet.after(moment(day, hour), &TimeZone::UTC);
        assert_eq!(after(12), moment(day, 12));
        assert_eq!(after(6), moment(day, 8));
        assert_eq!(after(20), moment(date(2026, 3, 4), 8));
    }

    #[test]
    fn what_comes_on_friday_evening_waits_for_monday_unless_weekends_are_not_quiet() {
        let friday = moment(date(2026, 3, 6), 20);
        let quiet = Quiet {
            weekends: true,
            ..Quiet::default()
        };
        assert_eq!(
            quiet.after(friday, &TimeZone::UTC),
            moment(date(2026, 3, 9), 8)
        );
        let sunday = moment(date(2026, 3, 8), 12);
        assert_eq!(
            quiet.after(sunday, &TimeZone::UTC),
            moment(date(2026, 3, 9), 8)
        );
        let also = Quiet {
            weekends: false,
            ..quiet
        };
        assert_eq!(
            also.after(friday, &TimeZone::UTC),
            moment(date(2026, 3, 7), 8)
        );
        assert_eq!(also.after(sunday, &TimeZone::UTC), sunday);
    }

    #[test]
    fn quiet_is_kept_on_the_own_clock_also_when_it_is_set_forward() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let quiet = Quiet {
            weekends: false,
            ..Quiet::default()
        };
        // The night of 29 March 2026 has an hour less.
        let night = date(2026, 3, 28).at(23, 0, 0, 0).to_zoned(berlin.clone());
        let morning = date(2026, 3, 29).at(8, 0, 0, 0).to_zoned(berlin.clone());
        let (night, morning) = (night.unwrap().timestamp(), morning.unwrap().timestamp());
        assert_eq!(quiet.after(night.into(), &berlin), morning.into());
    }

    #[test]
    fn no_hours_are_quiet_where_both_ends_are_one() {
        let quiet = Quiet {
            from: 0,
            to: 0,
            weekends: false,
        };
        let at = moment(date(2026, 3, 8), 3);
        assert_eq!(quiet.after(at, &TimeZone::UTC), at);
    }

    #[test]
    fn nobody_works_on_sunday_unless_they_say_so() {
        let hours = Hours::default();
        assert_eq!(hours.on(date(2026, 3, 8), &TimeZone::UTC), None);
        let tuesday = hours.on(date(2026, 3, 3), &TimeZone::UTC).unwrap();
        assert_eq!(tuesday.minutes(), 480);
    }
}
