//! Values as iCalendar writes them (RFC 5545 §3.3): dates, durations, numbers.

use jiff::civil::{Date, DateTime};
use std::fmt;

/// Why a value was not understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ValueError {
    /// Neither a DATE nor a DATE-TIME, or a day or time that does not exist.
    NotADate,
    /// Not a DURATION, or one that is too long.
    NotADuration,
    /// Not a whole number from 0 to 4294967295.
    NotANumber,
    /// Not a UTC-OFFSET within 25 hours.
    NotAnOffset,
    /// Nothing there.
    Empty,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotADate => "is not a date or time that exists",
            Self::NotADuration => "is not a duration",
            Self::NotANumber => "is not a whole number",
            Self::NotAnOffset => "is not an offset from UTC",
            Self::Empty => "is empty",
        })
    }
}

/// A DATE or DATE-TIME, its zone aside. The shape decides, whatever VALUE says: `VALUE=DATE` with a time and
/// dates without it are both met.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Moment {
    /// `YYYYMMDD`.
    Date(Date),
    /// `YYYYMMDDTHHMMSS`.
    Local(DateTime),
    /// `YYYYMMDDTHHMMSSZ`.
    Utc(DateTime),
}

impl Moment {
    /// The wall clock it shows; midnight for a date.
    pub(crate) fn civil(self) -> DateTime {
        match self {
            Self::Date(date) => date.to_datetime(jiff::civil::Time::midnight()),
            Self::Local(civil) | Self::Utc(civil) => civil,
        }
    }
}

/// Reads a DATE or DATE-TIME. Also with hyphens and colons as ISO 8601 sets them (`2024-03-18T09:00:00Z`), and times
/// without seconds, which some write.
pub(crate) fn moment(value: &[u8]) -> Result<Moment, ValueError> {
    read_moment(value).ok_or(if value.is_empty() {
        ValueError::Empty
    } else {
        ValueError::NotADate
    })
}

fn read_moment(value: &[u8]) -> Option<Moment> {
    let (date, rest) = match *value {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, ref rest @ ..] => {
            ([y1, y2, y3, y4, m1, m2, d1, d2], rest)
        }
        _ => value
            .split_first_chunk()
            .map(|(date, rest)| (*date, rest))?,
    };
    let date = day(date)?;
    let (clock, utc) = match rest {
        [] => return Some(Moment::Date(date)),
        [b'T' | b't', clock @ .., b'Z' | b'z'] => (clock, true),
        [b'T' | b't', clock @ ..] => (clock, false),
        _ => return None,
    };
    let (hour, minute, second) = match *clock {
        // A leap second is read as the second before it (RFC 5545 §3.3.12).
        [h1, h2, m1, m2, b'6', b'0'] | [h1, h2, b':', m1, m2, b':', b'6', b'0'] => {
            (number([h1, h2])?, number([m1, m2])?, 59)
        }
        [h1, h2, m1, m2, s1, s2] | [h1, h2, b':', m1, m2, b':', s1, s2] => {
            (number([h1, h2])?, number([m1, m2])?, number([s1, s2])?)
        }
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => (number([h1, h2])?, number([m1, m2])?, 0),
        _ => return None,
    };
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    let civil = date.to_datetime(time);
    Some(if utc {
        Moment::Utc(civil)
    } else {
        Moment::Local(civil)
    })
}

fn day([y1, y2, y3, y4, m1, m2, d1, d2]: [u8; 8]) -> Option<Date> {
    let year = i16::from(number([y1, y2])?) * 100 + i16::from(number([y3, y4])?);
    Date::new(year, number([m1, m2])?, number([d1, d2])?).ok()
}

/// Two digits: 0 to 99.
#[inline]
fn number([tens, ones]: [u8; 2]) -> Option<i8> {
    let tens = tens.wrapping_sub(b'0');
    let ones = ones.wrapping_sub(b'0');
    if tens < 10 && ones < 10 {
        i8::try_from(tens * 10 + ones).ok()
    } else {
        None
    }
}

