//! The guard for signed-in people: what they allow it, and what it proposes and does.

pub mod policies;
