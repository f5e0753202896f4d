//! [`crate::Schedules`] in SQL.

use super::Repo;
use crate::error::StoreError;
use crate::jobs::NewJob;
use crate::key::{Micros, Org, check_name};
use crate::schedules::Due;

impl Repo {
    pub(crate) async fn plan(
        &self,
        org: &Org,
        name: &str,
        next: Micros,
    ) -> Result<bool, StoreError> {
        check_name("a schedule", name)?;
        let mut tx = self.begin().await?;
        let made = sqlx::query(
            "INSERT INTO schedule (org, name, next_run) VALUES ($1, $2, $3) ON CONFLICT (org, name) DO NOTHING",
        )
        .bind(org.as_str())
        .bind(name)
        .bind(next.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database("making a schedule"))?;
        tx.commit().await?;
        Ok(made.rows_affected() > 0)
    }

    pub(crate) async fn unplan(&self, org: &Org, name: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM schedule WHERE org = $1 AND name = $2")
            .bind(org.as_str())
            .bind(name)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("taking a schedule away"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }

    pub(crate) async fn due(&self, now: Micros, limit: u32) -> Result<Vec<Due>, StoreError> {
        let found: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT org, name, next_run FROM schedule WHERE next_run <= $1 ORDER BY next_run, org, name LIMIT $2",
        )
        .bind(now.0)
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("looking for schedules that are due"))?;
        found
            .into_iter()
            .map(|(org, name, run)| {
                Ok(Due {
                    org: Org::new(org)?,
                    name,
                    run: Micros(run),
                })
            })
            .collect()
    }

    pub(crate) async fn fire(
        &self,
        due: &Due,
        next: Micros,
        job: &NewJob,
    ) -> Result<bool, StoreError> {
        if next <= due.run {
            return Err(StoreError::BadName {
                what: "the next run",
                why: "it is not after this one",
            });
        }
        let mut tx = self.begin().await?;
        let moved = sqlx::query(
            "UPDATE schedule SET next_run = $4 WHERE org = $1 AND name = $2 AND next_run = $3",
        )
        .bind(due.org.as_str())
        .bind(due.name.as_str())
        .bind(due.run.0)
        .bind(next.0)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database("moving a schedule on"))?;
        if moved.rows_affected() == 0 {
            return Ok(false);
        }
        tx.enqueue(&due.org, std::slice::from_ref(job)).await?;
        tx.commit().await?;
        Ok(true)
    }
}
