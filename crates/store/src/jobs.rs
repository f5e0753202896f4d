//! Work to be done later, by whichever node is free, once.

use crate::error::StoreError;
use crate::key::{Micros, Org};
use crate::store::{Store, on_engine};
use std::future::Future;

/// A job's number in its organisation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct JobId(pub u64);

/// A job to be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewJob {
    /// What to do; workers claim by it.
    pub kind: String,
    /// Names the same work, so that it is not queued twice; see [`Jobs::enqueue`].
    pub unique: Option<String>,
    /// What to do it with; the form is the caller's.
    pub payload: Vec<u8>,
    /// Not before.
    pub due: Micros,
    /// After so many attempts it is a dead letter; 0 means 1.
    pub max_attempts: u32,
}

/// The right to work on a job, until it ends or somebody else has a newer one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lease {
    /// The organisation.
    pub org: Org,
    /// The job.
    pub job: JobId,
    /// Fencing: grows with every claim of the job. Only the last one counts.
    pub token: u64,
}

/// A job that was claimed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// The right to work on it.
    pub lease: Lease,
    /// As given.
    pub kind: String,
    /// As given.
    pub unique: Option<String>,
    /// As given; of the newest that was queued with the unique name.
    pub payload: Vec<u8>,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// The last one that there will be.
    pub max_attempts: u32,
}

/// A claim on jobs that are due.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// Kinds that the worker can do.
    pub kinds: &'a [&'a str],
    /// Who claims, for people who look.
    pub node: &'a str,
    /// Now.
    pub now: Micros,
    /// When the lease ends unless it is renewed.
    pub until: Micros,
    /// At most so many.
    pub limit: u32,
}

/// What became of a job that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failed {
    /// It will be tried again.
    Again,
    /// It is a dead letter: a person has to look.
    Dead,
}

/// A job that is not tried any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeadLetter {
    /// The job.
    pub job: JobId,
    /// As given.
    pub kind: String,
    /// As given.
    pub unique: Option<String>,
    /// As given.
    pub payload: Vec<u8>,
    /// How often it was tried.
    pub attempts: u32,
    /// What the last attempt said; none when the nodes that tried it were gone before they could say.
    pub error: Option<String>,
    /// Since when.
    pub at: Micros,
}

/// How many jobs of a kind there are, over all organisations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Depth {
    /// The kind.
    pub kind: String,
    /// Waiting, due or not.
    pub waiting: u64,
    /// With a worker.
    pub leased: u64,
    /// Dead letters.
    pub dead: u64,
}

