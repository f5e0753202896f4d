//! What became of each promise of a year, one by one: for people who want to watch it.

use crate::judge::is_gone;
use steadfast_calendar::Slot;
use steadfast_guard::ids::{OneOnOneId, PromiseId};
use steadfast_guard::intent::Measure;
use steadfast_ledger::verdict::{Outcome, Verdict};

/// What became of a promise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Became {
    /// It stood as promised, or on the same day within two hours.
    Kept,
    /// It was held at another time before the next one.
    MadeGood,
    /// It was not held.
    Lost,
    /// It was not held, and nobody's doing.
    Excused,
}

impl Became {
    /// By the verdict of the ledger's rules.
    pub fn of(verdict: &Verdict) -> Self {
        let in_time = !verdict.loss && !is_gone(verdict);
        let stood = matches!(verdict.outcome, Outcome::Kept | Outcome::Nudged);
        match (in_time, verdict.excused.is_some()) {
            (false, true) => Self::Excused,
            (false, false) => Self::Lost,
            (true, _) if stood && !verdict.made_good => Self::Kept,
            (true, _) => Self::MadeGood,
        }
    }
}

/// One promise of the year.
#[derive(Clone, Debug)]
pub struct Lived {
    /// Whose.
    pub one_on_one: OneOnOneId,
    /// Which.
    pub promise: PromiseId,
    /// As it was promised.
    pub promised: Slot,
    /// What became of it.
    pub became: Became,
    /// What came at it last.
    pub attack: Option<&'static str>,
    /// What the guard last wrote for it.
    pub helped: Option<Measure>,
}
