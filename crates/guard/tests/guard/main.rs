//! The guard on small worlds: each threat, each bound, and what comes to rest.
#![expect(
    clippy::unwrap_used,
    reason = "what a small world lacks fails the test, with its place"
)]

mod asked;
mod begin;
mod bounds;
mod by_hand;
mod in_name;
mod leave;
mod moved_since;
mod onward;
mod settle;
mod small;
mod threats;
mod token;
mod undo;
