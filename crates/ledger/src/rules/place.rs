//! Where a slot lies in relation to the promise: the question the first five rules ask.

use crate::case::Case;
use jiff::civil::{Date, Weekday};
use steadfast_calendar::Slot;

/// A slot held against the promise it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The case the promise comes from.
    pub case: &'a Case,
    /// The slot in question: the final one, or a replacement.
    pub slot: Slot,
}

impl<'a> Place<'a> {
    /// `slot` in relation to the promise of `case`.
    pub const fn new(case: &'a Case, slot: Slot) -> Self {
        Self { case, slot }
    }

    /// Seconds by which it starts after the promised start; negative when brought forward.
    pub const fn late_seconds(&self) -> i64 {
        self.slot.start.seconds_since(self.case.promised.start)
    }

    /// The report's local day of the promise.
    pub fn promised_day(&self) -> Date {
        self.case.promised.start.date(&self.case.report_zone)
    }

    /// The report's local day of the slot.
    pub fn day(&self) -> Date {
        self.slot.start.date(&self.case.report_zone)
    }

    /// Whether both lie in the same ISO week (Monday to Sunday) of the report.
    pub fn same_week(&self) -> bool {
        let (promised, held) = (
            self.promised_day().iso_week_date(),
            self.day().iso_week_date(),
        );
        (promised.year(), promised.week()) == (held.year(), held.week())
    }

    /// Whether promise and slot are at most `limit` working days apart.
    pub fn within_working_days(&self, limit: i64) -> bool {
        let (promised, held) = (self.promised_day(), self.day());
        at_most_working_days(promised.min(held), promised.max(held), limit)
    }
}

/// Whether `(earlier, later]` holds at most `limit` Monday-to-Friday dates. Holidays are not looked at.
pub fn at_most_working_days(earlier: Date, later: Date, limit: i64) -> bool {
    let mut day = earlier;
    let mut seen = 0;
    while day < later {
        let Ok(next) = day.tomorrow() else {
            return true;
        };
        day = next;
        seen += i64::from(!matches!(
            day.weekday(),
            Weekday::Saturday | Weekday::Sunday
        ));
        if seen > limit {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn working_days_are_the_weekdays_after_the_earlier_day_up_to_and_with_the_later() {
        for (earlier, later, days) in [
            (date(2026, 3, 10), date(2026, 3, 10), 0),
            (date(2026, 3, 10), date(2026, 3, 11), 1),
            (date(2026, 3, 13), date(2026, 3, 14), 0), // Friday → Saturday
            (date(2026, 3, 13), date(2026, 3, 16), 1), // Friday → Monday
            (date(2026, 3, 12), date(2026, 3, 16), 2), // Thursday → Monday
            (date(2026, 3, 13), date(2026, 3, 17), 2), // Friday → Tuesday
            (date(2026, 3, 11), date(2026, 3, 16), 3), // Wednesday → Monday
            (date(2026, 3, 10), date(2026, 3, 17), 5),
        ] {
            assert!(
                at_most_working_days(earlier, later, days),
                "{earlier} {later}"
            );
            assert!(
                days == 0 || !at_most_working_days(earlier, later, days - 1),
                "{earlier} {later}"
            );
        }
    }
}
