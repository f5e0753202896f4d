//! What counts as **skipped**.

use super::{Rule, place::Place};
use jiff::{SignedDuration, ToSpan};

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.skipped",
    title: "Skipped",
    meaning: "It was put on or after the day of the next promised 1:1, or on or before the day of the previous \
              one, or brought forward by more than a whole cadence: two promises became one meeting. Counts as \
              lost. Where the next promise is not known, it is taken to be one cadence later.",
    thresholds: &[],
    decides: "outcome",
    file: file!(),
};

/// Which neighbour a slot was folded into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Into {
    /// The next promise.
    Next,
    /// The previous promise.
    Previous,
    /// None known, but it was brought forward by more than a cadence.
    FarBefore,
}

/// The neighbour the slot was folded into, if it was.
pub fn folded(place: &Place<'_>) -> Option<Into> {
    let case = place.case;
    let zone = &case.report_zone;
    let next_day = match case.next_promised {
        Some(next) => Some(next.date(zone)),
        // Calendar days, so that a week over a clock change is still a week.
        None => place
            .promised_day()
            .checked_add(case.cadence_days.clamp(0, MOST_DAYS).days())
            .ok(),
    };
    let previous_day = case.previous_promised.map(|previous| previous.date(zone));
    if next_day.is_some_and(|next| place.day() >= next) {
        Some(Into::Next)
    } else if previous_day.is_some_and(|previous| place.day() <= previous) {
        Some(Into::Previous)
    } else if brought_forward_by_more_than_a_cadence(place) {
        Some(Into::FarBefore)
    } else {
        None
    }
}

/// No cadence is longer; keeps the arithmetic within the calendar's range.
const MOST_DAYS: i64 = 100_000;

fn brought_forward_by_more_than_a_cadence(place: &Place<'_>) -> bool {
    let zone = &place.case.report_zone;
    let promised = place.case.promised.start.civil(zone);
    let slot = place.slot.start.civil(zone);
    let cadence = SignedDuration::from_hours(place.case.cadence_days.clamp(0, MOST_DAYS) * 24);
    slot.duration_until(promised) > cadence
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "on the day of the next one, earlier than it",
            "held next tue 9:00; changed manager 1d before",
            "skipped notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "late on the day before the next one",
            "held next mon 23:59; changed manager 1d before",
            "slipped notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "after the next one",
            "held next wed 10:00; changed manager 1d before",
            "skipped notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "no next one known: a cadence later",
            "no next; held next tue 9:00; changed manager 1d before",
            "skipped notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "no next one known, every two weeks",
            "no next; cadence 14; held next tue 10:00; changed manager 1d before",
            "slipped notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "late on the day of the previous one",
            "previous last tue 10:00; held last tue 23:00; changed manager 14d before",
            "skipped notice:early/20160 hops:1 by:manager loss",
        ),
        (
            "the day after the previous one",
            "previous last tue 10:00; held last wed 0:00; changed manager 14d before",
            "moved notice:early/20160 hops:1 by:manager",
        ),
        (
            "no previous one known: a whole cadence earlier is still a move",
            "held last tue 10:00; changed manager 14d before",
            "moved notice:early/20160 hops:1 by:manager",
        ),
        (
            "no previous one known: a cadence and a minute earlier",
            "held last tue 9:59; changed manager 14d before",
            "skipped notice:early/20160 hops:1 by:manager loss",
        ),
        (
            "a cadence earlier over a clock change is a cadence",
            "zone Europe/Paris; promised 2026-03-31 10:00; held 2026-03-24 10:00; changed manager 14d before",
            "moved notice:early/20160 hops:1 by:manager",
        ),
        (
            "near the promise, on the day of the next one, is only a nudge",
            "next tue 15:00; cadence 1; held tue 11:00; changed manager 1d before",
            "nudged notice:short/1440 hops:1 by:manager",
        ),
        (
            "both say it took place",
            "held next tue 10:00; changed manager 1d before; report says held; manager says held",
            "kept notice:short/1440 hops:1 by:manager",
        ),
    ]);
}
