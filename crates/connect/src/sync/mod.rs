//! Keeping up with a source: each round tells what is new since the last one.
//!
//! A [`Provider`] gives a [`Round`] of [`News`] and a [`Cursor`]; the caller stores what it was told together with the
//! cursor, and hands the cursor in at the next round. A round that fails changes nothing: the old cursor stays good.
//!
//! Whoever adds a source maps its own means to these words. An incremental token, one per calendar, goes into the
//! cursor. A token that the source refuses is [`Because::TokenLost`], and so is a gap that the source admits. A calendar
//! of somebody else that the account may read is a calendar like the others, with that owner.

mod caldav;
mod cursor;
mod feed;
pub mod google;
mod news;
mod tally;
mod web;

pub use cursor::Cursor;
pub use news::{Because, CalendarNews, News, Object, Round};

use crate::error::SourceError;
use crate::options::Options;
use url::Url;

/// A source that can be kept up with.
pub trait Provider: Send {
    /// What is new since `cursor`; without one, everything. The same cursor may be given again, and then the news
    /// since it are told again.
    ///
    /// # Errors
    /// When nothing can be said about the source as a whole; what was known of it before stays true.
    /// [`SourceError::Unauthorized`] will not go away by asking again. What concerns one calendar or object is no
    /// error but [`Round::unreadable`].
    fn round(&mut self, cursor: Option<&Cursor>) -> Result<Round, SourceError>;
}

/// The provider behind an address: a CalDAV account or calendar, or a feed. Nothing is asked of it yet; which of them
/// it is, the first round finds out as [`crate::read`] does, and the cursor remembers.
///
/// # Errors
/// When the certificates named in `options` cannot be read, or the address is neither http nor https.
pub fn open(url: &Url, options: &Options) -> Result<Box<dyn Provider>, SourceError> {
    Ok(Box::new(web::Web::new(url, options)?))
}
