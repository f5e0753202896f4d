//! [`crate::Jobs`] in SQL, but for claiming.

use super::tx::{Sequence, Tx};
use super::{Repo, Row};
use crate::error::StoreError;
use crate::jobs::{DeadLetter, Depth, Failed, JobId, Lease, NewJob};
use crate::key::{Micros, Org, check_name, check_text, counted, stored};
use sqlx::Row as _;

impl Repo {
    pub(crate) async fn enqueue(&self, org: &Org, jobs: &[NewJob]) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        tx.enqueue(org, jobs).await?;
        tx.commit().await
    }

    pub(crate) async fn renew(&self, lease: &Lease, until: Micros) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let renewed = sqlx::query(
            "UPDATE job SET due_at = $4 WHERE org = $1 AND id = $2 AND token = $3 AND lease_by IS NOT NULL",
        )
        .bind(lease.org.as_str())
        .bind(stored(lease.job.0))
        .bind(stored(lease.token))
        .bind(until.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database("renewing a lease"))?;
        held(lease, renewed.rows_affected())?;
        tx.commit().await
    }

    pub(crate) async fn finish(&self, lease: &Lease) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        tx.finish(lease).await?;
        tx.commit().await
    }

    pub(crate) async fn fail(
        &self,
        lease: &Lease,
        now: Micros,
        retry: Option<Micros>,
        error: &str,
    ) -> Result<Failed, StoreError> {
        let mut tx = self.begin().await?;
        // The last attempt: no retry is wanted, or none is left. Queued once more meanwhile: a new life.
        let dead: Option<(Option<i64>,)> = sqlx::query_as(
            "UPDATE job SET lease_by = NULL, again_at = NULL, error = $4, \
             dead_at = CASE WHEN again_at IS NULL AND ($5 IS NULL OR attempts >= max_attempts) THEN $6 END, \
             due_at = CASE WHEN $5 IS NULL OR attempts >= max_attempts THEN COALESCE(again_at, $6) ELSE $5 END, \
             attempts = CASE WHEN again_at IS NOT NULL AND ($5 IS NULL OR attempts >= max_attempts) \
                        THEN 0 ELSE attempts END \
             WHERE org = $1 AND id = $2 AND token = $3 AND lease_by IS NOT NULL RETURNING dead_at",
        )
        .bind(lease.org.as_str())
        .bind(stored(lease.job.0))
        .bind(stored(lease.token))
        // What failed said it; a byte that cannot be kept is no reason to lose the rest.
        .bind(error.replace('\0', "\u{FFFD}"))
        .bind(retry.map(|at| at.0))
        .bind(now.0)
        .fetch_optional(tx.on()?)
        .await
        .map_err(StoreError::database("noting a failed attempt"))?;
        let Some((dead,)) = dead else {
            return Err(stale(lease));
        };
        tx.commit().await?;
        Ok(if dead.is_some() {
            Failed::Dead
        } else {
            Failed::Again
        })
    }

    pub(crate) async fn dead_letters(
        &self,
        org: &Org,
        before: Option<JobId>,
        limit: u32,
    ) -> Result<Vec<DeadLetter>, StoreError> {
        sqlx::query(
            "SELECT id, kind, uniq, payload, attempts, error, dead_at FROM job \
             WHERE org = $1 AND id < $2 AND dead_at IS NOT NULL ORDER BY id DESC LIMIT $3",
        )
        .bind(org.as_str())
        .bind(before.map_or(i64::MAX, |job| stored(job.0)))
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .and_then(|rows| rows.iter().map(dead_letter).collect())
        .map_err(StoreError::database("listing dead letters"))
    }

    pub(crate) async fn requeue(
        &self,
        org: &Org,
        job: JobId,
        now: Micros,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let requeued = sqlx::query(
            "UPDATE job SET dead_at = NULL, attempts = 0, due_at = $3 \
             WHERE org = $1 AND id = $2 AND dead_at IS NOT NULL",
        )
        .bind(org.as_str())
        .bind(stored(job.0))
        .bind(now.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::inserting("a queued job", "queueing again"))?;
        if requeued.rows_affected() == 0 {
            return Err(StoreError::Missing("a dead letter with that number"));
        }
        tx.commit().await
    }

    pub(crate) async fn discard(&self, org: &Org, job: JobId) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let gone =
            sqlx::query("DELETE FROM job WHERE org = $1 AND id = $2 AND dead_at IS NOT NULL")
                .bind(org.as_str())
                .bind(stored(job.0))
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database("discarding a dead letter"))?;
        if gone.rows_affected() == 0 {
            return Err(StoreError::Missing("a dead letter with that number"));
        }
        tx.commit().await
    }

    pub(crate) async fn depth(&self) -> Result<Vec<Depth>, StoreError> {
        let found: Vec<(String, i64, i64, i64)> = sqlx::query_as(
            "SELECT kind, COUNT(*) FILTER (WHERE dead_at IS NULL AND lease_by IS NULL), \
             COUNT(*) FILTER (WHERE lease_by IS NOT NULL), COUNT(*) FILTER (WHERE dead_at IS NOT NULL) \
             FROM job GROUP BY kind ORDER BY kind",
        )
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("counting jobs"))?;
        Ok(found
            .into_iter()
            .map(|(kind, waiting, leased, dead)| Depth {
                kind,
                waiting: counted(waiting),
                leased: counted(leased),
                dead: counted(dead),
            })
            .collect())
    }
}

