//! Calendars that are kept up with: where each was read up to, when it was last verified, and what is wrong with it.

use crate::error::StoreError;
use crate::jobs::NewJob;
use crate::key::{Micros, Org};
use crate::store::{Store, on_engine};
use std::future::Future;

/// A source to be kept up with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSource {
    /// Its name in the organisation: 1 to 500 bytes.
    pub source: String,
    /// Whose it is.
    pub person: String,
    /// What people are shown of it; the form is the caller's. No secrets: those are sealed elsewhere.
    pub about: Vec<u8>,
    /// When it was connected.
    pub created: Micros,
}

/// A source as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// As given.
    pub source: String,
    /// As given.
    pub person: String,
    /// As given.
    pub about: Vec<u8>,
    /// As given.
    pub created: Micros,
    /// Where it was read up to, in its own words; `None` before the first round.
    pub cursor: Option<Vec<u8>>,
    /// The last moment at which everything it says was known.
    pub verified: Option<Micros>,
    /// The last moment at which it was asked.
    pub tried: Option<Micros>,
    /// How often in a row it failed since.
    pub failures: u64,
    /// What it said the last time, if that was no answer.
    pub problem: Option<String>,
    /// Since when it is not asked any more; `None`: it is.
    pub stopped: Option<Micros>,
}

/// A round that succeeded: kept in one stroke with what it found ([`crate::Write::round`]).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Round<'a> {
    /// The source.
    pub source: &'a str,
    /// Where it is read up to now.
    pub cursor: &'a [u8],
    /// When it was asked.
    pub at: Micros,
}

/// A round that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Failure<'a> {
    /// The source.
    pub source: &'a str,
    /// When it was asked.
    pub at: Micros,
    /// What was wrong, for people.
    pub problem: &'a str,
    /// Whether asking again is useless until somebody mends it.
    pub stops: bool,
}

/// The sources of an organisation.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait Sources: Sync {
    /// Keeps a new source.
    ///
    /// # Errors
    /// [`StoreError::Exists`]; [`StoreError::Missing`] without the organisation.
    fn connect(
        &self,
        org: &Org,
        new: &NewSource,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// One source.
    ///
    /// # Errors
    /// See the trait.
    fn source(
        &self,
        org: &Org,
        source: &str,
    ) -> impl Future<Output = Result<Option<Source>, StoreError>> + Send;

    /// The sources of a person, by name.
    ///
    /// # Errors
    /// See the trait.
    fn sources_of(
        &self,
        org: &Org,
        person: &str,
    ) -> impl Future<Output = Result<Vec<Source>, StoreError>> + Send;

    /// All sources after one, by name.
    ///
    /// # Errors
    /// See the trait.
    fn sources(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Source>, StoreError>> + Send;

    /// Remembers that a round failed. Gives how often it did in a row; `None` when the source is gone.
    ///
    /// # Errors
    /// See the trait.
    fn failed(
        &self,
        org: &Org,
        failure: Failure<'_>,
    ) -> impl Future<Output = Result<Option<u64>, StoreError>> + Send;

    /// Keeps what is shown of it anew. Gives whether it is there.
    ///
    /// # Errors
    /// See the trait.
    fn describe(
        &self,
        org: &Org,
        source: &str,
        about: &[u8],
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// It was mended: it is asked again, with no failures behind it, by a job that is queued in the same stroke. One after
    /// the other, a job that came first could find it stopped still and be over when it is not. Gives whether it is there.
    ///
    /// # Errors
    /// See the trait.
    fn resume(
        &self,
        org: &Org,
        source: &str,
        again: &NewJob,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Forgets a source; gives whether it was there. What was seen of it stays.
    ///
    /// # Errors
    /// See the trait.
    fn disconnect(
        &self,
        org: &Org,
        source: &str,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

impl Sources for Store {
    async fn connect(&self, org: &Org, new: &NewSource) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.connect_source(org, new).await)
    }

    async fn source(&self, org: &Org, source: &str) -> Result<Option<Source>, StoreError> {
        on_engine!(self, repo => repo.source(org, source).await)
    }

    async fn sources_of(&self, org: &Org, person: &str) -> Result<Vec<Source>, StoreError> {
        on_engine!(self, repo => repo.sources_of(org, person).await)
    }

    async fn sources(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Source>, StoreError> {
        on_engine!(self, repo => repo.sources(org, after, limit).await)
    }

    async fn failed(&self, org: &Org, failure: Failure<'_>) -> Result<Option<u64>, StoreError> {
        on_engine!(self, repo => repo.source_failed(org, failure).await)
    }

    async fn describe(&self, org: &Org, source: &str, about: &[u8]) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.describe_source(org, source, about).await)
    }

    async fn resume(&self, org: &Org, source: &str, again: &NewJob) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.resume_source(org, source, again).await)
    }

    async fn disconnect(&self, org: &Org, source: &str) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.disconnect_source(org, source).await)
    }
}
