//! Edits of calendar objects: what they write, what they refuse, and what holds for any of them.

mod cases;
mod common;
mod laws;
