//! Bringing the tables up to date: forward only, each migration once, all of them or none.

use super::tx::Tx;
use super::{BYTES, HAS_TABLES, KEY, LOCK_SCHEMA, Repo};
use crate::error::StoreError;
use crate::migrations::{KNOWN, MIGRATIONS};
use sqlx::AssertSqlSafe;

const DOING: &str = "bringing the tables up to date";

impl Repo {
    pub(crate) async fn migrate(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let found = tx.migration().await?;
        if found > KNOWN {
            return Err(StoreError::TooNew {
                found,
                known: KNOWN,
            });
        }
        tx.migrate(found, KNOWN).await?;
        tx.commit().await
    }

    /// The last migration that the database had, without making it ready for one; 0 without tables.
    pub(crate) async fn found(&self) -> Result<i64, StoreError> {
        const LOOKING: &str = "looking how far the tables have come";
        let (tables,): (i64,) = sqlx::query_as(HAS_TABLES)
            .fetch_one(&self.reader)
            .await
            .map_err(StoreError::database(LOOKING))?;
        if tables == 0 {
            return Ok(0);
        }
        let (found,): (i64,) = sqlx::query_as("SELECT COALESCE(MAX(number), 0) FROM migration")
            .fetch_one(&self.reader)
            .await
            .map_err(StoreError::database(LOOKING))?;
        Ok(found)
    }
}

impl Tx {
    /// The last migration that the database had. Until the end of this write nobody else migrates it.
    pub(super) async fn migration(&mut self) -> Result<i64, StoreError> {
        if let Some(lock) = LOCK_SCHEMA {
            sqlx::query(lock)
                .execute(self.on()?)
                .await
                .map_err(StoreError::database(DOING))?;
        }
        sqlx::query("CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY)")
            .execute(self.on()?)
            .await
            .map_err(StoreError::database(DOING))?;
        let (found,): (i64,) = sqlx::query_as("SELECT COALESCE(MAX(number), 0) FROM migration")
            .fetch_one(self.on()?)
            .await
            .map_err(StoreError::database(DOING))?;
        Ok(found)
    }

    /// From after one migration up to and including another.
    pub(super) async fn migrate(&mut self, after: i64, up_to: i64) -> Result<(), StoreError> {
        let numbered = (1..).zip(MIGRATIONS);
        for (number, text) in numbered.filter(|(number, _)| (after + 1..=up_to).contains(number)) {
            let sql = text.replace("{bytes}", BYTES).replace("{key}", KEY);
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(self.on()?)
                .await
                .map_err(StoreError::database(DOING))?;
            sqlx::query("INSERT INTO migration (number) VALUES ($1)")
                .bind(number)
                .execute(self.on()?)
                .await
                .map_err(StoreError::database(DOING))?;
        }
        Ok(())
    }
}
