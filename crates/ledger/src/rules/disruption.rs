//! What counts as a **disruption**.

use super::{Rule, Threshold, Value};
use crate::verdict::{Cut, Notice, Outcome};

/// A nudge up to this is never a disruption.
pub const SMALL_NUDGE_MINUTES: i64 = 30;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.disruption",
    title: "Disruption",
    meaning: "A loss; or slipped; or moved, or made good, with less than early notice; or halved; or nudged by more \
              than a little at the last minute. Never what is excused. One or nothing, on purpose: nobody has shown \
              how many nudges make a cancellation. Where the notice is not known, nothing that depends on it is \
              claimed; a loss, a slip and a halving do not depend on it.",
    thresholds: &[Threshold {
        name: "a last-minute nudge is one over",
        value: Value::Minutes(SMALL_NUDGE_MINUTES),
        why: "half an hour is the length of most 1:1s: less is waiting, more is another appointment",
    }],
    decides: "disruption",
    file: file!(),
};

/// What the rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The outcome; of a made-good one, the replacement's.
    pub outcome: Outcome,
    /// The cut.
    pub cut: Option<Cut>,
    /// Class of the notice, where known.
    pub notice: Option<Notice>,
    /// Seconds from the promised start to that of the slot held, either way.
    pub away_seconds: i64,
    /// Whether it was lost and made good.
    pub made_good: bool,
    /// Whether it is a loss.
    pub loss: bool,
}

/// Whether an occurrence that is not excused is a disruption.
pub fn is_one(facts: &Facts) -> bool {
    let less_than_early = facts.notice.is_some_and(|notice| notice != Notice::Early);
    let last_minute = facts.notice == Some(Notice::LastMinute);
    facts.loss
        || facts.outcome == Outcome::Slipped
        || (facts.outcome == Outcome::Moved && less_than_early)
        || facts.cut == Some(Cut::Halved)
        || (facts.made_good && less_than_early)
        || (facts.outcome == Outcome::Nudged
            && last_minute
            && facts.away_seconds > SMALL_NUDGE_MINUTES * 60)
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "nudged by half an hour, an hour before",
            "held tue 10:30; changed manager 1h before",
            "nudged notice:last_minute/60 hops:1 by:manager",
        ),
        (
            "by a minute more",
            "held tue 10:31; changed manager 1h before",
            "nudged notice:last_minute/60 hops:1 by:manager disruption",
        ),
        (
            "earlier by a minute more",
            "held tue 9:29; changed manager 1h before",
            "nudged notice:last_minute/60 hops:1 by:manager disruption",
        ),
        (
            "two hours before",
            "held tue 11:00; changed manager 2h before",
            "nudged notice:short/120 hops:1 by:manager",
        ),
        (
            "a minute under two hours before",
            "held tue 11:00; changed manager 1h59m before",
            "nudged notice:last_minute/119 hops:1 by:manager disruption",
        ),
        (
            "somewhere between one and three hours before: nothing is claimed",
            "held tue 11:00; changed manager between 1h and 3h before",
            "nudged notice:short/180[60..180] hops:1 by:manager",
        ),
        (
            "excused it is none",
            "held next mon 10:00; changed manager 1d before; report says asked",
            "slipped excused:report notice:short/1440 hops:1 by:manager q:0",
        ),
    ]);
}
