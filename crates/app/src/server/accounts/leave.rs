//! Somebody leaves, by their own wish or because whoever keeps the list of people says so.
//!
//! `Invariant:` whoever leaves by their own wish leaves nothing here but what belongs to somebody else as well: the verdicts of
//! their 1:1s, settled for the other one as retention settles them, the words that they shared, what two agreed on, and their
//! place in the list of people. It goes in one stroke; a crash before it repeats everything, one after it finds it done.
//! Whoever keeps the list ends somebody's access, and no more: what was observed is kept as long as the organisation keeps it.

use super::erase::{Goes, erase};
use super::{SignedIn, role};
use crate::server::people::{self, Administrator};
use crate::server::sync::{self, Calendars, Machine, instant};
use crate::server::{ServerError, Viewer, cadence, chat, retention};
use serde::{Deserialize, Serialize};
use steadfast_store::seal::Keyring;
use steadfast_store::{
    AccountChange, Accounts, Facts, IntentState, Intents, Job, Jobs, LEAVES, Leaving, Micros,
    NewJob, Org, Secrets, Sessions, Source, Sources, StoreError, Views,
};

/// The kind of job that takes away what somebody leaves.
pub const LEAVE: &str = "leave";

/// Judging everything somebody ever had, for everybody they meet.
const LEASE: i64 = 30 * 60 * 1_000_000;
/// What somebody asked to be erased is not kept because it failed ten times.
const ATTEMPTS: u32 = u32::MAX;
/// What was begun on their calendars is waited for; how long it is before that is looked at again.
const LOOKS_AGAIN: i64 = 60 * 1_000_000;
/// What is not over after so long has lost its way, and is waited for no more: far longer than anything is tried.
const WAITS: i64 = 24 * 60 * LOOKS_AGAIN;
/// When all work has ended that had begun before somebody's things went: the longest lease, and a little.
const ALL_ENDED: i64 = LEASE + LOOKS_AGAIN;

/// Who leaves, and how.
#[derive(Serialize, Deserialize)]
pub(super) struct Leaves {
    pub(super) account: String,
    /// By their own wish: everything of theirs goes. Otherwise their access ends.
    pub(super) everything: bool,
    /// Whose account it is, or was.
    #[serde(default)]
    pub(super) person: String,
    /// It went already; this takes what was under way then and was written after it.
    #[serde(default)]
    pub(super) again: bool,
    /// The account closes by itself on that day; this is what is to be done after it.
    #[serde(default, rename = "closes")]
    pub(super) closes_itself: bool,
}

impl Leaves {
    pub(super) fn job(&self, unique: String, due: Micros) -> NewJob {
        NewJob {
            kind: LEAVE.to_owned(),
            unique: Some(unique),
            // Every key is a string: it can always be written.
            payload: serde_json::to_vec(self).unwrap_or_default(),
            due,
            max_attempts: ATTEMPTS,
        }
    }
}

