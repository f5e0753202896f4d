//! The mail channel: what a person's page says is told to them by mail as well, where whoever runs the server lent it a mail
//! server. What may be told, and when, is decided by [`steadfast_guard::telling`]; here it is gathered, worded and sent.
//!
//! A job per person ([`job`]) is queued in the same stroke as what it tells of, and wherever a ledger is judged ([`plan`]).
//! [`step`] decides anew on what is so then. What goes out is first written down under a Message-ID, so that a crash between
//! sending and noting repeats the same message under the same id, and nothing is told twice under two.
//!
//! Whoever wants it in a chat instead is told there ([`crate::server::chat`]), by the same job.
//!
//! `Invariant:` a mail holds nothing that its reader's page does not, and no title, note, reason or answer of anybody:
//! mailboxes are read by assistants, lie on other people's servers, and are kept. It opens nothing and does nothing: the taps
//! are on the page.

mod calendar;
mod choose;
mod forms;
mod html;
mod letter;
mod news;
mod off;
mod plan;
mod port;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod text;
mod way;

pub use choose::{Chosen, choose, chosen, switch_off};
pub(in crate::server) use forms::{How, mail_of};
pub use off::{is_off_path, is_off_token, off_path};
pub(in crate::server) use plan::{job, plan};
pub use port::{Calendar, Mail, Office, Post, Posted};
pub(in crate::server) use state::letters;
pub use steadfast_guard::telling::{Channel, Topic, Wish};
pub use steadfast_guard::world::person::Quiet;
pub use step::{Lent, MAIL, Step, pass, step};
