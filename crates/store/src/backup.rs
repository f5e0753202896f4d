//! Backups: everything, consistent, while others write; into either engine again.

use crate::dump::read::{Broken, Item, Reader};
use crate::dump::{Header, Value};
use crate::error::StoreError;
use crate::migrations::KNOWN;
use crate::store::{Missing, Options, Store, on_engine};
use std::ffi::OsString;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// What the reader of a backup hands to whoever fills the tables.
pub(crate) enum Batch {
    /// First: the migration that the backup was made at.
    Migration(i64),
    /// Then rows of one table after the other.
    Rows(Header, Vec<Vec<Value>>),
    /// All was read, and it was whole. Where this does not come, nothing is kept.
    End,
}

/// Rows that are handed over at once; a few of these are in memory at a time.
const BATCH: usize = 256;
/// Batches that may wait.
const WAITING: usize = 4;

impl Store {
    /// Writes everything that is kept to `path`, as it is at one moment; others may write meanwhile. The file appears
    /// whole or not at all, for its owner alone, and replaces one of that name. Nothing in it is opened: what is sealed stays sealed, and
    /// the master keys have to be kept elsewhere.
    ///
    /// # Errors
    /// [`StoreError::File`], [`StoreError::Database`].
    pub async fn backup(&self, path: &Path) -> Result<(), StoreError> {
        let part = beside(path);
        let mut options = tokio::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        options.mode(0o600);
        let file = options.open(&part).await.map_err(at(&part))?;
        // One writer, handed from call to call.
        let file = tokio::sync::Mutex::new(file);
        let keep = |bytes: Vec<u8>| {
            let (file, part) = (&file, &part);
            async move {
                let mut file = file.lock().await;
                file.write_all(&bytes).await.map_err(at(part))
            }
        };
        let written = on_engine!(self, repo => repo.dump(keep).await);
        let written = match written {
            Ok(()) => settle(file.into_inner(), &part, path).await,
            Err(error) => Err(error),
        };
        if written.is_err() {
            // What is left of it is of no use; that it cannot be removed is less than what went wrong.
            drop(tokio::fs::remove_file(&part).await);
        }
        written
    }

    /// Opens an empty store and fills it from a backup, which may have been made on the other engine or by an older
    /// program. When it fails, nothing of the backup is kept.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`] when something is kept there; [`StoreError::BadDump`]; [`StoreError::TooNew`] when a newer
    /// program made the backup; [`StoreError::File`], [`StoreError::Database`], [`StoreError::BadAddress`].
    pub async fn restore(address: &str, path: &Path) -> Result<Self, StoreError> {
        let store = Self::connect(address, &Options::default(), Missing::IsMade).await?;
        let (sender, mut batches) = channel(WAITING);
        let from = path.to_owned();
        let reader = tokio::task::spawn_blocking(move || read(&from, &sender));
        let restored = store.fill(&mut batches).await;
        // The reader stops when nobody takes its batches.
        drop(batches);
        let outcome = match reader.await {
            // What is wrong with the file is why the filling stopped.
            Ok(Err(error)) => Err(error),
            Ok(Ok(())) => restored.and_then(|whole| {
                whole
                    .then_some(())
                    .ok_or_else(|| StoreError::BadDump("it ended before its end".to_owned()))
            }),
            Err(_) => Err(StoreError::BadDump("it could not be read".to_owned())),
        };
        if outcome.is_err() {
            store.close().await;
        }
        outcome.map(|()| store)
    }

    async fn fill(&self, batches: &mut Receiver<Batch>) -> Result<bool, StoreError> {
        // Without a beginning there is nothing to fill; the reader says why.
        let Some(Batch::Migration(migration)) = batches.recv().await else {
            return Ok(false);
        };
        on_engine!(self, repo => repo.restore(migration, batches).await)
    }
}

/// Reads a backup and hands it over; stops early when nobody takes it any more.
fn read(path: &Path, to: &Sender<Batch>) -> Result<(), StoreError> {
    let broken = |broken| match broken {
        Broken::Form(why) => StoreError::BadDump(why),
        Broken::File(source) => StoreError::File {
            path: path.to_owned(),
            source,
        },
    };
    let open = || {
        let file = File::open(path).map_err(at(path))?;
        Reader::new(BufReader::new(file)).map_err(broken)
    };
    // To its end first, where its checksum stands: what was changed must not reach the database, whose answer to it
    // would say nothing about the file.
    let (mut whole, migration) = open()?;
    if migration > KNOWN {
        return Err(StoreError::TooNew {
            found: migration,
            known: KNOWN,
        });
    }
    while !matches!(whole.next().map_err(broken)?, Item::End) {}
    let (mut reader, migration) = open()?;
    let mut taken = to.blocking_send(Batch::Migration(migration)).is_ok();
    let mut table = None;
    let mut rows = Vec::new();
    while taken {
        let item = reader.next().map_err(broken)?;
        let full = rows.len() >= BATCH || !matches!(item, Item::Row(_));
        if let Some(header) = table.as_ref().filter(|_| full && !rows.is_empty()) {
            let batch = Batch::Rows(Header::clone(header), std::mem::take(&mut rows));
            taken = to.blocking_send(batch).is_ok();
        }
        match item {
            Item::Table(header) => table = Some(header),
            Item::Row(row) => rows.push(row),
            Item::End => {
                drop(to.blocking_send(Batch::End));
                break;
            }
        }
    }
    Ok(())
}

/// Makes the bytes last, then gives the file its name.
async fn settle(mut file: tokio::fs::File, part: &Path, path: &Path) -> Result<(), StoreError> {
    file.flush().await.map_err(at(part))?;
    file.sync_all().await.map_err(at(part))?;
    drop(file);
    tokio::fs::rename(part, path).await.map_err(at(path))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".part");
    path.with_file_name(name)
}

fn at(path: &Path) -> impl FnOnce(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::File { path, source }
}
