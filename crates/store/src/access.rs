//! Who looked at what about whom.

use crate::error::StoreError;
use crate::key::{Day, Org};
use crate::store::{Store, on_engine};
use std::future::Future;

/// One look: on that day, somebody saw something that is about somebody. How often, and when on that day, is not kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Access {
    /// On which day.
    pub day: Day,
    /// Who looked.
    pub actor: String,
    /// About whom it was.
    pub subject: String,
    /// What kind of thing was seen, up to 500 bytes; never its content.
    pub what: String,
}

/// The log of looks. It is only ever added to; old ends are cut off when the organisation's retention says so.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait AccessLog: Sync {
    /// Adds looks, in order. One that is there already (the same in every part) stays as it is. When it returns they
    /// survive this process; on SQLite a power cut may lose them until something else is written.
    ///
    /// # Errors
    /// [`StoreError::NoOrganisation`].
    fn log_access(
        &self,
        org: &Org,
        looks: &[Access],
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Looks at `subject`, or at anybody, before number `before` (`None` for the newest), newest first, each with its
    /// number.
    ///
    /// # Errors
    /// See the trait.
    fn accesses(
        &self,
        org: &Org,
        subject: Option<&str>,
        before: Option<u64>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(u64, Access)>, StoreError>> + Send;

    /// Deletes looks of days before `before`; gives how many.
    ///
    /// # Errors
    /// See the trait.
    fn trim_accesses(
        &self,
        org: &Org,
        before: Day,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;
}

impl AccessLog for Store {
    async fn log_access(&self, org: &Org, looks: &[Access]) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.log_access(org, looks).await)
    }

    async fn accesses(
        &self,
        org: &Org,
        subject: Option<&str>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<(u64, Access)>, StoreError> {
        on_engine!(self, repo => repo.accesses(org, subject, before, limit).await)
    }

    async fn trim_accesses(&self, org: &Org, before: Day) -> Result<u64, StoreError> {
        on_engine!(self, repo => repo.trim_accesses(org, before).await)
    }
}
