//! [`crate::Intents`] in SQL.

use super::tx::Tx;
use super::{Repo, Row};
use crate::error::StoreError;
use crate::intents::{ACT, Cap, Ended, Gate, Halts, Intent, IntentState, LEAVES, NewIntent};
use crate::jobs::{Lease, NewJob};
use crate::key::{Micros, Org, check_name, check_text, counted, stored};
use sqlx::Row as _;

/// Columns of an intent, in the order in which [`read`] takes them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT intent, person, about, undoes, by_hand, created_at, state, sent_at, undo, ended_at, result FROM intent ",
            $rest
        )
    };
}

impl Repo {
    pub(crate) async fn intent(
        &self,
        org: &Org,
        intent: &str,
    ) -> Result<Option<Intent>, StoreError> {
        // A name that cannot be kept names nothing; PostgreSQL would not even take it.
        if check_name("an intent", intent).is_err() {
            return Ok(None);
        }
        let row = sqlx::query(select!("WHERE org = $1 AND intent = $2"))
            .bind(org.as_str())
            .bind(intent)
            .fetch_optional(&self.reader)
            .await
            .map_err(StoreError::database("reading an intent"))?;
        row.as_ref().map(read).transpose()
    }

    pub(crate) async fn intents_of(
        &self,
        org: &Org,
        person: &str,
        limit: u32,
    ) -> Result<Vec<Intent>, StoreError> {
        let rows = sqlx::query(select!(
            "WHERE org = $1 AND person = $2 ORDER BY created_at DESC, intent DESC LIMIT $3"
        ))
        .bind(org.as_str())
        .bind(person)
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("listing intents"))?;
        rows.iter().map(read).collect()
    }

    pub(crate) async fn let_go(
        &self,
        lease: &Lease,
        intent: &str,
        undo: Option<&[u8]>,
        now: Micros,
        cap: Cap,
    ) -> Result<Gate, StoreError> {
        let mut tx = self.begin().await?;
        let gate = tx.gate(lease, intent, undo, now, cap).await?;
        tx.commit().await?;
        Ok(gate)
    }

    pub(crate) async fn halt(
        &self,
        org: &Org,
        person: Option<&str>,
        at: Micros,
        actor: &str,
    ) -> Result<(), StoreError> {
        check_text("who stops", actor)?;
        if let Some(person) = person {
            check_name("a person", person)?;
        }
        let mut tx = self.begin().await?;
        // Whoever lets an intent go reads the switches while holding this.
        tx.hold_switches(org).await?;
        sqlx::query(
            "INSERT INTO halt (org, person, since, actor) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (org, person) DO NOTHING",
        )
        .bind(org.as_str())
        .bind(person.unwrap_or_default())
        .bind(at.0)
        .bind(actor)
        .execute(tx.on()?)
        .await
        .map_err(StoreError::database("stopping"))?;
        tx.commit().await
    }

    pub(crate) async fn resume_writing(
        &self,
        org: &Org,
        person: Option<&str>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let gone = sqlx::query("DELETE FROM halt WHERE org = $1 AND person = $2")
            .bind(org.as_str())
            .bind(person.unwrap_or_default())
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database("going on"))?;
        tx.commit().await?;
        Ok(gone.rows_affected() > 0)
    }

    pub(crate) async fn halted(&self, org: &Org, person: &str) -> Result<Halts, StoreError> {
        let rows: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT person, since, actor FROM halt WHERE org = $1 AND person IN ($2, '')",
        )
        .bind(org.as_str())
        .bind(person)
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("looking at the switches"))?;
        let mut halts = Halts::default();
        for (whose, since, actor) in rows {
            let switch = if whose.is_empty() {
                &mut halts.all
            } else {
                halts.leaves = actor == LEAVES;
                &mut halts.own
            };
            *switch = Some(Micros(since));
        }
        Ok(halts)
    }
}

impl Tx {
    /// Writes intents, and the job of each. One whose name is there already is passed over.
    pub(super) async fn insert_intents(
        &mut self,
        org: &Org,
        intents: &[NewIntent],
    ) -> Result<(), StoreError> {
        let mut jobs = Vec::new();
        for one in intents {
            check_name("an intent", &one.intent)?;
            check_name("a person", &one.person)?;
            if let Some(undoes) = &one.undoes {
                check_name("an intent", undoes)?;
            }
            let new = sqlx::query(
                "INSERT INTO intent (org, intent, person, about, undoes, by_hand, created_at, state) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (org, intent) DO NOTHING",
            )
            .bind(org.as_str())
            .bind(one.intent.as_str())
            .bind(one.person.as_str())
            .bind(one.about.as_slice())
            .bind(one.undoes.as_deref())
            .bind(i64::from(one.by_hand))
            .bind(one.created.0)
            .bind(IntentState::Written.name())
            .execute(self.on()?)
            .await
            .map_err(StoreError::inserting("an intent", "writing an intent"))?;
            if new.rows_affected() > 0 {
                jobs.push(NewJob {
                    kind: ACT.to_owned(),
                    unique: Some(one.intent.clone()),
                    payload: Vec::new(),
                    due: one.created,
                    // It ends by its outcome and by the age of what it was decided on, never by a count.
                    max_attempts: u32::MAX,
                });
            }
        }
        self.enqueue(org, &jobs).await
    }

