//! A calendar of a wanted size, the same for everybody who is measured: nothing but 1:1 series, each between its
//! own people, with the bulk that real exports carry (descriptions, alarms, zone definitions, folded lines).
//!
//! A series repeats every one, two or four weeks for four months to five years, in one of five zones (one by its
//! Windows name), ends with an UNTIL in UTC, and has up to ten exceptions: half EXDATEs, half overrides.

mod dice;
mod text;
mod zones;

use dice::Dice;
use jiff::civil::{Date, DateTime, Time, date};
use jiff::{SignedDuration, ToSpan, tz::TimeZone};
use std::io::{self, Write};
use text::{PEOPLE, property};
use zones::{ZONES, Zone};

/// First moment of the window in which all peers expand.
pub const FROM: &str = "2022-01-01";
/// Last day of it.
pub const TO: &str = "2027-05-31";

/// What was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Bytes.
    pub bytes: usize,
    /// Series.
    pub series: usize,
    /// Instances of all series that EXDATE leaves.
    pub occurrences: usize,
}

/// Writes one calendar of at least `bytes`, the same one for the same `bytes` and `seed`.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, bytes: usize, seed: u64) -> io::Result<Written> {
    let mut dice = Dice(seed);
    let mut head = String::from(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Steadfast//bench//EN\r\nCALSCALE:GREGORIAN\r\n",
    );
    for zone in &ZONES {
        head.push_str(zone.definition);
    }
    out.write_all(head.as_bytes())?;
    let mut written = Written {
        bytes: head.len(),
        ..Written::default()
    };
    let zones: Vec<TimeZone> = ZONES.iter().map(Zone::time_zone).collect();
    while written.bytes < bytes {
        let which = dice.below(ZONES.len());
        let series = Series::drawn(&mut dice, written.series, &ZONES[which], &zones[which]);
        let text = series.text(&mut dice);
        out.write_all(text.as_bytes())?;
        written.bytes += text.len();
        written.series += 1;
        written.occurrences += series.instances.len() - series.excluded.len();
    }
    out.write_all(b"END:VCALENDAR\r\n")?;
    Ok(written)
}

/// One series before it is text.
struct Series {
    zone: &'static Zone,
    number: usize,
    people: Vec<&'static str>,
    uid: String,
    minutes: i64,
    rule: String,
    instances: Vec<DateTime>,
    excluded: Vec<DateTime>,
    overridden: Vec<DateTime>,
}

const DAYS: [&str; 5] = ["MO", "TU", "WE", "TH", "FR"];

impl Series {
    fn drawn(dice: &mut Dice, number: usize, zone: &'static Zone, time_zone: &TimeZone) -> Self {
        let start = first_start(dice);
        let weeks = dice.one_of(&[1, 1, 2, 2, 2, 4]);
        let end = start
            .saturating_add(dice.one_of(&[120, 365, 730, 1825]).days())
            .min(date(2027, 1, 1).at(0, 0, 0, 0));
        let mut days = vec![weekday(start.date())];
        // Most 1:1s have one day of the week.
        if dice.below(100) < 15 {
            days.push(dice.below(DAYS.len()));
            days.sort_unstable();
            days.dedup();
        }
        let instances = instances(start, end, weeks, &days);
        let exceptions = dice.some_of(instances.get(1..).unwrap_or_default(), [0, 1, 3, 6, 10]);
        let (excluded, overridden) = exceptions.split_at(exceptions.len() / 2);
        let until = time_zone
            .to_ambiguous_zoned(end)
            .compatible()
            .map(|zoned| zoned.timestamp())
            .unwrap_or_default();
        let until = TimeZone::UTC.to_datetime(until);
        let names: Vec<&str> = days.iter().map(|day| DAYS[*day]).collect();
        Self {
            zone,
            number,
            people: dice.some_of(&PEOPLE, [2, 2, 2, 2, 4]),
            uid: format!("{:016x}{:016x}@example.com", dice.next(), dice.next()),
            minutes: dice.one_of(&[25, 30, 45, 60]),
            rule: format!(
                "FREQ=WEEKLY;WKST=MO;UNTIL={}Z;INTERVAL={weeks};BYDAY={}",
                stamp(until),
                names.join(",")
            ),
            excluded: excluded.to_vec(),
            overridden: overridden.to_vec(),
            instances,
        }
    }

