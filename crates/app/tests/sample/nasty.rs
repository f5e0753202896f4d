//! What a careless renderer would trip over.

use super::maya::with_sentences;
use super::occurrences::beyond_time;
use super::{Start, empty, occurrences, pair, person, signal};
use jiff::civil::date;
use steadfast_app::report::model::{
    Band, BetterSlot, Direction, Doubtful, EvidenceKind, NotCounted, Pair, PairSignal, Repair,
    Report, ReportWarning, Side, WithoutOneOnOne,
};

/// Every outcome, hostile and far-fetched names, endless strips, times beyond time, numbers that are none.
pub fn nasty() -> Report {
    let mut report = empty(Some("Maya"), Side::Manager);
    report.evidence.kind = EvidenceKind::History;
    report.evidence.snapshots = 52;
    report.evidence.first = Some(report.generated_at.plus_days(-180));
    report.evidence.last = Some(report.generated_at);
    report.evidence.gaps = vec![(
        report.generated_at.plus_days(-90),
        report.generated_at.plus_days(-80),
    )];
    report.pairs = vec![
        everything(),
        long_name(),
        right_to_left(),
        boss(),
        nobody_known(),
        all_unknown(),
        hostile(),
        never_met(),
        long_strip(),
    ];
    report.without_one_on_one = vec![WithoutOneOnOne {
        manager: person("Maya"),
        report: person("<script>alert(1)</script>"),
        since: None,
        because: None,
        known_until: None,
        first: None,
    }];
    report.to_be_sure =
        Some("steadfast audit 'my calendars/maya 2026.zip' --reports ben@example.com".to_owned());
    report.set_aside = vec![(
        "Holidays in France.ics".to_owned(),
        "a holiday calendar".to_owned(),
    )];
    report.warnings = vec![ReportWarning {
        code: "unknown_time_zone".to_owned(),
        message: "No table knows the zone “Mars/Olympus”; taken as floating".to_owned(),
        place: "maya.ics:120 UID 7kukuqrfedlm2f9t@google.com".to_owned(),
    }];
    with_sentences(report)
}

fn everything() -> Pair {
    let start = Start::weekly(date(2026, 5, 25), 16, 0);
    let mut loss = signal(Band::HeadsUp);
    loss.loss.band = Band::Pattern;
    Pair {
        usual_slot: Some("Mon 16:00".to_owned()),
        occurrences: occurrences(start, "KNmMEbsxXfind?ugelrhctow.."),
        signal: Some(loss),
        contact_gap: Some(2.4),
        re_timed: vec![date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)],
        moved_for_good: Vec::new(),
        last_look: None,
        country_unknown: false,
        facts: vec!["weekly became every two weeks on 3 March".to_owned()],
        ..pair("Maya", "Every Outcome")
    }
}

fn long_name() -> Pair {
    let name = "Wolfeschlegelsteinhausenbergerdorff ".repeat(6);
    Pair {
        usual_slot: Some("Fri 8:00".to_owned()),
        occurrences: occurrences(Start::weekly(date(2026, 5, 29), 8, 0), "KKKKKKKKKKmK"),
        signal: Some(signal(Band::HeadsUp)),
        ..pair("Maya", name.trim())
    }
}

fn right_to_left() -> Pair {
    Pair {
        people: [
            person("Maya"),
            steadfast_app::report::model::Person {
                address: "yasmin@example.com".into(),
                name: "ياسمين الأحمد".to_owned(),
            },
        ],
        usual_slot: Some("Wed 9:00".to_owned()),
        occurrences: occurrences(Start::weekly(date(2026, 5, 27), 9, 0), "KKKKKKKKKKKKmxKKK"),
        ..pair("Maya", "yasmin")
    }
}

/// The reader is the report here.
fn boss() -> Pair {
    Pair {
        usual_slot: Some("Thu 16:00".to_owned()),
        occurrences: occurrences(
            Start::weekly(date(2026, 5, 28), 16, 0),
            "KKKKKKKKKKKKmKKKKKKKKKKKKK",
        ),
        signal: Some(signal(Band::HeadsUp)),
        ..pair("Petra", "Maya")
    }
}

fn nobody_known() -> Pair {
    Pair {
        occurrences: occurrences(Start::weekly(date(2026, 5, 28), 16, 0), "wwKwKwKw"),
        signal: Some(PairSignal {
            whose_unknown: true,
            ..signal(Band::Pattern)
        }),
        ..pair("Maya", "Frida")
    }
}

