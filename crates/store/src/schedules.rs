//! What is to happen again and again.

use crate::error::StoreError;
use crate::jobs::NewJob;
use crate::key::{Micros, Org};
use crate::store::{Store, on_engine};
use std::future::Future;

/// A schedule whose time has come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Due {
    /// The organisation.
    pub org: Org,
    /// The schedule.
    pub name: String,
    /// When it was to run.
    pub run: Micros,
}

/// Schedules: names with the moment of their next run. When that is, is computed by the caller, who knows about time
/// zones and the like; the store sees to it that one node alone acts on each.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait Schedules: Sync {
    /// Makes a schedule, or leaves it as it is when it is there. Gives whether it is new.
    ///
    /// # Errors
    /// See the trait.
    fn plan(
        &self,
        org: &Org,
        name: &str,
        next: Micros,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Takes a schedule away; gives whether it was there.
    ///
    /// # Errors
    /// See the trait.
    fn unplan(
        &self,
        org: &Org,
        name: &str,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Schedules whose time has come by `now`, over all organisations, the longest due first.
    ///
    /// # Errors
    /// See the trait.
    fn due(
        &self,
        now: Micros,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Due>, StoreError>> + Send;

    /// Queues `job` for the run `due` and moves the schedule to `next`, in one stroke; `false`, and nothing queued, when
    /// another node was first. With `next` equal to `due.run`, or an earlier moment, it would run for ever: that is
    /// refused as a bad name.
    ///
    /// # Errors
    /// See the trait.
    fn fire(
        &self,
        due: &Due,
        next: Micros,
        job: &NewJob,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;
}

impl Schedules for Store {
    async fn plan(&self, org: &Org, name: &str, next: Micros) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.plan(org, name, next).await)
    }

    async fn unplan(&self, org: &Org, name: &str) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.unplan(org, name).await)
    }

    async fn due(&self, now: Micros, limit: u32) -> Result<Vec<Due>, StoreError> {
        on_engine!(self, repo => repo.due(now, limit).await)
    }

    async fn fire(&self, due: &Due, next: Micros, job: &NewJob) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.fire(due, next, job).await)
    }
}
