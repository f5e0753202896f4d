//! How fast, how much memory, and beside whom: what the programs of this package share.
//!
//! Processor time is the measure, not time on the clock: it says the same on a machine that does other work.

pub mod audit;
pub mod played;
pub mod town;
pub mod usage;
pub mod workload;
