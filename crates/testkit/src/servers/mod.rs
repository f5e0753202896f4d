//! Real servers for tests: started on free loopback ports in a folder of their own, stopped when dropped.
//!
//! A missing server is a failed test, never a skipped one; `cargo xtask test` installs what is needed.

mod cyrus;
mod postgres;
mod process;
mod radicale;
mod web;

pub use cyrus::Cyrus;
pub use postgres::Postgres;
pub use radicale::Radicale;
pub use web::{Reply, request};
