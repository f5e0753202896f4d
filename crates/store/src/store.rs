//! One store, whichever engine is behind it.

use crate::drill::Drill;
use crate::error::StoreError;
use crate::migrations::KNOWN;
use crate::{lite, pg};
use std::path::Path;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Connections that this process may have at once; on SQLite beside the one that writes.
    pub connections: u32,
    /// Whether what was acknowledged survives a power cut. Without it a write on SQLite waits for no disk: for what is thrown
    /// away anyway. On PostgreSQL it is as its server says.
    pub lasting: bool,
}

impl Default for Options {
    /// Eight connections: two cores are busy with fewer, and a PostgreSQL of default size serves a dozen nodes.
    fn default() -> Self {
        Self {
            connections: 8,
            lasting: true,
        }
    }
}

/// What becomes of a database's file that is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Missing {
    /// It is made.
    IsMade,
    /// It stays away, and opening fails.
    Stays,
}

/// How far the tables of a database have come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Schema {
    /// The last migration that the database had; 0: it has no tables yet.
    pub found: i64,
    /// The last one that this program knows.
    pub known: i64,
}

/// A store that is open. Clones share its connections.
///
/// What it can do is in its traits: [`crate::Facts`], [`crate::Views`], [`crate::Jobs`], [`crate::Schedules`],
/// [`crate::Accounts`], [`crate::Sessions`], [`crate::Links`], [`crate::Passkeys`], [`crate::ApiTokens`],
/// [`crate::AccessLog`], [`crate::Secrets`], [`crate::Sources`], and [`crate::Intents`].
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) engine: Engine,
}

/// Where it keeps things.
#[derive(Clone, Debug)]
pub(crate) enum Engine {
    Lite(lite::repo::Repo),
    Pg(pg::repo::Repo),
}

/// Does the same with either engine's repository.
macro_rules! on_engine {
    ($store:expr, $repo:ident => $call:expr) => {
        match &$store.engine {
            $crate::store::Engine::Lite($repo) => $call,
            $crate::store::Engine::Pg($repo) => $call,
        }
    };
}
pub(crate) use on_engine;

impl Store {
    /// Opens `sqlite:PATH` (made when it is not there) or `postgres://…`, and brings its tables up to date.
    ///
    /// On PostgreSQL the address takes libpq's parameters, `?sslmode=verify-full` among them.
    ///
    /// # Errors
    /// [`StoreError::BadAddress`], [`StoreError::Database`], and [`StoreError::TooNew`] when a newer program was here.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        Self::open_with(address, &Options::default()).await
    }

    /// The same, with options.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_with(address: &str, options: &Options) -> Result<Self, StoreError> {
        let store = Self::connect(address, options, Missing::IsMade).await?;
        on_engine!(store, repo => repo.migrate().await)?;
        Ok(store)
    }

    /// Opens what is there, and neither makes nor changes anything: for looking, and for whoever needs what was kept.
    /// Whether its tables are those of this program is in [`Schema`]; on others nothing but [`Store::ping`] is safe.
    ///
    /// # Errors
    /// [`StoreError::BadAddress`], [`StoreError::Database`]: also when there is no such file or database.
    pub async fn look(address: &str) -> Result<(Self, Schema), StoreError> {
        let store = Self::connect(address, &Options::default(), Missing::Stays).await?;
        match on_engine!(store, repo => repo.found().await) {
            Ok(found) => Ok((
                store,
                Schema {
                    found,
                    known: KNOWN,
                },
            )),
            Err(error) => {
                store.close().await;
                Err(error)
            }
        }
    }

    /// Opens without bringing anything up to date.
    pub(crate) async fn connect(
        address: &str,
        options: &Options,
        missing: Missing,
    ) -> Result<Self, StoreError> {
        let engine = if let Some(path) = address.strip_prefix("sqlite:") {
            if path.is_empty() || path.starts_with(':') {
                return Err(StoreError::BadAddress("no file is named".to_owned()));
            }
            Engine::Lite(lite::open(Path::new(path), options, missing).await?)
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Engine::Pg(pg::open(address, options).await?)
        } else {
            // Not shown: it may hold a password.
            return Err(StoreError::BadAddress(
                "the address begins with neither sqlite: nor postgres:".to_owned(),
            ));
        };
        Ok(Self { engine })
    }

    /// Closes all connections, waiting for what is under way. Without it they close when the process ends.
    pub async fn close(&self) {
        on_engine!(self, repo => repo.close().await);
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn ping(&self) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.ping().await)
    }

    /// For tests: breaks writes off half way.
    #[must_use]
    pub fn drill(&self) -> &Drill {
        on_engine!(self, repo => &repo.drill)
    }
}
