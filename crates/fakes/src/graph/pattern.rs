//! When a series has its instances: day by day, by what a pattern and a range say.

use jiff::civil::{Date, Weekday};
use jiff::{ToSpan, Unit};
use serde_json::Value;

/// The days of a series up to `last`, whatever was changed or called off.
pub(super) fn days(recurrence: &Value, first: Date, last: Date) -> Vec<Date> {
    let (Some(pattern), Some(range)) = (recurrence.get("pattern"), recurrence.get("range")) else {
        return Vec::new();
    };
    let word = |name: &str| range.get(name).and_then(Value::as_str);
    let (most, until) = match word("type") {
        Some("numbered") => (number(range, "numberOfOccurrences"), last),
        Some("endDate") => {
            let until = word("endDate").and_then(|date| date.parse().ok());
            (i64::MAX, until.map_or(last, |until: Date| until.min(last)))
        }
        _ => (i64::MAX, last),
    };
    let mut days = Vec::new();
    let mut day = first;
    while day <= until && (days.len() as i64) < most {
        if is_one(pattern, first, day).unwrap_or(false) {
            days.push(day);
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    days
}

fn number(value: &Value, name: &str) -> i64 {
    value.get(name).and_then(Value::as_i64).unwrap_or(0)
}

fn is_one(pattern: &Value, first: Date, day: Date) -> Option<bool> {
    let word = |name: &str| pattern.get(name).and_then(Value::as_str);
    let every = number(pattern, "interval").max(1);
    let months = || {
        let of = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
        of(day) - of(first)
    };
    let is_month = || number(pattern, "month") == i64::from(day.month());
    let is_day = || {
        let wanted = number(pattern, "dayOfMonth").min(i64::from(day.days_in_month()));
        i64::from(day.day()) == wanted
    };
    Some(match word("type")? {
        "daily" => apart(first, day)? % every == 0,
        "weekly" => {
            let begins = weekday(word("firstDayOfWeek").unwrap_or("sunday"))?;
            let week = |date: Date| {
                let since = i64::from(date.weekday().since(begins));
                date.checked_sub(since.days()).ok()
            };
            apart(week(first)?, week(day)?)? / 7 % every == 0 && is_named(pattern, day)
        }
        "absoluteMonthly" => months() % every == 0 && is_day(),
        "relativeMonthly" => months() % every == 0 && is_placed(pattern, day)?,
        "absoluteYearly" => months() / 12 % every == 0 && is_month() && is_day(),
        "relativeYearly" => months() / 12 % every == 0 && is_month() && is_placed(pattern, day)?,
        _ => return None,
    })
}

fn apart(first: Date, day: Date) -> Option<i64> {
    let span = first.until((Unit::Day, day)).ok()?;
    Some(i64::from(span.get_days()))
}

fn is_named(pattern: &Value, day: Date) -> bool {
    let names = pattern.get("daysOfWeek").and_then(Value::as_array);
    let mut names = names.into_iter().flatten().filter_map(Value::as_str);
    names.any(|name| weekday(name) == Some(day.weekday()))
}

/// Whether a day is the first, second, … of its month that has one of those names.
fn is_placed(pattern: &Value, day: Date) -> Option<bool> {
    let first = day.first_of_month();
    let all: Vec<Date> = (0..i64::from(day.days_in_month()))
        .filter_map(|past| first.checked_add(past.days()).ok())
        .filter(|day| is_named(pattern, *day))
        .collect();
    let place = match pattern.get("index").and_then(Value::as_str) {
        Some("last") => all.len().checked_sub(1)?,
        Some("fourth") => 3,
        Some("third") => 2,
        Some("second") => 1,
        _ => 0,
    };
    Some(all.get(place) == Some(&day))
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    fn check(pattern: &Value, range: &Value, expected: &[&str]) {
        let recurrence = json!({"pattern": pattern, "range": range});
        let found = days(&recurrence, date(2026, 1, 6), date(2026, 4, 30));
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{recurrence}");
    }

    #[test]
    fn days_are_those_of_the_pattern_within_the_range() {
        let numbered = json!({"type": "numbered", "numberOfOccurrences": 3});
        let weekly = json!({"type": "weekly", "interval": 2, "daysOfWeek": ["tuesday", "monday"], "firstDayOfWeek": "monday"});
        check(
            &weekly,
            &numbered,
            &["2026-01-06", "2026-01-19", "2026-01-20"],
        );
        let daily = json!({"type": "daily", "interval": 5});
        let until = json!({"type": "endDate", "endDate": "2026-01-16"});
        check(&daily, &until, &["2026-01-06", "2026-01-11", "2026-01-16"]);
        let endless = json!({"type": "noEnd"});
        let last = json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 31});
        check(
            &last,
            &endless,
            &["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"],
        );
        let placed = json!({"type": "relativeMonthly", "interval": 2, "daysOfWeek": ["friday"], "index": "last"});
        check(&placed, &endless, &["2026-01-30", "2026-03-27"]);
        let yearly = json!({"type": "relativeYearly", "interval": 1, "daysOfWeek": ["monday"], "index": "second", "month": 3});
        check(&yearly, &endless, &["2026-03-09"]);
    }
}
