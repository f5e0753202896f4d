//! What counts as a **loss**.

use super::Rule;
use crate::verdict::{Cut, Outcome};

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.loss",
    title: "Loss",
    meaning: "Cancelled, skipped, missing, a no show, or a token, and not made good, and not excused. A loss counts \
              whatever its notice.",
    thresholds: &[],
    decides: "loss",
    file: file!(),
};

/// Whether an occurrence with this outcome and cut is lost, as long as nothing makes it good.
pub fn lost(outcome: Outcome, cut: Option<Cut>) -> bool {
    matches!(
        outcome,
        Outcome::Cancelled | Outcome::Skipped | Outcome::Missing | Outcome::NoShow
    ) || cut == Some(Cut::Token)
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "with a month's notice",
            "gone; changed manager 30d before",
            "cancelled notice:early/43200 hops:1 by:manager loss",
        ),
        (
            "a token of a moved one",
            "held thu 10:00 for 5m; changed manager 30d before",
            "moved cut:token notice:early/43200 hops:1 by:manager loss",
        ),
        (
            "halved is not lost",
            "held tue 10:00 for 10m; changed manager 30d before",
            "kept cut:halved notice:early/43200 hops:1 by:manager disruption",
        ),
    ]);
}
