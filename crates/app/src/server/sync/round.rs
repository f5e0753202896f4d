//! One round of one source, and the rounds after it.

use super::again::{again, spread};
use super::objects::{Known, news};
use super::port::{Calendars, Found, FoundCalendar, Trouble, wait};
use super::{Reading, sealed, status::instant, status::label};
use crate::server::accounts::has_left;
use crate::server::facts::{self, CalendarLeft, CalendarNews};
use crate::server::ledger::{self, whole_stream};
use crate::server::log::noted::{self, Happened};
use crate::server::{ServerError, people, retention};
use std::{collections::BTreeMap, fmt};
use steadfast_store::seal::{Keyring, SealError};
use steadfast_store::{
    Accounts, Append, Claim, Expected, Facts, Failure, Intents, Job, Jobs, Lease, Micros, NewFact,
    NewJob, Org, Round, Secrets, Source, Sources, StoreError, Write,
};

/// The kind of job that a round is. Its unique name is the source's.
pub const JOB: &str = "sync";

/// A round that takes longer is begun by another node as well; the first to end counts.
const LEASE: i64 = 30 * 60 * 1_000_000;
/// The machine that a round runs on.
#[derive(Clone, Copy)]
pub struct Machine<'a> {
    /// What time it is.
    pub now: &'a (dyn Fn() -> Micros + Sync),
    /// Any number, drawn at random.
    pub chance: &'a (dyn Fn() -> u32 + Sync),
    /// Its name, for people who look.
    pub node: &'a str,
    /// Microseconds between two rounds of a source; up to a quarter more.
    pub every: i64,
}

impl fmt::Debug for Machine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.node)
    }
}

impl Machine<'_> {
    pub(in crate::server) fn now(&self) -> Micros {
        (self.now)()
    }

    /// The job of that kind that is due longest, if any is: this machine's for so many microseconds.
    pub(in crate::server) async fn claim<S: Jobs>(
        &self,
        store: &S,
        kind: &str,
        lease: i64,
    ) -> Result<Option<Job>, ServerError> {
        let now = self.now();
        let claim = Claim {
            kinds: &[kind],
            node: self.node,
            now,
            until: now.plus(lease),
            limit: 1,
        };
        Ok(store.claim(claim).await?.pop())
    }

    /// When the next round is due.
    pub(super) fn next(&self, now: Micros) -> Micros {
        now.plus(spread(self.every, (self.chance)()))
    }
}

/// What a call of [`step`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Nothing was due.
    Idle,
    /// A round found nothing new.
    Unchanged,
    /// A round found something new.
    Changed,
    /// A round came to nothing, and is tried again.
    Failed,
    /// A round came to nothing, and its source waits for its owner.
    Stopped,
    /// There was nothing to be done any more.
    Dropped,
}

/// The job of a source's next round.
pub(in crate::server) fn job(source: &str, due: Micros) -> NewJob {
    NewJob {
        kind: JOB.to_owned(),
        unique: Some(source.to_owned()),
        payload: Vec::new(),
        due,
        // A calendar that is away for a month is there again after it.
        max_attempts: u32::MAX,
    }
}

/// Does the round that is due longest, if any is.
///
/// # Errors
/// [`ServerError::Store`]; the round is done again when its lease ends.
pub async fn step<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    machine: Machine<'_>,
) -> Result<Step, ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources,
    C: Calendars,
{
    let Some(job) = machine.claim(store, JOB, LEASE).await? else {
        return Ok(Step::Idle);
    };
    match round(store, keyring, calendars, machine, &job).await {
        // Another node was faster.
        Err(error) if error.is_another_nodes() => Ok(Step::Dropped),
        done => done,
    }
}

