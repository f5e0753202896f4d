//! Push channels: a calendar's server says by itself that something changed, and the source's next round is due at once.
//!
//! A message is believed in nothing but that: what changed is read in the round, as ever. It is known by a token that this
//! server marked for that one channel, so that no table of channels has to be looked at for it. A message that is lost, late,
//! comes twice or out of order changes nothing: rounds are done at their times all the same.
//!
//! A channel ends by itself after some days, which nobody is told, and cannot be made longer: a job opens the next one while
//! the old one still speaks. What is known of channels is sealed with how to get at their source, and goes with it.

use super::again::later;
use super::port::{Access, Calendars, Channel, NewChannel, Watched, wait};
use super::round::{Machine, job as round};
use super::status::about;
use super::{Pages, Reading, sealed};
use crate::server::accounts::has_left;
use crate::server::ends::finish;
use crate::server::marked;
use crate::server::{ServerError, Viewer};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use steadfast_store::seal::Keyring;
use steadfast_store::{
    Accounts, Intents, Jobs, Micros, NewJob, Org, Secrets, Source, Sources, StoreError,
};

/// The kind of job that looks after a source's channels. Its unique name is the source's.
pub const WATCH: &str = "watch";

/// What tokens of channels are marked for.
const PURPOSE: &str = "push channel 1";
/// How long looking after them may take.
const LEASE: i64 = 10 * 60 * 1_000_000;
/// A channel that ends within it is followed by another: a server that is down for a night, or is restored, loses nothing.
const AHEAD: i64 = 24 * 3_600 * 1_000_000;
/// How often it is looked whether there are calendars that were not there before.
const LOOKS: i64 = 24 * 3_600 * 1_000_000;
/// A channel of which nobody says when it ends is taken to end so soon.
const UNSAID: i64 = 48 * 3_600 * 1_000_000;
/// Between two rounds because of messages: a calendar in which much happens at once is asked once.
const APART: i64 = 10 * 1_000_000;

/// The job that looks after a source's channels.
pub(super) fn job(source: &str, due: Micros) -> NewJob {
    NewJob {
        kind: WATCH.to_owned(),
        unique: Some(source.to_owned()),
        payload: Vec::new(),
        due,
        // What cannot be watched for a month can after it.
        max_attempts: u32::MAX,
    }
}

/// From now on the server of a source just connected is asked to say by itself that something changed, where it can.
pub(super) async fn soon<S: Jobs>(
    store: &S,
    org: &Org,
    source: &str,
    access: &Access,
    now: Micros,
) -> Result<(), ServerError> {
    if access.is_of_google() {
        store.enqueue(org, &[job(source, now)]).await?;
    }
    Ok(())
}

/// Sees to it that the channels of all sources that may have some are looked after: an address may have been given to this
/// server since they were connected. Safe to repeat.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn plan_watching<S>(store: &S, now: Micros) -> Result<(), ServerError>
where
    S: Accounts + Jobs + Sources,
{
    for one in store.organisations().await? {
        let mut sources = Pages::default();
        while let Some(page) = sources.next(store, &one.org).await? {
            let may = page.iter().filter(|source| {
                let about = about(source);
                about.is_google || about.by_key
            });
            let jobs: Vec<_> = may.map(|source| job(&source.source, now)).collect();
            store.enqueue(&one.org, &jobs).await?;
        }
    }
    Ok(())
}

