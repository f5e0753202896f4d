//! [`crate::Facts`] in SQL.

use super::tx::{Sequence, Tx};
use super::{MOST_NAMES, MOST_ROWS, Repo, Row};
use crate::error::StoreError;
use crate::facts::{Append, Expected, Fact, NewFact, Write};
use crate::key::{Micros, Org, Position, Version, check_name, check_text, counted, end_of, stored};
use crate::rows::{runs, statement};
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::HashMap;

/// One row to be.
struct Numbered<'a> {
    stream: &'a str,
    version: i64,
    fact: &'a NewFact,
}

impl Repo {
    pub(crate) async fn write(
        &self,
        org: &Org,
        write: Write<'_>,
    ) -> Result<Vec<Version>, StoreError> {
        for append in write.appends {
            check_name("a stream", append.stream)?;
            append.facts.iter().try_for_each(check)?;
        }
        let mut tx = self.begin().await?;
        let total = write.appends.iter().map(|append| append.facts.len()).sum();
        // Also without facts: whoever expects a version has to wait for those who are about to change it.
        let before = tx.take(org, Sequence::Facts, total).await?;
        let mut versions = Vec::with_capacity(write.appends.len());
        let mut rows = Vec::with_capacity(total);
        for append in write.appends {
            let after = tx.advance(org, append).await?;
            versions.push(Version(counted(after)));
            let first = after - append.facts.len() as i64 + 1;
            rows.extend((first..).zip(append.facts).map(|(version, fact)| Numbered {
                stream: append.stream,
                version,
                fact,
            }));
        }
        tx.insert_facts(org, stored(before), &rows).await?;
        tx.enqueue(org, write.jobs).await?;
        tx.insert_intents(org, write.intents).await?;
        tx.close_accounts(org, write.closes).await?;
        if let Some(round) = write.round {
            tx.end_round(org, round).await?;
        }
        if let Some(lease) = write.finish {
            tx.finish(lease).await?;
        }
        // Only then: whoever lost the lease is told that, and not that somebody else was faster.
        if let Some(ended) = write.ended {
            tx.end_intent(org, ended).await?;
        }
        tx.commit().await?;
        Ok(versions)
    }

