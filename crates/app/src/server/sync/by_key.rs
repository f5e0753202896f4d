//! The key of an organisation: it opens the Google Calendars of those of its people who let it, by one tap.
//!
//! `Invariant:` nothing of a calendar is read by it before whoever has the account let it. An invitation alone lets nobody's: neither
//! whoever made it nor whoever is named in it said anything then of a calendar.
//!
//! `Invariant:` nor for an account of which nobody knows whose it is. Whoever is handed an invitation can take the address that it
//! is for; where a person allows their calendar at Google themselves, Google tells whose it is, and here nobody does. So only
//! accounts may let it that whoever set the server up let in or vouched for ([`Knowers::Everybody`]). They are shown nothing of
//! what it opens: that is shown to its owner, and of their 1:1s to the other one of the two, as if the owner had connected it.
//!
//! Nobody is taken up who connected a calendar themselves, or who left: whoever disconnects what the key opened stays out until
//! they let it anew.

use super::port::Access;
use super::round::{Machine, job as round};
use super::status::{About, about, instant};
use super::{sealed, watch};
use crate::server::accounts::{Knowers, has_left};
use crate::server::facts;
use crate::server::ledger::whole_stream;
use crate::server::log::noted::{self, Happened};
use crate::server::{ServerError, Viewer};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{
    Accounts, Expected, Facts, Intents, Jobs, Micros, NewFact, NewJob, NewSource, Org, Secrets,
    Source, Sources, StoreError,
};

/// The kind of job that takes people up.
pub const BY_KEY: &str = "by-key";

/// Somebody lets the key open their calendar: an empty object.
const LET: &str = "key.let.v1";
/// Somebody left what the key opened: an empty object.
const LEFT: &str = "key.left.v1";
/// What such a calendar is called.
const LABEL: &str = "Google Calendar, by your organisation’s key";
/// How often it is looked who let it: their own tap makes it due at once, and what failed then is done here.
const EVERY: i64 = 10 * 60 * 1_000_000;
/// How long it may take.
const LEASE: i64 = 30 * 60 * 1_000_000;
/// Accounts read at once.
const PAGE: u32 = 500;

#[derive(Serialize, Deserialize)]
struct Said {}

/// How the key stands to somebody of its domains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// It opens their calendar.
    Reads,
    /// It opened their calendar, and is not for their address any more, or not there: nothing is read.
    Shut,
    /// They let it, and it will.
    Let,
    /// They left.
    Left,
    /// It does not, and would if they let it.
    Asks,
    /// It does not: nobody but whoever invited them knows that it is them, or they connected a calendar themselves.
    Not,
}

/// The stream of what somebody said to the key, and that they left. As a pair for one write.
pub(super) fn left(person: &str, now: Instant) -> (String, [NewFact; 1]) {
    (
        said_to_key(person),
        [facts::said(LEFT, &Said {}, person, now)],
    )
}

/// The stream of what somebody said to the key.
pub(in crate::server) fn said_to_key(person: &str) -> String {
    format!("by-key/{person}")
}

/// Whether somebody lets the key, as they said it last; `None` where they said nothing.
async fn said<S: Facts>(store: &S, org: &Org, person: &str) -> Result<Option<bool>, ServerError> {
    let all = whole_stream(store, org, &said_to_key(person)).await?;
    Ok(all.last().map(|fact| fact.kind == LET))
}

/// Whether somebody lets the key open their calendar.
async fn lets<S: Facts>(store: &S, org: &Org, person: &str) -> Result<bool, ServerError> {
    Ok(said(store, org, person).await? == Some(true))
}

/// Whether what somebody let the key of their organisation ends with that source of theirs: it is what the key opened, or it does
/// not, and could at any time.
pub(super) async fn is_last_before_key<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    source: &Source,
) -> Result<bool, ServerError> {
    let (org, person) = (viewer.org(), viewer.person());
    if about(source).by_key {
        return Ok(true);
    }
    let all = store.sources_of(org, person).await?;
    Ok(!all.iter().any(|one| about(one).by_key) && lets(store, org, person).await?)
}

/// The viewer lets the key of these domains open their calendar; it does soon after. Safe to repeat.
///
/// # Errors
/// [`ServerError::NotFound`] where it would not open theirs all the same; [`ServerError::Store`].
pub async fn let_key<S: Facts + Jobs + Sources>(
    store: &S,
    viewer: &Viewer,
    domains: &[String],
    now: Micros,
) -> Result<(), ServerError> {
    let (org, person) = (viewer.org(), viewer.person());
    match about_key(store, viewer, domains).await? {
        Some(Key::Asks | Key::Left) => {}
        Some(Key::Let | Key::Reads) => return Ok(()),
        Some(Key::Not | Key::Shut) | None => return Err(ServerError::NotFound),
    }
    let fact = facts::said(LET, &Said {}, person, instant(now));
    let soon = [job(now)];
    store
        .append(org, &said_to_key(person), Expected::Any, &[fact], &soon)
        .await?;
    Ok(())
}

/// Whether an address is of one of these domains.
pub fn is_of(domains: &[String], address: &str) -> bool {
    let domain = address.rsplit_once('@').map(|(_, domain)| domain);
    domain.is_some_and(|domain| domains.iter().any(|one| one.eq_ignore_ascii_case(domain)))
}

