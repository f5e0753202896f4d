//! Writing to somebody's calendar: one edit of one object, once, and read back.
//!
//! In two steps, so that whoever may still say no can be asked between them. [`Writer::look`] reads the object as it is,
//! holds it against what was decided on, and makes the new text; [`Writer::send`] writes it on the condition that
//! nothing has changed since, reads it back, and says what came of it and who was told. Nothing is ever sent twice within
//! one call. Calling again is safe: what was decided on one version of an object can change it once, since the object is
//! at another version after that; and an object of ours has one place and one UID.

mod caldav;
mod decide;
mod google;
mod outcome;
mod schedule;

pub use outcome::{Order, Outcome, Ready};
pub use steadfast_calendar::edit::{Basis, Told};

use crate::error::SourceError;
use crate::options::Options;
use crate::sync::google::Account;
use steadfast_calendar::Instant;
use url::Url;

/// A calendar that can be written to.
pub trait Writer: Send {
    /// Reads the object and makes its new text; an [`Outcome`] where it ends here.
    ///
    /// # Errors
    /// The outcome, when there is nothing to send.
    fn look(&mut self, order: &Order) -> Result<Ready, Box<Outcome>>;

    /// Writes what was made ready, and reads it back.
    fn send(&mut self, order: &Order, ready: Ready) -> Outcome;

    /// Reads the object at a place; `None`: there is none. Writes nothing.
    ///
    /// # Errors
    /// The outcome of an edit that could not even be looked at.
    fn read(&mut self, place: &str, now: Instant) -> Result<Option<Vec<u8>>, Box<Outcome>>;
}

/// The writer of an account at Google. Nothing is asked of it yet.
///
/// # Errors
/// When the certificates named in `options` cannot be read.
pub fn at_google(account: &Account, options: &Options) -> Result<Box<dyn Writer>, SourceError> {
    Ok(Box::new(google::Google::new(account, options)?))
}

/// The writer behind the address of a CalDAV account or calendar. Nothing is asked of it yet.
///
/// # Errors
/// When the certificates named in `options` cannot be read.
pub fn open(url: &Url, options: &Options) -> Result<Box<dyn Writer>, SourceError> {
    Ok(Box::new(caldav::Caldav::new(url, options)?))
}
