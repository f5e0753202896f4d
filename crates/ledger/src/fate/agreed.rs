//! The rhythm that two people agreed on: from then on it stands in the place of the one the calendar's rule gives.

use crate::people::PersonId;
use std::collections::HashMap;
use steadfast_calendar::Instant;

/// The longest rhythm there is any sense in: what is beyond it is no agreement.
const MOST_DAYS: i64 = 3_650;

/// From `from` on: `days` between two promises, or no agreement any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Agreement {
    /// Since when; nothing before it is judged by it.
    pub from: Instant,
    /// Days between two promises; `None`: it is over.
    pub days: Option<i64>,
}

/// The agreements of every two people, these in the order of their ids, oldest agreement first.
pub type Agreements = HashMap<[PersonId; 2], Vec<Agreement>>;

/// Days agreed on that hold at `at`.
pub(super) fn in_force(agreements: &[Agreement], at: Instant) -> Option<i64> {
    let last = agreements.iter().rev().find(|one| one.from <= at)?;
    last.days.filter(|days| (1..=MOST_DAYS).contains(days))
}

#[cfg(test)]
#[test]
fn the_last_agreement_before_a_moment_holds() {
    let at = Instant::from_seconds;
    let agreements = [
        Agreement {
            from: at(10),
            days: Some(7),
        },
        Agreement {
            from: at(20),
            days: Some(14),
        },
        Agreement {
            from: at(30),
            days: None,
        },
    ];
    for (moment, days) in [
        (9, None),
        (10, Some(7)),
        (19, Some(7)),
        (20, Some(14)),
        (30, None),
    ] {
        assert_eq!(in_force(&agreements, at(moment)), days, "{moment}");
    }
}
