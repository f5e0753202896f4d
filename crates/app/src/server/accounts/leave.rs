//! Somebody leaves, by their own wish or because whoever keeps the list of people says so.
//!
//! `Invariant:` whoever leaves by their own wish leaves nothing here but what belongs to somebody else as well: the verdicts of
//! their 1:1s, settled for the other one as retention settles them, the words that they shared, what two agreed on, and their
//! place in the list of people. It goes in one stroke; a crash before it repeats everything, one after it finds it done.
//! Whoever keeps the list ends somebody's access, and no more: what was observed is kept as long as the organisation keeps it.

use super::{Knowers, SignedIn, names, role};
use crate::server::facts::{self, WORD, WORDS, WordGiven};
use crate::server::ledger::whole_stream;
use crate::server::people::{self, Administrator, Near};
use crate::server::sync::{self, Calendars, Machine, instant};
use crate::server::{
    ServerError, Viewer, cadence, chat, guard, held, imip, ledger, log, mail, only_me, retention,
};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use steadfast_calendar::resolve;
use steadfast_store::seal::Keyring;
use steadfast_store::{
    Account, AccountChange, Accounts, Facts, Gone, IntentState, Intents, Job, Jobs, LEAVES, Leaving,
    Micros, NewJob, Org, Secrets, Sessions, Source, Sources, StoreError, Version, Views, backoff,
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
/// Streams listed at once.
const PAGE: u32 = 500;

/// Who leaves, and how.
#[derive(Serialize, Deserialize)]
struct Leaves {
    account: String,
    /// By their own wish: everything of theirs goes. Otherwise their access ends.
    everything: bool,
}

impl Leaves {
    fn job(&self, unique: String, due: Micros) -> NewJob {
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
    let leaves = Leaves {
        account: me.account().to_owned(),
        everything: true,
    };
    let person = me.viewer().person();
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

/// Ends the access of somebody who leaves after their last day, if they have an account: they sign in no more, programs with a
/// token of theirs are let in no more, and their calendars are asked no more.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn access_ends<S: Accounts + Jobs>(
    store: &S,
    keeper: &Administrator,
    now: Micros,
    person: &str,
    last: Date,
) -> Result<(), ServerError> {
    let org = keeper.viewer().org();
    let Some(account) = store.account_by_email(org, person).await? else {
        return Ok(());
    };
    if account.role == role::OWNER {
        return Ok(());
    }
    let midnight = last
        .tomorrow()
        .unwrap_or(last)
        .to_datetime(Time::midnight());
    let ends = resolve(midnight, &TimeZone::UTC);
    let due = Micros(ends.seconds().saturating_mul(1_000_000)).max(now);
    let leaves = Leaves {
        account: account.account,
        everything: false,
    };
    let job = leaves.job(format!("ends/{person}/{last}"), due);
    store.enqueue(org, &[job]).await?;
    Ok(())
}

/// Whether the account of that person is closed; `None` without one.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn is_shut_out<S: Accounts>(
    store: &S,
    keeper: &Administrator,
    person: &str,
) -> Result<Option<bool>, ServerError> {
    let account = store
        .account_by_email(keeper.viewer().org(), person)
        .await?;
    Ok(account.map(|account| account.disabled.is_some()))
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
    match done {
        // Another node did it as well.
        Ok(()) | Err(ServerError::Store(StoreError::StaleLease { .. })) => {}
        Err(error) => {
            let now = machine.now();
            let again = backoff(now, job.attempt, (machine.chance)());
            store
                .fail(&job.lease, now, Some(again), error.kind())
                .await?;
        }
    }
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
    let account = store.account(org, &leaves.account).await?;
    let Some(account) = account else {
        return Ok(store.finish(&job.lease).await?);
    };
    // Taken into the list again before the day came.
    let stays = !leaves.everything && is_in_the_list(store, org, &account.email).await?;
    if stays {
        return Ok(store.finish(&job.lease).await?);
    }
    if account.role != role::OWNER && account.disabled.is_none() {
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
        let (now, why) = (machine.now(), "what was begun on their calendars is not over");
        let again = now.plus(LOOKS_AGAIN);
        store.fail(&job.lease, now, Some(again), why).await?;
        return Ok(());
    }
    let sources = store.sources_of(org, viewer.person()).await?;
    for source in &sources {
        // First: after it nobody here can.
        sync::stop_watching(store, keyring, calendars, &viewer, &source.source).await?;
        sync::give_back(store, keyring, calendars, &viewer, &source.source).await?;
    }
    if leaves.everything {
        return erase(store, &viewer, &account, &sources, machine, job).await;
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

async fn erase<S>(
    store: &S,
    viewer: &Viewer,
    account: &Account,
    sources: &[Source],
    machine: Machine<'_>,
    job: &Job,
) -> Result<(), ServerError>
where
    S: Facts + Leaving + Sources + Views,
{
    let (org, person) = (viewer.org(), viewer.person());
    let now = instant(machine.now());
    let others = retention::settle_for_others(store, org, person, now).await?;
    for other in &others {
        cadence::withdraw(store, viewer, now, other).await?;
        retention::judge_anew(store, org, other).await?;
    }
    let words = private_words(store, viewer).await?;
    let words: Vec<(&str, Version)> = words
        .iter()
        .map(|(stream, version)| (stream.as_str(), *version))
        .collect();
    let streams = streams(viewer, account);
    let streams: Vec<&str> = streams.iter().map(String::as_str).collect();
    let mut owners = vec![chat::owner(person)];
    owners.extend(sources.iter().map(|one| sync::owner(&one.source)));
    let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
    let with_account = account.role != role::OWNER;
    let gone = Gone {
        person,
        streams: &streams,
        facts: &words,
        owners: &owners,
        account: &account.account,
        with_account,
        finish: Some(&job.lease),
    };
    store.erase_person(org, &gone).await?;
    Ok(store.forget().await?)
}

/// Every stream that is theirs alone. What whoever set the server up is called, and who knows an account, stay with the account.
fn streams(viewer: &Viewer, account: &Account) -> Vec<String> {
    let person = viewer.person();
    let mut streams = vec![
        facts::calendar_of(person),
        facts::lines_said_by(person),
        facts::lines_said_of(person),
        facts::acts_on(person),
        facts::proof_of(person),
        ledger::mattered_to(person),
        only_me::answers_to(person),
        retention::settled::settled_for(person),
        retention::folded(person),
        people::hours_of(person),
        guard::policies::chosen_by(person),
        guard::did_for(person),
        held::held_for(person),
        sync::said_to_key(person),
        mail::mail_of(person),
        imip::mail_in_name_of(person),
        log::noted::log_of(person),
    ];
    if account.role != role::OWNER {
        streams.extend([Knowers::stream(person), names::stream(&account.account)]);
    }
    streams
}

/// The facts of what the viewer said about their 1:1s and did not share, or took back, or said otherwise later.
async fn private_words<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<(String, Version)>, ServerError> {
    let org = viewer.org();
    let near: Near = people::near(store, org, viewer.person()).await?;
    let is_mine = |by: &str| by == viewer.person() || near.others(true).any(|other| other == by);
    let mut private = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = store.streams(org, WORDS, after.as_deref(), PAGE).await?;
        for (stream, _) in &page {
            // On one day one word stands: the last. Were only that taken away, the one before it would stand again.
            let mut last: HashMap<Date, (Version, bool)> = HashMap::new();
            for fact in whole_stream(store, org, stream).await? {
                let given: WordGiven = facts::what_was_said(&fact, WORD)?;
                if !is_mine(&given.by) {
                    continue;
                }
                let stays = given.shared && given.word.is_some();
                let before = last.insert(given.date, (fact.version, stays));
                private.extend(before.map(|(version, _)| (stream.clone(), version)));
            }
            let not_shared = last.into_values().filter(|(_, stays)| !stays);
            private.extend(not_shared.map(|(version, _)| (stream.clone(), version)));
        }
        match page.last() {
            Some((last, _)) => after = Some(last.clone()),
            None => return Ok(private),
        }
    }
}
