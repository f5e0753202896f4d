//! Mail to the others of a meeting, in its owner's name, where no calendar server told them of what was done (RFC 6047).
//!
//! What there is to say was made when the change was read back ([`acting`](crate::server::acting)). [`preview`] shows it to
//! whoever did it, to the byte; [`approve`] takes their tap, and writes one mail to each of the others down under its
//! Message-ID; [`step`] sends it, after it looked once more whether the calendar still says so.
//!
//! `Invariant:` nothing goes out by itself, and nothing that its sender has not read: a tap names by a mark what was shown, to
//! whom. Each of the others is mailed once about one thing that was done, under one id whatever breaks; if the meeting is
//! another by then, nothing is sent, and that is said.

mod approve;
mod deed;
mod forms;
mod hash;
mod may;
mod open;
mod preview;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod words;

pub use approve::approve;
pub(in crate::server) use approve::written;
pub use deed::Adds;
pub(in crate::server) use forms::{How, mail_in_name_of};
pub(in crate::server) use hash::{hash, message_id};
pub use open::{Open, open};
pub use preview::{Addressee, Heard, NotSent, Preview, preview};
pub(in crate::server) use state::{Letter, letters};
pub use step::{IMIP, Lent, Step, pass, step};
pub(in crate::server) use words::{day_and_hour, one_line};
