//! Real processes on one store, killed with SIGKILL in the middle of their work.
//!
//! The processes are this test program again: `child::child` is a test that does nothing unless it is told to play a
//! part. `STEADFAST_DRILL_KILLS` says how often is killed: 20 times in the tests, 1,000 in `cargo xtask soak`.

#![expect(
    clippy::unwrap_used,
    reason = "a drill that cannot go on has failed; the line says where"
)]

mod child;
mod kill;
mod nodes;
mod process;
