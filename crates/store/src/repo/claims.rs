//! Claiming jobs.

use super::{Repo, Row, SKIP_LOCKED};
use crate::error::StoreError;
use crate::jobs::{Claim, Job, JobId, Lease};
use crate::key::{Micros, Org, check_text, counted};
use sqlx::{AssertSqlSafe, Row as _};

impl Repo {
    pub(crate) async fn claim(&self, claim: Claim<'_>) -> Result<Vec<Job>, StoreError> {
        let doing = "claiming jobs";
        check_text("a node", claim.node)?;
        if claim.kinds.is_empty() || claim.limit == 0 {
            return Ok(Vec::new());
        }
        let mut tx = self.begin().await?;
        // Jobs that take their node down with them never come to `fail`; here they stop.
        let sql = statement(
            ">=",
            claim.kinds.len(),
            "SET lease_by = NULL, again_at = NULL, \
             dead_at = CASE WHEN again_at IS NULL THEN $3 END, due_at = COALESCE(again_at, $3), \
             attempts = CASE WHEN again_at IS NULL THEN attempts ELSE 0 END, \
             error = CASE WHEN again_at IS NULL THEN $4 END",
            "",
        );
        let mut bury = sqlx::query(AssertSqlSafe(sql))
            .bind(claim.now.0)
            .bind(i64::from(claim.limit))
            .bind(claim.now.0)
            .bind("its last attempt ended without a word: the node was gone, or its lease was too short");
        for kind in claim.kinds {
            bury = bury.bind(*kind);
        }
        bury.execute(tx.on()?)
            .await
            .map_err(StoreError::database(doing))?;
        let sql = statement(
            "<",
            claim.kinds.len(),
            "SET due_at = $3, lease_by = $4, attempts = attempts + 1, token = token + 1, again_at = NULL",
            " RETURNING job.org, job.id, job.token, job.kind, job.uniq, job.payload, job.attempts, job.max_attempts",
        );
        let mut take = sqlx::query(AssertSqlSafe(sql))
            .bind(claim.now.0)
            .bind(i64::from(claim.limit))
            .bind(claim.until.0)
            .bind(claim.node);
        for kind in claim.kinds {
            take = take.bind(*kind);
        }
        let jobs = take
            .fetch_all(tx.on()?)
            .await
            .map_err(StoreError::database(doing))?
            .iter()
            .map(job)
            .collect::<Result<Vec<_>, _>>()?;
        tx.commit().await?;
        Ok(jobs)
    }

    pub(crate) async fn next_due(&self, kinds: &[&str]) -> Result<Option<Micros>, StoreError> {
        if kinds.is_empty() {
            return Ok(None);
        }
        let sql = format!(
            "SELECT due_at FROM job WHERE dead_at IS NULL AND kind IN ({}) ORDER BY due_at LIMIT 1",
            parameters(1, kinds.len())
        );
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for kind in kinds {
            query = query.bind(*kind);
        }
        let due: Option<(i64,)> = query
            .fetch_optional(&self.reader)
            .await
            .map_err(StoreError::database("looking for the next job"))?;
        Ok(due.map(|(at,)| Micros(at)))
    }
}

/// Updates jobs that are due, at most $2 of them and the longest due first, passing by what another node holds. Those
/// that have attempts left (`<`) or none (`>=`). Materialised, because a subquery may be run more than once.
fn statement(attempts: &str, kinds: usize, set: &str, end: &str) -> String {
    format!(
        "WITH due AS MATERIALIZED (SELECT org, id FROM job \
         WHERE dead_at IS NULL AND due_at <= $1 AND attempts {attempts} max_attempts AND kind IN ({}) \
         ORDER BY due_at, org, id LIMIT $2 {SKIP_LOCKED}) \
         UPDATE job {set} FROM due WHERE job.org = due.org AND job.id = due.id{end}",
        parameters(5, kinds)
    )
}

/// `$first, …`.
fn parameters(first: usize, count: usize) -> String {
    let all: Vec<String> = (first..first + count)
        .map(|number| format!("${number}"))
        .collect();
    all.join(", ")
}

/// A number that was made from a `u32`.
pub(super) fn small(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn job(row: &Row) -> Result<Job, StoreError> {
    let read = StoreError::database;
    let doing = "reading a job";
    Ok(Job {
        lease: Lease {
            org: Org::new(row.try_get::<String, _>(0).map_err(read(doing))?)?,
            job: JobId(counted(row.try_get(1).map_err(read(doing))?)),
            token: counted(row.try_get(2).map_err(read(doing))?),
        },
        kind: row.try_get(3).map_err(read(doing))?,
        unique: row.try_get(4).map_err(read(doing))?,
        payload: row.try_get(5).map_err(read(doing))?,
        attempt: small(row.try_get(6).map_err(read(doing))?),
        max_attempts: small(row.try_get(7).map_err(read(doing))?),
    })
}
