//! A small organisation's year, three times.

use steadfast_rehearse::config::{Config, Mode};
use steadfast_rehearse::report::report;

/// Small enough for a test.
fn small(seed: u64) -> Config {
    Config {
        people: 40,
        weeks: 12,
        seed,
        ..Config::default()
    }
}

#[test]
fn the_guard_keeps_more_writes_nothing_it_may_not_and_comes_to_rest() {
    for seed in 1..=3 {
        let report = report(&small(seed)).unwrap();
        let [without, advise, defend] = &report.years[..] else {
            panic!("three modes");
        };
        assert_eq!(without.mode, Mode::Without);
        let counts = without.counts;
        let sum = counts.kept + counts.made_good + counts.lost + counts.excused;
        assert_eq!(sum, counts.promised, "every promise is counted once");
        assert!(
            counts.lost > 0,
            "an attack that nobody answers costs something"
        );
        assert_eq!((without.writes, without.messages.most), (0, 0));
        assert!(advise.counts.share() > without.counts.share());
        assert!(defend.counts.share() > advise.counts.share());
        for year in &report.years {
            assert_eq!(year.counts.promised, counts.promised);
            assert_eq!(
                (year.double_bookings, year.outside_policy, year.unsettled),
                (0, 0, 0)
            );
            assert!(year.messages.median <= 2);
        }
    }
}

#[test]
fn nothing_is_lost_where_nothing_comes() {
    let report = report(&Config {
        attacked: 0.0,
        ..small(1)
    })
    .unwrap();
    for year in &report.years {
        assert_eq!(year.counts.kept, year.counts.promised, "{:?}", year.mode);
        assert_eq!(year.writes, 0);
    }
}

#[test]
fn the_same_seed_gives_the_same_year() {
    let text = || report(&small(4)).unwrap().text();
    assert_eq!(text(), text());
}
