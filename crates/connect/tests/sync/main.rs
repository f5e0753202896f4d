//! Keeping up with a source: what each round tells, and what it does when the source lies.

mod caldav_accounts;
mod caldav_answers;
mod caldav_clock;
mod caldav_servers;
mod caldav_walk;
mod common;
mod dav;
mod feeds;
mod real;
#[expect(dead_code, reason = "the other tests use the rest of it")]
#[path = "../sources/scripted.rs"]
mod scripted;
