//! Bringing the tables up to date: forward only, each migration once, all of them or none.

use super::{BYTES, KEY, LOCK_SCHEMA, Repo};
use crate::error::StoreError;
use sqlx::AssertSqlSafe;

/// In the order they were made. What was released is never changed; a change is one more.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_organisations.sql"),
    include_str!("../../migrations/0002_facts.sql"),
    include_str!("../../migrations/0003_views.sql"),
    include_str!("../../migrations/0004_jobs.sql"),
    include_str!("../../migrations/0005_accounts.sql"),
    include_str!("../../migrations/0006_secrets.sql"),
];

/// The number of the last one.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

impl Repo {
    pub(crate) async fn migrate(&self) -> Result<(), StoreError> {
        let doing = "bringing the tables up to date";
        let mut tx = self.begin().await?;
        if let Some(lock) = LOCK_SCHEMA {
            sqlx::query(lock)
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database(doing))?;
        }
        sqlx::query("CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY)")
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database(doing))?;
        let (found,): (i64,) = sqlx::query_as("SELECT COALESCE(MAX(number), 0) FROM migration")
            .fetch_one(tx.on()?)
            .await
            .map_err(StoreError::database(doing))?;
        if found > KNOWN {
            return Err(StoreError::TooNew {
                found,
                known: KNOWN,
            });
        }
        for (number, text) in (1..).zip(MIGRATIONS).filter(|(number, _)| *number > found) {
            let sql = text.replace("{bytes}", BYTES).replace("{key}", KEY);
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database(doing))?;
            sqlx::query("INSERT INTO migration (number) VALUES ($1)")
                .bind(number)
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database(doing))?;
        }
        tx.commit().await
    }
}
