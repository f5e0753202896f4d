//! The first lines of a report against the truth: who has no 1:1, and what 1:1s give way to.

use super::Accuracy;
use std::collections::BTreeSet;
use steadfast_app::report::{Report, model::Comparison};
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Class;
use steadfast_life::truth::{self, GaveWay, Truth};

/// Reporting lines without a 1:1, both ways.
pub(super) fn without(accuracy: &mut Accuracy, truth: &Truth, report: &Report) {
    let real = |manager: &str, report: &str| {
        let mut all = truth.without_one_on_one.iter();
        all.any(|line| line.manager == manager && line.report == report)
    };
    for line in &truth.without_one_on_one {
        let mut all = report.without_one_on_one.iter();
        let found = all.any(|told| {
            *told.manager.address == *line.manager && *told.report.address == *line.report
        });
        accuracy.without_found.count(found);
        if !found {
            accuracy.mistakes.push(format!(
                "without, not told: {} {}",
                line.manager, line.report
            ));
        }
    }
    for told in &report.without_one_on_one {
        let right = real(&told.manager.address, &told.report.address);
        accuracy.without_real.count(right);
        if !right {
            accuracy.mistakes.push(format!(
                "without, told wrongly: {} {} {:?}",
                told.manager.address, told.report.address, told.because
            ));
        }
    }
}

/// Of each conflict over a promised slot: the 1:1 is told to have given way where it did, and only there. How often the other
/// one gave way is told as a number, for each manager and class.
pub(super) fn conflicts(accuracy: &mut Accuracy, truth: &Truth, report: &Report) {
    for comparison in &report.comparisons {
        let manager = &*comparison.manager.address;
        let promised: BTreeSet<Instant> = truth
            .relationships
            .iter()
            .filter(|r| r.manager == *manager)
            .flat_map(|r| &r.occurrences)
            .map(|o| o.promised.start)
            .collect();
        // One that was moved before is told by its promise, and the slot it had then is not among the truths.
        let of_manager = || {
            let all = truth.conflicts.iter();
            all.filter(|c| c.manager == *manager && promised.contains(&c.slot.start))
        };
        for real in of_manager() {
            let told = gave_way(comparison, real);
            let right = match real.gave_way {
                GaveWay::OneOnOne => told,
                GaveWay::Other | GaveWay::Neither => !told,
            };
            accuracy.conflicts.count(right);
            if !right {
                accuracy.mistakes.push(format!(
                    "conflict: {manager} {:?} {} really gave way: {:?}",
                    real.class, real.slot.start, real.gave_way
                ));
            }
        }
        for class in CLASSES {
            let really = of_manager()
                .filter(|c| c.gave_way == GaveWay::Other && c.class.as_str() == class.as_str())
                .count();
            let told: usize = comparison
                .head_to_head
                .iter()
                .filter(|line| line.class == class)
                .map(|line| line.conflicts - line.one_on_one_gave_way)
                .sum();
            for n in 0..really {
                accuracy.conflicts.count(n < told);
            }
            if told < really {
                accuracy.mistakes.push(format!(
                    "conflict: {manager} {class:?} gave way {really} times, told {told}"
                ));
            }
        }
    }
}

/// The classes of what a life puts over a 1:1.
const CLASSES: [Class; 5] = [
    Class::Leadership,
    Class::Customer,
    Class::Status,
    Class::Team,
    Class::Personal,
];

fn gave_way(comparison: &Comparison, real: &truth::Conflict) -> bool {
    comparison
        .head_to_head
        .iter()
        .filter(|line| line.class.as_str() == real.class.as_str())
        .flat_map(|line| &line.gave_way)
        .any(|promised| *promised == real.slot.start)
}
