//! Where calendars come from: files, archives, directories, histories, git, feeds, CalDAV, Google; and where mail and messages to a chat go to.
//!
//! Every source hands its calendars, as streams of bytes, to one [`Intake`]; nothing is held whole in memory except
//! a page of CalDAV objects and one file of a git history.
//!
//! [`read`] is the front door for a source that is read once, [`sync::open`] and [`sync::google`] for one that is kept up with, [`write::open`] for one that is written to,
//! and [`free_busy::ask`] for when others are busy. [`graph`] reads what Microsoft Graph says; nothing asks it yet. What concerns
//! one calendar is told to the intake as a warning, and the rest is read; what concerns the whole source is a
//! [`SourceError`].

mod archive;
mod caldav;
pub mod chat;
mod continuity;
mod directory;
mod document;
pub mod error;
mod file;
pub mod free_busy;
mod gather;
mod git;
pub mod google;
pub mod graph;
mod history;
mod ical;
pub mod intake;
pub mod mail;
mod names;
pub mod options;
pub mod source;
pub mod sync;
mod tarred;
mod web;
pub mod write;
mod zipped;

pub use error::{SourceError, SourceErrorKind};
pub use history::moment_of_entry;
pub use intake::{DocumentName, Intake, SetAside};
pub use names::owner_of_entry;
pub use options::{Limits, Options, Secret};
pub use source::Source;

use std::io::{self, Read};

/// Reads a source to its end.
///
/// # Errors
/// When the source as a whole gives nothing, or breaks a limit. What was delivered before stays delivered.
pub fn read(
    source: &Source,
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    match source {
        Source::Stdin => read_stream(&mut io::stdin().lock(), options, intake),
        Source::Path(path) => file::read(path, options, intake),
        Source::Web(url) => web::read(url, options, intake),
        Source::History(path) => history::read(path, options, intake),
        Source::Git { repository, path } => git::read(repository, path, options, intake),
    }
}

/// Reads a stream as [`Source::Stdin`] is read: a calendar, a `.tgz` of them, or a gzipped calendar.
///
/// # Errors
/// As [`read`].
pub fn read_stream(
    stream: &mut dyn Read,
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    file::read_stream(stream, "standard input", options, intake)
}

/// Reads a file that somebody handed over, known as `name`: a calendar, a `.zip` or `.tgz` of them, a gzipped calendar.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    options: &Options,
    intake: &mut dyn Intake,
) -> Result<(), SourceError> {
    file::read_bytes(name, bytes, options, intake)
}
