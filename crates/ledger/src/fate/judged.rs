//! What is asked of a case once it is judged.

use crate::verdict::{Cut, Outcome, Verdict};

/// Whether it was lost, excused or not: cancel and new meeting reads the same as a move either way.
pub(super) fn is_lost(verdict: &Verdict) -> bool {
    verdict.cut == Some(Cut::Token)
        || matches!(
            verdict.outcome,
            Outcome::Cancelled | Outcome::Skipped | Outcome::Missing | Outcome::NoShow
        )
}