/// Looks after the channels of one source, if that is due; gives whether it was.
///
/// # Errors
/// [`ServerError::Store`]; it is done again when its lease ends.
pub async fn watch<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    machine: Machine<'_>,
) -> Result<bool, ServerError>
where
    S: Accounts + Intents + Jobs + Secrets + Sources,
    C: Calendars,
{
    let now = machine.now();
    let Some(one) = machine.claim(store, WATCH, LEASE).await? else {
        return Ok(false);
    };
    let (org, name) = (&one.lease.org, one.unique.as_deref().unwrap_or_default());
    let done = match looked_after(store, keyring, calendars, (org, name), machine).await {
        Ok(Looked::No) => return finish(store, &one.lease).await.map(|()| true),
        Ok(Looked::At(next)) => {
            // Asked for while it runs: it is run once more after it ends.
            store.enqueue(org, &[job(name, next)]).await?;
            return finish(store, &one.lease).await.map(|()| true);
        }
        Ok(Looked::Later(after)) => {
            let again = later(now, one.attempt, (machine.chance)());
            let again = again.max(now.plus(wait(after)));
            let why = "the calendar's server does not open a channel now";
            store
                .fail(&one.lease, now, Some(again), why)
                .await
                .map(drop)
        }
        // A key that is not at hand now may be again.
        Err(ServerError::Sealed(_)) => {
            let again = now.plus(LOOKS);
            let why = "the channels cannot be read";
            store
                .fail(&one.lease, now, Some(again), why)
                .await
                .map(drop)
        }
        Err(error) => return Err(error),
    };
    match done {
        // Another node did it as well.
        Ok(()) | Err(StoreError::StaleLease { .. }) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// What is to be done next for a source's channels.
enum Looked {
    /// Nothing: it has none, and can have none.
    No,
    /// They are to be looked at then.
    At(Micros),
    /// Some could not be opened; seconds that the calendar's server wants to wait.
    Later(Option<u32>),
}

async fn looked_after<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    (org, name): (&Org, &str),
    machine: Machine<'_>,
) -> Result<Looked, ServerError>
where
    S: Accounts + Intents + Secrets + Sources,
    C: Calendars,
{
    let now = machine.now();
    let Some(source) = store.source(org, name).await? else {
        return Ok(Looked::No);
    };
    if has_left(store, org, &source.person, now).await? {
        // No channel is opened for them; those that are open end when it is disconnected.
        return Ok(Looked::At(now.plus(LOOKS)));
    }
    // One that waits for its owner is looked after again when it is mended.
    let Some(access) = sealed::reveal(store, keyring, org, name).await? else {
        return Ok(Looked::No);
    };
    let Some(cursor) = Reading::of(&source)
        .cursor
        .filter(|_| source.stopped.is_none())
    else {
        let waits = source.stopped.is_none() && access.is_of_google();
        return Ok(if waits {
            Looked::At(now.plus(AHEAD / 24))
        } else {
            Looked::No
        });
    };
    let open = sealed::channels(store, keyring, org, name).await?;
    let wanted: BTreeSet<String> = calendars.watchable(&access, &cursor).into_iter().collect();
    if wanted.is_empty() && open.is_empty() {
        return Ok(Looked::No);
    }
    let (good, over): (Vec<Channel>, Vec<Channel>) = open.into_iter().partition(|channel| {
        wanted.contains(&channel.calendar) && ends(channel, now) > now.plus(AHEAD)
    });
    let watched: BTreeSet<&str> = good.iter().map(|one| one.calendar.as_str()).collect();
    let missing = wanted.iter().filter(|one| !watched.contains(one.as_str()));
    let new = missing
        .map(|calendar| new_channel(keyring, name, calendar, machine))
        .collect::<Result<Vec<_>, _>>()?;
    let mut next = now.plus(LOOKS);
    if new.is_empty() && over.is_empty() {
        return Ok(Looked::At(
            good.iter()
                .fold(next, |next, one| next.min(before(one, now))),
        ));
    }
    let Watched {
        mut opened,
        refused: _,
        trouble,
    } = calendars.watch(&access, new, over.clone()).await;
    for one in &mut opened {
        // Kept as of when it was opened: it would seem to be new for ever.
        one.until.get_or_insert(now.plus(UNSAID).0);
    }
    // Where something went wrong nobody knows which old ones were stopped: they are, the next time, unless they ended by then.
    let kept = over
        .into_iter()
        .filter(|one| trouble.is_some() && one.until.is_none_or(|until| until > now.0));
    let mut now_open: Vec<Channel> = good.into_iter().chain(kept).collect();
    now_open.extend(opened.iter().cloned());
    sealed::keep_channels(store, keyring, org, name, &now_open).await?;
    if store.source(org, name).await?.is_none() {
        // Disconnected meanwhile: what was just kept is nobody's. What cannot be stopped any more ends by itself.
        calendars.watch(&access, Vec::new(), opened).await;
        sealed::erase(store, org, name).await?;
        return Ok(Looked::No);
    }
    if let Some(trouble) = trouble {
        return Ok(Looked::Later(trouble.after));
    }
    for one in &now_open {
        next = next.min(before(one, now));
    }
    Ok(Looked::At(next))
}

/// When a channel ends; one of which nobody knows is followed by another now.
fn ends(channel: &Channel, now: Micros) -> Micros {
    channel.until.map_or(now, Micros)
}

/// When the one after it is to be opened; never in the same moment again.
fn before(channel: &Channel, now: Micros) -> Micros {
    let at = ends(channel, now).plus(-AHEAD);
    at.max(now.plus(AHEAD / 24))
}

/// A new channel for a calendar of a source, with a token that says which channel of which source it is.
fn new_channel(
    keyring: &Keyring,
    source: &str,
    calendar: &str,
    machine: Machine<'_>,
) -> Result<NewChannel, ServerError> {
    let mut id = String::with_capacity(32);
    for _ in 0..4 {
        // Writing to a string cannot fail.
        let _ = write!(id, "{:08x}", (machine.chance)());
    }
    let token = marked::marked(keyring, PURPOSE, &format!("{source} {id}"))?;
    Ok(NewChannel {
        calendar: calendar.to_owned(),
        id,
        token,
    })
}

/// A message came over the channel of that name, with that token: the next round of its source is due now, or a little after
/// the last one. Whose it is only a token that this server marked for that very channel says; for any other nothing is
/// looked up, and nothing done.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn changed<S: Jobs + Sources>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    now: Micros,
    (channel, token): (&str, &str),
) -> Result<(), ServerError> {
    let text = marked::read(keyring, PURPOSE, token)?;
    let named = text.and_then(|text| text.rsplit_once(' '));
    let Some((source, _)) = named.filter(|(_, id)| *id == channel) else {
        return Ok(());
    };
    let source = store.source(org, source).await?;
    let Some(source) = source.filter(|source| source.stopped.is_none()) else {
        return Ok(());
    };
    let due = source.tried.map_or(now, |tried| tried.plus(APART).max(now));
    // Nor before the source wants to be asked again.
    let due = Reading::of(&source).not_before(due);
    // One that failed keeps the time at which it is tried again.
    store.enqueue(org, &[round(&source.source, due)]).await?;
    Ok(())
}

/// Stops the channels of a source of the viewer's that is to be disconnected. One that cannot be stopped ends by itself, and
/// what comes over it changes nothing any more.
///
/// # Errors
/// [`ServerError::NotFound`] when it is not theirs; [`ServerError::Store`].
pub async fn stop_watching<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    viewer: &Viewer,
    source: &str,
) -> Result<(), ServerError>
where
    S: Secrets + Sources,
    C: Calendars,
{
    let org = viewer.org();
    let found: Option<Source> = store.source(org, source).await?;
    found
        .filter(|source| source.person == viewer.person())
        .ok_or(ServerError::NotFound)?;
    let open = match sealed::channels(store, keyring, org, source).await {
        Ok(open) if !open.is_empty() => open,
        Ok(_) | Err(ServerError::Sealed(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let access: Option<Access> = sealed::reveal(store, keyring, org, source).await?;
    if let Some(access) = access {
        calendars.watch(&access, Vec::new(), open).await;
    }
    Ok(())
}
