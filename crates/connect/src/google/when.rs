//! `start`, `end` and `originalStartTime` (a date, or a time with an offset and mostly a zone), and bare moments.

use super::oddity::Oddity;
use crate::ical::moment::{self, Moment, is_written};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde_json::Value;

/// Reads an `EventDateTime`; `None` where there is none or it cannot be read.
pub(super) fn read(value: Option<&Value>, oddities: &mut Vec<Oddity>) -> Option<Moment> {
    let said = value?.as_object()?;
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    if let Some(date) = text("date") {
        return date
            .parse()
            .ok()
            .filter(|date: &Date| is_written(*date))
            .map(Moment::Date);
    }
    let time = text("dateTime")?;
    let zone = match text("timeZone") {
        None => None,
        Some(name) => {
            let zone = TimeZone::get(name).ok();
            if zone.is_none() {
                oddities.push(Oddity::UnknownZone);
            }
            zone
        }
    };
    if let Ok(moment) = time.parse::<Timestamp>() {
        return is_written(moment.to_zoned(TimeZone::UTC).date()).then(|| {
            Moment::on_clock(
                moment,
                zone.as_ref()
                    .and_then(|zone| Some((zone, zone.iana_name()?))),
            )
        });
    }
    let civil: DateTime = time.parse().ok()?;
    if !is_written(civil.date()) {
        return None;
    }
    match zone.as_ref().and_then(TimeZone::iana_name) {
        Some(name) => Some(Moment::Zoned(civil, name.to_owned())),
        None => {
            oddities.push(Oddity::Floating);
            Some(Moment::Floating(civil))
        }
    }
}

/// `created` or `updated` in UTC. Google gives the year nought where it does not know when an event was made: that is
/// nothing said.
pub(super) fn stamp(value: Option<&Value>, oddities: &mut Vec<Oddity>) -> Option<String> {
    moment::stamp(value).unwrap_or_else(|_| {
        oddities.push(Oddity::BadMoment);
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(said: &Value, expected: &str) {
        let mut oddities = Vec::new();
        let line = read(Some(said), &mut oddities).map(|moment| moment.line("DTSTART"));
        assert_eq!(
            format!("{} {oddities:?}", line.unwrap_or_default()),
            expected,
            "{said}"
        );
    }

    #[test]
    fn a_time_is_on_the_clock_of_its_zone() {
        let at = |time: &str, zone: &str| json!({"dateTime": time, "timeZone": zone});
        check(
            &at("2025-03-26T07:30:00-05:00", "America/Chicago"),
            "DTSTART;TZID=America/Chicago:20250326T073000 []",
        );
        // Said in another offset, as a list in another zone does.
        check(
            &at("2025-03-26T12:30:00Z", "America/Chicago"),
            "DTSTART;TZID=America/Chicago:20250326T073000 []",
        );
        check(
            &at("2025-03-26T07:30:00", "America/Chicago"),
            "DTSTART;TZID=America/Chicago:20250326T073000 []",
        );
        check(
            &at("2025-03-26T07:30:00Z", "UTC"),
            "DTSTART:20250326T073000Z []",
        );
        check(
            &json!({"dateTime": "2025-03-26T07:30:00-05:00"}),
            "DTSTART:20250326T123000Z []",
        );
        check(
            &json!({"date": "2025-03-26"}),
            "DTSTART;VALUE=DATE:20250326 []",
        );
    }

    #[test]
    fn the_second_of_an_hour_that_comes_twice_stays_a_moment() {
        let at = |time: &str| json!({"dateTime": time, "timeZone": "Europe/Berlin"});
        check(
            &at("2025-10-26T02:30:00+02:00"),
            "DTSTART;TZID=Europe/Berlin:20251026T023000 []",
        );
        check(
            &at("2025-10-26T02:30:00+01:00"),
            "DTSTART:20251026T013000Z []",
        );
    }

    #[test]
    fn what_cannot_be_read_is_no_moment() {
        check(
            &json!({"dateTime": "2025-03-26T07:30:00-05:00", "timeZone": "Mars/Olympus"}),
            "DTSTART:20250326T123000Z [UnknownZone]",
        );
        check(
            &json!({"dateTime": "2025-03-26T07:30:00"}),
            "DTSTART:20250326T073000 [Floating]",
        );
        for odd in [
            json!({}),
            json!(7),
            json!({"date": "tomorrow"}),
            json!({"date": "0000-01-01"}),
            json!({"dateTime": "-000001-01-01T00:00:00Z"}),
            json!({"dateTime": 7}),
        ] {
            check(&odd, " []");
        }
    }

    #[test]
    fn a_moment_before_all_years_is_not_said() {
        let mut oddities = Vec::new();
        let unknown = json!("0000-12-31T00:00:00.000Z");
        assert_eq!(stamp(Some(&unknown), &mut oddities), None);
        assert!(oddities.is_empty());
        let known = json!("2025-03-24T13:04:45.895Z");
        assert_eq!(
            stamp(Some(&known), &mut oddities).as_deref(),
            Some("20250324T130445Z")
        );
        assert_eq!(stamp(Some(&json!(1)), &mut oddities), None);
        assert_eq!(oddities, [Oddity::BadMoment]);
    }
}
