//! What counts as **held by the word of both**.

use super::Rule;
use crate::case::{Case, ManagerSays, ReportSays};

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.held_by_both",
    title: "Held, both say so",
    meaning: "A lost one of which both say that it took place is kept, and nothing of it was cut: people tidy their \
              calendars, and two words outweigh one. The word of one alone changes nothing. One that was made good \
              keeps the outcome of the extra meeting, of which the two words then speak.",
    thresholds: &[],
    decides: "outcome",
    file: file!(),
};

/// Whether both say that it took place.
pub fn fits(case: &Case) -> bool {
    case.report_says == Some(ReportSays::Held) && case.manager_says == Some(ManagerSays::Held)
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "only the report says so",
            "gone; changed manager 1d before; report says held",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "only the manager says so",
            "gone; changed manager 1d before; manager says held",
            "cancelled notice:short/1440 hops:1 by:manager loss",
        ),
        (
            "a token one was more than the calendar says",
            "held tue 10:00 for 5m; changed manager 1h before; report says held; manager says held",
            "kept notice:last_minute/60 hops:1 by:manager",
        ),
        (
            "a moved one was moved all the same",
            "held thu 10:00; changed manager 1d before; report says held; manager says held",
            "moved notice:short/1440 hops:1 by:manager disruption",
        ),
    ]);
}
