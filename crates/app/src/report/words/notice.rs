//! How early a change was known, in words.

use crate::report::words::count;
use steadfast_ledger::verdict::Verdict;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
const A_DAY_AND_A_HALF: i64 = DAY + DAY / 2;
const TWO_DAYS: i64 = 2 * DAY;

/// "with 20 minutes’ notice", "with a day’s notice", "with 2 hours to 20 hours of notice", "after it should
/// have begun"; `None` where nothing is known about it.
pub(crate) fn given(verdict: &Verdict) -> Option<String> {
    if let Some((least, most)) = verdict.notice_range.as_deref()
        && amount(*least) != amount(*most)
    {
        return Some(range(*least, *most));
    }
    let minutes = verdict.notice_minutes?;
    Some(if minutes < 0 {
        "after it should have begun".to_owned()
    } else if minutes == 0 {
        "just as it should have begun".to_owned()
    } else {
        format!("with {} notice", genitive(&amount(minutes)))
    })
}

/// "2 days ahead".
pub(crate) fn ahead(minutes: i64) -> String {
    format!("{} ahead", amount(minutes))
}

/// "72 minutes before", "after".
pub(crate) fn before(minutes: i64) -> String {
    if minutes < 0 {
        "after".to_owned()
    } else {
        format!("{} before", amount(minutes))
    }
}

/// "20 minutes’", "a day’s".
fn genitive(amount: &str) -> String {
    let ending = if amount.ends_with('s') { "’" } else { "’s" };
    format!("{amount}{ending}")
}

/// A change seen only between two looks at the calendar.
fn range(least: i64, most: i64) -> String {
    if most <= 0 {
        "after it should have begun".to_owned()
    } else if least <= 0 {
        format!("with at most {} of notice", amount(most))
    } else {
        format!("with {} to {} of notice", amount(least), amount(most))
    }
}

/// A length of time as people say it, never longer than it was: what has begun of an hour or a day was not given.
fn amount(minutes: i64) -> String {
    let whole = |number: i64| usize::try_from(number).unwrap_or(0);
    match minutes {
        ..1 => "less than a minute".to_owned(),
        1 => "a minute".to_owned(),
        HOUR => "an hour".to_owned(),
        90 => "an hour and a half".to_owned(),
        2..120 => count(whole(minutes), "minute", "minutes"),
        120..DAY => count(whole(minutes / HOUR), "hour", "hours"),
        DAY..A_DAY_AND_A_HALF => "a day".to_owned(),
        A_DAY_AND_A_HALF..TWO_DAYS => "a day and a half".to_owned(),
        _ => match minutes / DAY {
            7 => "a week".to_owned(),
            days => count(whole(days), "day", "days"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{amount, range};

    #[test]
    fn notice_is_never_longer_than_it_was() {
        let check = |minutes: i64, said: &str| assert_eq!(amount(minutes), said);
        check(20, "20 minutes");
        check(60, "an hour");
        check(81, "81 minutes");
        check(90, "an hour and a half");
        check(119, "119 minutes");
        check(120, "2 hours");
        check(150, "2 hours");
        check(225, "3 hours");
        check(1430, "23 hours");
        check(1440, "a day");
        check(2000, "a day");
        check(2160, "a day and a half");
        check(2870, "a day and a half");
        check(2880, "2 days");
        check(4277, "2 days");
        check(10_000, "6 days");
        check(10_080, "a week");
        check(11_519, "a week");
        // 8 days and 15 hours.
        check(12_420, "8 days");
        check(i64::MAX, "6405119470038038 days");
        check(1, "a minute");
        check(0, "less than a minute");
        check(i64::MIN, "less than a minute");
    }

    #[test]
    fn a_range_says_both_ends() {
        let check = |least, most, said: &str| assert_eq!(range(least, most), said);
        check(120, 1200, "with 2 hours to 20 hours of notice");
        check(-50, 1200, "with at most 20 hours of notice");
        check(-50, -3, "after it should have begun");
    }
}
