//! Connected calendars: the use cases, and the rounds that run beside the pages.

use crate::ledger::apart;
use crate::me::Me;
use crate::server::{Server, no_chance};
use std::future::Future;
use std::sync::atomic::Ordering;
use std::time::Duration;
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::{self, LEAVE};
use steadfast_app::server::acting;
use steadfast_app::server::imip::IMIP;
use steadfast_app::server::ledger;
use steadfast_app::server::mail::MAIL;
use steadfast_app::server::retention::{self, FOLD};
use steadfast_app::server::sync::{self, Access, BY_KEY, JOB, Key, Status, Step, Tried, WATCH};
use steadfast_app::server::tidy::{self, TIDY};
use steadfast_store::Jobs;

/// Rounds at once: most of a round is waiting for somebody else's server.
const AT_ONCE: usize = 4;
/// What no policy may go beyond: more than twenty changes of one calendar within a day are a fault and no help.
const BOUNDS: acting::Bounds = acting::Bounds { a_day: 20 };
/// The longest sleep: another node may have connected something.
const LONGEST: Duration = Duration::from_secs(15);
/// The shortest: what fails in the store is not tried without a pause.
const SHORTEST: Duration = Duration::from_millis(200);

/// The connected calendars of this person.
pub(crate) async fn statuses(server: &Server, me: &Me) -> Result<Vec<Status>, ServerError> {
    sync::statuses(&server.0.store, me.0.viewer()).await
}

/// Whether this person ever handed in or connected a calendar.
pub(crate) async fn has_handed_in(server: &Server, me: &Me) -> Result<bool, ServerError> {
    ledger::has_shown_a_calendar(&server.0.store, me.0.viewer()).await
}

/// How the key of their organisation, if this server has one, stands to this person.
pub(crate) async fn about_key(server: &Server, me: &Me) -> Result<Option<Key>, ServerError> {
    let domains = &server.0.world.domains;
    sync::about_key(&server.0.store, me.0.viewer(), domains).await
}

/// Lets the key of their organisation open this person's calendar.
pub(crate) async fn let_key(server: &Server, me: &Me) -> Result<(), ServerError> {
    let world = &server.0.world;
    sync::let_key(&server.0.store, me.0.viewer(), &world.domains, world.now()).await
}

/// Connects a calendar, and reads it for the first time.
pub(crate) async fn connect(
    server: &Server,
    me: &Me,
    access: &Access,
    also_me: Option<&str>,
) -> Result<Tried, ServerError> {
    let (store, world) = (&server.0.store, &server.0.world);
    let fresh = world.fresh().map_err(no_chance)?;
    let chance = || world.chance();
    let machine = world.machine(&chance);
    let viewer = me.0.viewer();
    sync::connect(
        store,
        &world.keyring,
        world,
        viewer,
        machine,
        &fresh,
        access,
        also_me,
    )
    .await
}

/// Tries a calendar again, with a new password where one is given.
pub(crate) async fn mend(
    server: &Server,
    me: &Me,
    source: &str,
    password: Option<&str>,
) -> Result<(), ServerError> {
    let (store, world) = (&server.0.store, &server.0.world);
    let chance = || world.chance();
    let machine = world.machine(&chance);
    let viewer = me.0.viewer();
    sync::mend(
        store,
        &world.keyring,
        world,
        viewer,
        machine,
        source,
        password,
    )
    .await
}

/// Goes on with a calendar at Google by what was allowed there anew.
pub(crate) async fn allow_again(
    server: &Server,
    me: &Me,
    source: &str,
    allowed: (&str, bool),
) -> Result<(), ServerError> {
    let (store, world) = (&server.0.store, &server.0.world);
    let chance = || world.chance();
    let machine = world.machine(&chance);
    let (viewer, keys) = (me.0.viewer(), &world.keyring);
    sync::allow_again(store, keys, world, viewer, machine, source, allowed).await
}

/// Gives back what somebody allowed at Google just now and is not kept; `account`: whose it is, where that is known.
pub(crate) async fn give_back_unkept(
    server: &Server,
    me: &Me,
    access: &Access,
    account: Option<&str>,
) -> Result<(), ServerError> {
    let (store, world) = (&server.0.store, &server.0.world);
    sync::give_back_unkept(store, world, me.0.viewer(), access, account).await
}

/// Takes a calendar away. It goes on to its end also where the browser gives up waiting.
pub(crate) async fn disconnect(server: &Server, me: &Me, source: &str) -> Result<(), ServerError> {
    let (server, viewer, source) = (server.clone(), me.0.viewer().clone(), source.to_owned());
    apart(async move || {
        let (store, world) = (&server.0.store, &server.0.world);
        let chance = || world.chance();
        // First: after it nobody here can.
        sync::stop_watching(store, &world.keyring, world, &viewer, &source).await?;
        sync::give_back(store, &world.keyring, world, &viewer, &source, &[]).await?;
        sync::disconnect(store, &viewer, world.machine(&chance), &source).await
    })
    .await
}

impl Server {
    /// Does the rounds of connected calendars as they fall due, until it is dropped. A round that is under way then is
    /// done again, by this node or another, when its lease ends; what it had not kept is asked for once more.
    pub async fn keep_up(&self) {
        let workers = std::array::from_fn::<_, AT_ONCE, _>(|_| self.work());
        join(workers).await;
    }

