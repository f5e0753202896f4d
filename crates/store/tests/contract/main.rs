//! What the store promises, one law per function, each held against SQLite and PostgreSQL.
//!
//! A law gets an open, empty store of its own. Its name is the promise.

#![expect(
    clippy::unwrap_used,
    reason = "a law that cannot go on is broken; the line says where"
)]

mod accounts;
mod api_tokens;
mod backup;
mod crash;
mod facts;
mod intents;
mod jobs;
mod leaving;
mod links;
mod passkeys;
mod schedules;
mod secrets;
mod sessions;
mod sources;
mod support;
mod thin;
mod views;
mod whole;