    pub(crate) async fn read(
        &self,
        org: &Org,
        stream: &str,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Fact>, StoreError> {
        let rows = sqlx::query(
            "SELECT stream, version, position, kind, at, actor, payload FROM fact \
             WHERE org = $1 AND stream = $2 AND version > $3 ORDER BY version LIMIT $4",
        )
        .bind(org.as_str())
        .bind(stream)
        .bind(after.stored())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await;
        facts(rows)
    }

    pub(crate) async fn read_all(
        &self,
        org: &Org,
        after: Position,
        limit: u32,
    ) -> Result<Vec<Fact>, StoreError> {
        let rows = sqlx::query(
            "SELECT stream, version, position, kind, at, actor, payload FROM fact \
             WHERE org = $1 AND position > $2 ORDER BY position LIMIT $3",
        )
        .bind(org.as_str())
        .bind(after.stored())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await;
        facts(rows)
    }

    pub(crate) async fn version(&self, org: &Org, stream: &str) -> Result<Version, StoreError> {
        let found: Option<(i64,)> =
            sqlx::query_as("SELECT version FROM stream WHERE org = $1 AND stream = $2")
                .bind(org.as_str())
                .bind(stream)
                .fetch_optional(&self.reader)
                .await
                .map_err(StoreError::database("reading a stream's version"))?;
        Ok(found.map_or_else(Version::default, |(version,)| Version(counted(version))))
    }

    pub(crate) async fn versions(
        &self,
        org: &Org,
        streams: &[&str],
    ) -> Result<Vec<Version>, StoreError> {
        let mut known = HashMap::new();
        // The organisation takes a parameter, too.
        for some in streams.chunks(MOST_NAMES) {
            let sql = format!(
                "SELECT stream, version FROM stream WHERE org = $1 AND stream IN ({})",
                names(some.len())
            );
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(org.as_str());
            for stream in some {
                query = query.bind(*stream);
            }
            let found: Vec<(String, i64)> = query
                .fetch_all(&self.reader)
                .await
                .map_err(StoreError::database("reading streams' versions"))?;
            known.extend(found);
        }
        let version = |stream: &&str| Version(known.get(*stream).copied().map_or(0, counted));
        Ok(streams.iter().map(version).collect())
    }

    pub(crate) async fn whole(
        &self,
        org: &Org,
        streams: &[&str],
    ) -> Result<Vec<(Version, Vec<Fact>)>, StoreError> {
        let versions = self.versions(org, streams).await?;
        let there = streams.iter().zip(&versions);
        let there: Vec<&str> = there
            .filter(|(_, version)| version.0 > 0)
            .map(|(stream, _)| *stream)
            .collect();
        let mut by_stream: HashMap<String, Vec<Fact>> = HashMap::new();
        for some in there.chunks(MOST_NAMES) {
            let sql = format!(
                "SELECT stream, version, position, kind, at, actor, payload FROM fact \
                 WHERE org = $1 AND stream IN ({}) ORDER BY stream, version",
                names(some.len())
            );
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(org.as_str());
            for stream in some {
                query = query.bind(*stream);
            }
            for fact in facts(query.fetch_all(&self.reader).await)? {
                match by_stream.get_mut(&fact.stream) {
                    Some(known) => known.push(fact),
                    None => {
                        by_stream.insert(fact.stream.clone(), vec![fact]);
                    }
                }
            }
        }
        // A stream may be asked for twice.
        let facts = |stream: &&str| by_stream.get(*stream).cloned().unwrap_or_default();
        Ok(versions
            .into_iter()
            .zip(streams)
            .map(|(version, stream)| (version, facts(stream)))
            .collect())
    }

    pub(crate) async fn position(&self, org: &Org) -> Result<Position, StoreError> {
        let found: Option<(i64,)> =
            sqlx::query_as("SELECT value FROM counter WHERE org = $1 AND name = $2")
                .bind(org.as_str())
                .bind(Sequence::Facts.name())
                .fetch_optional(&self.reader)
                .await
                .map_err(StoreError::database("reading the last position"))?;
        match found {
            Some((value,)) => Ok(Position(counted(value))),
            None => Err(StoreError::NoOrganisation(org.clone())),
        }
    }

    pub(crate) async fn streams(
        &self,
        org: &Org,
        prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<(String, Version)>, StoreError> {
        let found: Vec<(String, i64)> = sqlx::query_as(
            "SELECT stream, version FROM stream \
             WHERE org = $1 AND stream >= $2 AND stream < $3 AND stream > $4 ORDER BY stream LIMIT $5",
        )
        .bind(org.as_str())
        .bind(prefix)
        .bind(end_of(prefix))
        .bind(after.unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await
        .map_err(StoreError::database("listing streams"))?;
        Ok(found
            .into_iter()
            .map(|(stream, version)| (stream, Version(counted(version))))
            .collect())
    }

    pub(crate) async fn fold(
        &self,
        org: &Org,
        stream: &str,
        up_to: Version,
        replacement: Option<&NewFact>,
    ) -> Result<u64, StoreError> {
        let doing = "folding facts";
        replacement.map_or(Ok(()), check)?;
        let mut tx = self.begin().await?;
        // Nobody appends meanwhile, and no second fold sees half of this one.
        tx.take(org, Sequence::Facts, 0).await?;
        let last: Option<(i64,)> = sqlx::query_as(
            "SELECT position FROM fact WHERE org = $1 AND stream = $2 AND version = $3",
        )
        .bind(org.as_str())
        .bind(stream)
        .bind(up_to.stored())
        .fetch_optional(tx.on()?)
        .await
        .map_err(StoreError::database(doing))?;
        let Some((position,)) = last else {
            return Err(StoreError::Missing("a fact with that version"));
        };
        let gone = sqlx::query("DELETE FROM fact WHERE org = $1 AND stream = $2 AND version <= $3")
            .bind(org.as_str())
            .bind(stream)
            .bind(up_to.stored())
            .execute(tx.on()?)
            .await
            .map_err(StoreError::database(doing))?
            .rows_affected();
        if let Some(fact) = replacement {
            let row = Numbered {
                stream,
                version: up_to.stored(),
                fact,
            };
            tx.insert_facts(org, position - 1, &[row]).await?;
        }
        tx.commit().await?;
        Ok(gone)
    }

    pub(crate) async fn thin(
        &self,
        org: &Org,
        stream: &str,
        changes: &[(Version, Option<Vec<u8>>)],
    ) -> Result<u64, StoreError> {
        let mut tx = self.begin().await?;
        tx.take(org, Sequence::Facts, 0).await?;
        let mut done = 0;
        for (version, payload) in changes {
            let query = match payload {
                Some(payload) => sqlx::query(
                    "UPDATE fact SET payload = $4 WHERE org = $1 AND stream = $2 AND version = $3",
                )
                .bind(org.as_str())
                .bind(stream)
                .bind(version.stored())
                .bind(payload.as_slice()),
                None => {
                    sqlx::query("DELETE FROM fact WHERE org = $1 AND stream = $2 AND version = $3")
                        .bind(org.as_str())
                        .bind(stream)
                        .bind(version.stored())
                }
            };
            let result = query.execute(tx.on()?).await;
            done += result
                .map_err(StoreError::database("thinning facts"))?
                .rows_affected();
        }
        tx.commit().await?;
        Ok(done)
    }
}

impl Tx {
    /// Moves a stream's version on and gives it.
    async fn advance(&mut self, org: &Org, append: &Append<'_>) -> Result<i64, StoreError> {
        let count = append.facts.len() as i64;
        let (after,): (i64,) = sqlx::query_as(
            "INSERT INTO stream (org, stream, version) VALUES ($1, $2, $3) \
             ON CONFLICT (org, stream) DO UPDATE SET version = stream.version + excluded.version \
             RETURNING version",
        )
        .bind(org.as_str())
        .bind(append.stream)
        .bind(count)
        .fetch_one(self.on()?)
        .await
        .map_err(StoreError::database("moving a stream on"))?;
        let actual = Version(counted(after - count));
        match append.expected {
            Expected::Exactly(expected) if expected != actual => Err(StoreError::Conflict {
                stream: append.stream.to_owned(),
                expected,
                actual,
            }),
            _ => Ok(after),
        }
    }

    /// Inserts facts at the positions after `before`.
    async fn insert_facts(
        &mut self,
        org: &Org,
        mut before: i64,
        rows: &[Numbered<'_>],
    ) -> Result<(), StoreError> {
        for run in runs(rows, MOST_ROWS) {
            let sql = statement(
                "INSERT INTO fact (org, position, stream, version, kind, at, actor, payload) VALUES",
                "$1, $2 + #, @, @, @, @, @, @",
                2,
                run.len(),
                "",
            );
            let mut insert = sqlx::query(AssertSqlSafe(sql))
                .bind(org.as_str())
                .bind(before);
            for row in run {
                insert = insert
                    .bind(row.stream)
                    .bind(row.version)
                    .bind(row.fact.kind.as_str())
                    .bind(row.fact.at.0)
                    .bind(row.fact.actor.as_str())
                    .bind(row.fact.payload.as_slice());
            }
            insert
                .execute(self.on()?)
                .await
                .map_err(StoreError::database("appending facts"))?;
            before += run.len() as i64;
        }
        Ok(())
    }
}

fn check(fact: &NewFact) -> Result<(), StoreError> {
    check_name("a kind of fact", &fact.kind)?;
    check_text("whoever said it", &fact.actor)
}

/// Places for so many names; the organisation has the first.
fn names(count: usize) -> String {
    let numbers: Vec<String> = (2..count + 2).map(|n| format!("${n}")).collect();
    numbers.join(", ")
}

fn facts(rows: Result<Vec<Row>, sqlx::Error>) -> Result<Vec<Fact>, StoreError> {
    rows.and_then(|rows| rows.iter().map(fact).collect())
        .map_err(StoreError::database("reading facts"))
}

fn fact(row: &Row) -> Result<Fact, sqlx::Error> {
    Ok(Fact {
        stream: row.try_get(0)?,
        version: Version(counted(row.try_get(1)?)),
        position: Position(counted(row.try_get(2)?)),
        kind: row.try_get(3)?,
        at: Micros(row.try_get(4)?),
        actor: row.try_get(5)?,
        payload: row.try_get(6)?,
    })
}
