//! Reading calendars: every dialect, every warning, laws, and a library that reads the same files beside us.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

mod dialects;
mod dialects_of_servers;
mod form;
mod laws;
mod limits;
mod oracle;
mod show;
mod warnings;
mod zones;