fn all_unknown() -> Pair {
    Pair {
        occurrences: occurrences(Start::weekly(date(2026, 5, 28), 16, 0), "????????"),
        contact_gap: None,
        signal: Some(signal(Band::TooEarly)),
        ..pair("Maya", "Gap")
    }
}

fn hostile() -> Pair {
    let mut held_beyond_time = occurrences(Start::weekly(date(2026, 6, 1), 9, 0), "mKmKmK");
    held_beyond_time[0].verdict.held = Some(beyond_time());
    held_beyond_time[2].promised = beyond_time();
    held_beyond_time[4].verdict.notice_minutes = Some(i64::MIN);
    held_beyond_time[4].verdict.notice_range = Some(Box::new((i64::MIN, i64::MAX)));
    held_beyond_time[4].verdict.because = "=HYPERLINK(\"http://example.com\",\"x\")\r\n,".into();
    let mut strange = signal(Band::Steady);
    strange.disruption.probability = f64::NAN;
    strange.disruption.a = f64::INFINITY;
    Pair {
        cadence_days: i64::MIN,
        minutes: -5,
        contact_gap: Some(f64::INFINITY),
        confidence: f64::NAN,
        usual_slot: Some("\u{1b}[31mTue\n25:00".to_owned()),
        occurrences: held_beyond_time,
        signal: Some(strange),
        repair: Some(Repair {
            conflict_fact: Some("</details><script>alert(2)</script>".to_owned()),
            better_slot: Some(BetterSlot {
                slot: "Wed".to_owned(),
                elsewhere: Vec::new(),
                free: 9,
                of: 0,
                both: false,
            }),
            say: Some("\u{202E}\"; rm -rf\u{0}".to_owned()),
        }),
        ..pair("Maya", "=cmd|' /C calc'!A0 \u{202E}<b>\u{1b}[2J")
    }
}

fn never_met() -> Pair {
    Pair {
        contact_gap: None,
        signal: None,
        manager: Some(7),
        ..pair("Maya", "")
    }
}

fn long_strip() -> Pair {
    Pair {
        cadence_days: 1,
        occurrences: occurrences(
            Start {
                every: 1,
                ..Start::weekly(date(2026, 6, 1), 9, 0)
            },
            &"KKKKm".repeat(30),
        ),
        ..pair("Maya", "Daily Standup 世界")
    }
}

/// Sixty pairs of one manager.
pub fn crowd() -> Report {
    let mut report = empty(Some("Maya"), Side::Manager);
    report.pairs = (0..60)
        .map(|number| Pair {
            usual_slot: Some("Tue 15:00".to_owned()),
            occurrences: occurrences(
                Start::weekly(date(2026, 5, 26), 15, 0),
                if number % 7 == 0 {
                    "KKmKKxKKKKmKKKKKKKeKKKKKKK"
                } else {
                    "KKKKKKKKKKKKKKKNKKKKKKKKKK"
                },
            ),
            signal: Some(signal(if number % 7 == 0 {
                Band::Mixed
            } else {
                Band::Steady
            })),
            ..pair("Maya", &format!("Person {number}"))
        })
        .collect();
    with_sentences(report)
}

/// Two people meet; which of them manages the other nobody said.
pub fn unknown_direction() -> Report {
    let mut report = empty(Some("Maya"), Side::Both);
    report.pairs = vec![Pair {
        manager: None,
        direction: Direction::Unknown,
        signal: None,
        usual_slot: Some("Tue 15:00".to_owned()),
        occurrences: occurrences(
            Start::weekly(date(2026, 5, 26), 15, 0),
            "KKKmKxKKmgKKKMKeKKmXKKmKKK",
        ),
        ..pair("Maya", "Ben")
    }];
    report.to_be_sure = Some("steadfast audit maya.ics --reports ben@example.com".to_owned());
    report
}

/// Nothing that counts.
pub fn nothing_found() -> Report {
    let mut report = empty(None, Side::Both);
    report.doubtful = vec![
        Doubtful {
            people: [Some(person("Göran")), Some(person("Maya"))],
            title: None,
            why: vec![
                "exactly two people, weekly".to_owned(),
                "no reporting line is known".to_owned(),
            ],
            would_count_with: "--reports gran@example.com".to_owned(),
        },
        Doubtful {
            people: [None, None],
            title: Some("1:1 Ben\u{1b}[2J".to_owned()),
            why: vec!["it names no second person".to_owned()],
            would_count_with: "a source that keeps the attendees".to_owned(),
        },
    ];
    report.not_counted = vec![NotCounted {
        what: "two interviews".to_owned(),
        why: "outside people".to_owned(),
    }];
    report.to_be_sure = Some("steadfast audit maya.ics --me maya@example.com".to_owned());
    report
}
