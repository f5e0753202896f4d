//! How often a series meets, in days, from its rule.

use steadfast_calendar::{Event, Instant};

/// Days between two promises by the rule of `master`: its mean spacing, rounded; weekly on two days 4, weekly 7,
/// every three weeks 21, monthly 28. `None` where nothing repeats.
pub fn cadence_days(master: &Event) -> Option<i64> {
    let recurrence = master.recurrence.as_deref()?;
    match recurrence.rules.as_slice() {
        [] => spacing_of_dates(master),
        [rule] => of_rule(rule),
        several => of_several(several),
    }
}

/// Two rules side by side meet as often as both together.
fn of_several(rules: &[Box<str>]) -> Option<i64> {
    let per_day: f64 = rules
        .iter()
        .filter_map(|rule| of_rule(rule))
        .map(|days| 1.0 / days as f64)
        .sum();
    (per_day > 0.0).then(|| round(1.0 / per_day))
}

fn of_rule(rule: &str) -> Option<i64> {
    let part = |name: &str| {
        rule.split(';').find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
        })
    };
    let interval: f64 = part("INTERVAL").and_then(|v| v.parse().ok()).unwrap_or(1.0);
    let count = |name: &str| part(name).map_or(1.0, |v| v.split(',').count() as f64);
    let days = match part("FREQ")?.to_ascii_uppercase().as_str() {
        "DAILY" if part("BYDAY").is_some() => 7.0 / count("BYDAY"),
        "DAILY" => interval,
        "WEEKLY" => 7.0 * interval / count("BYDAY"),
        "MONTHLY" if part("BYSETPOS").is_some() => 28.0 * interval / count("BYSETPOS"),
        "MONTHLY" if part("BYMONTHDAY").is_some() => 28.0 * interval / count("BYMONTHDAY"),
        "MONTHLY" => 28.0 * interval / count("BYDAY"),
        "YEARLY" => 364.0 * interval / count("BYMONTH"),
        _ => return None,
    };
    Some(round(days))
}

fn spacing_of_dates(master: &Event) -> Option<i64> {
    let utc = jiff::tz::TimeZone::UTC;
    let dates = &master.recurrence.as_deref()?.dates;
    let mut starts: Vec<Instant> = dates.iter().map(|d| d.start.instant(&utc)).collect();
    starts.push(master.start.instant(&utc));
    starts.sort_unstable();
    starts.dedup();
    let (first, last) = (starts.first()?, starts.last()?);
    let gaps = i64::try_from(starts.len()).ok()? - 1;
    (gaps > 0).then(|| round(last.seconds_since(*first) as f64 / 86_400.0 / gaps as f64))
}

/// To whole days, halves up, at least one.
fn round(days: f64) -> i64 {
    ((days + 0.5).floor() as i64).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_gives_its_mean_spacing() {
        for (rule, days) in [
            ("FREQ=WEEKLY", 7),
            ("FREQ=WEEKLY;BYDAY=TU,TH", 4),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 14),
            ("FREQ=WEEKLY;INTERVAL=3", 21),
            ("FREQ=MONTHLY;BYDAY=1TU", 28),
            ("FREQ=MONTHLY;BYMONTHDAY=15", 28),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", 1),
            ("FREQ=DAILY;INTERVAL=14", 14),
        ] {
            assert_eq!(of_rule(rule), Some(days), "{rule}");
        }
    }
}
