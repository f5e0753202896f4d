//! Made-up reports for the tests and pictures of the renderers: the people of the README's example, the
//! same from the other side, and everything that could go wrong at once.
#![allow(dead_code, unused_imports, unreachable_pub, missing_docs)]

mod maya;
mod nasty;
mod occurrences;

pub use maya::{ben_reads, ben_with, maya};
pub use nasty::{crowd, nasty, nothing_found, unknown_direction};
pub use occurrences::{Start, occurrences};

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::sync::Arc;
use steadfast_app::report::OnceInAWhile;
use steadfast_app::report::model::{
    Band, Direction, Evidence, EvidenceKind, Me, Pair, PairSignal, Person, Reading, Report, Side,
};
use steadfast_calendar::Instant;

/// All of them.
pub fn all() -> Vec<Report> {
    vec![
        maya(),
        ben_reads(),
        nasty(),
        crowd(),
        unknown_direction(),
        nothing_found(),
        ben_with("KKchtNLUKK"),
    ]
}

pub const ZONE: &str = "Europe/Paris";

pub fn zone() -> TimeZone {
    TimeZone::get(ZONE).expect("bundled zone")
}

pub fn at(day: Date, hour: i8, minute: i8) -> Instant {
    let zoned = day
        .at(hour, minute, 0, 0)
        .to_zoned(zone())
        .expect("in range");
    Instant::from(zoned.timestamp())
}

pub fn person(name: &str) -> Person {
    let local: String = name
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    Person {
        address: Arc::from(format!("{local}@example.com").as_str()),
        name: name.to_owned(),
    }
}

/// A report without any finding.
pub fn empty(me: Option<&str>, side: Side) -> Report {
    Report {
        generated_at: at(date(2026, 11, 22), 9, 0),
        calendars_of: Vec::new(),
        me: me.map(|name| Me {
            address: person(name).address,
            name: Some(name.to_owned()),
            because: "you said so".to_owned(),
            side,
        }),
        once: OnceInAWhile::default(),
        from: date(2026, 5, 25),
        to: date(2026, 11, 22),
        zone: zone(),
        zone_name: ZONE.to_owned(),
        evidence: Evidence {
            kind: EvidenceKind::Export,
            snapshots: 1,
            first: None,
            last: None,
            gaps: Vec::new(),
            fetched: false,
        },
        known_until: None,
        pairs: Vec::new(),
        without_one_on_one: Vec::new(),
        doubtful: Vec::new(),
        not_counted: Vec::new(),
        comparisons: Vec::new(),
        guesses: Vec::new(),
        set_aside: Vec::new(),
        to_be_sure: None,
        not_known: Vec::new(),
        warnings: Vec::new(),
    }
}

/// A weekly pair with a declared direction and nothing in it.
pub fn pair(manager: &str, report: &str) -> Pair {
    let people = [person(manager), person(report)];
    Pair {
        id: format!("{}+{}", people[0].address, people[1].address),
        people,
        manager: Some(0),
        direction: Direction::Declared,
        ended: None,
        still: None,
        confidence: 0.98,
        why: vec![
            "exactly two people".to_owned(),
            "weekly".to_owned(),
            "reporting line".to_owned(),
        ],
        uids: vec![Arc::from("7kukuqrfedlm2f9t@google.com")],
        cadence_days: 7,
        minutes: 30,
        usual_slot: None,
        contact_gap: Some(0.6),
        re_timed: Vec::new(),
        moved_for_good: Vec::new(),
        last_look: None,
        country_unknown: false,
        facts: Vec::new(),
        occurrences: Vec::new(),
        hops: Vec::new(),
        signal: Some(signal(Band::Mixed)),
        repair: None,
        next_step: None,
        next: None,
        elsewhere: Vec::new(),
    }
}

pub fn signal(band: Band) -> PairSignal {
    let reading = |band| Reading {
        a: 2.1,
        b: 12.7,
        probability: 0.24,
        band,
        n: 25,
        streak: 0,
    };
    PairSignal {
        disruption: reading(band),
        loss: reading(if band == Band::TooEarly {
            band
        } else {
            Band::Steady
        }),
        whose_unknown: false,
        sentence: String::new(),
    }
}