async fn round<S, C>(
    store: &S,
    keyring: &Keyring,
    calendars: &C,
    machine: Machine<'_>,
    job: &Job,
) -> Result<Step, ServerError>
where
    S: Accounts + Facts + Intents + Jobs + Secrets + Sources,
    C: Calendars,
{
    let org = &job.lease.org;
    let name = job.unique.as_deref().unwrap_or_default();
    let source = store.source(org, name).await?;
    if source.is_none() {
        // Disconnected, or never wholly connected: how to get at it is nobody's any more.
        sealed::erase(store, org, name).await?;
    }
    let Some(source) = source.filter(|source| source.stopped.is_none()) else {
        store.finish(&job.lease).await?;
        return Ok(Step::Dropped);
    };
    let asked = machine.now();
    if has_left(store, org, &source.person, asked).await? {
        // It is disconnected after this, or they come back, and it goes on.
        let (again, why) = (Some(machine.next(asked)), "its owner has left");
        store.fail(&job.lease, asked, again, why).await?;
        return Ok(Step::Dropped);
    }
    let access = sealed::reveal(store, keyring, org, name).await;
    let found = match access {
        Err(ServerError::Sealed(SealError::UnknownKey(_))) => Err(keyless()),
        Err(ServerError::Sealed(_)) => Err(unsealed()),
        Err(error) => return Err(error),
        Ok(Some(access)) => {
            let cursor = Reading::of(&source).cursor;
            calendars.ask(&access, cursor.as_deref()).await
        }
        Ok(None) => Err(unsealed()),
    };
    match found {
        Ok(found) => {
            let told = Told {
                at: asked,
                found,
                lease: Some(&job.lease),
                happened: None,
            };
            let kept = keep(store, machine, org, &source, told).await;
            match kept {
                // Disconnected meanwhile.
                Err(ServerError::Store(StoreError::Missing(_))) => {
                    store.finish(&job.lease).await?;
                    Ok(Step::Dropped)
                }
                Ok(true) => Ok(Step::Changed),
                Ok(false) => Ok(Step::Unchanged),
                Err(error) => Err(error),
            }
        }
        Err(trouble) => failed(store, machine, &job.lease, &source, &trouble).await,
    }
}

/// The key is not in the key file that this process read when it began. Its owner cannot mend that, and nothing is lost:
/// it goes on as soon as the key is there.
fn keyless() -> Trouble {
    Trouble {
        after: None,
        what: "the server does not have the key to it".to_owned(),
        hint: "whoever runs the server finds out more with: steadfast doctor".to_owned(),
        stops: false,
    }
}

/// It was sealed elsewhere, or erased.
fn unsealed() -> Trouble {
    Trouble {
        after: None,
        what: "how to get at it cannot be read any more".to_owned(),
        hint: "disconnect it and connect it again".to_owned(),
        stops: true,
    }
}

async fn failed<S: Facts + Jobs + Sources>(
    store: &S,
    machine: Machine<'_>,
    lease: &Lease,
    source: &Source,
    trouble: &Trouble,
) -> Result<Step, ServerError> {
    let now = machine.now();
    let problem = format!("{}; {}", trouble.what, trouble.hint).replace('\0', " ");
    // The first of a row, and the one after which it is asked no more: first told, so that a crash tells it twice and
    // not never.
    if source.failures == 0 || trouble.stops {
        let happened = Happened::Silent {
            label: label(source),
            problem: problem.clone(),
            stops: trouble.stops,
        };
        noted::note(store, &lease.org, &source.person, instant(now), &happened).await?;
    }
    let failure = Failure {
        source: &source.source,
        at: now,
        problem: &problem,
        stops: trouble.stops,
    };
    let failures = store.failed(&lease.org, failure).await?;
    let Some(failures) = failures.filter(|_| !trouble.stops) else {
        store.finish(lease).await?;
        return Ok(Step::Stopped);
    };
    let again = again(now, failures, (machine.chance)());
    // Nor earlier than it asked for.
    let again = again.max(now.plus(wait(trouble.after)));
    // The problem itself stands with the source, for its owner alone.
    store
        .fail(lease, now, Some(again), "the source did not answer")
        .await?;
    Ok(Step::Failed)
}

/// What a source said.
pub(super) struct Told<'a> {
    /// When it was asked.
    pub(super) at: Micros,
    /// What it said.
    pub(super) found: Found,
    /// The job that asked, if it was one.
    pub(super) lease: Option<&'a Lease>,
    /// What is told to the source's owner besides, in the same stroke.
    pub(super) happened: Option<Happened>,
}

/// Keeps what a round found, where the source was read up to, and the next round, in one stroke. Whether anything was
/// new.
pub(super) async fn keep<S: Facts>(
    store: &S,
    machine: Machine<'_>,
    org: &Org,
    source: &Source,
    told: Told<'_>,
) -> Result<bool, ServerError> {
    let Told {
        at: asked,
        found,
        lease,
        happened,
    } = told;
    let stream = facts::calendar_of(&source.person);
    let New { facts: new, unread } =
        new_facts(store, org, source, &stream, machine.now(), &found).await?;
    let log = noted::log_of(&source.person);
    let now = instant(machine.now());
    let happened = happened.into_iter().chain(answers_again(source));
    let happened = happened.chain(unread_entries(source, &found));
    let told: Vec<NewFact> = happened
        .map(|happened| happened.fact(&source.person, now))
        .collect();
    let append = |stream, facts| Append {
        stream,
        expected: Expected::Any,
        facts,
    };
    let appends = [
        append(&stream, new.as_slice()),
        append(&log, told.as_slice()),
    ];
    let before = Reading::of(source);
    let mut reading = before.next(source, &found.cursor, &unread);
    reading.waits = found
        .after
        .map(|after| before.left_alone(machine.now(), (machine.chance)(), after));
    let next = reading.not_before(machine.next(machine.now()));
    let mut jobs = vec![job(&source.source, next)];
    if !new.is_empty() {
        jobs.push(ledger::news_of(&source.person, machine.now()));
    }
    let cursor = reading.to_bytes();
    let round = Round {
        source: &source.source,
        cursor: &cursor,
        at: asked,
    };
    let write = Write {
        appends: &appends,
        jobs: &jobs,
        finish: lease,
        round: Some(&round),
        ..Write::default()
    };
    store.write(org, write).await?;
    Ok(!new.is_empty())
}

