//! What became of every promised 1:1. Pure: facts in, outcomes out; no clock, no files, no statistics.
//!
//! Versions of series as they were seen → [`occurrence::Occurrence`]s of one relationship → one
//! [`verdict::Verdict`] each, decided by the rules in [`rules`], one file per "what counts as …".

pub mod absence;
pub mod away;
pub mod busy;
pub mod case;
pub mod classes;
pub mod fate;
pub mod history;
pub mod holidays;
pub mod namesakes;
pub mod observe;
pub mod occurrence;
pub mod pairs;
pub mod people;
pub mod reply;
pub mod rules;
pub mod verdict;
mod words;
