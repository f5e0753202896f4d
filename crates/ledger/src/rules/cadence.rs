//! What counts as the **cadence** of a pair, where none was agreed.

use super::{Rule, Threshold, Value};

/// From this mean spacing on a rule is taken to be monthly …
pub const MONTHLY_FROM_DAYS: i64 = 28;
/// … up to this one …
pub const MONTHLY_TO_DAYS: i64 = 31;
/// … and its cadence is this.
pub const MONTHLY_DAYS: i64 = 28;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.cadence",
    title: "Cadence",
    meaning: "Days between two promises of a pair: as agreed, else the mean spacing of the rule in force, rounded to \
              days (weekly 7, every two weeks 14, on Tuesday and Thursday 4; half a day is rounded up). A monthly \
              rule reads as every four weeks, whether it goes by the weekday or the date.",
    thresholds: &[
        Threshold {
            name: "monthly, mean spacing from",
            value: Value::Days(MONTHLY_FROM_DAYS),
            why: "February",
        },
        Threshold {
            name: "monthly, mean spacing to",
            value: Value::Days(MONTHLY_TO_DAYS),
            why: "the longest months",
        },
        Threshold {
            name: "cadence of a monthly rule",
            value: Value::Days(MONTHLY_DAYS),
            why: "the first Monday of a month comes after four weeks or five; the shorter is the promise",
        },
    ],
    decides: "cadence_days",
    file: file!(),
};

/// The cadence of a rule whose instances are `mean_days` apart on average; at least a day, whole days.
/// `None` for a spacing that is no positive number.
pub fn of_spacing(mean_days: f64) -> Option<i64> {
    if !mean_days.is_finite() || mean_days <= 0.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "clamped to a few million days"
    )]
    let days = mean_days.clamp(1.0, 4_000_000.0).round() as i64;
    Some(if (MONTHLY_FROM_DAYS..=MONTHLY_TO_DAYS).contains(&days) {
        MONTHLY_DAYS
    } else {
        days
    })
}

#[cfg(test)]
#[test]
fn cases() {
    for (mean, cadence) in [
        (7.0, Some(7)),
        (14.0, Some(14)),
        (21.0, Some(21)),
        (3.5, Some(4)),
        (1.4, Some(1)),
        (0.2, Some(1)),
        (30.44, Some(28)),
        (28.0, Some(28)),
        (31.0, Some(28)),
        (35.0, Some(35)),
        (0.0, None),
        (f64::NAN, None),
    ] {
        assert_eq!(of_spacing(mean), cadence, "{mean}");
    }
}
