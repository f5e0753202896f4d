//! The **contact gap**: how long the two have not met, and the first 1:1 of a new hire.

use super::{Rule, Threshold, Value, place::at_most_working_days};
use crate::verdict::Verdict;
use jiff::civil::Date;
use steadfast_calendar::Instant;

/// Shown to both from this many cadences on …
pub const SHOWN_FROM: f64 = 2.0;
/// … and again from this many on.
pub const SHOWN_AGAIN_FROM: f64 = 3.0;
/// A new hire's first 1:1 is within this many working days of joining.
pub const FIRST_WITHIN_WORKING_DAYS: i64 = 5;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.contact_gap",
    title: "Contact gap",
    meaning: "Time since the end of the last 1:1 that stood, in cadences of the pair. Shown to both, whatever the \
              reasons: leave excuses a missed 1:1, it does not make two people have met. A new hire's first 1:1 is \
              expected within the first week.",
    thresholds: &[
        Threshold {
            name: "shown from, in cadences",
            value: Value::Number(SHOWN_FROM),
            why: "one missed is life; from two on somebody should say so",
        },
        Threshold {
            name: "shown again from, in cadences",
            value: Value::Number(SHOWN_AGAIN_FROM),
            why: "the first mention may have been overlooked",
        },
        Threshold {
            name: "first 1:1 of a new hire within",
            value: Value::WorkingDays(FIRST_WITHIN_WORKING_DAYS),
            why: "the first week sets what a person expects",
        },
    ],
    decides: "contact_gap",
    file: file!(),
};

/// Cadences since the last 1:1 ended; `None` where there is none, or no cadence.
pub fn cadences(now: Instant, last_end: Option<Instant>, cadence_days: i64) -> Option<f64> {
    if cadence_days <= 0 {
        return None;
    }
    let seconds = now.seconds_since(last_end?).max(0);
    // Exact: calendar spans are far below 2^53 seconds.
    #[expect(
        clippy::cast_precision_loss,
        reason = "spans of seconds are far below 2^53"
    )]
    Some(seconds as f64 / (cadence_days as f64 * 86_400.0))
}

/// End of the last 1:1 that stood and had ended by `now`.
pub fn last_end<'a>(
    verdicts: impl IntoIterator<Item = &'a Verdict>,
    now: Instant,
) -> Option<Instant> {
    verdicts
        .into_iter()
        .filter_map(Verdict::was_held)
        .map(|held| held.end)
        .filter(|end| *end <= now)
        .max()
}

/// Whether a new hire who joined on `joined` is still within the time for the first 1:1 on `day`.
pub fn first_in_time(joined: Date, day: Date) -> bool {
    at_most_working_days(joined, day, FIRST_WITHIN_WORKING_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::{judged, moment};
    use jiff::civil::date;

    #[test]
    fn the_gap_is_told_in_cadences() {
        let now = moment("tue 10:00");
        for (days_ago, cadence, gap) in [
            (7, 7, Some(1.0)),
            (14, 7, Some(2.0)),
            (14, 28, Some(0.5)),
            (-1, 7, Some(0.0)),
            (7, 0, None),
        ] {
            assert_eq!(cadences(now, Some(now.plus_days(-days_ago)), cadence), gap);
        }
        assert_eq!(cadences(now, None, 7), None);
    }

    #[test]
    fn only_what_stood_and_has_ended_counts_as_met() {
        for (facts, met) in [
            ("", true),
            ("held thu 10:00; changed manager 1d before", true),
            ("gone; changed manager 1d before", false),
            ("gone; changed manager 1d before; replaced thu 10:00", true),
            ("report says not_held", false),
            ("report says not_held; manager says held", false),
            ("unknown gap", false),
            (
                "gone; changed manager 1d before; report says held; manager says held",
                true,
            ),
            ("held next tue 11:00; changed manager 1d before", true),
        ] {
            let verdict = judged(facts);
            assert_eq!(
                last_end([&verdict], moment("next fri 10:00")).is_some(),
                met,
                "{facts}"
            );
            assert_eq!(last_end([&verdict], moment("tue 10:29")), None, "{facts}");
        }
    }

    #[test]
    fn a_new_hire_meets_within_five_working_days() {
        let joined = date(2026, 3, 5); // a Thursday
        assert!(first_in_time(joined, date(2026, 3, 12)));
        assert!(!first_in_time(joined, date(2026, 3, 13)));
    }
}
