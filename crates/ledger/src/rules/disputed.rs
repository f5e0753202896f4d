//! What counts as **disputed**.

use super::Rule;
use crate::case::ManagerSays;

/// The rule, as it is told.
pub const RULE: Rule = Rule {
    id: "one_on_one.disputed",
    title: "Disputed",
    meaning: "A final slot stood; the report says that it did not take place, the manager says that it did. Nobody is \
              held to it: no cut, no excuse, no attribution, and it enters no count. The notice and the hops of its \
              changes are still told.",
    thresholds: &[],
    decides: "outcome",
    file: file!(),
};

/// Whether the manager contradicts a tap of the report.
pub fn contradicted(manager_says: Option<ManagerSays>) -> bool {
    manager_says == Some(ManagerSays::Held)
}

#[cfg(test)]
#[test]
fn cases() {
    super::check::check(&[
        (
            "each tap can be contradicted",
            "report says no_me; manager says held",
            "disputed q:0",
        ),
        (
            "a cut is not told, the notice is",
            "held tue 10:00 for 9m; changed manager 1h before; report says not_held; manager says held",
            "disputed notice:last_minute/60 hops:1 by:manager q:0",
        ),
        (
            "leave excuses nothing here",
            "away manager tue 0:00 to wed 0:00; report says not_held; manager says held",
            "disputed q:0",
        ),
        (
            "about a replacement",
            "gone; changed manager 8d before; replaced thu 10:00; report says not_held; manager says held",
            "disputed notice:early/11520 hops:1 by:manager q:0",
        ),
        (
            "the manager agreeing is no contradiction",
            "report says no_manager; manager says agreed",
            "no_show notice:last_minute/0 loss",
        ),
    ]);
}
