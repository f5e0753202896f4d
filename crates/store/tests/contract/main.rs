//! What the store promises, one law per function, each held against SQLite and PostgreSQL.
//!
//! A law gets an open, empty store of its own. Its name is the promise.

mod accounts;
mod facts;
mod jobs;
mod links;
mod passkeys;
mod schedules;
mod secrets;
mod sessions;
mod support;
mod views;
