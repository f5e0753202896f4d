//! `recurrence`: a pattern and a range, as RRULE (RFC 5545 §3.3.10).

use super::oddity::Oddity;
use super::when::{Clock, zone_of};
use crate::ical::moment::{Moment, is_written, utc};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use std::fmt::Write as _;

/// The RRULE of a series that begins at `start`; `None` where there is no recurrence, or none that can be read.
pub(super) fn line(
    event: &Map<String, Value>,
    start: &Moment,
    clock: Option<&Clock>,
    oddities: &mut Vec<Oddity>,
) -> Option<String> {
    let said = event
        .get("recurrence")
        .filter(|recurrence| !recurrence.is_null())?;
    let rule = said
        .get("pattern")
        .and_then(pattern)
        .zip(said.get("range").and_then(|said| range(said, start, clock)));
    if rule.is_none() {
        oddities.push(Oddity::BadRecurrence);
    }
    rule.map(|(pattern, range)| format!("RRULE:{pattern}{range}"))
}

fn pattern(said: &Value) -> Option<String> {
    let interval = number(said, "interval", 1..=9_999)?;
    let mut rule = match said.get("type")?.as_str()? {
        "daily" => "FREQ=DAILY".to_owned(),
        "weekly" => {
            let first = match said.get("firstDayOfWeek").and_then(Value::as_str) {
                Some(day) => weekday(day)?,
                None => "SU",
            };
            format!("FREQ=WEEKLY;BYDAY={};WKST={first}", weekdays(said)?)
        }
        "absoluteMonthly" => format!("FREQ=MONTHLY;{}", day_of_month(said)?),
        "relativeMonthly" => format!("FREQ=MONTHLY;{}", day_by_weekday(said)?),
        "absoluteYearly" => format!("FREQ=YEARLY;{};{}", month(said)?, day_of_month(said)?),
        "relativeYearly" => format!("FREQ=YEARLY;{};{}", month(said)?, day_by_weekday(said)?),
        _ => return None,
    };
    if interval > 1 {
        // Writing to a text cannot fail.
        let _ = write!(rule, ";INTERVAL={interval}");
    }
    Some(rule)
}

fn range(said: &Value, start: &Moment, clock: Option<&Clock>) -> Option<String> {
    match said.get("type")?.as_str()? {
        "noEnd" => Some(String::new()),
        "numbered" => {
            let count = number(said, "numberOfOccurrences", 1..=i64::from(u32::MAX))?;
            Some(format!(";COUNT={count}"))
        }
        "endDate" => {
            let last: Date = said.get("endDate")?.as_str()?.parse().ok()?;
            let last = is_written(last).then_some(last)?;
            Some(format!(";UNTIL={}", until(last, start, clock)?))
        }
        _ => None,
    }
}

/// All of that day belongs to the series.
fn until(last: Date, start: &Moment, clock: Option<&Clock>) -> Option<String> {
    let night = last.at(23, 59, 59, 0);
    match start {
        Moment::Date(_) => Some(last.strftime("%Y%m%d").to_string()),
        Moment::Floating(_) => Some(night.strftime("%Y%m%dT%H%M%S").to_string()),
        Moment::Zoned(..) | Moment::Utc(_) => {
            let zone = zone_of(clock);
            let moment = zone.to_ambiguous_timestamp(night).compatible().ok()?;
            is_written(moment.to_zoned(TimeZone::UTC).date()).then(|| utc(moment))
        }
    }
}

fn number(said: &Value, name: &str, within: std::ops::RangeInclusive<i64>) -> Option<i64> {
    let number = said.get(name)?.as_i64()?;
    within.contains(&number).then_some(number)
}

fn month(said: &Value) -> Option<String> {
    Some(format!("BYMONTH={}", number(said, "month", 1..=12)?))
}

/// A day that a month does not have is its last there, and no month is left out.
fn day_of_month(said: &Value) -> Option<String> {
    Some(match number(said, "dayOfMonth", 1..=31)? {
        31 => "BYMONTHDAY=-1".to_owned(),
        30 => "BYMONTHDAY=28,29,30;BYSETPOS=-1".to_owned(),
        29 => "BYMONTHDAY=28,29;BYSETPOS=-1".to_owned(),
        day => format!("BYMONTHDAY={day}"),
    })
}

/// The first, second, … of the days that are one of those.
fn day_by_weekday(said: &Value) -> Option<String> {
    let position = match said.get("index").and_then(Value::as_str) {
        Some("first") | None => "1",
        Some("second") => "2",
        Some("third") => "3",
        Some("fourth") => "4",
        Some("last") => "-1",
        Some(_) => return None,
    };
    Some(format!("BYDAY={};BYSETPOS={position}", weekdays(said)?))
}

