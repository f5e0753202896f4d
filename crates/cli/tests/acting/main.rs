//! What is done to real calendars, whatever breaks.
//!
//! `STEADFAST_DRILL_KILLS` says how often a node is killed: 20 times in the tests, 10,000 in `cargo xtask soak`.

#![expect(
    clippy::unwrap_used,
    reason = "a drill that cannot go on has failed; the line says where"
)]

#[path = "../../src/calendars.rs"]
#[expect(dead_code, reason = "calendars are only written to here")]
mod calendars;
#[path = "../../src/google.rs"]
#[expect(dead_code, reason = "this server is nothing at Google here")]
mod google;
#[path = "../../src/writing.rs"]
mod writing;

mod bench;
mod child;
mod kill;
mod office;
