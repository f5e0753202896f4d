//! [`crate::AccessLog`] in SQL.

use super::tx::Sequence;
use super::{BEGIN_LOOK, MOST_ROWS, Repo, Row};
use crate::access::Access;
use crate::error::StoreError;
use crate::key::{Day, Micros, Org, check_name, counted, stored};
use crate::rows::{runs, statement};
use sqlx::{AssertSqlSafe, Row as _};
use std::sync::{Mutex, PoisonError};
use tokio::sync::oneshot::{self, error::TryRecvError};

/// Looks that wait to be written.
#[derive(Debug, Default)]
pub(super) struct Looks {
    waiting: Mutex<Vec<Waiting>>,
    leader: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    org: Org,
    looks: Vec<Access>,
    done: oneshot::Sender<()>,
}

impl Looks {
    fn wait(&self, org: &Org, looks: &[Access]) -> oneshot::Receiver<()> {
        let (done, mine) = oneshot::channel();
        let one = Waiting {
            org: org.clone(),
            looks: looks.to_vec(),
            done,
        };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push(one);
        mine
    }

    /// All that wait for this organisation, and wait no more.
    fn of(&self, org: &Org) -> Vec<Waiting> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let (of_it, others) = std::mem::take(&mut *waiting)
            .into_iter()
            .partition(|one| one.org == *org);
        *waiting = others;
        of_it
    }
}

impl Repo {
    pub(crate) async fn log_access(&self, org: &Org, looks: &[Access]) -> Result<(), StoreError> {
        for look in looks {
            check_name("whoever looked", &look.actor)?;
            check_name("whom it was about", &look.subject)?;
            check_name("what was seen", &look.what)?;
        }
        loop {
            let mut mine = self.looks.wait(org, looks);
            // Whoever gets here first writes for all who wait: a page waits for its look, and each stroke for a disk, its
            // own or PostgreSQL's.
            let _leads = self.looks.leader.lock().await;
            match mine.try_recv() {
                Ok(()) => return Ok(()),
                // Whoever was about to write it failed or was broken off.
                Err(TryRecvError::Closed) => continue,
                Err(TryRecvError::Empty) => {}
            }
            let all = self.looks.of(org);
            let every: Vec<Access> = all.iter().flat_map(|one| one.looks.clone()).collect();
            self.write_looks(org, &every).await?;
            for one in all {
                // Whoever does not wait any more does not mind.
                let _ = one.done.send(());
            }
            return Ok(());
        }
    }

    async fn write_looks(&self, org: &Org, looks: &[Access]) -> Result<(), StoreError> {
        let mut tx = self.begin_with(BEGIN_LOOK).await?;
        let mut before = tx.take(org, Sequence::Accesses, looks.len()).await?;
        for run in runs(looks, MOST_ROWS) {
            let sql = statement(
                "INSERT INTO access (org, id, at, actor, subject, what) VALUES",
                "$1, $2 + #, @, @, @, @",
                2,
                run.len(),
                " ON CONFLICT (org, subject, at, actor, what) DO NOTHING",
            );
            let mut insert = sqlx::query(AssertSqlSafe(sql))
                .bind(org.as_str())
                .bind(stored(before));
            for look in run {
                insert = insert
                    .bind(look.day.begins().0)
                    .bind(look.actor.as_str())
                    .bind(look.subject.as_str())
                    .bind(look.what.as_str());
            }
            insert
                .execute(tx.on()?)
                .await
                .map_err(StoreError::database("logging looks"))?;
            before += run.len() as u64;
        }
        tx.commit().await
    }

    pub(crate) async fn accesses(
        &self,
        org: &Org,
        subject: Option<&str>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<(u64, Access)>, StoreError> {
        let before = stored(before.unwrap_or(u64::MAX));
        let query = match subject {
            Some(subject) => sqlx::query(
                "SELECT id, at, actor, subject, what FROM access \
                 WHERE org = $1 AND id < $2 AND subject = $4 ORDER BY id DESC LIMIT $3",
            )
            .bind(org.as_str())
            .bind(before)
            .bind(i64::from(limit))
            .bind(subject),
            None => sqlx::query(
                "SELECT id, at, actor, subject, what FROM access \
                 WHERE org = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
            )
            .bind(org.as_str())
            .bind(before)
            .bind(i64::from(limit)),
        };
        query
            .fetch_all(&self.reader)
            .await
            .and_then(|rows| rows.iter().map(look).collect())
            .map_err(StoreError::database("reading looks"))
    }

    pub(crate) async fn trim_accesses(&self, org: &Org, before: Day) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM access WHERE org = $1 AND at < $2")
            .bind(org.as_str())
            .bind(before.begins().0)
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("trimming looks"))?;
        tx.commit().await?;
        Ok(gone.rows_affected())
    }
}

fn look(row: &Row) -> Result<(u64, Access), sqlx::Error> {
    let look = Access {
        day: Day::of(Micros(row.try_get(1)?)),
        actor: row.try_get(2)?,
        subject: row.try_get(3)?,
        what: row.try_get(4)?,
    };
    Ok((counted(row.try_get(0)?), look))
}
