//! Edits of calendar objects: what they write, what they refuse, and what holds for any of them.

#![expect(
    clippy::unwrap_used,
    reason = "a law that cannot go on is broken; the line says where"
)]

mod busy;
mod cases;
mod common;
mod counter;
mod itip;
mod laws;
mod like;
mod onward;
mod set;
mod weekly;
