//! The embedded engine: one file, one writer, readers beside it.

use crate::drill::Drill;
use crate::error::StoreError;
use crate::store::{Missing, Options};
use repo::Repo;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

#[path = "repo/mod.rs"]
pub(crate) mod repo;

pub(crate) type Db = sqlx::Sqlite;

/// Writers queue at the beginning; a transaction that reads first and writes later could not be let in any more. What was
/// acknowledged survives a power cut: one fsync per commit. Said at every beginning, since [`BEGIN_LOOK`] says otherwise.
const BEGIN_WRITE: &str = "PRAGMA synchronous = FULL; BEGIN IMMEDIATE";
/// A look is in the log of writes before its page is answered, and survives the process; the disk is told with the next
/// fact, or when the log is emptied into the file. A page would wait for the disk otherwise, 50 ms on a busy one.
const BEGIN_LOOK: &str = "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE";
/// The first read fixes what is seen.
const BEGIN_SNAPSHOT: &str = "BEGIN";
/// There is one writer: nothing to skip.
const SKIP_LOCKED: &str = "";
/// Writers exclude each other as it is.
const LOCK_SCHEMA: Option<&str> = None;
/// Rows of one statement. SQLite looks every parameter up by its name in a list, so that the cost grows with the square:
/// 256 rows take three times as long as eight times 32.
const MOST_ROWS: usize = 32;
const BYTES: &str = "BLOB";
/// SQLite compares text by its bytes unless told otherwise.
const KEY: &str = "TEXT";
/// Counts the table that says how far the others have come.
const HAS_TABLES: &str = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'migration'";
/// The database's own check of its pages, which says `ok` or what is wrong.
const CHECK_PAGES: Option<&str> = Some("PRAGMA integrity_check");
/// What was deleted may still stand in the log of writes: it is emptied into the file.
const FORGET: &[&str] = &["PRAGMA wal_checkpoint(TRUNCATE)"];

/// How long a writer of another process is waited for: longer than any transaction of ours takes.
const BUSY: Duration = Duration::from_secs(10);

pub(crate) async fn open(
    path: &Path,
    options: &Options,
    missing: Missing,
) -> Result<Repo, StoreError> {
    let connect = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(missing == Missing::IsMade)
        .journal_mode(SqliteJournalMode::Wal)
        // As every write begins but those of looks.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // Whoever commits when the log is this long empties it into the file and waits for the disk twice: with the usual
        // 1,000 pages every 200 looks, with these (16 MB) every 800.
        .pragma("wal_autocheckpoint", "4000")
        // What is deleted is overwritten with zeros: it would stand in free pages for years otherwise.
        .pragma("secure_delete", "ON")
        .busy_timeout(BUSY);
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(connect.clone())
        .await
        .map_err(StoreError::database("opening the file"))?;
    let reader = SqlitePoolOptions::new()
        .max_connections(options.connections.max(1))
        .connect_lazy_with(connect.create_if_missing(false).read_only(true));
    let write = if options.lasting {
        BEGIN_WRITE
    } else {
        BEGIN_LOOK
    };
    Ok(Repo::new(writer, reader, write, Drill::default()))
}

#[cfg(test)]
mod tests {
    use super::{BEGIN_LOOK, BEGIN_WRITE, open};
    use crate::store::{Missing, Options};

    #[test]
    fn only_looks_do_not_wait_for_the_disk_and_none_after_them_does() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        runtime.block_on(async {
            let path = folder.path().join("store.db");
            let repo = open(&path, &Options::default(), Missing::IsMade)
                .await
                .expect("it opens");
            // 2 is FULL, 1 NORMAL.
            for (begin, expected) in [
                (BEGIN_WRITE, 2),
                (BEGIN_LOOK, 1),
                (BEGIN_LOOK, 1),
                (BEGIN_WRITE, 2),
            ] {
                let said = repo.said_in_write(begin, "PRAGMA synchronous").await;
                assert_eq!(said, expected, "{begin}");
            }
            repo.close().await;
        });
    }
}
