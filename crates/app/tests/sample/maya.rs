//! The README's example: one manager, six months, one export; and the same from Ben's side.

use super::{Start, at, empty, occurrences, pair, person, signal};
use jiff::civil::date;
use steadfast_app::report::model::{
    Band, BetterSlot, Comparison, Direction, Fairness, FirstSlot, Guess, HeadToHead, NextStep,
    NotCounted, Pair, RateAgainst, Repair, Report, Side, WithoutOneOnOne,
};
use steadfast_app::report::sentence;
use steadfast_calendar::Slot;
use steadfast_ledger::occurrence::Class;

pub fn maya() -> Report {
    let mut report = empty(Some("Maya"), Side::Manager);
    report.pairs = vec![ben(), ana(), chidi(), dana(), eve()];
    report.without_one_on_one = vec![WithoutOneOnOne {
        manager: person("Maya"),
        report: person("Noor"),
        since: Some(date(2026, 8, 1)),
        because: Some("joined your team that day".to_owned()),
        known_until: None,
        first: Some(FirstSlot {
            slot: Slot::new(at(date(2026, 11, 23), 9, 30), at(date(2026, 11, 23), 10, 0)),
            both: false,
            elsewhere: None,
        }),
    }];
    report.calendars_of = vec![person("Maya")];
    report.comparisons = vec![comparison()];
    report.not_counted = [
        ("coffee with Göran", "a peer"),
        ("two interviews", "outside people"),
        ("“1:1 vendor”", "outside people"),
    ]
    .map(|(what, why)| NotCounted {
        what: what.to_owned(),
        why: why.to_owned(),
    })
    .to_vec();
    report.not_known = vec![
        "Not known from one export: who pressed the button, and whether a kept one really took place".to_owned(),
    ];
    report.guesses = vec![Guess {
        question: "Is Petra your boss or your report? I took her for your boss (she organises, you are her fourth)."
            .to_owned(),
        command: None,
    }];
    report.to_be_sure = Some(
        "steadfast audit maya.ics --manager petra@example.com --reports \
         ben@example.com,ana@example.com,chidi@example.com,dana@example.com,noor@example.com"
            .to_owned(),
    );
    with_sentences(report)
}

pub fn with_sentences(mut report: Report) -> Report {
    let sentences: Vec<String> = report
        .pairs
        .iter()
        .map(|pair| sentence(&report, pair))
        .collect();
    for (pair, said) in report.pairs.iter_mut().zip(sentences) {
        if let Some(signal) = &mut pair.signal {
            signal.sentence = said;
        }
    }
    report
}

fn ben() -> Pair {
    let start = Start::weekly(date(2026, 5, 26), 15, 0);
    Pair {
        usual_slot: Some("Tue 15:00".to_owned()),
        occurrences: occurrences(start, "KKKmKxKKmgKKKMKeKKmXKKmKKK"),
        signal: Some(signal(Band::Pattern)),
        repair: Some(Repair {
            conflict_fact: Some("Tuesday 15:00 is where most of your conflicts fall".to_owned()),
            better_slot: Some(BetterSlot {
                slot: "Wednesday 9:30".to_owned(),
                elsewhere: Vec::new(),
                free: 22,
                of: 26,
                both: true,
            }),
            say: Some("I kept moving our time. That stops; Wednesday 9:30 is yours.".to_owned()),
        }),
        ..pair("Maya", "Ben")
    }
}

fn ana() -> Pair {
    Pair {
        usual_slot: Some("Thu 10:00".to_owned()),
        occurrences: occurrences(
            Start::weekly(date(2026, 5, 28), 10, 0),
            "KKKKKKNKKKKKKKlKKKKKKKKKKK",
        ),
        signal: Some(signal(Band::Steady)),
        ..pair("Maya", "Ana")
    }
}

fn chidi() -> Pair {
    let start = Start {
        every: 14,
        ..Start::weekly(date(2026, 6, 10), 11, 30)
    };
    Pair {
        cadence_days: 14,
        usual_slot: Some("Wed 11:30".to_owned()),
        occurrences: occurrences(start, "KKMKKKxEKKKK."),
        direction: Direction::Inferred,
        next_step: Some(NextStep::Protect {
            next: at(date(2026, 11, 25), 11, 30),
        }),
        ..pair("Maya", "Chidi")
    }
}

fn dana() -> Pair {
    Pair {
        usual_slot: Some("Mon 9:00".to_owned()),
        next: Some(at(date(2026, 11, 23), 9, 0)),
        occurrences: occurrences(Start::weekly(date(2026, 10, 26), 9, 0), "KKKK"),
        signal: Some(signal(Band::TooEarly)),
        ..pair("Maya", "Dana")
    }
}

fn eve() -> Pair {
    Pair {
        occurrences: occurrences(Start::weekly(date(2026, 5, 29), 9, 0), "KKxKK"),
        signal: Some(signal(Band::TooEarly)),
        ended: Some((date(2026, 6, 30), "with the reporting line".to_owned())),
        ..pair("Maya", "Eve")
    }
}

fn comparison() -> Comparison {
    Comparison {
        manager: person("Maya"),
        reports_stood: (60, 71),
        reports_neither: 0,
        boss_stood: Some((25, 26)),
        boss_neither: 0,
        stood_in_leave: 0,
        head_to_head: vec![HeadToHead {
            class: Class::Leadership,
            conflicts: 9,
            one_on_one_gave_way: 7,
            gave_way: Vec::new(),
            gave_way_on: Vec::new(),
            both_stayed: 0,
            both_stayed_on: Vec::new(),
            nudged: 0,
            moved_early: 0,
            went_back: 0,
            probability: 0.96,
            usually: false,
        }],
        rates: vec![RateAgainst {
            class: Class::BossOneOnOne,
            disrupted: 1,
            of: 26,
            one_on_one_disrupted: 11,
            one_on_one_of: 71,
            probability: 0.97,
            say: true,
        }],
        ladder: Vec::new(),
        fairness: Some(Fairness {
            p: 0.2,
            named: None,
        }),
    }
}

/// Ben's row is another one.
pub fn ben_with(letters: &str) -> Report {
    let mut report = maya();
    let start = Start::weekly(date(2026, 5, 26), 15, 0);
    report.pairs = vec![Pair {
        occurrences: occurrences(start, letters),
        ..ben()
    }];
    with_sentences(report)
}

/// Ben reads about the same 1:1s from his own calendar.
pub fn ben_reads() -> Report {
    let mut report = empty(Some("Ben"), Side::Report);
    let mut pair = ben();
    pair.direction = Direction::Declared;
    report.pairs = vec![pair];
    report.calendars_of = vec![person("Ben")];
    report.comparisons = vec![comparison()];
    report.not_known =
        vec!["Not known from one export: who pressed the button, and whether a kept one really took place".to_owned()];
    with_sentences(report)
}
