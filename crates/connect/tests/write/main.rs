//! Writing to calendars: on real servers with scheduling and without, and on one that fails in every way it can.

mod common;
mod cyrus;
mod faults;
mod free_busy;
mod office;
mod radicale;
#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "../sources/scripted.rs"]
mod scripted;
mod sogo;
