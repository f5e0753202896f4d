//! What counts as **open**.

use super::Rule;
use crate::case::Case;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.open",
    title: "Open",
    meaning: "Still to come. Changes made so far are told with their notice; nothing is judged and it enters no count.",
    thresholds: &[],
    decides: "outcome",
    file: file!(),
};

/// Whether it is still to come.
pub fn fits(case: &Case) -> bool {
    case.open
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        ("nothing happened yet", "open", "open q:0"),
        (
            "moved already",
            "open; held thu 10:00; changed manager 3d before",
            "open notice:fair/4320 hops:1 by:manager q:0",
        ),
        ("unseen, but still to come", "open; unknown gap", "open q:0"),
    ]);
}
