//! What counts as **kept**.

use super::{Rule, Threshold, Value, place::Place};

/// A start this close to the promised one is the promised one.
pub const WITHIN_MINUTES: i64 = 5;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.kept",
    title: "Kept",
    meaning: "It stood on the calendar at the promised time. Changes that were taken back leave it kept. \
              Kept says that it stood, not that both came: attendance is unknown until one of the two says so.",
    thresholds: &[Threshold {
        name: "start earlier or later by at most",
        value: Value::Minutes(WITHIN_MINUTES),
        why: "people set 10:05 to leave a breath after the hour; nobody reads that as a change",
    }],
    decides: "outcome",
    file: file!(),
};

/// Whether the slot starts where the promise did.
pub fn fits(place: &Place<'_>) -> bool {
    place.late_seconds().abs() <= WITHIN_MINUTES * 60
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        ("as promised", "", "kept"),
        ("five minutes later", "held tue 10:05", "kept"),
        ("five minutes earlier", "held tue 9:55", "kept"),
        ("six minutes later", "held tue 10:06", "nudged q:0.5"),
        ("six minutes earlier", "held tue 9:54", "nudged q:0.5"),
        (
            "five minutes, over midnight",
            "promised tue 23:58; held wed 0:03",
            "kept",
        ),
        (
            "moved away and back, whoever did it",
            "changed report 2d before; changed manager 1d before from wed 10:00",
            "kept notice:short/1440 hops:2 by:manager",
        ),
    ]);
}
