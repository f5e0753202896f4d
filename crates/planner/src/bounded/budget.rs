//! How much one desk may do: counted in steps, so that the same desk ends at the same point on any machine; and no
//! further than whoever asks has time.

use crate::watch::Watch;
use std::cell::Cell;

/// Steps of one desk, a nanosecond or two each.
const MOST_STEPS: u64 = 2_000_000_000;

/// What is left.
pub(crate) struct Budget<'a> {
    watch: &'a dyn Watch,
    left: Cell<u64>,
}

impl<'a> Budget<'a> {
    /// For one desk.
    pub(crate) fn new(watch: &'a dyn Watch) -> Self {
        Self::of(watch, MOST_STEPS)
    }

    /// So many steps, for several desks.
    pub(crate) fn of(watch: &'a dyn Watch, steps: u64) -> Self {
        Self {
            watch,
            left: Cell::new(steps),
        }
    }

    /// Steps that are left.
    pub(crate) fn left(&self) -> u64 {
        self.left.get()
    }

    /// Takes so many steps; false where there are not so many left, or no time.
    pub(super) fn spend(&self, steps: u64) -> bool {
        let left = self.left.get().saturating_sub(steps);
        self.left.set(left);
        left > 0 && !self.watch.stop()
    }
}
