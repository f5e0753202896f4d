//! What counts as **unknown**.

use super::Rule;
use crate::case::Case;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.unknown",
    title: "Unknown",
    meaning: "The evidence cannot say what became of it: nothing was seen of the calendar around it, or it is only \
              known to be gone after it should have ended, or the two copies still contradict each other. Nothing \
              else is judged, nobody is named, and it enters no count. Unknown is an answer, not a fault.",
    thresholds: &[],
    decides: "outcome",
    file: file!(),
};

/// Whether the evidence cannot say.
pub fn fits(case: &Case) -> bool {
    case.unknown_because.is_some()
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "nothing was seen around it",
            "unknown gap; gone; changed manager 1h before",
            "unknown hops:1 q:0",
        ),
        (
            "what somebody says does not settle it",
            "unknown sides_disagree; report says not_held",
            "unknown q:0",
        ),
        (
            "gone afterwards",
            "unknown removed_afterwards; gone",
            "unknown q:0",
        ),
    ]);
}
