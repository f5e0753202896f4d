//! Every choice of what counts as once in a while, at its own boundary and beside it.

use crate::pair::{YEAR, heads_up_by, pattern_by, simulate_with};
use crate::table::{agrees, first_reached};
use steadfast_signal::{Kind, Once};

/// What is said of a habit where there is none beyond the boundary: at most in one year of twenty.
const MOST: f64 = 0.05;

/// One row: what is reckoned with, the true rate, heads-up and pattern in a year, and the median week of the pattern.
type Row = (Once, Kind, f64, f64, f64, Option<u32>);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    (Once::Seldom, Kind::Disruption, 0.05, 0.041, 0.002, None),
    (Once::Seldom, Kind::Disruption, 0.1, 0.296, 0.047, None),
    (Once::Seldom, Kind::Disruption, 0.2, 0.888, 0.518, None),
    (Once::Seldom, Kind::Disruption, 0.5, 1.000, 1.000, Some(8)),
    (Once::Seldom, Kind::Loss, 0.025, 0.083, 0.003, None),
    (Once::Seldom, Kind::Loss, 0.05, 0.315, 0.041, None),
    (Once::Seldom, Kind::Loss, 0.1, 0.774, 0.326, None),
    (Once::Seldom, Kind::Loss, 0.5, 1.000, 1.000, Some(6)),
    (Once::Often, Kind::Disruption, 1.0 / 6.0, 0.045, 0.000, None),
    (Once::Often, Kind::Disruption, 1.0 / 3.0, 0.604, 0.043, None),
    (Once::Often, Kind::Disruption, 0.5, 0.989, 0.559, Some(45)),
    (Once::Often, Kind::Loss, 1.0 / 12.0, 0.087, 0.001, None),
    (Once::Often, Kind::Loss, 1.0 / 6.0, 0.559, 0.041, None),
    (Once::Often, Kind::Loss, 1.0 / 3.0, 0.995, 0.763, Some(29)),
    (Once::Often, Kind::Loss, 0.5, 1.000, 0.998, Some(11)),
    (Once::Usual, Kind::Disruption, 0.20, 0.519, 0.047, None),
    (Once::Usual, Kind::Loss, 0.10, 0.537, 0.034, None),
];

#[test]
fn each_choice_raises_the_stated_alarms() {
    for &(once, kind, rate, heads_up, pattern, week) in TABLE {
        let what = |part: &str| format!("{once:?}, {kind:?} at {rate:.4}, {part}");
        let all = simulate_with(once.params(kind), (0, 0.0), YEAR, rate);
        agrees(
            &what("heads-up in a year"),
            heads_up,
            heads_up_by(&all, YEAR),
        );
        agrees(&what("pattern in a year"), pattern, pattern_by(&all, YEAR));
        if let Some(week) = week {
            first_reached(&what("median pattern"), 0.5, week, |by| {
                pattern_by(&all, by)
            });
        }
    }
}

#[test]
fn every_choice_is_in_the_table_at_its_boundary_with_one_false_habit_in_twenty_years_at_most() {
    for once in Once::ALL {
        for kind in [Kind::Disruption, Kind::Loss] {
            let theta0 = once.params(kind).theta0;
            let is_it =
                |row: &&Row| (row.0, row.1) == (once, kind) && (row.2 - theta0).abs() < 1e-9;
            let row = TABLE.iter().find(is_it);
            assert!(
                row.is_some_and(|row| row.4 <= MOST),
                "{once:?} {kind:?}: {row:?}"
            );
        }
    }
}
