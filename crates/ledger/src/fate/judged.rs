//! What is asked of a case once it is judged.

use crate::{
    case::{Absence, Away, Case},
    rules,
    verdict::{Cut, Outcome, Verdict},
};

/// Whether it was lost, excused or not: cancel and new meeting reads the same as a move either way.
pub(super) fn is_lost(verdict: &Verdict) -> bool {
    verdict.cut == Some(Cut::Token)
        || matches!(
            verdict.outcome,
            Outcome::Cancelled | Outcome::Skipped | Outcome::Missing | Outcome::NoShow
        )
}

/// The first absence that covers half of the promise or more.
pub(super) fn covering(case: &Case) -> Option<Away> {
    let covers = |absence: &&Absence| rules::excuses::cover(case.promised, &[absence.slot]);
    case.absences.iter().find(covers).map(|absence| absence.who)
}
