//! The guard on the server: what threatens somebody's 1:1s, by their calendars as they were seen last, and what they can do
//! about it.
//!
//! `ahead` is all that is to come for one person, made beside their ledger; `world` turns it into what
//! [`steadfast_guard`] decides on; `proposals` is what comes of it, in the names of people and meetings again.

mod ahead;
mod deed;
mod look;
pub mod policies;
mod proposals;
mod tap;
#[cfg(test)]
mod tests;
mod words;
mod world;

pub(in crate::server) use ahead::{Ahead, From};
pub use look::{Outlook, outlook};
pub use proposals::{Deed, LastTap, OverIt, Proposed, Way};
pub use steadfast_guard::intent::Measure;
pub use tap::{Tapped, tap};
