//! **Severity**: an order for lists, and nothing else. No statistic uses it.

use super::{Rule, Threshold, Value};
use crate::verdict::{Notice, Outcome, Verdict};

/// Weight of a nudge.
pub const NUDGED: f64 = 0.15;
/// Weight of a move.
pub const MOVED: f64 = 0.35;
/// Weight of a slip.
pub const SLIPPED: f64 = 0.6;
/// Weight of a loss.
pub const LOST: f64 = 1.0;
/// Factor for last-minute notice; the product stays at most that of a loss.
pub const LAST_MINUTE_FACTOR: f64 = 1.25;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.severity",
    title: "Severity, for sorting lists",
    meaning: "Puts the occurrence most worth a look first. It is shown to nobody and enters no statistic.",
    thresholds: &[
        Threshold {
            name: "nudged",
            value: Value::Number(NUDGED),
            why: "an editor's choice: hardly anything",
        },
        Threshold {
            name: "moved",
            value: Value::Number(MOVED),
            why: "an editor's choice: about a third of a loss",
        },
        Threshold {
            name: "slipped",
            value: Value::Number(SLIPPED),
            why: "an editor's choice: more than half a loss",
        },
        Threshold {
            name: "lost",
            value: Value::Number(LOST),
            why: "the scale's end",
        },
        Threshold {
            name: "factor at the last minute, up to the scale's end",
            value: Value::Number(LAST_MINUTE_FACTOR),
            why: "an editor's choice: it orders equals",
        },
    ],
    decides: "the order of lists",
    file: file!(),
};

/// The severity of a verdict, 0 to 1. Excused, disputed, unknown and open ones have none.
pub fn of(verdict: &Verdict) -> f64 {
    if verdict.excused.is_some() {
        return 0.0;
    }
    let weight = if verdict.loss {
        LOST
    } else {
        match verdict.outcome {
            Outcome::Nudged => NUDGED,
            Outcome::Moved => MOVED,
            Outcome::Slipped => SLIPPED,
            _ => 0.0,
        }
    };
    if verdict.notice == Some(Notice::LastMinute) {
        (weight * LAST_MINUTE_FACTOR).min(LOST)
    } else {
        weight
    }
}

#[cfg(test)]
#[test]
fn cases() {
    use super::check::judged;
    for (facts, severity) in [
        ("", 0.0),
        ("held tue 11:00; changed manager 1d before", 0.15),
        ("held tue 11:00; changed manager 1h before", 0.1875),
        ("held thu 11:00; changed manager 1d before", 0.35),
        ("held next mon 11:00; changed manager 1h before", 0.75),
        ("gone; changed manager 1h before", 1.0),
        ("gone; changed manager 9d before", 1.0),
        ("gone; changed report 1h before", 0.0),
        ("report says not_held; manager says held", 0.0),
        ("held tue 10:00 for 5m; changed manager 1d before", 1.0),
    ] {
        let found = of(&judged(facts));
        assert!((found - severity).abs() < 1e-12, "{facts}: {found}");
    }
}
