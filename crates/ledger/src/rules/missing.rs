//! What counts as **missing**.

use super::{Rule, Threshold, Value, excuses};
use crate::case::Absence;
use jiff::{Span, tz::TimeZone};
use steadfast_calendar::{Instant, Slot, When};

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.missing",
    title: "Missing",
    meaning: "The cadence expects one, and the calendar never had it. Between two consecutive expected starts there \
              are (days between them / cadence, rounded) - 1 missing ones, each a whole number of cadences after the \
              first, at the same time of day. None is missing where leave, a holiday or a gap in the evidence covers \
              its place. Nobody is named and no notice is claimed: nothing was ever changed.",
    thresholds: &[Threshold {
        name: "share of the place that leave, a holiday or a gap must cover",
        value: Value::Share(1, 2),
        why: "the same share that excuses a cancelled one",
    }],
    decides: "outcome",
    file: file!(),
};

/// Number of missing ones between two consecutive expected starts. Half a cadence is rounded up.
pub fn count(start: Instant, next: Instant, cadence_days: i64) -> i64 {
    let cadence = cadence_days.saturating_mul(86_400);
    let between = next.seconds_since(start);
    if cadence <= 0 || between <= 0 {
        return 0;
    }
    // round(x) = floor(x + 1/2), in whole seconds: no floating point, the same everywhere.
    let rounded = between
        .saturating_mul(2)
        .saturating_add(cadence)
        .div_euclid(cadence.saturating_mul(2));
    (rounded - 1).max(0)
}

/// The places of the missing ones between an expected slot and the next expected start, oldest first.
///
/// `zone` is the one the series lives in: a place keeps the time of day over clock changes.
pub fn places(
    expected: Slot,
    next: Instant,
    cadence_days: i64,
    zone: &TimeZone,
) -> impl Iterator<Item = Slot> {
    let first = expected.start.civil(zone);
    (1..=count(expected.start, next, cadence_days)).filter_map(move |k| {
        let days = cadence_days.checked_mul(k)?;
        let civil = first.checked_add(Span::new().try_days(days).ok()?).ok()?;
        let start = When::Floating(civil).instant(zone);
        Some(Slot::new(start, start.plus_seconds(expected.seconds())))
    })
}

/// Whether a 1:1 is owed at `place`: neither leave, a holiday nor a gap in the evidence covers it.
pub fn is_owed(place: Slot, absences: &[Absence], gaps: &[Slot]) -> bool {
    let away: Vec<Slot> = absences.iter().map(|absence| absence.slot).collect();
    !excuses::cover(place, &away) && !excuses::cover(place, gaps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::{check_missing, moment, slot};

    #[test]
    fn cases() {
        check_missing(&[
            ("nobody is named", "", "missing q:0.5 loss"),
            (
                "the report asked for the pause",
                "report says asked",
                "missing excused:report q:0",
            ),
            (
                "both say it took place",
                "report says held; manager says held",
                "kept",
            ),
            (
                "an extra meeting makes it good; no notice, no claim",
                "replaced wed 10:00",
                "moved made_good q:0.5",
            ),
            (
                "a slip is a disruption whatever the notice",
                "replaced next mon 10:00",
                "slipped made_good q:0.5 disruption",
            ),
        ]);
    }

    #[test]
    fn as_many_are_missing_as_cadences_fit_in_between() {
        for (between, cadence, missing) in [
            (7, 7, 0),
            (10, 7, 0),
            (11, 7, 1),
            (14, 7, 1),
            (28, 7, 3),
            (20, 14, 0),
            (21, 14, 1),
            (28, 14, 1),
            (4, 4, 0),
            (3, 7, 0),
            (0, 7, 0),
            (-7, 7, 0),
            (7, 0, 0),
        ] {
            let start = moment("tue 10:00");
            assert_eq!(
                count(start, start.plus_days(between), cadence),
                missing,
                "{between} days, every {cadence}"
            );
        }
    }

    #[test]
    fn a_missing_one_keeps_its_time_of_day_over_a_clock_change() {
        let paris = TimeZone::get("Europe/Paris").unwrap();
        let start: jiff::Zoned = "2026-03-24T10:00[Europe/Paris]".parse().unwrap();
        let next: jiff::Zoned = "2026-04-07T10:00[Europe/Paris]".parse().unwrap();
        let start = Instant::from(start.timestamp());
        let expected = Slot::new(start, start.plus_minutes(30));
        let found: Vec<String> = places(expected, next.timestamp().into(), 7, &paris)
            .map(|place| place.start.to_string())
            .collect();
        assert_eq!(found, ["2026-03-31T08:00:00Z"]);
    }

    #[test]
    fn none_is_owed_where_half_of_the_place_is_leave_or_unseen() {
        let place = slot("tue 10:00", 30);
        let leave = |minutes| Absence {
            who: crate::case::Away::Manager,
            slot: slot("tue 10:00", minutes),
        };
        assert!(is_owed(place, &[], &[]));
        assert!(is_owed(place, &[leave(14)], &[]));
        assert!(!is_owed(place, &[leave(15)], &[]));
        assert!(!is_owed(place, &[], &[slot("mon 0:00", 3000)]));
    }
}
