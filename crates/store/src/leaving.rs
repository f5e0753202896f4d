//! All that is kept of one person goes, in one stroke.

use crate::error::StoreError;
use crate::jobs::{Lease, NewJob};
use crate::key::{Org, Version};
use crate::store::{Store, on_engine};
use std::future::Future;

/// What of a person goes.
#[derive(Clone, Copy, Debug)]
pub struct Gone<'a> {
    /// Whose sources, intents, switches and documents: all of them.
    pub person: &'a str,
    /// Streams, with their names: the next fact of one begins it anew.
    pub streams: &'a [&'a str],
    /// Single facts of streams that stay.
    pub facts: &'a [(&'a str, Version)],
    /// Unique names of jobs that are queued or run for them: whoever runs one has lost it.
    pub uniques: &'a [&'a str],
    /// Owners of secrets.
    pub owners: &'a [&'a str],
    /// The account whose sessions and programs' tokens end.
    pub account: &'a str,
    /// Whether the account goes as well, with its passkeys.
    pub with_account: bool,
    /// Jobs queued in the same stroke: what is still to be done about it.
    pub jobs: &'a [NewJob],
    /// The job that this ends.
    pub finish: Option<&'a Lease>,
}

/// Erasing a person.
pub trait Leaving: Sync {
    /// Erases all of it or nothing. What is not there is no error, so that it can be done again.
    ///
    /// Jobs of their sources and intents go with them, as those that are named; one that is running finds nothing to write to.
    ///
    /// # Errors
    /// [`StoreError::Database`]; [`StoreError::NoOrganisation`]; [`StoreError::StaleLease`] when another node has the job.
    fn erase_person(
        &self,
        org: &Org,
        gone: &Gone<'_>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

impl Leaving for Store {
    async fn erase_person(&self, org: &Org, gone: &Gone<'_>) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.erase_person(org, gone).await)
    }
}