    fn text(&self, dice: &mut Dice) -> String {
        let mut text = String::with_capacity(4096);
        let mut recurrence = format!("RRULE:{}\r\n", self.rule);
        if !self.excluded.is_empty() {
            let stamps: Vec<String> = self.excluded.iter().map(|at| stamp(*at)).collect();
            property(
                &mut recurrence,
                &format!("EXDATE;TZID={}:{}", self.zone.id, stamps.join(",")),
            );
        }
        if let Some(start) = self.instances.first() {
            self.event(&mut text, dice, *start, &recurrence, 0);
        }
        for original in &self.overridden {
            let moved =
                original.saturating_add(SignedDuration::from_hours(dice.one_of(&[1, 2, 24])));
            let identity = format!(
                "RECURRENCE-ID;TZID={}:{}\r\n",
                self.zone.id,
                stamp(*original)
            );
            let sequence = dice.one_of(&[0, 0, 1]);
            self.event(&mut text, dice, moved, &identity, sequence);
        }
        text
    }

    /// One VEVENT; `place_in_series` is its RRULE and EXDATE, or its RECURRENCE-ID.
    fn event(
        &self,
        text: &mut String,
        dice: &mut Dice,
        start: DateTime,
        place_in_series: &str,
        sequence: u32,
    ) {
        let (zone, uid) = (self.zone.id, &self.uid);
        let end = start.saturating_add(SignedDuration::from_mins(self.minutes));
        text.push_str(&format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20240101T120000Z\r\n\
             DTSTART;TZID={zone}:{}\r\nDTEND;TZID={zone}:{}\r\n{place_in_series}",
            stamp(start),
            stamp(end)
        ));
        let organizer = self.people[0];
        let address = text::address(organizer, self.number);
        property(text, &format!("ORGANIZER;CN={organizer}:mailto:{address}"));
        for person in &self.people {
            let answer = dice.one_of(&["ACCEPTED", "NEEDS-ACTION", "TENTATIVE"]);
            let address = text::address(person, self.number);
            let attendee = format!(
                "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN={person};\
                 X-NUM-GUESTS=0:mailto:{address}"
            );
            property(text, &attendee);
        }
        text.push_str(&format!(
            "CREATED:20220101T120000Z\r\nLAST-MODIFIED:20240101T120000Z\r\n\
             SEQUENCE:{sequence}\r\nSTATUS:CONFIRMED\r\n"
        ));
        property(
            text,
            &format!("SUMMARY:1:1 {organizer} / {}", self.people[1]),
        );
        property(
            text,
            &format!(
                "DESCRIPTION:{}",
                text::AGENDA.repeat(dice.one_of(&[0, 1, 1, 2]))
            ),
        );
        text.push_str(text::TAIL);
    }
}

fn first_start(dice: &mut Dice) -> DateTime {
    let mut day = date(2022, 1, 3).saturating_add((dice.below(700) as i64).days());
    while weekday(day) > 4 {
        day = day.saturating_add(1.day());
    }
    let hour = 8 + dice.below(10) as i8;
    day.to_datetime(Time::constant(hour, dice.one_of(&[0, 15, 30, 45]), 0, 0))
}

fn instances(start: DateTime, end: DateTime, weeks: i64, days: &[usize]) -> Vec<DateTime> {
    let monday = start.saturating_sub((weekday(start.date()) as i64).days());
    let mut instances = Vec::new();
    for step in 0.. {
        let week = monday.saturating_add((step * weeks).weeks());
        if week > end {
            break;
        }
        let in_week = days
            .iter()
            .map(|day| week.saturating_add((*day as i64).days()));
        instances.extend(in_week.filter(|at| (start..=end).contains(at)));
    }
    instances
}

/// 0 for Monday.
fn weekday(day: Date) -> usize {
    day.weekday().to_monday_zero_offset() as usize
}

fn stamp(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_writes_the_same_calendar_of_the_wanted_size() {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let written = write(&mut first, 100_000, 7).unwrap();
        assert_eq!(written, write(&mut second, 100_000, 7).unwrap());
        assert!(first == second && first.len() >= 100_000, "{written:?}");
        assert!(first.len() < 200_000, "{written:?}");
    }

    #[test]
    fn no_line_is_longer_than_the_standard_allows() {
        let mut calendar = Vec::new();
        write(&mut calendar, 100_000, 7).unwrap();
        let text = String::from_utf8(calendar).unwrap();
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
    }
}
