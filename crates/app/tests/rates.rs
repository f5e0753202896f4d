//! Rates matched by stratum: Maya's 1:1 with Ben beside her other meetings, in half a year of one export.

use steadfast_app::{
    audit::{Audit, Options, org_file},
    report::{Report, TextStyle, json, text},
};
use steadfast_calendar::Instant;

const ORG: &str = "email,name,manager\nmaya@example.com,Maya,petra@example.com\nben@example.com,Ben,maya@example.com\n\
                   kim@example.com,Kim,petra@example.com\npetra@example.com,Petra,\n";

/// A regular meeting, and how many of its first instances were moved by a day, a day ahead.
#[derive(Clone, Copy)]
struct Meeting<'a> {
    title: &'a str,
    organizer: &'a str,
    people: &'a [&'a str],
    minutes: u32,
    rule: &'a str,
    moved: i64,
}

const ONE_ON_ONE: Meeting<'_> = Meeting {
    title: "1:1",
    organizer: "maya",
    people: &["maya", "ben"],
    minutes: 30,
    rule: "FREQ=WEEKLY",
    moved: 0,
};

/// A weekly meeting of Maya and Kim, as alike to a 1:1 as can be.
const STATUS: Meeting<'_> = Meeting {
    title: "Status",
    people: &["maya", "kim"],
    ..ONE_ON_ONE
};

impl Meeting<'_> {
    fn events(&self) -> String {
        let first = jiff::civil::date(2026, 1, 6).at(14, 0, 0, 0);
        let day = |n: i64| first.saturating_add(jiff::Span::new().days(n));
        let local = |at: jiff::civil::DateTime| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let event = |lines: String| {
            let people: String = self
                .people
                .iter()
                .map(|p| format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{p}@example.com\n"))
                .collect();
            format!(
                "BEGIN:VEVENT\nDTSTAMP:20260630T120000Z\nUID:{}{}\nSUMMARY:{}\nDURATION:PT{}M\nORGANIZER:mailto:{}@example.com\n{people}{lines}\n\
                 END:VEVENT\n",
                self.title,
                self.people.concat(),
                self.title,
                self.minutes,
                self.organizer,
            )
        };
        let mut all = event(format!(
            "DTSTART:{}\nRRULE:{}\nSEQUENCE:0",
            local(first),
            self.rule
        ));
        for week in 0..self.moved {
            let was = day(7 * week);
            all.push_str(&event(format!(
                "RECURRENCE-ID:{}\nDTSTART:{}\nSEQUENCE:1\nLAST-MODIFIED:{}",
                local(was),
                local(day(7 * week + 1)),
                local(day(7 * week - 1)),
            )));
        }
        all
    }
}

fn audit(meetings: &[Meeting<'_>]) -> Report {
    let now = "2026-06-30T20:00:00Z".parse::<jiff::Timestamp>();
    let mut options = Options::at(Instant::from(now.expect("a moment")));
    options.me = vec!["maya@example.com".to_owned()];
    options.from = Some(jiff::civil::date(2026, 1, 1));
    options.org = Some(org_file::parse(ORG).expect("an organisation file"));
    let mut audit = Audit::new(options);
    let events: String = meetings.iter().map(Meeting::events).collect();
    let calendar = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n");
    audit
        .calendar("maya.ics", None, None, &mut calendar.as_bytes())
        .expect("bytes in memory can be read");
    audit.finish()
}

/// Each class with its counts, those of the 1:1s, and whether it may be said.
fn rates(meetings: &[Meeting<'_>]) -> Vec<String> {
    let report = audit(meetings);
    let rates = report.comparisons[0].rates.iter();
    rates
        .map(|r| {
            format!(
                "{} {}/{} beside {}/{}{}",
                r.class.as_str(),
                r.disrupted,
                r.of,
                r.one_on_one_disrupted,
                r.one_on_one_of,
                if r.say { " said" } else { "" }
            )
        })
        .collect()
}

/// `meeting` with so many of its instances moved.
const fn moved(moved: i64, meeting: Meeting<'_>) -> Meeting<'_> {
    Meeting { moved, ..meeting }
}

#[test]
fn a_status_meeting_of_two_is_compared_and_said_where_the_difference_is_plain() {
    assert_eq!(
        rates(&[moved(13, ONE_ON_ONE), moved(3, STATUS)]),
        ["status 3/26 beside 13/26 said"]
    );
    assert_eq!(
        rates(&[moved(6, ONE_ON_ONE), moved(3, STATUS)]),
        ["status 3/26 beside 6/26"]
    );
}

#[test]
fn a_class_without_a_common_stratum_is_left_out() {
    let one_on_one = moved(13, ONE_ON_ONE);
    for other in [
        Meeting {
            minutes: 60,
            ..STATUS
        },
        Meeting {
            rule: "FREQ=WEEKLY;INTERVAL=2",
            ..STATUS
        },
        Meeting {
            organizer: "kim",
            ..STATUS
        },
        Meeting {
            people: &["maya", "kim", "ben"],
            ..STATUS
        },
    ] {
        assert_eq!(rates(&[one_on_one, other]), Vec::<String>::new());
    }
}

#[test]
fn of_the_one_on_ones_only_those_in_a_common_stratum_count() {
    let long = Meeting {
        minutes: 60,
        people: &["maya", "ben"],
        title: "1:1 long",
        ..ONE_ON_ONE
    };
    assert_eq!(
        rates(&[moved(13, ONE_ON_ONE), long, moved(3, STATUS)]),
        ["status 3/26 beside 13/26 said"]
    );
}

#[test]
fn the_one_on_one_with_the_boss_is_compared_whoever_organises_it() {
    let boss = Meeting {
        organizer: "petra",
        people: &["petra", "maya"],
        ..ONE_ON_ONE
    };
    assert_eq!(
        rates(&[moved(13, ONE_ON_ONE), boss]),
        ["boss_one_on_one 0/26 beside 13/26 said"]
    );
}

#[test]
fn what_the_boss_moves_is_not_the_managers_doing() {
    let boss = Meeting {
        organizer: "petra",
        people: &["petra", "maya"],
        moved: 20,
        ..ONE_ON_ONE
    };
    assert_eq!(
        rates(&[moved(13, ONE_ON_ONE), boss]),
        ["boss_one_on_one 0/6 beside 13/26"]
    );
}

#[test]
fn it_is_printed_only_where_it_may_be_said_and_always_in_the_json() {
    let style = TextStyle {
        width: 200,
        colour: false,
        unicode: true,
    };
    for (number, said) in [(13, true), (6, false)] {
        let report = audit(&[moved(number, ONE_ON_ONE), moved(3, STATUS)]);
        let shown = text(&report, &style);
        assert_eq!(shown.contains("Like for like"), said, "{shown}");
        let mut written = Vec::new();
        json(&report, &mut written).expect("memory takes everything");
        assert!(
            String::from_utf8(written)
                .unwrap()
                .contains("\"class\": \"status\"")
        );
    }
}
