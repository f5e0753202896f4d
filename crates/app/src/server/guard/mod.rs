//! The guard on the server: what threatens somebody's 1:1s, by their calendars as they were seen last, and what they can do
//! about it.
//!
//! `ahead` is all that is to come for one person, made beside their ledger; `world` turns it into what
//! [`steadfast_guard`] decides on; `proposals` is what comes of it, in the names of people and meetings again.

mod ahead;
mod allowed;
mod answer;
mod basis;
mod begin;
mod between;
mod busy;
mod by_mail;
mod deed;
mod defend;
mod free_busy;
mod gather;
mod holds;
mod in_name;
mod look;
mod made;
mod onward;
mod over;
mod own;
pub mod policies;
mod proposals;
mod said_yes;
mod sayable;
mod tap;
#[cfg(test)]
pub(in crate::server) mod tests;
mod wish;
mod words;
mod world;
mod write;

pub(in crate::server) use ahead::From;
pub use ahead::{Ahead, Busy, Question};
pub use answer::{give_reason, pick, withdraw};
pub use begin::{Beginning, begin};
pub use between::{About, FOR_GOOD, Offered, is_for_good};
pub(in crate::server) use between::{Did, Said, all_said, between_of, did, did_for, picked};
pub use busy::{ShownAsFree, show_busy};
pub use by_mail::{
    Answered, Pick, Pointing, ToPick, approve_pick, open_pick, pick_by_link, picks_for, pointing,
    to_pick,
};
pub(in crate::server) use by_mail::{Ready, pick_mail};
pub(in crate::server) use defend::defend;
pub use free_busy::{AsksNobody, FreeBusy, NotTold, account_of, knowing};
pub(in crate::server) use in_name::{Mail, Proposes, may_mail};
pub use look::{Outlook, Standing, outlook};
pub use onward::{Moving, offer_onward, onward};
pub use proposals::{Deed, LastTap, OverIt, Proposed, Way};
pub use sayable::sayable;
pub use steadfast_guard::begin::Begin;
pub use steadfast_guard::intent::Measure;
pub use steadfast_guard::onward::Onward;
pub use tap::{Tapped, tap};
pub use wish::{Asked, wish};
