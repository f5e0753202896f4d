//! Everything that is SQL, compiled once for each engine (`lite.rs`, `pg.rs`): the same text, checked by the compiler
//! against both drivers and by the contract suite against both databases.
//!
//! Portable SQL only: numbered parameters, `ON CONFLICT`, `RETURNING`, `WITH … AS MATERIALIZED`, partial indexes. Times are
//! BIGINT, ids TEXT in byte order; no booleans, JSON, LIKE, `lower`, or casts.

mod access;
mod accounts;
mod api_tokens;
mod check;
mod claims;
mod dump;
mod facts;
mod intents;
mod jobs;
mod leaving;
mod links;
mod migrate;
mod passkeys;
mod restore;
mod schedules;
mod secrets;
mod sessions;
mod sources;
mod tx;
mod views;

use super::{
    BEGIN_LOOK, BEGIN_SNAPSHOT, BYTES, CHECK_PAGES, Db, FORGET, HAS_TABLES, KEY, LOCK_SCHEMA,
    MOST_ROWS, SKIP_LOCKED,
};
use crate::drill::Drill;
use crate::error::StoreError;
use sqlx::{AssertSqlSafe, Pool};
use std::sync::Arc;
use tx::Tx;

type Row = <Db as sqlx::Database>::Row;
type Connection = <Db as sqlx::Database>::Connection;

/// Names in one statement.
const MOST_NAMES: usize = 500;

/// One database.
#[derive(Clone, Debug)]
pub(crate) struct Repo {
    writer: Pool<Db>,
    reader: Pool<Db>,
    /// How a write begins.
    write: &'static str,
    pub(crate) drill: Drill,
    looks: Arc<access::Looks>,
}

impl Repo {
    pub(crate) fn new(
        writer: Pool<Db>,
        reader: Pool<Db>,
        write: &'static str,
        drill: Drill,
    ) -> Self {
        Self {
            writer,
            reader,
            write,
            drill,
            looks: Arc::default(),
        }
    }

    pub(crate) async fn close(&self) {
        // Readers first: SQLite's last connection tidies the log away, which only a writer can.
        self.reader.close().await;
        self.writer.close().await;
    }

    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1")
            .fetch_one(&self.reader)
            .await
            .map(drop)
            .map_err(StoreError::database("answering"))
    }

    pub(crate) async fn forget(&self) -> Result<(), StoreError> {
        for statement in FORGET {
            sqlx::raw_sql(AssertSqlSafe(*statement))
                .execute(&self.writer)
                .await
                .map_err(StoreError::database("forgetting what was deleted"))?;
        }
        Ok(())
    }

    /// Begins to write.
    async fn begin(&self) -> Result<Tx, StoreError> {
        self.begin_with(self.write).await
    }

    /// Begins to write, as `statement` says.
    async fn begin_with(&self, statement: &'static str) -> Result<Tx, StoreError> {
        let inner = self
            .writer
            .begin_with(statement)
            .await
            .map_err(StoreError::database("beginning to write"))?;
        Ok(Tx::new(inner, self.drill.clone()))
    }
}

#[cfg(test)]
impl Repo {
    /// What the database says within a write that began so.
    pub(crate) async fn said_in_write(&self, begin: &'static str, asked: &'static str) -> i64 {
        let mut tx = self.begin_with(begin).await.expect("a write begins");
        let on = tx.on().expect("no drill");
        sqlx::query_scalar(asked)
            .fetch_one(on)
            .await
            .expect("a number")
    }
}
