//! How far a long plan is, and when enough is enough. The planner has no clock: whoever asks has.

/// Looks on while a plan is made.
pub trait Watch: Sync {
    /// `done` of `of` desks are worked out.
    fn at(&self, done: usize, of: usize);

    /// Whether to come to an end: what is left is then done quickly, and the plan says that it may not be the best. Once
    /// true it stays true.
    fn stop(&self) -> bool;
}

/// Nobody looks on, and there is time.
#[derive(Clone, Copy, Debug)]
pub struct Unhurried;

impl Watch for Unhurried {
    fn at(&self, _done: usize, _of: usize) {}

    fn stop(&self) -> bool {
        false
    }
}
