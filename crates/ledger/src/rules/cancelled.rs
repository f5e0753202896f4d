//! What counts as **cancelled**.

use super::Rule;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.cancelled",
    title: "Cancelled",
    meaning: "It was on the calendar and stood nowhere in the end: removed, declined by one of the two and never \
              answered otherwise, or left with one of the two taken off it. What happens to it \
              after it should have ended is shown and changes nothing. Where the moment of the removal is not known, the notice is unknown too.",
    thresholds: &[],
    decides: "outcome",
    file: file!(),
};

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "gone, nothing more is known",
            "gone",
            "cancelled q:0.5 loss",
        ),
        (
            "gone, when is not known",
            "gone; changed unknown at an unknown time",
            "cancelled hops:1 by:unknown q:0.5 loss",
        ),
        (
            "a skipped or cancelled one takes no tap",
            "gone; changed manager 1d before; report says not_held",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "the report could not come anyway",
            "gone; changed manager 1d before; report says no_me",
            "cancelled excused:report notice:short/1440 hops:1 by:manager q:0",
        ),
    ]);
}
