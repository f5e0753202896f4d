//! How a server stands: counts and ages for whoever runs it. Nothing in it names anybody.

use super::ServerError;
use super::people::count_mistyped;
use super::sync::{Pages, opens};
use steadfast_store::seal::{Keyring, SealError};
use steadfast_store::{Accounts, Depth, Facts, Jobs, Micros, Secrets, Source, Sources};

/// Microseconds after which a source that was not verified is worth a look: it is asked many times a day.
const STALE: i64 = 86_400_000_000;

/// The sources of all organisations.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// Verified within a day, and answered the last time.
    pub well: u64,
    /// Did not answer the last time, and are tried again.
    pub failing: u64,
    /// Wait for their owners.
    pub stopped: u64,
    /// Not verified for a day, among those that are asked.
    pub stale: u64,
    /// Microseconds since the one that was verified longest ago was, among those that are asked.
    pub oldest: Option<i64>,
}

impl Standing {
    /// All there are.
    pub fn all(&self) -> u64 {
        self.well + self.failing + self.stopped
    }

    fn count(&mut self, source: &Source, now: Micros) {
        if source.stopped.is_some() {
            self.stopped += 1;
            return;
        }
        let age = now
            .0
            .saturating_sub(source.verified.unwrap_or(source.created).0);
        self.oldest = self.oldest.max(Some(age));
        if age > STALE {
            self.stale += 1;
        }
        if source.failures > 0 {
            self.failing += 1;
        } else {
            self.well += 1;
        }
    }
}

/// How a server stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Health {
    /// Organisations.
    pub organisations: u64,
    /// Positions given out to facts, over all organisations.
    pub facts: u64,
    /// Connected calendars.
    pub sources: Standing,
    /// Jobs by kind.
    pub jobs: Vec<Depth>,
}

impl Health {
    /// Jobs that are not tried any more.
    pub fn dead_letters(&self) -> u64 {
        self.jobs.iter().map(|depth| depth.dead).sum()
    }
}

/// Counts what there is.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn health<S>(store: &S, now: Micros) -> Result<Health, ServerError>
where
    S: Accounts + Facts + Jobs + Sources,
{
    let mut health = Health {
        jobs: store.depth().await?,
        ..Health::default()
    };
    for one in store.organisations().await? {
        health.organisations += 1;
        health.facts += store.position(&one.org).await?.0;
        let mut sources = Pages::default();
        while let Some(page) = sources.next(store, &one.org).await? {
            for source in &page {
                health.sources.count(source, now);
            }
        }
    }
    Ok(health)
}

/// Managers on lists of people that are perhaps mistyped, over all organisations.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn mistyped<S>(store: &S, now: Micros) -> Result<usize, ServerError>
where
    S: Accounts + Facts,
{
    let mut many = 0;
    for one in store.organisations().await? {
        many += count_mistyped(store, &one.org, now).await?;
    }
    Ok(many)
}

/// Whether the keys at hand open what is sealed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Opened {
    /// Sources whose secret opens.
    pub open: u64,
    /// Sources whose secret does not.
    pub shut: u64,
    /// Ids of keys that were asked for and are not in the key file.
    pub wanted: Vec<String>,
}

/// Tries to open how to get at every source; what is opened is forgotten at once.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn opened<S>(store: &S, keyring: &Keyring) -> Result<Opened, ServerError>
where
    S: Accounts + Secrets + Sources,
{
    let mut opened = Opened::default();
    for one in store.organisations().await? {
        let mut sources = Pages::default();
        while let Some(page) = sources.next(store, &one.org).await? {
            for source in &page {
                match opens(store, keyring, &one.org, &source.source).await {
                    Ok(true) => opened.open += 1,
                    Ok(false) => opened.shut += 1,
                    Err(ServerError::Sealed(error)) => {
                        opened.shut += 1;
                        opened.wants(error);
                    }
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(opened)
}

impl Opened {
    fn wants(&mut self, error: SealError) {
        if let SealError::UnknownKey(id) = error
            && !self.wanted.contains(&id)
        {
            self.wanted.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_counts_once_by_how_it_stands() {
        let source = |verified: Option<i64>, failures, stopped: Option<i64>| Source {
            source: "s".to_owned(),
            person: "maya@example.com".to_owned(),
            about: Vec::new(),
            created: Micros(0),
            cursor: None,
            verified: verified.map(Micros),
            tried: None,
            failures,
            problem: None,
            stopped: stopped.map(Micros),
        };
        let mut standing = Standing::default();
        let now = Micros(STALE + 10);
        for source in [
            source(Some(STALE), 0, None),
            source(None, 3, None),
            source(Some(5), 0, Some(7)),
        ] {
            standing.count(&source, now);
        }
        let expected = Standing {
            well: 1,
            failing: 1,
            stopped: 1,
            stale: 1,
            oldest: Some(STALE + 10),
        };
        assert_eq!(standing, expected);
        assert_eq!(standing.all(), 3);
    }
}
