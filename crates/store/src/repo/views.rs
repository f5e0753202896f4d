//! [`crate::Views`] in SQL.

use super::tx::Tx;
use super::{MOST_ROWS, Repo};
use crate::error::StoreError;
use crate::key::{Org, Position, check_name, counted, end_of};
use crate::rows::{runs, statement};
use crate::views::{Change, Document};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

impl Repo {
    pub(crate) async fn checkpoint(
        &self,
        org: &Org,
        projection: &str,
    ) -> Result<Position, StoreError> {
        let found: Option<(i64,)> =
            sqlx::query_as("SELECT checkpoint FROM projection WHERE org = $1 AND projection = $2")
                .bind(org.as_str())
                .bind(projection)
                .fetch_optional(&self.reader)
                .await
                .map_err(StoreError::database("reading a checkpoint"))?;
        Ok(found.map_or_else(Position::default, |(at,)| Position(counted(at))))
    }

    pub(crate) async fn commit_view(
        &self,
        org: &Org,
        projection: &str,
        expected: Position,
        new: Position,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        check_name("a projection", projection)?;
        // In order of their keys, and each but once: what PostgreSQL needs for one statement.
        let mut last = BTreeMap::new();
        for change in changes {
            check_name("a view", &change.view)?;
            check_name("a document", &change.key)?;
            last.insert(
                (change.view.as_str(), change.key.as_str()),
                change.body.as_deref(),
            );
        }
        let mut puts = Vec::new();
        let mut deletes = Vec::new();
        for ((view, key), body) in last {
            match body {
                Some(body) => puts.push((view, key, body)),
                None => deletes.push((view, key)),
            }
        }
        let mut tx = self.begin().await?;
        tx.move_checkpoint(org, projection, expected, new).await?;
        tx.put(org, &puts).await?;
        tx.delete(org, &deletes).await?;
        tx.commit().await
    }

    pub(crate) async fn remember(&self, org: &Org, change: &Change) -> Result<(), StoreError> {
        check_name("a view", &change.view)?;
        check_name("a document", &change.key)?;
        let (view, key) = (change.view.as_str(), change.key.as_str());
        let mut tx = self.begin().await?;
        match change.body.as_deref() {
            Some(body) => tx.put(org, &[(view, key, body)]).await?,
            None => tx.delete(org, &[(view, key)]).await?,
        }
        tx.commit().await
    }

    pub(crate) async fn document(
        &self,
        org: &Org,
        view: &str,
        key: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT body FROM document WHERE org = $1 AND view = $2 AND key = $3")
                .bind(org.as_str())
                .bind(view)
                .bind(key)
                .fetch_optional(&self.reader)
                .await
                .map_err(StoreError::database("reading a document"))?;
        Ok(found.map(|(body,)| body))
    }

    pub(crate) async fn scan(
        &self,
        org: &Org,
        view: &str,
        prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Document>, StoreError> {
        let found: Vec<(String, Vec<u8>)> = sqlx::query_as(
            "SELECT key, body FROM document \
             WHERE org = $1 AND view = $2 AND key >= $3 AND key < $4 AND key > $5 ORDER BY key LIMIT $6",
        )
        .bind(org.as_str())
        .bind(view)
        .bind(prefix)
        .bind(end_of(prefix))
        .bind(after.unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("reading documents"))?;
        Ok(found
            .into_iter()
            .map(|(key, body)| Document { key, body })
            .collect())
    }

    pub(crate) async fn wipe(
        &self,
        org: &Org,
        projection: &str,
        views: &[&str],
    ) -> Result<u64, StoreError> {
        let doing = "wiping views";
        check_name("a projection", projection)?;
        let mut tx = self.begin().await?;
        sqlx::query(
            "INSERT INTO projection (org, projection, checkpoint) VALUES ($1, $2, 0) \
             ON CONFLICT (org, projection) DO UPDATE SET checkpoint = 0",
        )
        .bind(org.as_str())
        .bind(projection)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database(doing))?;
        let mut gone = 0;
        for view in views {
            gone += sqlx::query("DELETE FROM document WHERE org = $1 AND view = $2")
                .bind(org.as_str())
                .bind(*view)
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database(doing))?
                .rows_affected();
        }
        tx.commit().await?;
        Ok(gone)
    }
}

impl Tx {
    async fn move_checkpoint(
        &mut self,
        org: &Org,
        projection: &str,
        expected: Position,
        new: Position,
    ) -> Result<(), StoreError> {
        // A new projection has no row yet and stands at 0.
        let sql = if expected == Position(0) {
            "INSERT INTO projection (org, projection, checkpoint) VALUES ($1, $2, $3) \
             ON CONFLICT (org, projection) DO UPDATE SET checkpoint = excluded.checkpoint \
             WHERE projection.checkpoint = $4"
        } else {
            "UPDATE projection SET checkpoint = $3 WHERE org = $1 AND projection = $2 AND checkpoint = $4"
        };
        let moved = sqlx::query(sql)
            .bind(org.as_str())
            .bind(projection)
            .bind(new.stored())
            .bind(expected.stored())
            .execute(self.on()?)
            .await
            .map_err(StoreError::database("moving a checkpoint"))?;
        if moved.rows_affected() == 0 {
            return Err(StoreError::CheckpointMoved {
                projection: projection.to_owned(),
            });
        }
        Ok(())
    }

    async fn put(&mut self, org: &Org, puts: &[(&str, &str, &[u8])]) -> Result<(), StoreError> {
        for run in runs(puts, MOST_ROWS) {
            let sql = statement(
                "INSERT INTO document (org, view, key, body) VALUES",
                "$1, @, @, @",
                1,
                run.len(),
                " ON CONFLICT (org, view, key) DO UPDATE SET body = excluded.body",
            );
            let mut insert = sqlx::query(AssertSqlSafe(sql)).bind(org.as_str());
            for (view, key, body) in run {
                insert = insert.bind(*view).bind(*key).bind(*body);
            }
            insert
                .execute(self.on()?)
                .await
                .map_err(StoreError::database("keeping documents"))?;
        }
        Ok(())
    }

    async fn delete(&mut self, org: &Org, deletes: &[(&str, &str)]) -> Result<(), StoreError> {
        for (view, key) in deletes {
            sqlx::query("DELETE FROM document WHERE org = $1 AND view = $2 AND key = $3")
                .bind(org.as_str())
                .bind(*view)
                .bind(*key)
                .execute(self.on()?)
                .await
                .map_err(StoreError::database("deleting documents"))?;
        }
        Ok(())
    }
}
