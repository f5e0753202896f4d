//! What counts as **made good**.

use super::{Rule, Threshold, Value, on_the_calendar, place::Place};
use crate::{case::Case, verdict::Outcome};
use steadfast_calendar::{Instant, Slot};

/// An extra meeting shorter than this share of the promised length repairs nothing: numerator, denominator.
pub const AT_LEAST: (i64, i64) = (1, 2);

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.made_good",
    title: "Made good",
    meaning: "A lost one (cancelled, skipped, missing, a no show or a token) for which exactly these two had an extra \
              meeting, long enough, at a time that would pass as nudged, moved or slipped (in the very slot: nudged). \
              One extra meeting repairs one loss, the earliest first. The outcome and the cut are then those of the \
              extra meeting, the notice that of the original's change: cancelling and meeting anew reads the same as \
              moving.",
    thresholds: &[Threshold {
        name: "share of the promised length, at least",
        value: Value::Share(AT_LEAST.0, AT_LEAST.1),
        why: "less would be halved, and a lost one is not repaired by half a one",
    }],
    decides: "made_good",
    file: file!(),
};

/// The outcome that the extra meeting of a lost one gives it, and its slot; `None` where it repairs nothing.
pub fn by_replacement(case: &Case) -> Option<(Outcome, Slot)> {
    let replacement = case.replacement?;
    outcome_of(case, replacement).map(|outcome| (outcome, replacement))
}

/// The outcome that `replacement` would give a lost one; `None` where it repairs nothing.
/// For whoever pairs extra meetings with losses.
pub fn outcome_of(case: &Case, replacement: Slot) -> Option<Outcome> {
    if !long_enough(case.promised, replacement) {
        return None;
    }
    match on_the_calendar(&Place::new(case, replacement)) {
        // It was gone and came back: the report had to plan anew, if only for nothing.
        Outcome::Kept => Some(Outcome::Nudged),
        outcome @ (Outcome::Nudged | Outcome::Moved | Outcome::Slipped) => Some(outcome),
        _ => None,
    }
}

/// Earliest and latest start that an extra meeting can have to repair this one: a cadence before, and up to the next
/// promise; two days more for the zones days are counted in. So that not every meeting two people ever had is tried.
pub fn reach(case: &Case) -> (Instant, Instant) {
    const SLACK_DAYS: i64 = 2;
    let (start, cadence) = (case.promised.start, case.cadence_days.max(0));
    let days = cadence.saturating_add(SLACK_DAYS);
    let last = match case.next_promised {
        Some(next) => next.plus_days(SLACK_DAYS),
        None => start.plus_days(days),
    };
    (start.plus_days(-days), last)
}

fn long_enough(promised: Slot, replacement: Slot) -> bool {
    replacement.seconds().saturating_mul(AT_LEAST.1)
        >= promised.seconds().saturating_mul(AT_LEAST.0)
        && replacement.seconds() > 0
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "half the length is enough",
            "gone; changed manager 1d before; replaced thu 10:00 for 15m",
            "moved made_good cut:shortened notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "a minute less than half is not",
            "gone; changed manager 1d before; replaced thu 10:00 for 14m",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "in the very slot",
            "gone; changed manager 1d before; replaced tue 10:00",
            "nudged made_good notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "seven days ahead it is no disruption",
            "gone; changed manager 7d before; replaced thu 10:00",
            "moved made_good notice:early/10080 hops:1 by:manager",
        ),
        (
            "a minute less than seven days ahead it is",
            "gone; changed manager 6d23h59m before; replaced thu 10:00",
            "moved made_good notice:fair/10079 hops:1 by:manager disruption",
        ),
        (
            "a slipped replacement is a disruption like any slip",
            "gone; changed manager 8d before; replaced next mon 10:00",
            "slipped made_good notice:early/11520 hops:1 by:manager disruption",
        ),
        (
            "when it was taken off is not known: no disruption is claimed, as for a move",
            "gone; changed unknown at an unknown time; replaced wed 10:00",
            "moved made_good hops:1 by:unknown q:0.5",
        ),
        (
            "a skipped one",
            "held next tue 10:00; changed manager 1d before; replaced thu 10:00",
            "moved made_good notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "a token one",
            "held tue 10:00 for 5m; changed manager 1h before; replaced thu 10:00",
            "moved made_good notice:last_minute/60 hops:1 by:manager disruption",
        ),
        (
            "an extra meeting beside a kept one is only an extra meeting",
            "replaced thu 10:00",
            "kept",
        ),
        (
            "beside a halved one too: it was not lost",
            "held tue 10:00 for 14m; changed manager 1h before; replaced thu 10:00",
            "kept cut:halved notice:last_minute/60 hops:1 by:manager disruption",
        ),
        (
            "the last change of a loss decides, also when made good",
            "gone; changed manager 1h before; changed report 2h before from wed 10:00; replaced thu 10:00",
            "moved made_good excused:report notice:short/120 hops:2 by:report q:0",
        ),
        (
            "both saying it took place speaks of the replacement",
            "gone; changed manager 1d before; replaced thu 10:00; report says held; manager says held",
            "moved made_good notice:short/1440 hops:1 by:manager disruption",
        ),
    ]);
}
