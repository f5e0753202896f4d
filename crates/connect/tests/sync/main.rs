//! Keeping up with a source: what each round tells, and what it does when the source lies.

mod common;
mod feeds;
#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "../sources/scripted.rs"]
mod scripted;