fn weekdays(said: &Value) -> Option<String> {
    let days = said.get("daysOfWeek")?.as_array()?;
    let mut names: Vec<&str> = Vec::with_capacity(days.len().min(7));
    for day in days {
        let name = weekday(day.as_str()?)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(","))
}

fn weekday(name: &str) -> Option<&'static str> {
    Some(match name {
        "monday" => "MO",
        "tuesday" => "TU",
        "wednesday" => "WE",
        "thursday" => "TH",
        "friday" => "FR",
        "saturday" => "SA",
        "sunday" => "SU",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(pattern: &Value, range: &Value, start: &str) -> String {
        let event = json!({
            "originalStartTimeZone": "W. Europe Standard Time",
            "isAllDay": start.len() == 10,
            "recurrence": {"pattern": pattern, "range": range},
        });
        let mut oddities = Vec::new();
        let fields = event.as_object().unwrap();
        let clock = Clock::of(fields, &mut oddities);
        let start = match start.parse() {
            Ok(moment) => super::super::when::on(clock.as_ref(), moment),
            Err(_) => Moment::Date(start.parse().unwrap()),
        };
        let line = line(fields, &start, clock.as_ref(), &mut oddities);
        let line = line.unwrap_or_default();
        match oddities.as_slice() {
            [] => line,
            odd => format!("{line}{odd:?}"),
        }
    }

    #[test]
    fn every_pattern_is_a_rule() {
        let check = |pattern: Value, expected: &str| {
            let found = read(&pattern, &json!({"type": "noEnd"}), "2026-01-06T14:00:00Z");
            assert_eq!(found, expected);
        };
        check(json!({"type": "daily", "interval": 1}), "RRULE:FREQ=DAILY");
        check(
            json!({"type": "weekly", "interval": 2, "daysOfWeek": ["tuesday", "thursday", "tuesday"], "firstDayOfWeek": "monday"}),
            "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;WKST=MO;INTERVAL=2",
        );
        check(
            json!({"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]}),
            "RRULE:FREQ=WEEKLY;BYDAY=MO;WKST=SU",
        );
        for (day, expected) in [
            (15, "BYMONTHDAY=15"),
            (29, "BYMONTHDAY=28,29;BYSETPOS=-1"),
            (30, "BYMONTHDAY=28,29,30;BYSETPOS=-1"),
            (31, "BYMONTHDAY=-1"),
        ] {
            check(
                json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": day}),
                &format!("RRULE:FREQ=MONTHLY;{expected}"),
            );
        }
        check(
            json!({"type": "relativeMonthly", "interval": 3, "daysOfWeek": ["monday", "friday"], "index": "last"}),
            "RRULE:FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1;INTERVAL=3",
        );
        check(
            json!({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 4, "month": 7}),
            "RRULE:FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4",
        );
        check(
            json!({"type": "relativeYearly", "interval": 1, "daysOfWeek": ["thursday"], "index": "fourth", "month": 11}),
            "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYSETPOS=4",
        );
    }

    #[test]
    fn the_last_day_belongs_to_the_series() {
        let daily = || json!({"type": "daily", "interval": 1});
        let until =
            || json!({"type": "endDate", "startDate": "2026-01-06", "endDate": "2026-07-31"});
        let at = "2026-01-06T14:00:00Z";
        // Midnight in Berlin.
        let rule = "RRULE:FREQ=DAILY;UNTIL=20260731T215959Z";
        assert_eq!(read(&daily(), &until(), at), rule);
        let rule = "RRULE:FREQ=DAILY;UNTIL=20260731";
        assert_eq!(read(&daily(), &until(), "2026-01-06"), rule);
        let ten = json!({"type": "numbered", "numberOfOccurrences": 10, "endDate": "0001-01-01"});
        assert_eq!(read(&daily(), &ten, at), "RRULE:FREQ=DAILY;COUNT=10");
    }

    #[test]
    fn what_cannot_be_read_is_left_out_and_said() {
        let daily = || json!({"type": "daily", "interval": 1});
        let endless = || json!({"type": "noEnd"});
        for (pattern, range) in [
            (json!({"type": "hourly", "interval": 1}), endless()),
            (json!({"type": "daily", "interval": 0}), endless()),
            (json!({"type": "weekly", "interval": 1}), endless()),
            (
                json!({"type": "weekly", "interval": 1, "daysOfWeek": ["someday"]}),
                endless(),
            ),
            (
                json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 32}),
                endless(),
            ),
            (
                json!({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 1, "month": 0}),
                endless(),
            ),
            (json!(null), endless()),
            (daily(), json!(null)),
            (
                daily(),
                json!({"type": "numbered", "numberOfOccurrences": 0}),
            ),
            (daily(), json!({"type": "endDate", "endDate": "soon"})),
        ] {
            let found = read(&pattern, &range, "2026-01-06T14:00:00Z");
            assert_eq!(found, "[BadRecurrence]");
        }
    }
}