/// Seconds since 1970 of a wall clock in UTC.
pub(crate) fn utc_seconds(civil: DateTime) -> i64 {
    // Civil days since 1970 (proleptic Gregorian); Hinnant's algorithm, with March as the first month.
    let (year, month) = (i64::from(civil.year()), i64::from(civil.month()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(civil.day()) - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100
        + day_of_year
        - 719_468;
    days * 86_400
        + i64::from(civil.hour()) * 3_600
        + i64::from(civil.minute()) * 60
        + i64::from(civil.second())
}

/// A DURATION (RFC 5545 §3.3.6): nominal days, weeks being seven of them, and exact seconds.
pub(crate) fn duration(value: &[u8]) -> Result<(i32, i64), ValueError> {
    if value.is_empty() {
        return Err(ValueError::Empty);
    }
    parse_duration(value).ok_or(ValueError::NotADuration)
}

/// Ten thousand years.
const LONGEST_DAYS: i64 = 3_660_000;

fn parse_duration(value: &[u8]) -> Option<(i32, i64)> {
    let (sign, value) = match value {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        _ => (1, value),
    };
    let mut rest = match value {
        [b'P' | b'p', rest @ ..] if !rest.is_empty() => rest,
        _ => return None,
    };
    let (mut days, mut seconds) = (0_i64, 0_i64);
    let mut in_time = false;
    while let Some((&first, tail)) = rest.split_first() {
        if first.eq_ignore_ascii_case(&b'T') {
            if in_time {
                return None;
            }
            in_time = true;
            rest = tail;
            continue;
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        // Nine digits are three centuries of seconds.
        if digits == 0 || digits > 9 {
            return None;
        }
        let (amount, tail) = rest.split_at_checked(digits)?;
        let amount = amount
            .iter()
            .fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let (unit, tail) = tail.split_first()?;
        match (unit.to_ascii_uppercase(), in_time) {
            (b'W', false) => days += amount * 7,
            (b'D', false) => days += amount,
            (b'H', true) => seconds += amount * 3_600,
            (b'M', true) => seconds += amount * 60,
            (b'S', true) => seconds += amount,
            _ => return None,
        }
        rest = tail;
    }
    // Beyond all years that can be written there is nothing to reach.
    if days > LONGEST_DAYS || seconds > LONGEST_DAYS * 86_400 {
        return None;
    }
    Some((i32::try_from(sign * days).ok()?, sign * seconds))
}

/// A whole number, not negative.
pub(crate) fn whole_number(value: &[u8]) -> Result<u32, ValueError> {
    std::str::from_utf8(value)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or(ValueError::NotANumber)
}

/// A UTC-OFFSET (RFC 5545 §3.3.14), in seconds east of UTC. Also with a colon, and without minutes.
pub(crate) fn offset(value: &[u8]) -> Result<i32, ValueError> {
    parse_offset(value).ok_or(ValueError::NotAnOffset)
}

fn parse_offset(value: &[u8]) -> Option<i32> {
    let (sign, rest) = match value {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        _ => (1, value),
    };
    let (hours, minutes, seconds) = match *rest {
        [h] => (number([b'0', h])?, 0, 0),
        [h1, h2] => (number([h1, h2])?, 0, 0),
        [h, b':', m1, m2] => (number([b'0', h])?, number([m1, m2])?, 0),
        [h1, h2, m1, m2] | [h1, h2, b':', m1, m2] => (number([h1, h2])?, number([m1, m2])?, 0),
        [h1, h2, m1, m2, s1, s2] | [h1, h2, b':', m1, m2, b':', s1, s2] => {
            (number([h1, h2])?, number([m1, m2])?, number([s1, s2])?)
        }
        _ => return None,
    };
    if hours > 24 || minutes > 59 || seconds > 59 {
        return None;
    }
    Some(sign * (i32::from(hours) * 3_600 + i32::from(minutes) * 60 + i32::from(seconds)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, datetime};

    #[test]
    fn the_shape_of_a_value_tells_date_from_time() {
        for (text, expected) in [
            ("20240318", Ok(Moment::Date(date(2024, 3, 18)))),
            (
                "20240318T090001",
                Ok(Moment::Local(datetime(2024, 3, 18, 9, 0, 1, 0))),
            ),
            (
                "20240318T090001Z",
                Ok(Moment::Utc(datetime(2024, 3, 18, 9, 0, 1, 0))),
            ),
            (
                "2024-03-18T09:00:01z",
                Ok(Moment::Utc(datetime(2024, 3, 18, 9, 0, 1, 0))),
            ),
            (
                "20240318T0900",
                Ok(Moment::Local(datetime(2024, 3, 18, 9, 0, 0, 0))),
            ),
            ("2024-03-18", Ok(Moment::Date(date(2024, 3, 18)))),
            (
                "20240318t09:00",
                Ok(Moment::Local(datetime(2024, 3, 18, 9, 0, 0, 0))),
            ),
            (
                "20161231T235960Z",
                Ok(Moment::Utc(datetime(2016, 12, 31, 23, 59, 59, 0))),
            ),
            ("", Err(ValueError::Empty)),
            ("20240230", Err(ValueError::NotADate)),
            ("20240318T", Err(ValueError::NotADate)),
            ("20240318T250000", Err(ValueError::NotADate)),
            ("20240318T09000", Err(ValueError::NotADate)),
            ("20240401T0-90000Z", Err(ValueError::NotADate)),
            ("2024-0318", Err(ValueError::NotADate)),
            ("2024:03:18", Err(ValueError::NotADate)),
            ("20240318T09:0000", Err(ValueError::NotADate)),
            ("tomorrow", Err(ValueError::NotADate)),
            ("2024\u{0663}18", Err(ValueError::NotADate)),
        ] {
            assert_eq!(moment(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn durations_keep_days_apart_from_seconds() {
        for (text, expected) in [
            ("PT30M", Ok((0, 1_800))),
            ("P1D", Ok((1, 0))),
            ("P2W", Ok((14, 0))),
            ("P1DT2H3M4S", Ok((1, 7_384))),
            ("-PT15M", Ok((0, -900))),
            ("+P0D", Ok((0, 0))),
            ("P", Err(ValueError::NotADuration)),
            ("PT5", Err(ValueError::NotADuration)),
            ("P5H", Err(ValueError::NotADuration)),
            ("PT9999999999S", Err(ValueError::NotADuration)),
            ("P9999999D", Err(ValueError::NotADuration)),
            ("P999999999W", Err(ValueError::NotADuration)),
            ("1D", Err(ValueError::NotADuration)),
            ("", Err(ValueError::Empty)),
        ] {
            assert_eq!(duration(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn offsets_are_seconds_east() {
        for (text, expected) in [
            ("+0100", Ok(3_600)),
            ("-0330", Ok(-12_600)),
            ("+01:00", Ok(3_600)),
            ("-2", Ok(-7_200)),
            ("+053020", Ok(19_820)),
            ("+9900", Err(ValueError::NotAnOffset)),
            ("", Err(ValueError::NotAnOffset)),
        ] {
            assert_eq!(offset(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn seconds_since_1970_are_those_of_the_time_zone_library() {
        for year in [1, 1600, 1969, 1970, 2000, 2024, 2100, 9998] {
            for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
                let civil = datetime(year, month, day, 23, 59, 58, 0);
                let expected = jiff::tz::Offset::UTC.to_timestamp(civil).unwrap();
                assert_eq!(utc_seconds(civil), expected.as_second(), "{civil}");
            }
        }
    }
}