/// How a key for these domains stands to the viewer; `None` where their address is of none, and it never opened theirs.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn about_key<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    domains: &[String],
) -> Result<Option<Key>, ServerError> {
    let (org, person) = (viewer.org(), viewer.person());
    let sources = store.sources_of(org, person).await?;
    let is_open = sources.iter().any(|source| about(source).by_key);
    if !is_of(domains, person) {
        return Ok(is_open.then_some(Key::Shut));
    }
    if is_open {
        return Ok(Some(Key::Reads));
    }
    let said = said(store, org, person).await?;
    let is_known = Knowers::of(store, org, person).await? == Knowers::Everybody;
    Ok(Some(if !is_known || !sources.is_empty() {
        Key::Not
    } else {
        match said {
            Some(true) => Key::Let,
            Some(false) => Key::Left,
            None => Key::Asks,
        }
    }))
}

fn job(due: Micros) -> NewJob {
    NewJob {
        kind: BY_KEY.to_owned(),
        unique: Some(BY_KEY.to_owned()),
        payload: Vec::new(),
        due,
        max_attempts: u32::MAX,
    }
}

/// Sees to it that people are taken up from now on; gives whether there is an organisation. Safe to repeat.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn plan_keys<S: Accounts + Jobs>(store: &S, now: Micros) -> Result<bool, ServerError> {
    let all = store.organisations().await?;
    for one in &all {
        store.enqueue(&one.org, &[job(now)]).await?;
    }
    Ok(!all.is_empty())
}

/// Takes up whoever let it since the last time, of these domains, if that is due; gives whether it was. Without domains there is
/// no key (any more), and nothing is due again.
///
/// # Errors
/// [`ServerError::Store`]; it is done again when its lease ends.
pub async fn take_up<S>(
    store: &S,
    keyring: &Keyring,
    machine: Machine<'_>,
    domains: &[String],
) -> Result<bool, ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources,
{
    let Some(one) = machine.claim(store, BY_KEY, LEASE).await? else {
        return Ok(false);
    };
    let (org, now) = (&one.lease.org, machine.now());
    let done = async {
        let mut after: Option<String> = None;
        while !domains.is_empty() {
            let page = store.accounts(org, after.as_deref(), PAGE).await?;
            let is_last = page.len() < PAGE as usize;
            after = page.last().map(|account| account.account.clone());
            for account in page {
                // What the page said may be over: it is looked at again, account by account.
                let whose = (account.account.as_str(), account.email.as_str());
                if is_of(domains, whose.1) && may_be(store, org, now, whose).await? {
                    take(store, keyring, org, machine, whose).await?;
                }
            }
            if is_last {
                // Asked for while it runs: it is run once more after it ends.
                store.enqueue(org, &[job(now.plus(EVERY))]).await?;
                break;
            }
        }
        Ok::<_, ServerError>(store.finish(&one.lease).await?)
    };
    machine.ends(store, &one, done.await).await?;
    Ok(true)
}

/// Whether that account, of that address, lets the key and is one of whose person it is known.
async fn is_let<S: Accounts + Facts + Intents>(
    store: &S,
    org: &Org,
    now: Micros,
    (account, person): (&str, &str),
) -> Result<bool, ServerError> {
    let found = store.account(org, account).await?;
    Ok(found.is_some_and(|found| found.email == person)
        && !has_left(store, org, person, now).await?
        && lets(store, org, person).await?
        && Knowers::of(store, org, person).await? == Knowers::Everybody)
}

/// Whether the calendar of that account's address may be opened for it now.
async fn may_be<S: Accounts + Facts + Intents + Sources>(
    store: &S,
    org: &Org,
    now: Micros,
    whose: (&str, &str),
) -> Result<bool, ServerError> {
    Ok(is_let(store, org, now, whose).await? && store.sources_of(org, whose.1).await?.is_empty())
}

/// The name of the source by which somebody's calendar is opened: the same for the same person, so that two nodes make one of it.
pub(super) fn source_of(person: &str) -> String {
    let mut source = "key".to_owned();
    for byte in digest(&SHA256, person.as_bytes()).as_ref().iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(source, "{byte:02x}");
    }
    source
}

/// Opens the calendar of that account's address, unless that is not to be any more once it is.
pub(super) async fn take<S>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    machine: Machine<'_>,
    whose: (&str, &str),
) -> Result<(), ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources,
{
    let person = whose.1;
    let now = machine.now();
    let about = About {
        label: LABEL.to_owned(),
        with_password: false,
        is_google: false,
        by_key: true,
        writes: false,
        account: Some(person.to_owned()),
    };
    let new = NewSource {
        source: source_of(person),
        person: person.to_owned(),
        about: serde_json::to_vec(&about).unwrap_or_default(),
        created: now,
    };
    let access = Access::by_key(person);
    // First told, then what a round needs, and the round: where this process ends in between, the rest is done the next time.
    let happened = Happened::Opened { label: about.label };
    noted::note(store, org, person, instant(now), &happened).await?;
    sealed::keep(store, keyring, org, &new.source, &access).await?;
    match store.connect(org, &new).await {
        Ok(()) | Err(StoreError::Exists(_)) => {}
        Err(error) => return Err(error.into()),
    }
    if !is_let(store, org, now, whose).await? {
        // They left meanwhile, or their account was closed: what was just kept is nobody's.
        store.disconnect(org, &new.source).await?;
        return sealed::erase(store, org, &new.source).await;
    }
    store.enqueue(org, &[round(&new.source, now)]).await?;
    watch::soon(store, org, &new.source, &access, now).await
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn only_the_whole_domain_counts() {
        let domains = ["example.com".to_owned(), "Example.org".to_owned()];
        for (address, expected) in [
            ("maya@example.com", true),
            ("maya@EXAMPLE.org", true),
            ("maya@mail.example.com", false),
            ("maya@example.com.evil.net", false),
            ("maya@notexample.com", false),
            ("a@example.com@evil.net", false),
            ("example.com", false),
            ("", false),
        ] {
            assert_eq!(is_of(&domains, address), expected, "{address}");
        }
        assert!(!is_of(&[String::new()], "maya"));
    }
}
