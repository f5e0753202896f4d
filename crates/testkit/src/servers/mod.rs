//! Real servers for tests: started on free loopback ports in a folder of their own, stopped when dropped.
//!
//! A missing server is a failed test, never a skipped one; `cargo xtask test` installs what is needed.

mod cyrus;
mod davical;
mod front;
mod letter;
mod mail;
mod office;
mod postgres;
mod process;
mod radicale;
mod sogo;
mod web;
mod webhook;
mod xandikos;

pub use cyrus::Cyrus;
pub use davical::Davical;
pub use letter::{Part, parts_of, words_of};
pub use mail::{Mailbox, Way};
pub use office::Office;
pub use postgres::Postgres;
pub use radicale::Radicale;
pub use sogo::Sogo;
pub use web::{Reply, request};
pub use webhook::Webhook;
pub use xandikos::Xandikos;

use std::path::PathBuf;

/// The Python that has Radicale, Xandikos and aiosmtpd.
fn python() -> PathBuf {
    if let Some(named) = std::env::var_os("STEADFAST_TEST_PYTHON") {
        return named.into();
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("../../.ci/tools/venv/bin/python")
}
