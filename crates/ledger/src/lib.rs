//! What became of every promised 1:1. Pure: facts in, outcomes out; no clock, no files, no statistics.
//!
//! Versions of series as they were seen → [`occurrence::Occurrence`]s of one relationship → one
//! [`verdict::Verdict`] each, decided by the rules in [`rules`], one file per "what counts as …".

pub mod case;
pub mod occurrence;
pub mod rules;
pub mod verdict;
