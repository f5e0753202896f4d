//! [`crate::Sources`] in SQL.

use super::tx::Tx;
use super::{Repo, Row};
use crate::error::StoreError;
use crate::jobs::NewJob;
use crate::key::{Micros, Org, check_name, check_text, counted};
use crate::sources::{Failure, NewSource, Round, Source};
use sqlx::{AssertSqlSafe, Row as _};

const COLUMNS: &str = "SELECT source, person, about, created_at, cursor, verified_at, tried_at, failures, problem, \
     stopped_at FROM source WHERE org = $1";

impl Repo {
    pub(crate) async fn connect_source(
        &self,
        org: &Org,
        new: &NewSource,
    ) -> Result<(), StoreError> {
        check_name("a source", &new.source)?;
        check_name("a person", &new.person)?;
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO source (org, source, person, about, created_at, failures) VALUES ($1, $2, $3, $4, $5, 0)",
        )
        .bind(org.as_str())
        .bind(new.source.as_str())
        .bind(new.person.as_str())
        .bind(new.about.as_slice())
        .bind(new.created.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::inserting("a source", "connecting a source"))?;
        tx.commit().await
    }

    pub(crate) async fn source(
        &self,
        org: &Org,
        source: &str,
    ) -> Result<Option<Source>, StoreError> {
        let row = sqlx::query(AssertSqlSafe(format!("{COLUMNS} AND source = $2")))
            .bind(org.as_str())
            .bind(source)
            .fetch_optional(&self.reader)
            .await
            .map_err(StoreError::database("reading a source"))?;
        row.map(|row| read(&row)).transpose()
    }

    pub(crate) async fn sources_of(
        &self,
        org: &Org,
        person: &str,
    ) -> Result<Vec<Source>, StoreError> {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "{COLUMNS} AND person = $2 ORDER BY source"
        )))
        .bind(org.as_str())
        .bind(person)
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("listing a person's sources"))?;
        rows.iter().map(read).collect()
    }

    pub(crate) async fn sources(
        &self,
        org: &Org,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Source>, StoreError> {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "{COLUMNS} AND source > $2 ORDER BY source LIMIT $3"
        )))
        .bind(org.as_str())
        .bind(after.unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("listing sources"))?;
        rows.iter().map(read).collect()
    }

    pub(crate) async fn source_failed(
        &self,
        org: &Org,
        failure: Failure<'_>,
    ) -> Result<Option<u64>, StoreError> {
        check_text("a problem", failure.problem)?;
        let mut tx = self.begin().await?;
        let failures: Option<(i64,)> = sqlx::query_as(
            "UPDATE source SET tried_at = $3, failures = failures + 1, problem = $4, \
             stopped_at = COALESCE(stopped_at, $5) WHERE org = $1 AND source = $2 RETURNING failures",
        )
        .bind(org.as_str())
        .bind(failure.source)
        .bind(failure.at.0)
        .bind(failure.problem)
        .bind(failure.stops.then_some(failure.at.0))
        .fetch_optional(tx.on()?)
        .await
        .map_err(StoreError::database("remembering a failed round"))?;
        tx.commit().await?;
        Ok(failures.map(|(failures,)| counted(failures)))
    }

    pub(crate) async fn describe_source(
        &self,
        org: &Org,
        source: &str,
        about: &[u8],
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let told = sqlx::query("UPDATE source SET about = $3 WHERE org = $1 AND source = $2")
            .bind(org.as_str())
            .bind(source)
            .bind(about)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("describing a source"))?;
        tx.commit().await?;
        Ok(told.rows_affected() > 0)
    }

    pub(crate) async fn resume_source(
        &self,
        org: &Org,
        source: &str,
        again: &NewJob,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        // Jobs before sources, as everywhere: whoever took locks the other way round would wait for ever.
        tx.enqueue(org, std::slice::from_ref(again)).await?;
        let resumed = sqlx::query(
            "UPDATE source SET failures = 0, problem = NULL, stopped_at = NULL WHERE org = $1 AND source = $2",
        )
        .bind(org.as_str())
        .bind(source)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database("resuming a source"))?;
        let is_there = resumed.rows_affected() > 0;
        if is_there {
            tx.commit().await?;
        }
        Ok(is_there)
    }

    pub(crate) async fn disconnect_source(
        &self,
        org: &Org,
        source: &str,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM source WHERE org = $1 AND source = $2")
            .bind(org.as_str())
            .bind(source)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("disconnecting a source"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }
}

impl Tx {
    /// A round succeeded. One of a source that is gone writes nothing at all.
    pub(super) async fn end_round(
        &mut self,
        org: &Org,
        round: &Round<'_>,
    ) -> Result<(), StoreError> {
        let moved = sqlx::query(
            "UPDATE source SET cursor = $3, verified_at = $4, tried_at = $4, failures = 0, problem = NULL \
             WHERE org = $1 AND source = $2",
        )
        .bind(org.as_str())
        .bind(round.source)
        .bind(round.cursor)
        .bind(round.at.0)
        .execute(self.on()?)
        .await
        .map_err(StoreError::database("ending a round"))?;
        if moved.rows_affected() == 0 {
            return Err(StoreError::Missing("the source"));
        }
        Ok(())
    }
}

fn read(row: &Row) -> Result<Source, StoreError> {
    let read = || -> Result<Source, sqlx::Error> {
        let moment = |column: &str| -> Result<Option<Micros>, sqlx::Error> {
            Ok(row.try_get::<Option<i64>, _>(column)?.map(Micros))
        };
        Ok(Source {
            source: row.try_get("source")?,
            person: row.try_get("person")?,
            about: row.try_get("about")?,
            created: Micros(row.try_get("created_at")?),
            cursor: row.try_get("cursor")?,
            verified: moment("verified_at")?,
            tried: moment("tried_at")?,
            failures: counted(row.try_get("failures")?),
            problem: row.try_get("problem")?,
            stopped: moment("stopped_at")?,
        })
    };
    read().map_err(StoreError::database("reading a source"))
}
