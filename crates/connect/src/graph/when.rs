//! `start`, `end` and `originalStart`, on the clock of the zone in which the event was made.

use super::oddity::Oddity;
use crate::ical::moment::{self, Moment, is_written};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde_json::{Map, Value};
use steadfast_calendar::zones::certain;

/// The clock of a zone, under a name that a TZID may have: Windows' own, mostly.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Clock {
    zone: TimeZone,
    name: String,
}

impl Clock {
    /// The zone of that name; `Ok(None)` for UTC, which is no clock that a series could follow.
    fn named(name: &str) -> Result<Option<Self>, Oddity> {
        let zone = certain(name).ok_or(Oddity::UnknownZone)?;
        if zone == TimeZone::UTC {
            return Ok(None);
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || " ./_+-()'&".contains(c);
        let name = if name.chars().all(is_plain) {
            name.trim()
        } else {
            zone.iana_name().ok_or(Oddity::UnknownZone)?
        };
        let name = name.to_owned();
        Ok(Some(Self { zone, name }))
    }

    /// That of an event: the zone in which it was made, the one that its series follows, or the one in which it is told.
    pub(super) fn of(event: &Map<String, Value>, oddities: &mut Vec<Oddity>) -> Option<Self> {
        let range = event
            .get("recurrence")
            .and_then(|recurrence| recurrence.get("range"));
        let of_series = range.and_then(|range| range.get("recurrenceTimeZone"));
        let made = [event.get("originalStartTimeZone"), of_series];
        let mut is_odd = false;
        for name in made.into_iter().filter_map(word) {
            match Self::named(name) {
                Ok(clock) => return clock,
                Err(_) => is_odd = true,
            }
        }
        let told = event.get("start").and_then(|start| start.get("timeZone"));
        let told = word(told).map_or(Ok(None), Self::named);
        if is_odd || told.is_err() {
            oddities.push(Oddity::UnknownZone);
        }
        told.ok().flatten()
    }
}

fn word(value: Option<&Value>) -> Option<&str> {
    value?.as_str().filter(|word| !word.is_empty())
}

/// `moment` on that clock.
pub(super) fn on(clock: Option<&Clock>, moment: Timestamp) -> Moment {
    Moment::on_clock(
        moment,
        clock.map(|clock| (&clock.zone, clock.name.as_str())),
    )
}

/// The zone of that clock.
pub(super) fn zone_of(clock: Option<&Clock>) -> TimeZone {
    clock.map_or(TimeZone::UTC, |clock| clock.zone.clone())
}

/// The day and the time of day that a moment has on that clock.
pub(super) fn civil(clock: Option<&Clock>, moment: Timestamp) -> DateTime {
    zone_of(clock).to_datetime(moment)
}

/// When a moment on that clock is; a whole day begins at midnight in UTC here.
pub(super) fn instant(moment: &Moment, clock: Option<&Clock>) -> Option<Timestamp> {
    let zone = zone_of(clock);
    let at =
        |civil: DateTime, zone: &TimeZone| zone.to_ambiguous_timestamp(civil).compatible().ok();
    match moment {
        Moment::Date(date) => at(date.to_datetime(Time::midnight()), &TimeZone::UTC),
        Moment::Zoned(civil, _) => at(*civil, &zone),
        Moment::Utc(moment) => Some(*moment),
        Moment::Floating(civil) => at(*civil, &TimeZone::UTC),
    }
}

/// Reads a `dateTimeTimeZone`; `None` where there is none or it cannot be read.
pub(super) fn read(
    value: Option<&Value>,
    is_all_day: bool,
    clock: Option<&Clock>,
    oddities: &mut Vec<Oddity>,
) -> Option<Moment> {
    let said = value?.as_object()?;
    let text = said.get("dateTime").and_then(Value::as_str)?;
    let zone = match said.get("timeZone").and_then(Value::as_str) {
        // Where nothing else is asked for and nothing is said, it is UTC.
        None | Some("") => Some(TimeZone::UTC),
        Some(name) => certain(name),
    };
    let (told, moment) = match text.parse::<Timestamp>() {
        Ok(moment) => (TimeZone::UTC.to_datetime(moment), Some(moment)),
        Err(_) => {
            let told: DateTime = text.parse().ok()?;
            let there = zone.map(|zone| zone.to_ambiguous_timestamp(told).compatible());
            match there {
                Some(moment) => (told, Some(moment.ok()?)),
                None => (told, None),
            }
        }
    };
    if !is_written(told.date()) {
        return None;
    }
    if is_all_day {
        return Some(Moment::Date(day(told, moment, clock, oddities)));
    }
    match moment {
        Some(moment) => Some(on(clock, moment)),
        None => {
            oddities.push(Oddity::UnknownZone);
            Some(Moment::Floating(told))
        }
    }
}

/// The day of a midnight: as it is told, or on the clock of its zone.
fn day(
    told: DateTime,
    moment: Option<Timestamp>,
    clock: Option<&Clock>,
    oddities: &mut Vec<Oddity>,
) -> Date {
    let is_midnight = |at: &DateTime| at.time() == Time::midnight();
    if is_midnight(&told) {
        return told.date();
    }
    let there = moment.map(|moment| civil(clock, moment));
    if let Some(there) = there.filter(|there| is_midnight(there) && is_written(there.date())) {
        return there.date();
    }
    oddities.push(Oddity::NotMidnight);
    told.date()
}

/// When something was made or changed, in UTC. What is not known is the first day of all years there.
pub(super) fn stamp(value: Option<&Value>, oddities: &mut Vec<Oddity>) -> Option<String> {
    let value = value.filter(|value| !value.is_null());
    let stamp = moment::stamp(value).unwrap_or_else(|_| {
        oddities.push(Oddity::BadMoment);
        None
    });
    stamp.filter(|stamp| !stamp.starts_with("0001"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(event: &Value, expected: &str) {
        let mut oddities = Vec::new();
        let fields = event.as_object().unwrap();
        let clock = Clock::of(fields, &mut oddities);
        let is_all_day = fields.get("isAllDay") == Some(&json!(true));
        let moment = read(
            fields.get("start"),
            is_all_day,
            clock.as_ref(),
            &mut oddities,
        );
        let line = moment.map(|moment| moment.line("DTSTART"));
        let said = format!("{} {oddities:?}", line.unwrap_or_default());
        assert_eq!(said, expected, "{event}");
    }

    fn at(time: &str, zone: &str) -> Value {
        json!({"dateTime": time, "timeZone": zone})
    }

    #[test]
    fn a_time_is_on_the_clock_of_the_zone_in_which_it_was_made() {
        let made =
            |zone: &str, start: Value| json!({"originalStartTimeZone": zone, "start": start});
        let utc = || at("2026-07-07T13:00:00.0000000", "UTC");
        let windows = "W. Europe Standard Time";
        check(
            &made(windows, utc()),
            "DTSTART;TZID=W. Europe Standard Time:20260707T150000 []",
        );
        // Told on another clock, by an IANA name, with its offset.
        check(
            &made(
                windows,
                at("2026-07-07T09:00:00.0000000", "Eastern Standard Time"),
            ),
            "DTSTART;TZID=W. Europe Standard Time:20260707T150000 []",
        );
        check(
            &made("Europe/Paris", at("2026-07-07T13:00:00Z", "UTC")),
            "DTSTART;TZID=Europe/Paris:20260707T150000 []",
        );
        check(
            &made("tzone://Microsoft/Utc", utc()),
            "DTSTART:20260707T130000Z []",
        );
        check(&json!({"start": utc()}), "DTSTART:20260707T130000Z []");
        check(
            &json!({"start": at("2026-07-07T09:00:00", "Eastern Standard Time")}),
            "DTSTART;TZID=Eastern Standard Time:20260707T090000 []",
        );
    }

    #[test]
    fn a_zone_of_somebodys_own_is_the_one_that_the_series_follows() {
        let custom = |recurrence: Value| {
            json!({
                "originalStartTimeZone": "tzone://Microsoft/Custom", "recurrence": recurrence,
                "start": at("2026-07-07T13:00:00.0000000", "UTC"),
            })
        };
        check(
            &custom(json!({"range": {"recurrenceTimeZone": "Romance Standard Time"}})),
            "DTSTART;TZID=Romance Standard Time:20260707T150000 []",
        );
        // Nothing but the moment is known then.
        check(
            &custom(json!(null)),
            "DTSTART:20260707T130000Z [UnknownZone]",
        );
    }

    #[test]
    fn a_whole_day_is_the_day_that_is_told() {
        let all_day = |zone: &str, start: Value| json!({"isAllDay": true, "originalStartTimeZone": zone, "start": start});
        let windows = "W. Europe Standard Time";
        check(
            &all_day(windows, at("2026-07-07T00:00:00.0000000", "UTC")),
            "DTSTART;VALUE=DATE:20260707 []",
        );
        check(
            &all_day(windows, at("2026-07-06T22:00:00.0000000", "UTC")),
            "DTSTART;VALUE=DATE:20260707 []",
        );
        check(
            &all_day(windows, at("2026-07-06T21:00:00.0000000", "UTC")),
            "DTSTART;VALUE=DATE:20260706 [NotMidnight]",
        );
    }

    #[test]
    fn what_cannot_be_read_is_no_moment() {
        check(
            &json!({"start": at("2026-07-07T13:00:00", "Mars Standard Time")}),
            "DTSTART:20260707T130000 [UnknownZone, UnknownZone]",
        );
        for start in [
            json!(null),
            json!({}),
            json!({"dateTime": "soon", "timeZone": "UTC"}),
            json!({"dateTime": "0000-01-01T00:00:00", "timeZone": "UTC"}),
            json!({"dateTime": 7}),
        ] {
            let mut oddities = Vec::new();
            assert_eq!(
                read(Some(&start), false, None, &mut oddities),
                None,
                "{start}"
            );
        }
    }

    #[test]
    fn a_moment_that_is_not_known_is_not_said() {
        let mut oddities = Vec::new();
        for (said, expected) in [
            (json!("0001-01-01T00:00:00Z"), None),
            (json!(null), None),
            (
                json!("2026-01-05T08:00:00.0353751Z"),
                Some("20260105T080000Z"),
            ),
        ] {
            assert_eq!(stamp(Some(&said), &mut oddities).as_deref(), expected);
        }
        assert_eq!(oddities, []);
        assert_eq!(stamp(Some(&json!(1)), &mut oddities), None);
        assert_eq!(oddities, [Oddity::BadMoment]);
    }
}