impl Tx {
    pub(super) async fn enqueue(&mut self, org: &Org, jobs: &[NewJob]) -> Result<(), StoreError> {
        if jobs.is_empty() {
            return Ok(());
        }
        for job in jobs {
            check_name("a kind of job", &job.kind)?;
            if let Some(unique) = &job.unique {
                check_text("a job", unique)?;
                check_name("a job", unique)?;
            }
        }
        let before = self.take(org, Sequence::Jobs, jobs.len()).await?;
        for (id, job) in (before + 1..).zip(jobs) {
            sqlx::query(
                "INSERT INTO job (org, id, kind, uniq, payload, due_at, max_attempts, attempts, token) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0) \
                 ON CONFLICT (org, kind, uniq) WHERE uniq IS NOT NULL AND dead_at IS NULL DO UPDATE SET \
                 payload = excluded.payload, max_attempts = excluded.max_attempts, \
                 due_at = CASE WHEN job.lease_by IS NULL AND job.attempts = 0 AND excluded.due_at < job.due_at \
                          THEN excluded.due_at ELSE job.due_at END, \
                 again_at = CASE WHEN job.lease_by IS NULL THEN NULL \
                            WHEN job.again_at < excluded.due_at THEN job.again_at ELSE excluded.due_at END",
            )
            .bind(org.as_str())
            .bind(stored(id))
            .bind(job.kind.as_str())
            .bind(job.unique.as_deref())
            .bind(job.payload.as_slice())
            .bind(job.due.0)
            .bind(i64::from(job.max_attempts.max(1)))
            .execute(self.on()?)
            .await
            .map_err(StoreError::database("queueing jobs"))?;
        }
        Ok(())
    }

    /// Ends a job's work: it goes, or waits for its next run when it was queued once more meanwhile.
    pub(super) async fn finish(&mut self, lease: &Lease) -> Result<(), StoreError> {
        let doing = "finishing a job";
        let gone = sqlx::query(
            "DELETE FROM job WHERE org = $1 AND id = $2 AND token = $3 \
             AND lease_by IS NOT NULL AND again_at IS NULL",
        )
        .bind(lease.org.as_str())
        .bind(stored(lease.job.0))
        .bind(stored(lease.token))
        .execute(self.on()?)
        .await
        .map_err(StoreError::database(doing))?;
        if gone.rows_affected() > 0 {
            return Ok(());
        }
        let again = sqlx::query(
            "UPDATE job SET lease_by = NULL, due_at = again_at, again_at = NULL, attempts = 0, error = NULL \
             WHERE org = $1 AND id = $2 AND token = $3 AND lease_by IS NOT NULL AND again_at IS NOT NULL",
        )
        .bind(lease.org.as_str())
        .bind(stored(lease.job.0))
        .bind(stored(lease.token))
        .execute(self.on()?)
        .await
        .map_err(StoreError::database(doing))?;
        held(lease, again.rows_affected())
    }
}

fn held(lease: &Lease, rows: u64) -> Result<(), StoreError> {
    if rows == 0 {
        return Err(stale(lease));
    }
    Ok(())
}

fn stale(lease: &Lease) -> StoreError {
    StoreError::StaleLease { job: lease.job.0 }
}

fn dead_letter(row: &Row) -> Result<DeadLetter, sqlx::Error> {
    Ok(DeadLetter {
        job: JobId(counted(row.try_get(0)?)),
        kind: row.try_get(1)?,
        unique: row.try_get(2)?,
        payload: row.try_get(3)?,
        attempts: super::claims::small(row.try_get(4)?),
        error: row.try_get(5)?,
        at: Micros(row.try_get(6)?),
    })
}
