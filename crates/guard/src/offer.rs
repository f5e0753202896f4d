//! Times that were offered to the report for a lost 1:1, and what they picked.

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

/// What the report answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Picked {
    /// This one.
    Slot(Slot),
    /// None of them, thank you.
    None,
}