/// The queue. A job is done at least once, and by one node at a time: while it holds the newest lease.
///
/// Effects inside the store happen exactly once when they are written together with the job's end
/// ([`crate::Write::finish`]); effects outside must bear being repeated.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait Jobs: Sync {
    /// Queues jobs. Jobs that come of facts are queued with them, by [`crate::Facts::append`].
    ///
    /// With a unique name (unique per organisation and kind) a call promises one run that begins after it, however
    /// often it is made: a waiting job takes the newer payload and the earlier moment (after a failed attempt its
    /// backoff stays); a running one is run once more after it ends; a dead letter stays, and a new job is queued.
    ///
    /// # Errors
    /// [`StoreError::NoOrganisation`].
    fn enqueue(
        &self,
        org: &Org,
        jobs: &[NewJob],
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Takes jobs that are due or whose lease has ended, the longest due first, over all organisations. Jobs whose
    /// last allowed attempt ended with its lease become dead letters here.
    ///
    /// # Errors
    /// See the trait.
    fn claim(&self, claim: Claim<'_>) -> impl Future<Output = Result<Vec<Job>, StoreError>> + Send;

    /// Extends the lease of a long job to `until`.
    ///
    /// # Errors
    /// [`StoreError::StaleLease`].
    fn renew(
        &self,
        lease: &Lease,
        until: Micros,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The job is done, and goes.
    ///
    /// # Errors
    /// [`StoreError::StaleLease`].
    fn finish(&self, lease: &Lease) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// The attempt failed: tried again at `retry` ([`backoff`] proposes one), or dead when that is `None` or it was the
    /// last attempt. If it was queued once more meanwhile, it gets a new life instead of dying.
    ///
    /// # Errors
    /// [`StoreError::StaleLease`].
    fn fail(
        &self,
        lease: &Lease,
        now: Micros,
        retry: Option<Micros>,
        error: &str,
    ) -> impl Future<Output = Result<Failed, StoreError>> + Send;

    /// When the next job of these kinds is due or loses its lease: until then there is nothing to claim.
    ///
    /// # Errors
    /// See the trait.
    fn next_due(
        &self,
        kinds: &[&str],
    ) -> impl Future<Output = Result<Option<Micros>, StoreError>> + Send;

    /// Dead letters before a number (`None`: all), newest number first.
    ///
    /// # Errors
    /// See the trait.
    fn dead_letters(
        &self,
        org: &Org,
        before: Option<JobId>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<DeadLetter>, StoreError>> + Send;

    /// Gives a dead letter a new life, due at `now`.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when it is no dead letter; [`StoreError::Exists`] when a job of the same unique name is
    /// queued already, which does the same work.
    fn requeue(
        &self,
        org: &Org,
        job: JobId,
        now: Micros,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Throws a dead letter away.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when it is no dead letter.
    fn discard(&self, org: &Org, job: JobId)
    -> impl Future<Output = Result<(), StoreError>> + Send;

    /// How many jobs there are, by kind.
    ///
    /// # Errors
    /// See the trait.
    fn depth(&self) -> impl Future<Output = Result<Vec<Depth>, StoreError>> + Send;
}

/// The first wait after a failed attempt: a moment's trouble is over by then.
const FIRST_WAIT: i64 = 1_000_000;
/// The longest: whoever repairs something should not wait longer than this for the program to notice.
const LONGEST_WAIT: i64 = 3_600_000_000;

/// When to try again after attempt number `attempt` (from 1): one second, doubled with every attempt up to an hour, and up
/// to a quarter more, so that what failed together does not come back together. `chance` is any number; nodes
/// should draw it at random.
#[must_use]
pub fn backoff(now: Micros, attempt: u32, chance: u32) -> Micros {
    let doublings = attempt.saturating_sub(1).min(12);
    let wait = (FIRST_WAIT << doublings).min(LONGEST_WAIT);
    let more = (wait / 4) * i64::from(chance) / i64::from(u32::MAX);
    now.plus(wait + more)
}

impl Jobs for Store {
    async fn enqueue(&self, org: &Org, jobs: &[NewJob]) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.enqueue(org, jobs).await)
    }

    async fn claim(&self, claim: Claim<'_>) -> Result<Vec<Job>, StoreError> {
        on_engine!(self, repo => repo.claim(claim).await)
    }

    async fn renew(&self, lease: &Lease, until: Micros) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.renew(lease, until).await)
    }

    async fn finish(&self, lease: &Lease) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.finish(lease).await)
    }

    async fn fail(
        &self,
        lease: &Lease,
        now: Micros,
        retry: Option<Micros>,
        error: &str,
    ) -> Result<Failed, StoreError> {
        on_engine!(self, repo => repo.fail(lease, now, retry, error).await)
    }

    async fn next_due(&self, kinds: &[&str]) -> Result<Option<Micros>, StoreError> {
        on_engine!(self, repo => repo.next_due(kinds).await)
    }

    async fn dead_letters(
        &self,
        org: &Org,
        before: Option<JobId>,
        limit: u32,
    ) -> Result<Vec<DeadLetter>, StoreError> {
        on_engine!(self, repo => repo.dead_letters(org, before, limit).await)
    }

    async fn requeue(&self, org: &Org, job: JobId, now: Micros) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.requeue(org, job, now).await)
    }

    async fn discard(&self, org: &Org, job: JobId) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.discard(org, job).await)
    }

    async fn depth(&self) -> Result<Vec<Depth>, StoreError> {
        on_engine!(self, repo => repo.depth().await)
    }
}
