//! The program as whoever runs it meets it: what it prints where, and how it ends.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "what does not start or answer fails the test, with its place"
)]

mod admin;
mod audit;
mod backup;
mod doctor;
mod export;
mod feed;
mod google;
mod google_key;
mod google_told;
mod guard;
mod history;
mod metrics;
mod plan;
mod running;
mod serve;
mod sync;
