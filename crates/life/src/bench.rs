//! Big calendars for measuring: as many megabytes as asked for, handed out piece by piece, the same for the same seed.
//!
//! The mix is that of a company's 1:1s: weekly, two- and four-weekly series over months and years, with overrides,
//! EXDATEs, bodies and alarms, in five zones of which one has a Windows name.

use crate::{
    dialect::{
        ZoneNames,
        line::{self, Lines, escaped},
        vtimezone,
    },
    names::{FAMILY, GIVEN, mailbox},
    place::{Place, Zone},
    rng::Rng,
};
use jiff::{
    ToSpan,
    civil::{DateTime, Weekday, date},
};
use std::fmt::Write as _;

/// What sort of calendar to make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Series of 1:1s only: about 14,000 in 50 MB.
    Series,
    /// One person's years: mostly single meetings, some series.
    OnePerson,
}

/// How much was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Made {
    /// Bytes handed out.
    pub bytes: usize,
    /// VEVENTs, overrides included.
    pub events: usize,
    /// Masters and single meetings.
    pub meetings: usize,
}

const BODY: &str = "Weekly 1:1. Agenda: priorities, blockers, feedback, career. Notes are in the shared document; please add topics before noon. Dial-in: https://meet.example.com/abc-defg-hij?authuser=0&hs=122 PIN: 123 456 789#\n\n";

/// Hands out at least `bytes` bytes of one calendar, in pieces of a meeting each.
pub fn calendar(seed: u64, bytes: usize, shape: Shape, mut piece: impl FnMut(&[u8])) -> Made {
    let mut rng = Rng::new(seed);
    let zones: Vec<(Zone, ZoneNames)> = [
        ("America/New_York", ZoneNames::Iana),
        ("America/Los_Angeles", ZoneNames::Iana),
        ("Europe/Paris", ZoneNames::Iana),
        ("Asia/Kolkata", ZoneNames::Iana),
        ("Europe/Berlin", ZoneNames::Windows),
    ]
    .map(|(iana, names)| (Zone::named(iana), names))
    .into();
    let mut made = Made::default();
    let mut lines = Lines::with_capacity(64 * 1024);
    for head in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Steadfast//life//EN",
        "CALSCALE:GREGORIAN",
    ] {
        lines.put(head);
    }
    for (zone, names) in &zones {
        vtimezone::write(&mut lines, *names, zone.place);
    }
    loop {
        made.bytes += lines.bytes.len();
        piece(&lines.bytes);
        lines.bytes.clear();
        if made.bytes >= bytes {
            break;
        }
        let (zone, names) = rng.pick(&zones).clone();
        let single = shape == Shape::OnePerson && !rng.chance(0.02);
        made.events +=
            Maker::new(&mut rng, zone, names, made.meetings, shape).write(&mut lines, single);
        made.meetings += 1;
    }
    lines.put("END:VCALENDAR");
    made.bytes += lines.bytes.len();
    piece(&lines.bytes);
    made
}

struct Maker<'a> {
    rng: &'a mut Rng,
    zone: Zone,
    names: ZoneNames,
    uid: String,
    people: Vec<(String, String)>,
    minutes: i64,
}

struct One<'a> {
    start: DateTime,
    sequence: u32,
    /// Lines of recurrence or the RECURRENCE-ID.
    extra: &'a dyn Fn(&mut Lines),
    moved: bool,
}

impl<'a> Maker<'a> {
    fn new(rng: &'a mut Rng, zone: Zone, names: ZoneNames, number: usize, shape: Shape) -> Self {
        let uid = format!("{:016x}{:016x}@example.com", rng.next_u64(), rng.next_u64());
        let count = if rng.chance(0.2) { 4 } else { 2 };
        let mut people: Vec<(String, String)> = (0..count)
            .map(|_| {
                let (given, family) = (*rng.pick(&GIVEN), *rng.pick(&FAMILY));
                let address = mailbox(given, family);
                (
                    format!("{given} {family}"),
                    format!("{address}.{number}@example.com"),
                )
            })
            .collect();
        if shape == Shape::OnePerson {
            // Their own calendar: they are in everything, with the same few people.
            people = vec![("Maya Lind".to_owned(), "maya@example.com".to_owned())];
            for _ in 1..count {
                let given = *rng.pick(&GIVEN[..12]);
                people.push((
                    given.to_owned(),
                    format!("{}@example.com", mailbox(given, "")),
                ));
            }
        }
        let minutes = *rng.pick(&[25, 30, 45, 60]);
        Self {
            rng,
            zone,
            names,
            uid,
            people,
            minutes,
        }
    }

