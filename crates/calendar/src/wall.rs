//! The wall clock as a number: what recurrence counts in (RFC 5545 §3.3.10 expands on local time).

use jiff::{
    civil::{Date, DateTime},
    tz::TimeZone,
};

/// Seconds that a wall clock shows since 1970-01-01T00:00:00 on that same wall. Not a moment: a zone makes it one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Wall(pub(crate) i64);

/// Seconds of a civil day.
pub(crate) const DAY: i64 = 86_400;

impl Wall {
    /// Midnight at the start of `day` (days since 1970-01-01).
    pub(crate) const fn midnight(day: i64) -> Self {
        Self(day.saturating_mul(DAY))
    }

    /// Days since 1970-01-01.
    pub(crate) const fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// Seconds since midnight.
    pub(crate) const fn time_of_day(self) -> i64 {
        self.0.rem_euclid(DAY)
    }

    /// This reading, later by `seconds` (saturating).
    pub(crate) const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// As jiff's civil time; clamped to its range.
    pub(crate) fn civil(self) -> DateTime {
        crate::Instant::from_seconds(self.0).civil(&TimeZone::UTC)
    }
}

impl From<DateTime> for Wall {
    fn from(civil: DateTime) -> Self {
        let time = civil.time();
        let of_day = i64::from(time.hour()) * 3600
            + i64::from(time.minute()) * 60
            + i64::from(time.second());
        Self(Self::from(civil.date()).0 + of_day)
    }
}

impl From<Date> for Wall {
    fn from(date: Date) -> Self {
        Self::midnight(day_number(
            i64::from(date.year()),
            i64::from(date.month()),
            i64::from(date.day()),
        ))
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar (Hinnant, "date algorithms").
pub(crate) const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date (year, month, day) of a day number; the inverse of [`day_number`].
pub(crate) const fn date_of(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + (month <= 2) as i64;
    (year, month, of_year - (153 * from_march + 2) / 5 + 1)
}

/// Length of a month in days.
pub(crate) const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Day of the week, Monday 0 to Sunday 6 (1970-01-01 was a Thursday).
pub(crate) const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn day_numbers_agree_with_jiff(year in -9000i16..9000, ordinal in 0i32..365) {
            let first = jiff::civil::date(year, 1, 1);
            let date = first.saturating_add(jiff::Span::new().days(ordinal));
            let wall = Wall::from(date);
            prop_assert_eq!(wall.civil().date(), date);
            prop_assert_eq!(date_of(wall.day()), (i64::from(date.year()), i64::from(date.month()), i64::from(date.day())));
            prop_assert_eq!(weekday(wall.day()), i64::from(date.weekday().to_monday_zero_offset()));
            prop_assert_eq!(days_in_month(i64::from(date.year()), i64::from(date.month())), i64::from(date.days_in_month()));
        }
    }
}
