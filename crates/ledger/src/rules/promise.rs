//! What counts as the **promise**: the slot an occurrence is held against.

use super::{Rule, Threshold, Value};
use steadfast_calendar::Instant;

/// The promise is what the series' own rule gave this many days before the start.
pub const FIRM_DAYS_BEFORE: i64 = 7;
/// A series deleted and created anew for the same pair within this many days was re-timed, not ended.
pub const RE_CREATED_WITHIN_DAYS: i64 = 7;
/// This many re-timings …
pub const RE_TIMED_SHOWN_FROM: usize = 3;
/// … within this many weeks are shown as a fact.
pub const RE_TIMED_WITHIN_WEEKS: i64 = 13;
/// Without a reporting line the promise ends with the last series, unless the pair meets again within this many
/// cadences.
pub const GOES_ON_WITHIN_CADENCES: i64 = 2;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.promise",
    title: "The promise",
    meaning: "The slot that the series' own rule gave in the version in force a week before the start; first seen \
              later than that, the slot at first sight. A change to one instance never changes its promise: it is a \
              deviation. A re-timing from here on (also a split series, or one deleted and created anew, whichever of the \
              two came first) moves the \
              instances that begin within a week of it and re-plans the later ones. A single export knows only the \
              rule in force now, and says so; where a series was split and both halves prove when, it knows that. \
              A promise ends with the reporting line; without one, with the last series, unless the pair meets again \
              soon. A series that was cancelled as a whole, or that one of the two was taken off, has ended as one that \
              was deleted.",
    thresholds: &[
        Threshold {
            name: "firm before the start, days",
            value: Value::Days(FIRM_DAYS_BEFORE),
            why: "the same week that makes notice early: what is re-planned a week ahead is planned",
        },
        Threshold {
            name: "deleted and created anew within",
            value: Value::Days(RE_CREATED_WITHIN_DAYS),
            why: "people who rebuild a series do it in one sitting, or after asking; a week is ample",
        },
        Threshold {
            name: "re-timings shown from",
            value: Value::Count(3),
            why: "a slot that is re-planned every month is no slot, even if each time was in time",
        },
        Threshold {
            name: "re-timings counted within",
            value: Value::Weeks(RE_TIMED_WITHIN_WEEKS),
            why: "a quarter",
        },
        Threshold {
            name: "goes on without a series when they meet again within, in cadences",
            value: Value::Count(GOES_ON_WITHIN_CADENCES),
            why: "the length of silence that is worth a mention",
        },
    ],
    decides: "promised",
    file: file!(),
};

/// The moment whose version of the series decides the promise of an instance that starts at `start`.
pub const fn firm_at(start: Instant) -> Instant {
    start.plus_days(-FIRM_DAYS_BEFORE)
}

/// Whether a re-timing at `changed` moved the instance at `start` (too late to count as planning).
pub fn is_firm(start: Instant, changed: Instant) -> bool {
    changed > firm_at(start)
}

/// Whether re-timings at `moments` (in any order) are worth stating: enough of them within the span.
pub fn re_timed_often(moments: &[Instant]) -> bool {
    let mut moments = moments.to_vec();
    moments.sort_unstable();
    moments.windows(RE_TIMED_SHOWN_FROM).any(|span| {
        matches!(span, [first, .., last]
            if last.seconds_since(*first) <= RE_TIMED_WITHIN_WEEKS * 7 * 86_400)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::moment;

    #[test]
    fn a_re_timing_less_than_a_week_before_the_start_is_a_move() {
        let start = moment("tue 10:00");
        assert!(!is_firm(start, moment("last tue 10:00")));
        assert!(is_firm(start, moment("last tue 10:01")));
        assert!(!is_firm(start, moment("last tue 9:59")));
    }

    #[test]
    fn three_re_timings_in_a_quarter_are_a_fact() {
        let at = |days: i64| moment("tue 10:00").plus_days(days);
        assert!(!re_timed_often(&[at(0), at(7)]));
        assert!(re_timed_often(&[at(91), at(0), at(7)]));
        assert!(!re_timed_often(&[at(92), at(0), at(7)]));
        assert!(re_timed_often(&[at(92), at(0), at(7), at(20)]));
    }
}
