//! A feed of the times that are held for somebody's 1:1s and not written to a calendar of theirs: for calendars that this
//! server can only read, or that they did not connect. Any calendar program subscribes to it (RFC 5545 by https) by an address that is a
//! secret, can be taken away, and says when, and nothing of whom or what.

mod link;
#[cfg(test)]
mod tests;
mod text;

pub use link::{Link, close, link, open, opens};
pub(in crate::server) use link::{held_for, turned};
pub use text::feed;
pub(in crate::server) use text::on_offer;
