//! The truth is whole: every promise has one outcome, everything people do occurs, every dialect can tell it.

use std::collections::BTreeMap;
use steadfast_life::{
    Config, Dialect, Trouble, World,
    truth::{Behaviour, Outcome, Shown},
};

const BEHAVIOURS: [Behaviour; 26] = [
    Behaviour::Keep,
    Behaviour::Nudge,
    Behaviour::SameDay,
    Behaviour::SameWeek,
    Behaviour::NextWeek,
    Behaviour::Forward,
    Behaviour::FoldIntoNext,
    Behaviour::CallOff,
    Behaviour::MakeGood,
    Behaviour::Shorten,
    Behaviour::Halve,
    Behaviour::Token,
    Behaviour::Bounce,
    Behaviour::ReportDeclines,
    Behaviour::ReportAsks,
    Behaviour::LeaveOfManager,
    Behaviour::LeaveOfReport,
    Behaviour::PublicHoliday,
    Behaviour::TidyAway,
    Behaviour::EditText,
    Behaviour::Defend,
    Behaviour::Overlap,
    Behaviour::Retime,
    Behaviour::Split,
    Behaviour::Recreate,
    Behaviour::Pause,
];

fn big(dialect: Dialect) -> World {
    World::new(3, &Config::ten_thousand(dialect))
}

#[test]
fn a_big_life_has_ten_thousand_promises_and_every_behaviour_and_outcome() {
    for dialect in Dialect::ALL {
        let world = big(dialect);
        let mut behaviours: BTreeMap<Behaviour, usize> = BTreeMap::new();
        let mut outcomes: BTreeMap<Outcome, usize> = BTreeMap::new();
        let all = || {
            world
                .truth()
                .relationships
                .iter()
                .flat_map(|r| &r.occurrences)
        };
        for occurrence in all() {
            *behaviours.entry(occurrence.behaviour).or_default() += 1;
            *outcomes.entry(occurrence.outcome).or_default() += 1;
        }
        assert!(
            all().count() >= 10_000,
            "{}: {}",
            dialect.as_str(),
            all().count()
        );
        for behaviour in BEHAVIOURS {
            assert!(
                behaviours.contains_key(&behaviour),
                "{}: no {behaviour:?}",
                dialect.as_str()
            );
        }
        for outcome in Outcome::ALL {
            assert!(
                outcomes.contains_key(&outcome),
                "{}: no {outcome:?}",
                dialect.as_str()
            );
        }
        assert!(
            all().any(|o| o.made_good)
                && all().any(|o| o.excused.is_some())
                && all().any(|o| o.cause.is_some())
        );
        let undecided = all().filter(|o| !o.decided).count();
        assert!(
            undecided * 50 < all().count(),
            "{}: {undecided} undecided",
            dialect.as_str()
        );
        assert!(!world.truth().without_one_on_one.is_empty() && !world.truth().decoys.is_empty());
    }
}

#[test]
fn promises_follow_each_other_and_outcomes_fit_their_slots() {
    for dialect in Dialect::ALL {
        let world = World::new(9, &Config::small(dialect));
        for relationship in &world.truth().relationships {
            let name = format!(
                "{} {} {}",
                dialect.as_str(),
                relationship.manager,
                relationship.report
            );
            for pair in relationship.occurrences.windows(2) {
                assert!(
                    pair[0].promised.end <= pair[1].promised.start,
                    "{name}: {:?}",
                    pair[0].promised
                );
            }
            for o in &relationship.occurrences {
                let stands = !matches!(o.outcome, Outcome::Cancelled | Outcome::Missing);
                assert_eq!(o.held.is_some(), stands, "{name}: {o:?}");
                assert_eq!(o.acted.is_some(), o.hops > 0, "{name}: {o:?}");
                assert_eq!(o.shown == Shown::Nothing, o.hops == 0, "{name}: {o:?}");
                assert!(o.promised.start < world.now(), "{name}: {o:?}");
                assert!(
                    o.held.is_none_or(|held| held.end <= world.now()),
                    "{name}: {o:?}"
                );
                assert!(!o.made_good || o.hops > 0, "{name}: {o:?}");
            }
        }
    }
}

#[test]
fn a_source_that_keeps_no_sequence_names_no_organiser() {
    let world = World::new(9, &Config::small(Dialect::Regenerating));
    let organisers = world
        .truth()
        .relationships
        .iter()
        .filter(|r| r.organiser == r.manager)
        .flat_map(|r| &r.occurrences)
        .filter(|o| {
            matches!(
                o.shown,
                Shown::Manager | Shown::Delegate | Shown::ManagerSide
            )
        });
    assert_eq!(organisers.count(), 0);
}

#[test]
fn the_organisation_file_has_a_row_for_everybody_inside_and_two_for_a_change_of_manager() {
    let config = Config {
        changes_of_line: 0.6,
        ..Config::small(Dialect::Google)
    };
    let world = World::new(2, &config);
    let file = world.org_csv();
    for person in world.people() {
        let rows = file
            .lines()
            .filter(|row| row.starts_with(&format!("{},", person.address)))
            .count();
        if person.outside {
            assert_eq!(rows, 0, "{}", person.address);
        } else {
            assert!((1..=2).contains(&rows), "{}", person.address);
        }
    }
    assert!(
        file.lines().all(|row| row.split(',').count() == 8),
        "{file}"
    );
}

#[test]
fn trouble_with_the_snapshots_changes_no_truth_but_what_they_decide() {
    let trouble = Trouble {
        gap_days: vec![3],
        vanished: 3,
        half: 3,
        late_copies: 3,
        dropped: 0.3,
        rezoned: 0.0,
    };
    let calm = World::new(4, &Config::small(Dialect::Apple));
    let rough = World::new(
        4,
        &Config {
            trouble,
            ..Config::small(Dialect::Apple)
        },
    );
    assert_eq!(rough.truth().gaps.len(), 1);
    for (a, b) in calm
        .truth()
        .relationships
        .iter()
        .zip(&rough.truth().relationships)
    {
        for (a, b) in a.occurrences.iter().zip(&b.occurrences) {
            assert_eq!(
                *a,
                steadfast_life::truth::Occurrence {
                    decided: a.decided,
                    ..b.clone()
                }
            );
            assert!(a.decided || !b.decided);
        }
    }
    let (from, to) = rough.truth().gaps[0];
    assert!(
        rough
            .history()
            .all(|state| state.at < from || state.at >= to)
    );
    let events = |text: &[u8]| {
        String::from_utf8_lossy(text)
            .matches("BEGIN:VEVENT")
            .count()
    };
    let whole = |text: &[u8]| text.ends_with(b"END:VCALENDAR\r\n");
    assert_eq!(
        rough.history().filter(|state| !whole(&state.text)).count(),
        3
    );
    assert_eq!(
        rough
            .history()
            .filter(|state| whole(&state.text) && events(&state.text) == 0)
            .count(),
        3
    );
}
