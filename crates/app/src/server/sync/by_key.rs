//! The key of an organisation: it opens the Google Calendars of people who did nothing for it.
//!
//! `Invariant:` a calendar is opened by it only for an account that is known to be its owner's. Whoever is handed an invitation
//! can take the address that it is for; where a person allows their calendar at Google themselves, Google tells whose it is,
//! and here nobody does. So only accounts are taken up that whoever set the server up let in or vouched for
//! ([`Knowers::Everybody`]): the same whose key it is, who could read these calendars with it anyway. They are shown nothing of
//! it: what is read is shown to its owner, and of their 1:1s to the other one of the two, as if the owner had connected it.
//!
//! Nobody is taken up who connected a calendar themselves, or who left: whoever disconnects what the key opened stays out.

use super::port::Access;
use super::round::{Machine, job as round};
use super::status::{About, about, instant};
use super::{sealed, watch};
use crate::server::accounts::Knowers;
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
    Account, Accounts, Facts, Jobs, Micros, NewFact, NewJob, NewSource, Org, Secrets, Sources,
    StoreError, backoff,
};

/// The kind of job that takes people up.
pub const BY_KEY: &str = "by-key";

/// Somebody left what the key opened: an empty object.
const LEFT: &str = "key.left.v1";
/// What such a calendar is called.
const LABEL: &str = "Google Calendar, by your organisation’s key";
/// How often it is looked who came: they wait no longer for their first page.
const EVERY: i64 = 10 * 60 * 1_000_000;
/// How long it may take.
const LEASE: i64 = 30 * 60 * 1_000_000;
/// Accounts read at once.
const PAGE: u32 = 500;

#[derive(Serialize, Deserialize)]
struct Left {}

/// How the key stands to somebody of its domains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// It opens their calendar.
    Reads,
    /// They left.
    Left,
    /// It does not, and may at any time.
    May,
    /// It does not: nobody but whoever invited them knows that it is them, or they connected a calendar themselves.
    Not,
}

/// The stream of what somebody said to the key, and that they left. As a pair for one write.
pub(super) fn left(person: &str, now: Instant) -> (String, [NewFact; 1]) {
    (
        said_to_key(person),
        [facts::said(LEFT, &Left {}, person, now)],
    )
}

/// The stream of what somebody said to the key.
pub(in crate::server) fn said_to_key(person: &str) -> String {
    format!("by-key/{person}")
}

async fn has_left<S: Facts>(store: &S, org: &Org, person: &str) -> Result<bool, ServerError> {
    Ok(!whole_stream(store, org, &said_to_key(person))
        .await?
        .is_empty())
}

/// Whether an address is of one of these domains.
fn is_of(domains: &[String], address: &str) -> bool {
    let domain = address.rsplit_once('@').map(|(_, domain)| domain);
    domain.is_some_and(|domain| domains.iter().any(|one| one.eq_ignore_ascii_case(domain)))
}

/// How a key for these domains stands to the viewer; `None` where their address is of none.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn about_key<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    domains: &[String],
) -> Result<Option<Key>, ServerError> {
    let (org, person) = (viewer.org(), viewer.person());
    if !is_of(domains, person) {
        return Ok(None);
    }
    let sources = store.sources_of(org, person).await?;
    if sources.iter().any(|source| about(source).by_key) {
        return Ok(Some(Key::Reads));
    }
    if has_left(store, org, person).await? {
        return Ok(Some(Key::Left));
    }
    let is_known = Knowers::of(store, org, person).await? == Knowers::Everybody;
    Ok(Some(if is_known && sources.is_empty() {
        Key::May
    } else {
        Key::Not
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

/// Takes up whoever came since the last time, of these domains, if that is due; gives whether it was. Without domains there is
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
    S: Accounts + Facts + Jobs + Secrets + Sources,
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
                if is_of(domains, &account.email) && may_be(store, org, &account).await? {
                    take(store, keyring, org, machine, &account.email).await?;
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
    match done.await {
        // Another node did it as well.
        Ok(()) | Err(ServerError::Store(StoreError::StaleLease { .. })) => {}
        Err(error) => {
            let again = backoff(now, one.attempt, (machine.chance)());
            let why = error.kind();
            store.fail(&one.lease, now, Some(again), why).await?;
        }
    }
    Ok(true)
}

/// Whether the calendar of that account's address may be opened for it.
async fn may_be<S: Facts + Sources>(
    store: &S,
    org: &Org,
    account: &Account,
) -> Result<bool, ServerError> {
    let person = &account.email;
    Ok(account.disabled.is_none()
        && store.sources_of(org, person).await?.is_empty()
        && Knowers::of(store, org, person).await? == Knowers::Everybody
        && !has_left(store, org, person).await?)
}

async fn take<S>(
    store: &S,
    keyring: &Keyring,
    org: &Org,
    machine: Machine<'_>,
    person: &str,
) -> Result<(), ServerError>
where
    S: Facts + Jobs + Secrets + Sources,
{
    let now = machine.now();
    let about = About {
        label: LABEL.to_owned(),
        with_password: false,
        is_google: false,
        by_key: true,
        account: Some(person.to_owned()),
    };
    // The same for the same person, so that two nodes make one of it.
    let mut source = "key".to_owned();
    for byte in digest(&SHA256, person.as_bytes()).as_ref().iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(source, "{byte:02x}");
    }
    let new = NewSource {
        source,
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
