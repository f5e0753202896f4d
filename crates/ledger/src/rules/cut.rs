//! What counts as **shortened**, **halved** and **token**.

use super::{Rule, Threshold, Value};
use crate::verdict::Cut;
use steadfast_calendar::Slot;

/// From this share of the promised length on nothing was cut: numerator, denominator.
pub const WHOLE_FROM: (i64, i64) = (4, 5);
/// Under this share it is halved: numerator, denominator.
pub const HALVED_UNDER: (i64, i64) = (1, 2);
/// Under this many minutes it is a token …
pub const TOKEN_UNDER_MINUTES: i64 = 10;
/// … of at least this many promised ones.
pub const TOKEN_OF_MINUTES: i64 = 25;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.cut",
    title: "Cut: shortened, halved, token",
    meaning: "How much of the promised length stood in the end, beside whatever else became of it. Shortened is shown \
              and counts for nothing; halved is a disruption; a token is a loss. A longer one is not cut.",
    thresholds: &[
        Threshold {
            name: "not cut from this share on",
            value: Value::Share(WHOLE_FROM.0, WHOLE_FROM.1),
            why: "25 of 30 and 50 of 60 minutes are the usual breath between meetings",
        },
        Threshold {
            name: "halved under this share",
            value: Value::Share(HALVED_UNDER.0, HALVED_UNDER.1),
            why: "with more gone than left there is time for the manager's topics or the report's, not for both",
        },
        Threshold {
            name: "token under",
            value: Value::Minutes(TOKEN_UNDER_MINUTES),
            why: "a greeting and a status: there is no conversation in it",
        },
        Threshold {
            name: "token only of a promised length of at least",
            value: Value::Minutes(TOKEN_OF_MINUTES),
            why: "where 15 minutes are the custom, nine of them are most of it",
        },
    ],
    decides: "cut",
    file: file!(),
};

/// How much of `promised` was cut in `held`.
pub fn of(promised: Slot, held: Slot) -> Option<Cut> {
    let (whole, stood) = (promised.seconds(), held.seconds());
    let at_least =
        |share: (i64, i64)| stood.saturating_mul(share.1) >= whole.saturating_mul(share.0);
    if whole >= TOKEN_OF_MINUTES * 60 && stood < TOKEN_UNDER_MINUTES * 60 {
        Some(Cut::Token)
    } else if at_least(WHOLE_FROM) {
        None
    } else if at_least(HALVED_UNDER) {
        Some(Cut::Shortened)
    } else {
        Some(Cut::Halved)
    }
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        ("longer", "held tue 10:00 for 60m", "kept"),
        ("four fifths", "held tue 10:00 for 24m", "kept"),
        (
            "a minute under four fifths",
            "held tue 10:00 for 23m",
            "kept cut:shortened q:0.5",
        ),
        ("half", "held tue 10:00 for 15m", "kept cut:shortened q:0.5"),
        (
            "a minute under half",
            "held tue 10:00 for 14m",
            "kept cut:halved q:0.5 disruption",
        ),
        (
            "ten minutes are no token",
            "held tue 10:00 for 10m",
            "kept cut:halved q:0.5 disruption",
        ),
        (
            "nine are",
            "held tue 10:00 for 9m",
            "kept cut:token q:0.5 loss",
        ),
        (
            "nine of 25",
            "promised tue 10:00 for 25m; held tue 10:00 for 9m",
            "kept cut:token q:0.5 loss",
        ),
        (
            "nine of 24 are halved",
            "promised tue 10:00 for 24m; held tue 10:00 for 9m",
            "kept cut:halved q:0.5 disruption",
        ),
        (
            "nine of 15 are shortened",
            "promised tue 10:00 for 15m; held tue 10:00 for 9m",
            "kept cut:shortened q:0.5",
        ),
        (
            "a skipped one tells its cut too",
            "held next tue 10:00 for 20m; changed manager 1d before",
            "skipped cut:shortened notice:short/1440 hops:1 by:manager loss",
        ),
    ]);
}
