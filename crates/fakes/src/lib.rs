//! Services that cannot be reached from tests, as far as they are asked: stateful, several people at once, on loopback,
//! with faults on demand, and every request and answer held against the service's own description.
//!
//! For tests only, and free of everything that is ours but the reader of calendars: whoever talks to the same services
//! can test against them as well.

mod faults;
pub mod google;
pub mod graph;
mod http;
mod oauth;
