//! What counts as **nudged**.

use super::{Rule, Threshold, Value, place::Place};

/// A start further away than this is a move, even on the same day.
pub const WITHIN_MINUTES: i64 = 120;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.nudged",
    title: "Nudged",
    meaning: "A little earlier or later on the same day of the report. It costs the report little unless it is \
              announced at the last minute.",
    thresholds: &[Threshold {
        name: "start earlier or later by at most",
        value: Value::Minutes(WITHIN_MINUTES),
        why: "within two hours it stays in the same half of the day: the rest of the day need not be planned anew",
    }],
    decides: "outcome",
    file: file!(),
};

/// Whether the slot stayed near the promise, on the same day of the report.
pub fn fits(place: &Place<'_>) -> bool {
    place.late_seconds().abs() <= WITHIN_MINUTES * 60 && place.day() == place.promised_day()
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "two hours later",
            "held tue 12:00; changed manager 1d before",
            "nudged notice:short/1440 hops:1 by:manager",
        ),
        (
            "two hours and a minute later",
            "held tue 12:01; changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "two hours earlier",
            "held tue 8:00; changed manager 1d before",
            "nudged notice:short/1440 hops:1 by:manager",
        ),
        (
            "two hours and a minute earlier",
            "held tue 7:59; changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "an hour later is the next day",
            "promised tue 23:30; held wed 0:30; changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "the day is the report's, not that of UTC",
            "zone America/Los_Angeles; promised tue 16:30; held tue 17:30; changed manager 1d before",
            "nudged notice:short/1440 hops:1 by:manager",
        ),
        (
            "two hours of the clock are three real ones on the night the clocks go back",
            "zone Europe/Paris; promised 2026-10-25 1:30; held 2026-10-25 3:30; changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
    ]);
}
