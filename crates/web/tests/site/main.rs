//! The server as people and strangers meet it: requests through the router, on a real SQLite store.

#![expect(
    clippy::unwrap_used,
    reason = "what cannot be set up fails the test, with its place"
)]

mod accounts;
mod api;
mod by_key;
mod by_link;
mod by_link_for_good;
mod calendars;
mod connected;
mod crawl;
mod earlier;
mod everybody;
mod export;
mod guard;
mod guards;
mod leave;
mod list;
mod live;
mod log;
mod looks;
mod mail;
mod markers;
mod metrics;
mod mistyped;
mod new_password;
mod outsiders;
mod people;
mod proposal;
mod retention;
mod rows;
mod rows_guard;
mod rows_own;
mod support;
mod table;
mod takeover;
mod tell;
mod typed;
mod wish;
mod words;
