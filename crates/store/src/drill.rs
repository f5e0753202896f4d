//! Stopping a write half way, to see that nothing of it stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the points at which a write can break off (before each statement and before the commit), and breaks off at
/// the one that is set. Outside drills it is never set and costs one load per statement.
#[derive(Clone, Default, Debug)]
pub struct Drill {
    /// How many points are still to be passed, plus one; 0 when nothing is set.
    left: Arc<AtomicU64>,
}

impl Drill {
    /// The next writes pass `points` points, and the one after breaks off with [`crate::StoreError::Drill`]; once.
    pub fn stop_after(&self, points: u64) {
        self.left.store(points.saturating_add(1), Ordering::SeqCst);
    }

    /// Sets nothing any more; gives whether the point that was set is still ahead.
    pub fn clear(&self) -> bool {
        self.left.swap(0, Ordering::SeqCst) != 0
    }

    /// Whether to break off here.
    pub(crate) fn stops(&self) -> bool {
        if self.left.load(Ordering::Relaxed) == 0 {
            return false;
        }
        let before = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                Some(left.saturating_sub(1))
            });
        before == Ok(1)
    }
}
