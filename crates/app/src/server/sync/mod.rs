//! Keeping up: a calendar that is connected is asked again and again, and what is new becomes facts.
//!
//! A round is one job: it asks the source, keeps what is new, where it was read up to and the next round in one stroke.
//! A crash at any point repeats a round, which then finds the same. What cannot be mended by asking again (a password
//! that is no longer taken) stops the source until its owner mends it.

mod again;
mod by_key;
mod connect;
mod give_back;
mod hurry;
mod objects;
mod pages;
mod port;
mod reading;
mod round;
mod sealed;
mod status;
#[cfg(test)]
mod tests;
mod watch;
mod whose;

pub(in crate::server) use by_key::said_to_key;
pub use by_key::{BY_KEY, Key, about_key, is_of, let_key, plan_keys, take_up};
pub use connect::{Connected, Tried, allow_again, connect, disconnect, mend};
pub use give_back::{give_back, give_back_unkept};
pub use hurry::{hurry, sources};
pub(crate) use pages::Pages;
pub use port::{
    Access, Calendars, Channel, Found, FoundCalendar, NewChannel, News, Object, Trouble, Watched,
};
pub(crate) use reading::Reading;
pub use round::{JOB, Machine, Step, step};
pub(in crate::server) use round::{job, known};
pub(crate) use sealed::opens;
pub(in crate::server) use sealed::{owner, reveal};
pub(in crate::server) use status::is_read_only;
pub use status::{Status, statuses};
pub(crate) use status::{instant, labels, micros};
pub use watch::{WATCH, changed, plan_watching, stop_watching, watch};
