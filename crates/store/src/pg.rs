//! The shared engine: several nodes on one PostgreSQL.

use crate::drill::Drill;
use crate::error::StoreError;
use crate::store::Options;
use repo::Repo;
use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::str::FromStr;
use std::time::Duration;

#[path = "repo/mod.rs"]
pub(crate) mod repo;

pub(crate) type Db = sqlx::Postgres;

const BEGIN_WRITE: &str = "BEGIN";
/// The server's own log is shared by all who commit at once: a look waits for it as a fact does.
const BEGIN_LOOK: &str = "BEGIN";
const BEGIN_SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Nodes that claim at once pass one another by.
const SKIP_LOCKED: &str = "FOR UPDATE SKIP LOCKED";
/// Nodes that start at once migrate one after the other. The number is ours alone: "stdfast" in ASCII.
const LOCK_SCHEMA: Option<&str> = Some("SELECT pg_advisory_xact_lock(32497596884939636)");
/// Rows of one statement. Every statement is a way there and back: 256 rows go a quarter faster than eight times 32.
const MOST_ROWS: usize = 256;
const BYTES: &str = "BYTEA";
/// By bytes, as SQLite does; the database's own order may be any language's.
const KEY: &str = "TEXT COLLATE \"C\"";
/// Counts the table that says how far the others have come.
const HAS_TABLES: &str = "SELECT COUNT(to_regclass('migration'))";
/// PostgreSQL has no such check that needs no extension.
const CHECK_PAGES: Option<&str> = None;
/// Rows that nobody sees any more are given back now and not when it gets round to it. Their bytes are overwritten as their
/// places are used again, and leave its own log of writes with the segments that it recycles.
const FORGET: &[&str] = &["VACUUM fact", "VACUUM document"];

/// A connection that was not used for so long is asked whether it is still there.
const RESTED: Duration = Duration::from_secs(5);

pub(crate) async fn open(url: &str, options: &Options) -> Result<Repo, StoreError> {
    let connect = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::BadAddress(error.to_string()))?
        .application_name("steadfast");
    let pool = PgPoolOptions::new()
        .max_connections(options.connections.max(1))
        // A way there and back before each use would double what a page costs. One that rested may have been cut off.
        .test_before_acquire(false)
        .before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for > RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(connect)
        .await
        .map_err(StoreError::database("connecting"))?;
    Ok(Repo::new(pool.clone(), pool, BEGIN_WRITE, Drill::default()))
}

#[cfg(test)]
mod tests {
    use super::{BEGIN_LOOK, BEGIN_WRITE, open};
    use crate::store::Options;
    use steadfast_testkit::servers::Postgres;

    #[test]
    fn looks_wait_for_the_disk_as_facts_do() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let address = Postgres::shared().database();
        runtime.block_on(async {
            let repo = open(&address, &Options::default())
                .await
                .expect("it opens");
            let asked = "SELECT COUNT(*) FROM pg_settings WHERE name = 'synchronous_commit' AND source = 'session'";
            for begin in [BEGIN_WRITE, BEGIN_LOOK] {
                assert_eq!(repo.said_in_write(begin, asked).await, 0, "{begin}");
            }
            repo.close().await;
        });
    }
}