    /// Ends an intent; the one that it takes back is undone by it.
    pub(super) async fn end_intent(
        &mut self,
        org: &Org,
        ended: &Ended<'_>,
    ) -> Result<(), StoreError> {
        let doing = "ending an intent";
        let undoes: Option<(Option<String>,)> = sqlx::query_as(
            "UPDATE intent SET state = $3, ended_at = $4, result = $5 \
             WHERE org = $1 AND intent = $2 AND ended_at IS NULL RETURNING undoes",
        )
        .bind(org.as_str())
        .bind(ended.intent)
        .bind(ended.state.name())
        .bind(ended.at.0)
        .bind(ended.result)
        .fetch_optional(self.on()?)
        .await
        .map_err(StoreError::database(doing))?;
        let Some((undoes,)) = undoes else {
            return Err(StoreError::Missing("an intent that has not ended"));
        };
        if let Some(undone) = undoes.filter(|_| ended.state.stands()) {
            sqlx::query("UPDATE intent SET state = $3 WHERE org = $1 AND intent = $2 AND ended_at IS NOT NULL")
                .bind(org.as_str())
                .bind(undone)
                .bind(IntentState::Undone.name())
                .execute(self.on()?)
                .await
                .map_err(StoreError::database(doing))?;
        }
        Ok(())
    }

    async fn gate(
        &mut self,
        lease: &Lease,
        intent: &str,
        undo: Option<&[u8]>,
        now: Micros,
        cap: Cap,
    ) -> Result<Gate, StoreError> {
        let doing = "letting an intent go";
        let org = lease.org.as_str();
        self.hold_switches(&lease.org).await?;
        let held: Option<(i64,)> = sqlx::query_as(
            "SELECT id FROM job WHERE org = $1 AND id = $2 AND token = $3 AND lease_by IS NOT NULL",
        )
        .bind(org)
        .bind(stored(lease.job.0))
        .bind(stored(lease.token))
        .fetch_optional(self.on()?)
        .await
        .map_err(StoreError::database(doing))?;
        if held.is_none() {
            return Err(StoreError::StaleLease { job: lease.job.0 });
        }
        let row = sqlx::query(select!("WHERE org = $1 AND intent = $2"))
            .bind(org)
            .bind(intent)
            .fetch_optional(self.on()?)
            .await
            .map_err(StoreError::database(doing))?;
        let Some(found) = row.as_ref().map(read).transpose()? else {
            return Err(StoreError::Missing("an intent of that name"));
        };
        if found.state.is_end() {
            return Ok(Gate::Over);
        }
        let goes_on = found.sent.map_or("", |_| LEAVES);
        let (halts,): (i64,) = sqlx::query_as(
            "SELECT COUNT(*) FROM halt WHERE org = $1 AND person IN ($2, '') AND actor <> $3",
        )
        .bind(org)
        .bind(found.person.as_str())
        .bind(goes_on)
        .fetch_one(self.on()?)
        .await
        .map_err(StoreError::database(doing))?;
        if halts > 0 {
            return Ok(Gate::Halted);
        }
        if found.sent.is_none() {
            let (sent,): (i64,) = sqlx::query_as(
                "SELECT COUNT(*) FROM intent WHERE org = $1 AND person = $2 AND sent_at >= $3 AND by_hand = 0",
            )
            .bind(org)
            .bind(found.person.as_str())
            .bind(cap.since.0)
            .fetch_one(self.on()?)
            .await
            .map_err(StoreError::database(doing))?;
            if !found.by_hand && counted(sent) >= cap.most {
                return Ok(Gate::Capped);
            }
        }
        sqlx::query(
            "UPDATE intent SET state = $3, undo = CASE WHEN sent_at IS NULL THEN $5 ELSE undo END, \
             sent_at = COALESCE(sent_at, $4) WHERE org = $1 AND intent = $2",
        )
        .bind(org)
        .bind(intent)
        .bind(IntentState::Sending.name())
        .bind(now.0)
        .bind(undo)
        .execute(self.on()?)
        .await
        .map_err(StoreError::database(doing))?;
        Ok(Gate::Open)
    }

    /// From here to the end of this write, nobody of the organisation lets an intent go or turns a switch.
    async fn hold_switches(&mut self, org: &Org) -> Result<(), StoreError> {
        let held = sqlx::query("UPDATE counter SET value = value WHERE org = $1 AND name = $2")
            .bind(org.as_str())
            .bind(super::tx::Sequence::Jobs.name())
            .execute(self.on()?)
            .await
            .map_err(StoreError::database("holding the switches"))?;
        if held.rows_affected() == 0 {
            return Err(StoreError::NoOrganisation(org.clone()));
        }
        Ok(())
    }
}

fn read(row: &Row) -> Result<Intent, StoreError> {
    let doing = "reading an intent";
    let get = |error| StoreError::database(doing)(error);
    let state: String = row.try_get(6).map_err(get)?;
    let known = IntentState::ALL.into_iter().find(|one| one.name() == state);
    Ok(Intent {
        intent: row.try_get(0).map_err(get)?,
        person: row.try_get(1).map_err(get)?,
        about: row.try_get(2).map_err(get)?,
        undoes: row.try_get(3).map_err(get)?,
        by_hand: row.try_get::<i64, _>(4).map_err(get)? != 0,
        created: Micros(row.try_get(5).map_err(get)?),
        state: known.ok_or(StoreError::Missing("the state of an intent"))?,
        sent: row.try_get::<Option<i64>, _>(7).map_err(get)?.map(Micros),
        undo: row.try_get(8).map_err(get)?,
        ended: row.try_get::<Option<i64>, _>(9).map_err(get)?.map(Micros),
        result: row.try_get(10).map_err(get)?,
    })
}
