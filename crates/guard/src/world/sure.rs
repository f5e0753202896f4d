//! How surely the class of a meeting is the right one.

use steadfast_ledger::classes::Because;

/// By what it rests on, 0 to 1. What its owner said is certain, and what a calendar is by its shape nearly so; a title is what
/// somebody called it. These are bounds to be modest by, not measurements.
pub const fn confidence(because: Because) -> f64 {
    match because {
        Because::Said => 1.0,
        Because::Shape | Because::People => 0.95,
        Because::Title => 0.8,
        Because::Rhythm => 0.7,
        Because::Nothing => 0.5,
    }
}
