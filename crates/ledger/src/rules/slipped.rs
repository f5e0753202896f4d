//! What counts as **slipped**.

use super::Rule;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.slipped",
    title: "Slipped",
    meaning: "Later than a move allows, and still before the day of the next promised 1:1. What is neither kept, \
              nudged, skipped nor moved has slipped.",
    thresholds: &[],
    decides: "outcome",
    file: file!(),
};

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "to next Monday",
            "held next mon 10:00; changed manager 1d before",
            "slipped notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "early notice does not undo a slip",
            "held next mon 10:00; changed manager 8d before",
            "slipped notice:early/11520 hops:1 by:manager disruption",
        ),
        (
            "every two weeks, by nine days",
            "cadence 14; no next; held next thu 10:00; changed manager 1d before",
            "slipped notice:short/1440 hops:1 by:manager disruption",
        ),
    ]);
}
