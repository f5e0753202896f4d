//! What became of the 1:1s of one relationship: states → tracks → promises → journeys → judged occurrences.
//!
//! Invariant: what happens after an occurrence should have ended never changes its outcome.
//! Invariant: outcomes add up to what was promised: every promise becomes exactly one occurrence.

mod actor;
mod agreed;
mod anew;
mod assemble;
mod counters;
mod end;
mod extras;
mod facts;
mod follow;
mod hop;
mod invited;
mod judged;
mod moment;
mod owed;
mod promises;
mod recorded;
mod retime;
mod rows;
mod settled;
mod split;
mod state;
mod still;
mod track;
mod view;
mod zone;

pub use agreed::{Agreement, Agreements};
pub use anew::MadeAnew;
pub use assemble::{Fates, Ledger, Settings, fates};
pub use end::Ended;
pub use facts::RuleChange;
pub use hop::Hop;
pub use recorded::{AllRecorded, MadeBy, Recorded};
pub use settled::{AllSettled, Settled};
pub use still::Still;
