//! The server as people and strangers meet it: requests through the router, on a real SQLite store.

mod accounts;
mod calendars;
mod crawl;
mod everybody;
mod guards;
mod markers;
mod support;
mod table;
