//! Sources behind http and https: a feed, or CalDAV.

pub(crate) mod address;
pub(crate) mod client;
pub(crate) mod feed;
mod resolver;
pub(crate) mod shown;

use crate::caldav;
use crate::error::SourceError;
use crate::intake::Intake;
use crate::options::Options;
use client::Client;
use url::Url;

/// Reads a feed or a CalDAV URL.
///
/// With a user name it is CalDAV unless the path ends like a file; without one it is a feed unless it gives no
/// calendar and the server answers PROPFIND. Either way the other one is tried before giving up.
pub(crate) fn read(
    url: &Url,
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    let client = Client::new(url, options)?;
    if options.user.is_some() && !looks_like_file(url) {
        return match caldav::read(&client, url, intake) {
            Err(error) if speaks_no_caldav(&error) => {
                feed::read(&client, url, intake).map_err(|_| error)
            }
            other => other,
        };
    }
    match feed::read(&client, url, intake) {
        Err(error) if may_be_caldav(&error) => match caldav::read(&client, url, intake) {
            Err(second) if speaks_no_caldav(&second) => Err(error),
            other => other,
        },
        other => other,
    }
}

/// Whether the path ends like a file's name.
pub(crate) fn looks_like_file(url: &Url) -> bool {
    url.path().to_ascii_lowercase().ends_with(".ics")
}

/// Answers that a server without CalDAV at this place gives to PROPFIND.
pub(crate) fn speaks_no_caldav(error: &SourceError) -> bool {
    match error {
        SourceError::Answered { status, .. } => matches!(status, 200 | 400 | 404 | 405 | 501),
        SourceError::BadAnswer { .. } => true,
        _ => false,
    }
}

/// Answers that a CalDAV server may give to a plain GET of a collection or principal.
pub(crate) fn may_be_caldav(error: &SourceError) -> bool {
    match error {
        SourceError::NotACalendar { .. } => true,
        SourceError::Answered { status, .. } => matches!(status, 400 | 404 | 405 | 501),
        _ => false,
    }
}
