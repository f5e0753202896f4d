//! A write that is under way. Dropped before its commit it leaves nothing.

use super::{Connection, Db};
use crate::drill::Drill;
use crate::error::StoreError;
use crate::key::{Org, counted, stored};
use sqlx::Transaction;

pub(super) struct Tx {
    inner: Transaction<'static, Db>,
    drill: Drill,
}

impl Tx {
    pub(super) fn new(inner: Transaction<'static, Db>, drill: Drill) -> Self {
        Self { inner, drill }
    }

    /// The connection, for one more statement; here a drill may break off.
    pub(super) fn on(&mut self) -> Result<&mut Connection, StoreError> {
        self.point()?;
        Ok(&mut self.inner)
    }

    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.point()?;
        self.inner
            .commit()
            .await
            .map_err(StoreError::database("committing"))
    }

    fn point(&self) -> Result<(), StoreError> {
        if self.drill.stops() {
            return Err(StoreError::Drill);
        }
        Ok(())
    }

    /// Takes `count` numbers of a sequence of the organisation and gives the last one that was taken before. Until the
    /// end of this write nobody else gets numbers of it.
    pub(super) async fn take(
        &mut self,
        org: &Org,
        sequence: Sequence,
        count: usize,
    ) -> Result<u64, StoreError> {
        let count = count as u64;
        let last: Option<(i64,)> = sqlx::query_as(
            "UPDATE counter SET value = value + $3 WHERE org = $1 AND name = $2 RETURNING value",
        )
        .bind(org.as_str())
        .bind(sequence.name())
        .bind(stored(count))
        .fetch_optional(self.on()?)
        .await
        .map_err(StoreError::database("taking numbers"))?;
        match last {
            Some((last,)) => Ok(counted(last) - count),
            None => Err(StoreError::NoOrganisation(org.clone())),
        }
    }
}

/// What an organisation numbers.
#[derive(Clone, Copy)]
pub(super) enum Sequence {
    Facts,
    Jobs,
    Accesses,
}

impl Sequence {
    pub(super) const ALL: [Self; 3] = [Self::Facts, Self::Jobs, Self::Accesses];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Facts => "fact",
            Self::Jobs => "job",
            Self::Accesses => "access",
        }
    }
}
