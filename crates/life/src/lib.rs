//! Seeded simulated organisations living on calendars, with known truth kept apart from the text. Pure: a seed goes
//! in, values come out; no clock, no files.
//!
//! [`World::new`] makes a life: people, their reporting lines, their meetings, and everything done to them.
//! [`World::history`] and [`World::final_export`] write it down as one [`Dialect`] would; [`World::truth`] says what
//! really happened, computed from the actions and never from the text.

mod action;
pub mod bench;
mod config;
pub mod dialect;
mod history;
mod meeting;
mod names;
pub mod person;
pub mod place;
mod plan;
mod rng;
pub mod story;
pub mod truth;
mod world;

pub use config::{Config, Trouble};
pub use dialect::Dialect;
pub use history::{History, State};
pub use rng::Rng;
pub use truth::Truth;
pub use world::World;
