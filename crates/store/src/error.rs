//! What can go wrong, said so that somebody can act on it.

use crate::key::{Org, Version};
use std::path::PathBuf;
use std::{error, fmt, io};

/// Why the store did not do as asked. Whatever it says, nothing of the call was kept.
///
/// One enum for all operations: they share most of it, and callers turn it into an exit code or a status in one place.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// The organisation was never created.
    NoOrganisation(Org),
    /// Somebody else appended first: read what is new, decide again, append again.
    Conflict {
        /// The stream.
        stream: String,
        /// What the caller had read.
        expected: Version,
        /// What it is now.
        actual: Version,
    },
    /// Somebody else moved the projection on: read its checkpoint, and project from there.
    CheckpointMoved {
        /// The projection.
        projection: String,
    },
    /// The lease is no longer the caller's: drop the work, another node has it or had it.
    StaleLease {
        /// The job's number in its organisation.
        job: u64,
    },
    /// The link was used, has expired, or never was.
    LinkSpent,
    /// Such a thing is there already.
    Exists(&'static str),
    /// There is no such thing.
    Missing(&'static str),
    /// A name that cannot be kept.
    BadName {
        /// What it was to name.
        what: &'static str,
        /// Why not.
        why: &'static str,
    },
    /// An address that is no store.
    BadAddress(String),
    /// The database was written by a newer program.
    TooNew {
        /// The migration it has.
        found: i64,
        /// The last one that this program knows.
        known: i64,
    },
    /// The database is needed empty and is not.
    NotEmpty,
    /// A dump that is none, is cut short, or was changed.
    BadDump(String),
    /// A file could not be read or written.
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database did not do as asked.
    Database {
        /// What was being done.
        doing: &'static str,
        /// What it said.
        source: sqlx::Error,
    },
    /// A drill stopped the call here; see [`crate::drill`].
    Drill,
}

impl StoreError {
    pub(crate) fn database(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Database { doing, source }
    }

    /// For inserts: something with that key is there.
    pub(crate) fn inserting(
        what: &'static str,
        doing: &'static str,
    ) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| match &source {
            sqlx::Error::Database(said) if said.is_unique_violation() => Self::Exists(what),
            sqlx::Error::Database(said) if said.is_foreign_key_violation() => {
                Self::Missing("what it belongs to")
            }
            _ => Self::Database { doing, source },
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOrganisation(org) => {
                write!(f, "there is no organisation {org}; create it first")
            }
            Self::Conflict {
                stream,
                expected,
                actual,
            } => write!(
                f,
                "{stream} is at version {}, not {}; read what is new and try again",
                actual.0, expected.0
            ),
            Self::CheckpointMoved { projection } => write!(
                f,
                "{projection} was moved on by somebody else; go on from its checkpoint"
            ),
            Self::StaleLease { job } => {
                write!(f, "the lease on job {job} is no longer ours; drop the work")
            }
            Self::LinkSpent => {
                f.write_str("the link was used or has expired; ask whoever sent it for a new one")
            }
            Self::Exists(what) => write!(f, "there is such {what} already; choose another"),
            Self::Missing(what) => write!(f, "there is no such thing: {what}"),
            Self::BadName { what, why } => write!(f, "this cannot name {what}: {why}"),
            Self::BadAddress(why) => write!(
                f,
                "{why}; write sqlite:PATH or postgres://USER@HOST/DATABASE"
            ),
            Self::TooNew { found, known } => write!(
                f,
                "the database is at migration {found}, this program knows {known}; use the newer program"
            ),
            Self::NotEmpty => {
                f.write_str("the database holds organisations; restore into an empty one")
            }
            Self::BadDump(why) => write!(f, "this is no whole backup: {why}"),
            Self::File { path, .. } => {
                write!(f, "{} could not be read or written", path.display())
            }
            Self::Database { doing, .. } => write!(f, "the database failed while {doing}"),
            Self::Drill => f.write_str("stopped by a drill"),
        }
    }
}

impl error::Error for StoreError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Database { source, .. } => Some(source),
            _ => None,
        }
    }
}
