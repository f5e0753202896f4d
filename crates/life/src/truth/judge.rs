//! The measure, written a second time and on purpose without looking at the ledger: two roads to one answer.

use super::{Cut, Excuse, Hand, Outcome};
use jiff::{civil::Date, tz::TimeZone};
use steadfast_calendar::{Instant, Slot};

/// One change to one occurrence, as it was made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    pub(crate) at: Instant,
    pub(crate) before: Slot,
    pub(crate) hand: Hand,
}

/// What stands around one promise.
#[derive(Clone, Debug)]
pub(crate) struct Around<'a> {
    pub(crate) previous: Option<Slot>,
    pub(crate) next: Option<Slot>,
    pub(crate) cadence_days: i64,
    pub(crate) zone: &'a TimeZone,
}

fn working_days(after: Date, to: Date) -> usize {
    let mut day = after;
    let mut count = 0;
    while day < to {
        day = day.tomorrow().unwrap_or(to);
        count += usize::from(day.weekday().to_monday_zero_offset() < 5);
    }
    count
}

/// What became of a promise that finally stood at `held`.
pub(crate) fn outcome(promised: Slot, held: Option<Slot>, around: &Around<'_>) -> Outcome {
    let Some(held) = held else {
        return Outcome::Cancelled;
    };
    let day = |at: Instant| at.date(around.zone);
    let late = held.start.seconds_since(promised.start);
    let (from, to) = (day(promised.start), day(held.start));
    if late.abs() <= 5 * 60 {
        return Outcome::Kept;
    }
    if from == to && late.abs() <= 120 * 60 {
        return Outcome::Nudged;
    }
    let folds = match around.next {
        Some(next) => to >= day(next.start),
        None => to >= day(promised.start.plus_days(around.cadence_days)),
    };
    let onto_previous = around
        .previous
        .is_some_and(|previous| to <= day(previous.start));
    if folds || onto_previous || late < -around.cadence_days * 86_400 {
        return Outcome::Skipped;
    }
    let week = |date: Date| (date.iso_week_date().year(), date.iso_week_date().week());
    if late < 0 || week(from) == week(to) || working_days(from, to) <= 2 {
        return Outcome::Moved;
    }
    Outcome::Slipped
}

/// Whether a new meeting of the two makes a loss good.
pub(crate) fn repairs(promised: Slot, replacement: Slot, around: &Around<'_>) -> Option<Outcome> {
    if replacement.seconds() * 2 < promised.seconds() {
        return None;
    }
    match outcome(promised, Some(replacement), around) {
        Outcome::Kept | Outcome::Nudged => Some(Outcome::Nudged),
        moved @ (Outcome::Moved | Outcome::Slipped) => Some(moved),
        _ => None,
    }
}

/// How much was cut.
pub(crate) fn cut(promised: Slot, held: Slot) -> Option<Cut> {
    let (p, f) = (promised.seconds(), held.seconds());
    if f < 600 && p >= 1_500 {
        Some(Cut::Token)
    } else if f * 2 < p {
        Some(Cut::Halved)
    } else if f * 5 < p * 4 {
        Some(Cut::Shortened)
    } else {
        None
    }
}

/// Index of the change that decides: the last for a loss, else the one with the least notice, the report's own last.
pub(crate) fn deciding(changes: &[Made], lost: bool) -> Option<usize> {
    if lost {
        return changes.len().checked_sub(1);
    }
    let notice = |change: &Made| change.before.start.seconds_since(change.at);
    let least = |report: bool| {
        changes
            .iter()
            .enumerate()
            .filter(|(_, change)| (change.hand == Hand::Report) == report)
            .min_by_key(|(_, change)| notice(change))
            .map(|(index, _)| index)
    };
    least(false).or_else(|| least(true))
}

/// Who was away, when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Away {
    pub(crate) excuse: Excuse,
    pub(crate) slot: Slot,
}

/// Why it does not count.
pub(crate) fn excuse(promised: Slot, by: Option<Hand>, away: &[Away]) -> Option<Excuse> {
    if by == Some(Hand::Report) {
        return Some(Excuse::Report);
    }
    [Excuse::LeaveManager, Excuse::LeaveReport, Excuse::Holiday]
        .into_iter()
        .find(|excuse| {
            away.iter().any(|a| {
                a.excuse == *excuse && a.slot.overlap_seconds(promised) * 2 >= promised.seconds()
            })
        })
}

#[cfg(test)]
mod tests {
    use super::{Around, outcome, repairs};
    use crate::truth::Outcome;
    use jiff::tz::TimeZone;
    use steadfast_calendar::{Instant, Slot};

    /// Minutes since Monday 5 January 1970, 00:00 UTC.
    fn slot(start: i64, minutes: i64) -> Slot {
        let start = Instant::from_seconds(4 * 86_400).plus_minutes(start);
        Slot::new(start, start.plus_minutes(minutes))
    }

    const TUESDAY: i64 = 12_120;
    const FRIDAY: i64 = 16_440;

    fn check(
        promised: i64,
        held: i64,
        next: Option<i64>,
        previous: Option<i64>,
        days: i64,
        expected: Outcome,
    ) {
        let around = Around {
            previous: previous.map(|at| slot(at, 30)),
            next: next.map(|at| slot(at, 30)),
            cadence_days: days,
            zone: &TimeZone::UTC,
        };
        let found = outcome(slot(promised, 30), Some(slot(held, 30)), &around);
        assert_eq!(found, expected, "{promised} held {held}");
    }

    #[test]
    fn a_promise_is_judged_by_where_it_finally_stood() {
        let weekly = Some(22_200);
        check(TUESDAY, TUESDAY + 5, weekly, None, 7, Outcome::Kept);
        check(TUESDAY, TUESDAY + 60, weekly, None, 7, Outcome::Nudged);
        check(TUESDAY, TUESDAY + 240, weekly, None, 7, Outcome::Moved);
        check(TUESDAY, 15_000, weekly, None, 7, Outcome::Moved);
        check(TUESDAY, 20_760, weekly, None, 7, Outcome::Slipped);
        check(TUESDAY, 22_260, weekly, None, 7, Outcome::Skipped);
        check(TUESDAY, 22_200, Some(32_280), None, 14, Outcome::Slipped);
        check(TUESDAY, 10_680, weekly, None, 7, Outcome::Moved);
        check(TUESDAY, 15_000, Some(15_000), None, 4, Outcome::Skipped);
        check(TUESDAY, 2_100, weekly, Some(2_040), 7, Outcome::Skipped);
        check(FRIDAY, 20_760, Some(26_520), None, 7, Outcome::Moved);
        check(FRIDAY, 20_760, Some(20_760), None, 4, Outcome::Skipped);
    }

    #[test]
    fn a_replacement_in_the_very_slot_is_a_nudge_and_a_short_one_is_none() {
        let around = Around {
            previous: None,
            next: None,
            cadence_days: 7,
            zone: &TimeZone::UTC,
        };
        let promised = slot(TUESDAY, 30);
        assert_eq!(repairs(promised, promised, &around), Some(Outcome::Nudged));
        assert_eq!(repairs(promised, slot(15_000, 10), &around), None);
    }
}