    async fn work(&self) {
        loop {
            let pause = match self.next().await {
                Ok(false) => self.until_next().await,
                Ok(true) => Duration::ZERO,
                Err(error) => {
                    let line = format!("sync.failed error.cause=\"{}\"", error.kind());
                    (self.0.world.log)(&line);
                    LONGEST
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// What is due next: what is to be done to a calendar before anything is read, a round before a ledger, which says what
    /// rounds found. Whether anything was.
    async fn next(&self) -> Result<bool, ServerError> {
        Ok(self.act().await?
            || self.round().await? != Step::Idle
            || self.judge().await?
            || self.watch().await?
            || self.tell().await?
            || self.mail().await?
            || self.leave().await?
            || self.tidy().await?
            || self.fold().await?)
    }

    /// Does what is due now, up to a bound.
    pub(crate) async fn settle(&self) {
        /// A tap is an act, a round for each in it, and a ledger for each.
        const MOST: usize = 20;
        for _ in 0..MOST {
            if !self.next().await.unwrap_or(false) {
                return;
            }
        }
    }

    /// Does one thing to a calendar, if one is due; gives whether one was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn act(&self) -> Result<bool, ServerError> {
        let (store, world) = (&self.0.store, &self.0.world);
        let chance = || world.chance();
        let machine = world.machine(&chance);
        let step = acting::step(store, &world.keyring, world, machine, BOUNDS).await?;
        Ok(step != acting::Step::Idle)
    }

    /// Throws away what has served its time, if that is due; gives whether it was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn tidy(&self) -> Result<bool, ServerError> {
        let (store, world) = (&self.0.store, &self.0.world);
        let is_planned = &self.0.is_tidying;
        if !is_planned.load(Ordering::Relaxed) {
            let planned = tidy::plan(store, world.now()).await?;
            is_planned.store(planned, Ordering::Relaxed);
        }
        let chance = || world.chance();
        tidy::tidy(store, world.machine(&chance)).await
    }

    /// Takes away what somebody leaves, if anybody does; gives whether anybody did.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn leave(&self) -> Result<bool, ServerError> {
        let server = self.clone();
        apart(async move || {
            let (store, world) = (&server.0.store, &server.0.world);
            let chance = || world.chance();
            accounts::leave_next(store, &world.keyring, world, world.machine(&chance)).await
        })
        .await
    }

    /// Folds what was observed of one person's calendars and is older than it is kept, if that is due; gives whether it was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn fold(&self) -> Result<bool, ServerError> {
        let server = self.clone();
        apart(async move || {
            let world = &server.0.world;
            let chance = || world.chance();
            retention::fold_next(&server.0.store, world.machine(&chance)).await
        })
        .await
    }

    /// Judges one ledger ahead, if one is due; gives whether one was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn judge(&self) -> Result<bool, ServerError> {
        let server = self.clone();
        apart(async move || {
            let world = &server.0.world;
            let chance = || world.chance();
            let machine = world.machine(&chance);
            let (store, program) = (&server.0.store, &world.program);
            ledger::judge_ahead(store, &server, program, machine).await
        })
        .await
    }

    /// One round, if one is due.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn round(&self) -> Result<Step, ServerError> {
        let (store, world) = (&self.0.store, &self.0.world);
        let chance = || world.chance();
        let began = (world.elapsed)();
        let step = sync::step(store, &world.keyring, world, world.machine(&chance)).await;
        let milliseconds = (world.elapsed)().saturating_sub(began);
        self.0.counts.was_round(step.as_ref().ok(), milliseconds);
        step
    }

    /// Takes up whom the key of the organisation opens, or has a calendar's server say by itself that something changed, if
    /// either is due; gives whether one was.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn watch(&self) -> Result<bool, ServerError> {
        let (store, world) = (&self.0.store, &self.0.world);
        let is_planned = &self.0.is_watching;
        if !is_planned.load(Ordering::Relaxed) {
            if world.watches.is_some() {
                sync::plan_watching(store, world.now()).await?;
            }
            let planned = world.domains.is_empty() || sync::plan_keys(store, world.now()).await?;
            is_planned.store(planned, Ordering::Relaxed);
        }
        let chance = || world.chance();
        let machine = world.machine(&chance);
        let keys = &world.keyring;
        Ok(sync::take_up(store, keys, machine, &world.domains).await?
            || sync::watch(store, keys, world, machine).await?)
    }

    async fn until_next(&self) -> Duration {
        let next = self
            .0
            .store
            .next_due(&[
                acting::JOB,
                JOB,
                ledger::JUDGE,
                WATCH,
                BY_KEY,
                IMIP,
                MAIL,
                LEAVE,
                TIDY,
                FOLD,
            ])
            .await
            .ok()
            .flatten();
        let micros = next.map_or(i64::MAX, |at| at.0.saturating_sub(self.0.world.now().0));
        Duration::from_micros(u64::try_from(micros).unwrap_or(0)).clamp(SHORTEST, LONGEST)
    }
}

/// All of them, none of which ends.
async fn join<const N: usize>(workers: [impl Future<Output = ()>; N]) {
    let mut workers = workers.map(Box::pin);
    std::future::poll_fn(|context| {
        for worker in &mut workers {
            // None of them ends.
            let _ = worker.as_mut().poll(context);
        }
        std::task::Poll::<()>::Pending
    })
    .await;
}
