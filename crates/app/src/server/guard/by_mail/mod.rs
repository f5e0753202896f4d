//! Times from which a report picks who has not joined: offered by a mail that the manager read to the word and sent by a tap, with
//! a link at which one of them is picked without an account.
//!
//! The link names the offer, marked so that only this server can have made it, as the other links are that open
//! without signing in; nothing about it is kept. It is good for that one offer, until its last time begins, until it is answered, and until the manager takes it back.
//! Behind it are the times and the two names, as the mail says them, and nothing else. Looking at it does nothing.

mod letter;
mod link;
mod open;
mod words;

pub(in crate::server) use letter::{Ready, pick_mail};
pub use letter::{ToPick, approve_pick, picks_for, to_pick};
pub use link::Pointing;
pub use open::{Answered, Pick, open_pick, pick_by_link, pointing};
