//! What counts as **moved**.

use super::{Rule, Threshold, Value, place::Place};

/// Further than this, outside the week, is a slip.
pub const WITHIN_WORKING_DAYS: i64 = 2;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.moved",
    title: "Moved",
    meaning: "Another time soon: brought forward, or in the same week (Monday to Sunday of the report), or a few \
              working days away. Working days are the Monday-to-Friday dates after the earlier day, up to and \
              with the later one; holidays are not looked at.",
    thresholds: &[Threshold {
        name: "outside the week, working days apart at most",
        value: Value::WorkingDays(WITHIN_WORKING_DAYS),
        why: "from Friday to Monday the report waits no longer than from Tuesday to Wednesday",
    }],
    decides: "outcome",
    file: file!(),
};

/// Whether the slot found another place soon. Kept, nudged and skipped are ruled out before.
pub fn fits(place: &Place<'_>) -> bool {
    place.late_seconds() < 0 || place.same_week() || place.within_working_days(WITHIN_WORKING_DAYS)
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "to the Sunday of the same week",
            "promised mon 10:00; held sun 10:00; next next mon 10:00; changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "Friday to Tuesday: two working days",
            "promised fri 10:00; held next tue 10:00; next next fri 10:00; changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "Thursday to Monday: two working days",
            "promised thu 10:00; held next mon 10:00; next next thu 10:00; changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "Thursday to Tuesday: three working days",
            "promised thu 10:00; held next tue 10:00; next next thu 10:00; changed manager 1d before",
            "slipped notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "Wednesday to Monday: three working days",
            "promised wed 10:00; held next mon 10:00; next next wed 10:00; changed manager 1d before",
            "slipped notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "over New Year within one ISO week",
            "promised 2026-12-29 10:00; held 2027-01-02 10:00; next 2027-01-05 10:00; changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "Friday to Monday over a clock change",
            "zone Europe/Paris; promised 2026-03-27 0:30; held 2026-03-30 0:30; next 2026-04-03 0:30; \
             changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "the week is the report's: late Sunday in Los Angeles is Monday in UTC",
            "zone America/Los_Angeles; promised mon 10:00; held sun 22:00; next next mon 10:00; \
             changed manager 1d before",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "a Wednesday holiday in between is not looked at",
            "held next mon 10:00; away holiday wed 0:00 to thu 0:00; changed manager 1d before",
            "slipped notice:short/1440 hops:1 by:manager disruption",
        ),
        (
            "when is not known: the move is told, no disruption is claimed",
            "held wed 10:00; changed manager at an unknown time",
            "moved hops:1 by:manager",
        ),
    ]);
}
