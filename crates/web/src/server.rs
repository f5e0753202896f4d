//! The server as a value: what all requests share.

use crate::counts::Counts;
use crate::free_busy::Told;
use crate::ledger::Judged;
use crate::limits::Limits;
use crate::live::Live;
use crate::passwords::Argon2Passwords;
use crate::people::LastRead;
use crate::played::Played;
use crate::world::World;
use crate::{layers, routes};
use axum::Router;
use jiff::civil::Date;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::{self, Token};
use steadfast_app::server::looked::Noted;
use steadfast_store::{Micros, Org, Store, TokenHash};
use tokio::sync::Semaphore;

/// Uploads worked on at once: each holds its file in memory.
const UPLOADS_AT_ONCE: usize = 2;
/// How long the set-up link is good.
const SET_UP_FOR: i64 = 24 * 3_600 * 1_000_000;

/// A server. Clones share everything.
#[derive(Clone, Debug)]
pub struct Server(pub(crate) Arc<Shared>);

/// What requests share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) world: World,
    pub(crate) passwords: Argon2Passwords,
    pub(crate) limits: Limits,
    pub(crate) live: Live,
    pub(crate) counts: Counts,
    pub(crate) judged: Judged,
    pub(crate) told: Told,
    pub(crate) organisation_read: LastRead,
    pub(crate) noted: Noted,
    pub(crate) uploads: Semaphore,
    pub(crate) demo: Option<Demo>,
    /// Whether what is thrown away by itself was planned since this process began.
    pub(crate) is_tidying: AtomicBool,
    /// Whether push channels, and whom the organisation's key opens, were.
    pub(crate) is_watching: AtomicBool,
    set_up: Mutex<Option<(TokenHash, Micros)>>,
    org: OnceLock<Org>,
    metrics_token: OnceLock<TokenHash>,
}

/// Whom the reader of a demo may be, with their accounts, and on which day.
#[derive(Clone, Debug)]
pub struct Demo {
    /// Name and account of each. The first is who they are at the beginning.
    pub people: Vec<(String, String)>,
    /// The days that its clock can be set to, the first one first. It begins on the last.
    pub days: Vec<Date>,
    /// The day that it is here.
    pub today: Date,
    /// A half year to be watched; without ways, there is none.
    pub played: Arc<Played>,
}

impl Server {
    /// A server on a store that is open.
    pub fn new(store: Store, world: World, passwords: Argon2Passwords, demo: Option<Demo>) -> Self {
        Self(Arc::new(Shared {
            store,
            world,
            passwords,
            limits: Limits::default(),
            live: Live::default(),
            counts: Counts::default(),
            judged: Judged::default(),
            told: Told::default(),
            organisation_read: LastRead::default(),
            noted: Noted::default(),
            uploads: Semaphore::new(UPLOADS_AT_ONCE),
            demo,
            is_tidying: AtomicBool::new(false),
            is_watching: AtomicBool::new(false),
            set_up: Mutex::new(None),
            org: OnceLock::new(),
            metrics_token: OnceLock::new(),
        }))
    }

    /// From now on metrics are for whoever has that token, and for nobody else. The first one counts.
    pub fn guard_metrics(&self, token: &str) {
        // There is one already: it stays.
        let _ = self.0.metrics_token.set(TokenHash::of(token.as_bytes()));
    }

    /// Ends every stream to pages that are open: they would go on for ever. Pages stay as they are.
    pub fn end_streams(&self) {
        self.0.live.end();
    }

    /// The days that a demo's clock can be set to.
    pub(crate) fn days(&self) -> &[Date] {
        self.0.demo.as_ref().map_or(&[], |demo| &*demo.days)
    }

    /// Closes its store, waiting for what is under way.
    pub(crate) async fn close(&self) {
        self.0.store.close().await;
    }

    /// Everything it answers.
    pub fn router(&self) -> Router {
        layers::around(self, routes::router()).with_state(self.clone())
    }

    /// The path of the one-time set-up link, as long as nobody has set the server up. A new one takes the place of the
    /// last.
    ///
    /// # Errors
    /// [`ServerError`] when the store does not answer, or there is no chance to be had.
    pub async fn set_up_path(&self) -> Result<Option<String>, ServerError> {
        if self.0.organisation().await?.is_some() {
            return Ok(None);
        }
        let token = self.0.world.fresh().map_err(no_chance)?.token();
        let until = self.0.world.now().plus(SET_UP_FOR);
        *self.0.set_up.lock().unwrap_or_else(PoisonError::into_inner) = Some((hash(&token), until));
        Ok(Some(format!("/set-up/{}", token.as_str())))
    }
}

impl Shared {
    /// The organisation, once there is one. It is asked for until then, and never goes away.
    pub(crate) async fn organisation(&self) -> Result<Option<Org>, ServerError> {
        if let Some(org) = self.org.get() {
            return Ok(Some(org.clone()));
        }
        let found = accounts::organisation(&self.store).await?;
        if let Some(org) = &found {
            // Two requests may find it at once; it is the same.
            let _ = self.org.set(org.clone());
        }
        Ok(found)
    }

    /// The token for metrics, if they take one.
    pub(crate) fn metrics_token(&self) -> Option<TokenHash> {
        self.metrics_token.get().copied()
    }

    /// Whether that token stands in the set-up link that was printed last.
    pub(crate) fn may_set_up(&self, token: &Token) -> bool {
        let printed = self.set_up.lock().unwrap_or_else(PoisonError::into_inner);
        printed.is_some_and(|(known, until)| known == hash(token) && self.world.now() < until)
    }

    /// The set-up link has done its work.
    pub(crate) fn is_set_up(&self) {
        *self.set_up.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn hash(token: &Token) -> TokenHash {
    TokenHash::of(token.as_str().as_bytes())
}

/// The machine gives no random bytes.
#[expect(
    clippy::needless_pass_by_value,
    reason = "taken by map_err, which hands the error over"
)]
pub(crate) fn no_chance(error: std::io::Error) -> ServerError {
    ServerError::Input(
        format!("this machine gives no random bytes: {error}"),
        "try again".to_owned(),
    )
}
