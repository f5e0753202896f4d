//! How early a change was known, in words.

use crate::report::words::count;
use steadfast_ledger::verdict::Verdict;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

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

/// A length of time in its one fitting unit, rounded down: nobody is told of more notice than there was.
fn amount(minutes: i64) -> String {
    let whole = |unit: i64| usize::try_from(minutes / unit).unwrap_or(0);
    match minutes {
        ..2 => "a minute".to_owned(),
        2..HOUR => count(whole(1), "minute", "minutes"),
        HOUR..120 => "an hour".to_owned(),
        120..DAY => count(whole(HOUR), "hour", "hours"),
        DAY..2880 => "a day".to_owned(),
        _ => count(whole(DAY), "day", "days"),
    }
}

#[cfg(test)]
mod tests {
    use super::{amount, range};

    #[test]
    fn notice_is_never_rounded_up() {
        let check = |minutes: i64, said: &str| assert_eq!(amount(minutes), said);
        check(20, "20 minutes");
        check(119, "an hour");
        check(1439, "23 hours");
        check(1440, "a day");
        check(7199, "4 days");
        check(i64::MAX, "6405119470038038 days");
        check(i64::MIN, "a minute");
    }

    #[test]
    fn a_range_says_both_ends() {
        let check = |least, most, said: &str| assert_eq!(range(least, most), said);
        check(120, 1200, "with 2 hours to 20 hours of notice");
        check(-50, 1200, "with at most 20 hours of notice");
        check(-50, -3, "after it should have begun");
    }
}
