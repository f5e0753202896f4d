//! What counts as **no show**.

use super::{Rule, Threshold, Value};
use crate::{case::ReportSays, verdict::Outcome};

/// Nobody can have less notice than being left to wait.
pub const NOTICE_MINUTES: i64 = 0;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.no_show",
    title: "No show",
    meaning: "A final slot stood on the calendar, and the report says that it did not take place: the manager did not \
              come, it did not happen, or the report could not come (excused). It is an event of its own: its notice \
              is nil, what the report says decides whose doing it was, and earlier changes count as hops but name \
              nobody and excuse nothing. What was cut on the calendar stays cut. A skipped or cancelled one takes no \
              tap. A tap on an extra meeting that would have made a loss good counts like one on the meeting itself.",
    thresholds: &[Threshold {
        name: "notice",
        value: Value::Minutes(NOTICE_MINUTES),
        why: "the report learns of it by waiting",
    }],
    decides: "outcome",
    file: file!(),
};

/// The report's word that a standing 1:1 did not take place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tap {
    /// "My manager did not come."
    NoManager,
    /// "It did not happen."
    NotHeld,
    /// "I could not come."
    NoMe,
}

/// Whether something stood that can be said not to have taken place.
pub fn takes_a_tap(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Kept | Outcome::Nudged | Outcome::Moved | Outcome::Slipped
    )
}

/// The tap in what the report says, if it is one.
pub fn tap(says: Option<ReportSays>) -> Option<Tap> {
    match says? {
        ReportSays::NoManager => Some(Tap::NoManager),
        ReportSays::NotHeld => Some(Tap::NotHeld),
        ReportSays::NoMe => Some(Tap::NoMe),
        ReportSays::Asked | ReportSays::Agreed | ReportSays::Held => None,
    }
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "a plan had moved it: that excuses nothing",
            "held wed 10:00; changed plan 3d before; report says no_manager",
            "no_show notice:last_minute/0 hops:1 loss",
        ),
        (
            "the report had moved it: nobody's doing is said",
            "held wed 10:00; changed report 3d before; report says not_held",
            "no_show notice:last_minute/0 hops:1 q:0.5 loss",
        ),
        (
            "leave excuses it all the same",
            "away manager tue 0:00 to wed 0:00; report says not_held",
            "no_show excused:leave_manager notice:last_minute/0 q:0",
        ),
        (
            "what was cut stays cut",
            "held tue 10:00 for 20m; report says no_manager; changed manager 1d before",
            "no_show cut:shortened notice:last_minute/0 hops:1 loss",
        ),
        (
            "a token one can be tapped",
            "held tue 10:00 for 5m; report says no_manager; changed manager 1d before",
            "no_show cut:token notice:last_minute/0 hops:1 loss",
        ),
        (
            "the replacement did not happen either: what was cut of it stays cut",
            "gone; changed manager 8d before; replaced thu 10:00 for 20m; report says not_held",
            "no_show cut:shortened notice:last_minute/0 hops:1 q:0.5 loss",
        ),
        (
            "the report could not come to the replacement",
            "gone; changed manager 8d before; replaced thu 10:00; report says no_me",
            "no_show excused:report notice:last_minute/0 hops:1 q:0",
        ),
        (
            "the manager did not come, and made it good",
            "replaced thu 10:00; report says no_manager",
            "moved made_good notice:last_minute/0 disruption",
        ),
        (
            "the report could not come, and it was made good",
            "replaced thu 10:00; report says no_me",
            "moved made_good excused:report notice:last_minute/0 q:0",
        ),
        (
            "an extra meeting on the day of the next one repairs nothing",
            "replaced next tue 11:00; report says no_manager",
            "no_show notice:last_minute/0 loss",
        ),
        (
            "the manager's word alone changes nothing",
            "manager says held",
            "kept",
        ),
        (
            "the report's word that it took place changes nothing",
            "report says held",
            "kept",
        ),
    ]);
}
