//! Times that were offered to the report for a lost 1:1, and what they picked.

use crate::case::Case;
use crate::ids::PromiseId;
use crate::own::Own;
use crate::threats::{self, Kind};
use steadfast_calendar::{Instant, Slot};

/// Times that were offered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// When.
    pub at: Instant,
    /// Which, best first.
    pub slots: Vec<Slot>,
    /// Whether the owner asked for it by a tap: then the owner's word stands for the booking too.
    pub by_owner: bool,
    /// The answer, once there is one.
    pub answer: Option<Picked>,
}

/// Whether a promise still needs another time: it was lost or changed, or something lies over it. What was offered for one that
/// does not is over.
pub fn applies(case: &Case<'_>) -> bool {
    let is_a_need = |kind: Kind| {
        matches!(
            kind,
            Kind::Cancelled
                | Kind::SeriesGone
                | Kind::Leave
                | Kind::Moved
                | Kind::Cut
                | Kind::Wished
                | Kind::Overlap
                | Kind::RunsInto
        )
    };
    let found = threats::find(case);
    found.iter().any(|threat| is_a_need(threat.kind))
}

/// Whether something may still come of what was offered for it: no answer yet, or a pick that is not booked.
pub(crate) fn is_waited_for(own: &Own, promise: PromiseId) -> bool {
    own.offer(promise).is_some_and(|offer| {
        let is_booked = || own.is_made_good_since(promise, offer.at);
        offer.answer != Some(Picked::None) && !is_booked()
    })
}

/// What the report answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Picked {
    /// This one.
    Slot(Slot),
    /// None of them, thank you.
    None,
}