/// What is told of entries that could not be read and stand as they were known.
fn unread_entries(source: &Source, found: &Found) -> Option<Happened> {
    let unread = found.unreadable.iter();
    let entries = unread
        .filter(|(what, _)| what.starts_with("event "))
        .count();
    (entries > 0).then(|| Happened::Unread {
        label: label(source),
        entries,
    })
}

/// What is told of a source that had not answered before.
fn answers_again(source: &Source) -> Option<Happened> {
    let was_silent = source.failures > 0 || source.stopped.is_some();
    was_silent.then(|| Happened::Answers {
        label: label(source),
        since: source.verified.map(|at| instant(at).seconds()),
    })
}

/// What a round found.
#[derive(Default)]
struct New {
    facts: Vec<NewFact>,
    /// Calendars that were read before and did not answer now.
    unread: Vec<String>,
}

async fn new_facts<S: Facts>(
    store: &S,
    org: &Org,
    source: &Source,
    stream: &str,
    seen: Micros,
    found: &Found,
) -> Result<New, ServerError> {
    let seen = instant(seen);
    let mut new = New::default();
    let has_news = |calendar: &&FoundCalendar| !matches!(calendar.news, super::News::Unchanged);
    let near = people::near(store, org, &source.person).await?;
    let is_mine =
        |owner: &String| *owner == source.person || near.others(true).any(|other| other == owner);
    let mine = found
        .calendars
        .iter()
        .filter(|calendar| calendar.owner.as_ref().is_none_or(is_mine));
    let told: Vec<&FoundCalendar> = mine.filter(has_news).collect();
    if told.is_empty() && found.gone.is_empty() && found.unreadable.is_empty() {
        return Ok(new);
    }
    let folded = retention::folded_until(store, org, &source.person).await?;
    let mut known = known(store, org, stream, &source.source).await?;
    let reading = Reading::of(source);
    // Of a source of which nothing was ever read whole, what could not be read is not known up to now either.
    let is_new = source.verified.is_none();
    let unread = found.unreadable.iter().map(|(id, _)| id);
    let is_unread = |id: &&String| {
        known.contains_key(*id) || reading.is_unread(id) || (is_new && !id.starts_with("event "))
    };
    new.unread = unread.filter(is_unread).cloned().collect();
    for calendar in told {
        let before = known.remove(&calendar.id);
        // One that was not there, or was taken away in between, is looked at for the first time.
        let after = before
            .as_ref()
            .and_then(|_| reading.known_until(source, &calendar.id))
            .map(|at| instant(at).seconds());
        let before = before.unwrap_or_default();
        let news = news(&source.source, after, folded, &before, calendar.clone());
        new.facts
            .extend(news.map(|news| facts::news(&news, &source.person, seen)));
    }
    for calendar in &found.gone {
        let left = CalendarLeft {
            source: source.source.clone(),
            calendar: Some(calendar.clone()),
        };
        new.facts
            .push(facts::said(facts::LEFT, &left, &source.person, seen));
    }
    Ok(new)
}

/// What is known of each calendar of a source.
pub(in crate::server) async fn known<S: Facts>(
    store: &S,
    org: &Org,
    stream: &str,
    source: &str,
) -> Result<BTreeMap<String, Known>, ServerError> {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for fact in whole_stream(store, org, stream).await? {
        match fact.kind.as_str() {
            facts::NEWS => {
                let news: CalendarNews = facts::news_told(&fact)?;
                if news.source == source {
                    let calendar = known.entry(news.calendar).or_default();
                    news.gone
                        .iter()
                        .for_each(|href| drop(calendar.remove(href)));
                    calendar.extend(news.put);
                }
            }
            facts::LEFT => {
                let left: CalendarLeft = facts::what_was_said(&fact, facts::LEFT)?;
                if let (true, Some(calendar)) = (left.source == source, &left.calendar) {
                    known.remove(calendar);
                }
            }
            _ => {}
        }
    }
    Ok(known)
}