/// Whoever is signed in leaves: nobody comes in as them from now on, and what is theirs goes at once after. The account of whoever
/// set the server up stays, since nobody else could look after it; all else of theirs goes.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn leave<S: Accounts + Intents + Jobs + Sessions>(
    store: &S,
    me: &SignedIn,
    now: Micros,
) -> Result<(), ServerError> {
    let org = me.viewer().org();
    let person = me.viewer().person();
    let leaves = Leaves {
        account: me.account().to_owned(),
        everything: true,
        person: person.to_owned(),
        again: false,
        closes_itself: false,
    };
    // The guard begins nothing more; erasing takes the switch away.
    store.halt(org, Some(person), now, LEAVES).await?;
    // If this process ends now, it is done all the same.
    let job = leaves.job(format!("own/{person}"), now);
    store.enqueue(org, &[job]).await?;
    if me.is_owner() {
        store.close_sessions(org, me.account()).await?;
        return Ok(());
    }
    let change = AccountChange::Disabled(Some(now));
    match store.change_account(org, me.account(), &change).await {
        // The job was faster.
        Ok(()) | Err(StoreError::Missing(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether the account of that person is closed; `None` without one.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn is_shut_out<S: Accounts>(
    store: &S,
    keeper: &Administrator,
    now: Micros,
    person: &str,
) -> Result<Option<bool>, ServerError> {
    let account = store
        .account_by_email(keeper.viewer().org(), person)
        .await?;
    Ok(account.map(|account| account.is_closed(now)))
}

/// Lets somebody whose access ended come in again, with what they came in before; their calendars they connect anew.
///
/// # Errors
/// [`ServerError::NotFound`] without an account; [`ServerError::Store`].
pub async fn comes_back<S: Accounts>(
    store: &S,
    keeper: &Administrator,
    person: &str,
) -> Result<(), ServerError> {
    let org = keeper.viewer().org();
    let account = store.account_by_email(org, person).await?;
    let account = account.ok_or(ServerError::NotFound)?;
    let change = AccountChange::Disabled(None);
    match store.change_account(org, &account.account, &change).await {
        Err(StoreError::Missing(_)) => Err(ServerError::NotFound),
        other => Ok(other?),
    }
}

/// Takes away what the next one leaves, if anybody does; gives whether anybody did.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn leave_next<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    machine: Machine<'_>,
) -> Result<bool, ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Leaving + Secrets + Sources + Views,
    C: Calendars,
{
    let Some(job) = machine.claim(store, LEAVE, LEASE).await? else {
        return Ok(false);
    };
    let done = go(store, keyring, calendars, machine, &job).await;
    machine.ends(store, &job, done).await?;
    Ok(true)
}

async fn go<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    machine: Machine<'_>,
    job: &Job,
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Leaving + Secrets + Sources + Views,
    C: Calendars,
{
    let org = &job.lease.org;
    let leaves: Leaves = serde_json::from_slice(&job.payload)
        .map_err(|_| ServerError::Unreadable(LEAVE.to_owned()))?;
    if leaves.again {
        return go_again(store, keyring, calendars, leaves, job).await;
    }
    let account = store.account(org, &leaves.account).await?;
    let Some(account) = account else {
        return Ok(store.finish(&job.lease).await?);
    };
    let now = machine.now();
    // Taken into the list again before the day came, or taken out anew with another.
    let stays = !leaves.everything
        && if leaves.closes_itself {
            !account.is_closed(now)
        } else {
            is_in_the_list(store, org, &account.email).await?
        };
    if stays {
        return Ok(store.finish(&job.lease).await?);
    }
    if account.role != role::OWNER && !account.is_closed(now) {
        let change = AccountChange::Disabled(Some(machine.now()));
        store.change_account(org, &account.account, &change).await?;
    }
    let viewer = Viewer::signed_in(org.clone(), &account.email);
    if leaves.everything {
        // Asked for by a version that did not do it at the tap.
        let (person, now) = (viewer.person(), machine.now());
        store.halt(org, Some(person), now, LEAVES).await?;
    }
    if is_half_done(store, &viewer, leaves.everything, machine.now()).await? {
        let (now, why) = (
            machine.now(),
            "what was begun on their calendars is not over",
        );
        let again = now.plus(LOOKS_AGAIN);
        store.fail(&job.lease, now, Some(again), why).await?;
        return Ok(());
    }
    let sources = store.sources_of(org, viewer.person()).await?;
    give_back(store, keyring, calendars, &viewer, &sources).await?;
    if leaves.everything {
        settle(store, &viewer, machine).await?;
        let goes = Goes {
            account: &account.account,
            with_account: account.role != role::OWNER,
            sources: &sources,
        };
        let again = Leaves {
            account: account.account.clone(),
            everything: true,
            person: account.email.clone(),
            again: true,
            closes_itself: false,
        };
        let due = machine.now().plus(ALL_ENDED);
        let again = [again.job(format!("again/{}", account.email), due)];
        // Whoever keeps the account may have come in anew by then, and what they do then is not to go.
        let again = if goes.with_account { &again[..] } else { &[] };
        return erase(store, &viewer, &goes, again, job).await;
    }
    for source in &sources {
        sync::disconnect(store, &viewer, machine, &source.source).await?;
    }
    chat::disconnect(store, &viewer).await?;
    Ok(store.finish(&job.lease).await?)
}

/// Whether something on their calendars is under way: one half of it done and the other not, it would stay so for good once
/// nobody here can get at them. Without the switch of whoever leaves, also what waits may yet begin.
async fn is_half_done<S: Intents>(
    store: &S,
    viewer: &Viewer,
    is_stopped: bool,
    now: Micros,
) -> Result<bool, ServerError> {
    let intents = store
        .intents_of(viewer.org(), viewer.person(), u32::MAX)
        .await?;
    let is_under_way = |state: IntentState| match state {
        IntentState::Written => !is_stopped,
        state => !state.is_end(),
    };
    let mut recent = intents
        .iter()
        .filter(|one| one.sent.unwrap_or(one.created) > now.plus(-WAITS));
    Ok(recent.any(|one| is_under_way(one.state)))
}

async fn is_in_the_list<S: Facts>(
    store: &S,
    org: &Org,
    address: &str,
) -> Result<bool, ServerError> {
    Ok(people::near(store, org, address).await?.is_listed())
}

/// Takes what came to be written after everything went, by work that had begun before. Of somebody who has an account again
/// nothing goes: nobody could tell which of it is of then.
async fn go_again<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    leaves: Leaves,
    job: &Job,
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Jobs + Leaving + Secrets + Sources,
    C: Calendars,
{
    let org = &job.lease.org;
    let is_back = store.account_by_email(org, &leaves.person).await?.is_some();
    if is_back {
        return Ok(store.finish(&job.lease).await?);
    }
    let viewer = Viewer::signed_in(org.clone(), &leaves.person);
    let sources = store.sources_of(org, viewer.person()).await?;
    give_back(store, keyring, calendars, &viewer, &sources).await?;
    let goes = Goes {
        account: &leaves.account,
        with_account: true,
        sources: &sources,
    };
    erase(store, &viewer, &goes, &[], job).await
}

/// Ends all that was allowed elsewhere. First: after it nobody here can.
async fn give_back<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    viewer: &Viewer,
    sources: &[Source],
) -> Result<(), ServerError>
where
    S: Secrets + Sources,
    C: Calendars,
{
    for (at, source) in sources.iter().enumerate() {
        sync::stop_watching(store, keyring, calendars, viewer, &source.source).await?;
        let before = &sources[..at];
        sync::give_back(store, keyring, calendars, viewer, &source.source, before).await?;
    }
    Ok(())
}

/// What became of their 1:1s stays with the others.
async fn settle<S>(store: &S, viewer: &Viewer, machine: Machine<'_>) -> Result<(), ServerError>
where
    S: Facts + Sources + Views,
{
    let (org, person) = (viewer.org(), viewer.person());
    let now = instant(machine.now());
    let others = retention::settle_for_others(store, org, person, now).await?;
    for other in &others {
        cadence::withdraw(store, viewer, now, other).await?;
        retention::judge_anew(store, org, other).await?;
    }
    Ok(())
}