    /// Writes a meeting with its overrides; returns the number of VEVENTs.
    fn write(mut self, lines: &mut Lines, single: bool) -> usize {
        let day = date(2022, 1, 3).saturating_add(self.rng.between(0, 1_800).days());
        let weekday = i64::from(day.weekday().to_monday_zero_offset());
        let day = if weekday > 4 {
            day.saturating_add((7 - weekday).days())
        } else {
            day
        };
        let (hour, minute) = (
            self.rng.between(8, 17) as i8,
            *self.rng.pick(&[0i8, 15, 30, 45]),
        );
        let start = day.at(hour, minute, 0, 0);
        if single {
            self.event(
                lines,
                &One {
                    start,
                    sequence: 0,
                    extra: &|_| {},
                    moved: false,
                },
            );
            return 1;
        }
        let weeks = *self.rng.pick(&[1i64, 1, 2, 2, 2, 4]);
        let days = *self.rng.pick(&[120i64, 365, 730, 1_825]);
        let count = days / (7 * weeks) + 1;
        let touched = *self.rng.pick(&[0usize, 1, 3, 6, 10]);
        let mut picked: Vec<i64> = (0..touched).map(|_| self.rng.between(1, count)).collect();
        picked.sort_unstable();
        picked.dedup();
        let (excluded, moved) = picked.split_at(picked.len() / 2);
        let at = |k: i64| start.saturating_add((7 * weeks * k).days());
        let (zone, names) = (self.zone.clone(), self.names);
        let until = steadfast_calendar::when::resolve(at(count), &zone.tz);
        let recurrence = |lines: &mut Lines| {
            lines.line(|out| {
                out.push_str("RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=");
                line::utc(out, until);
                let _ = write!(
                    out,
                    ";INTERVAL={weeks};BYDAY={}",
                    two_letters(start.date().weekday())
                );
            });
            if !excluded.is_empty() {
                lines.line(|out| {
                    out.push_str("EXDATE");
                    tzid(out, names, zone.place);
                    for (n, k) in excluded.iter().enumerate() {
                        out.push_str(if n == 0 { "" } else { "," });
                        line::civil(out, at(*k));
                    }
                });
            }
        };
        self.event(
            lines,
            &One {
                start,
                sequence: 0,
                extra: &recurrence,
                moved: false,
            },
        );
        for k in moved {
            let identity = |lines: &mut Lines| {
                lines.line(|out| {
                    out.push_str("RECURRENCE-ID");
                    tzid(out, names, zone.place);
                    line::civil(out, at(*k));
                });
            };
            let later = *self.rng.pick(&[1i64, 2, 24]);
            let sequence = *self.rng.pick(&[0u32, 0, 1]);
            self.event(
                lines,
                &One {
                    start: at(*k).saturating_add(later.hours()),
                    sequence,
                    extra: &identity,
                    moved: true,
                },
            );
        }
        1 + moved.len()
    }

    fn event(&mut self, lines: &mut Lines, one: &One<'_>) {
        lines.put("BEGIN:VEVENT");
        lines.line(|out| {
            let _ = write!(out, "UID:{}", self.uid);
        });
        // The moment of the export, as most providers write it.
        lines.put("DTSTAMP:20270531T120000Z");
        for (name, at) in [
            ("DTSTART", one.start),
            ("DTEND", one.start.saturating_add(self.minutes.minutes())),
        ] {
            lines.line(|out| {
                out.push_str(name);
                tzid(out, self.names, self.zone.place);
                line::civil(out, at);
            });
        }
        (one.extra)(lines);
        for (n, (name, address)) in self.people.iter().enumerate() {
            if n == 0 {
                lines.line(|out| {
                    let _ = write!(out, "ORGANIZER;CN={name}:mailto:{address}");
                });
            }
            let answer = *self.rng.pick(&["ACCEPTED", "NEEDS-ACTION", "TENTATIVE"]);
            lines.line(|out| {
                let _ = write!(out, "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN={name};X-NUM-GUESTS=0:mailto:{address}");
            });
        }
        lines.put("CREATED:20220101T120000Z");
        lines.put("LAST-MODIFIED:20240101T120000Z");
        lines.line(|out| {
            let _ = write!(out, "SEQUENCE:{}", one.sequence);
        });
        lines.put("STATUS:CONFIRMED");
        lines.line(|out| {
            let given = |n: usize| self.people.get(n).map_or("", |(name, _)| name.as_str());
            let moved = if one.moved { " (moved)" } else { "" };
            let _ = write!(out, "SUMMARY:1:1 {} / {}{moved}", given(0), given(1));
        });
        let times = *self.rng.pick(&[0usize, 1, 1, 2]);
        lines.line(|out| {
            out.push_str("DESCRIPTION:");
            escaped(out, &BODY.repeat(times));
        });
        for tail in [
            "TRANSP:OPAQUE",
            "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:This is an event reminder",
            "TRIGGER:-P0DT0H10M0S",
            "END:VALARM",
            "END:VEVENT",
        ] {
            lines.put(tail);
        }
    }
}

fn tzid(out: &mut String, names: ZoneNames, place: &Place) {
    out.push_str(";TZID=");
    vtimezone::tzid(out, names, place);
    out.push(':');
}

const fn two_letters(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, calendar};

    #[test]
    fn it_is_as_long_as_asked_for_and_the_same_every_time() {
        for shape in [Shape::Series, Shape::OnePerson] {
            let make = || {
                let mut text = Vec::new();
                let made = calendar(42, 200_000, shape, |piece| text.extend_from_slice(piece));
                (made, text)
            };
            let (made, text) = make();
            assert_eq!(make(), (made, text.clone()));
            assert_eq!(made.bytes, text.len());
            assert!((200_000..230_000).contains(&made.bytes), "{made:?}");
            let text = String::from_utf8(text).unwrap();
            assert_eq!(text.matches("BEGIN:VEVENT").count(), made.events);
            assert!(text.ends_with("END:VCALENDAR\r\n"));
        }
    }
}
