//! What was observed and what people decided: append-only.

use crate::accounts::Closes;
use crate::error::StoreError;
use crate::intents::{Ended, NewIntent};
use crate::jobs::{Lease, NewJob};
use crate::key::{Micros, Org, Position, Version};
use crate::sources::Round;
use crate::store::{Store, on_engine};
use std::future::Future;

/// A fact to be kept. The store reads none of it but hands it back as it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewFact {
    /// What sort of fact, with the version of its form (`observation.v1`): how to read the payload.
    pub kind: String,
    /// When it was observed or decided; says nothing about the order.
    pub at: Micros,
    /// Who or what said so.
    pub actor: String,
    /// The fact itself. Its form is the caller's and never changes once written.
    pub payload: Vec<u8>,
}

/// A fact that was kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// The stream it belongs to.
    pub stream: String,
    /// Its number in the stream, from 1.
    pub version: Version,
    /// Its place in the order of the organisation.
    pub position: Position,
    /// As given.
    pub kind: String,
    /// As given.
    pub at: Micros,
    /// As given.
    pub actor: String,
    /// As given.
    pub payload: Vec<u8>,
}

/// What a stream has to be at for an append to count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// Exactly this version; [`Version`] 0 means that the stream is new.
    Exactly(Version),
    /// Whatever it is: for facts that are true however many others there are.
    Any,
}

/// Facts for one stream, in their order.
#[derive(Clone, Copy, Debug)]
pub struct Append<'a> {
    /// The stream: 1 to 500 bytes without control characters.
    pub stream: &'a str,
    /// What it has to be at.
    pub expected: Expected,
    /// The facts; none is allowed, and then only the expectation is tested.
    pub facts: &'a [NewFact],
}

impl<'a> Append<'a> {
    /// Facts that go behind whatever the stream holds by then.
    pub const fn behind(stream: &'a str, facts: &'a [NewFact]) -> Self {
        Self {
            stream,
            expected: Expected::Any,
            facts,
        }
    }
}

/// Everything that one decision writes: all of it is kept, or nothing.
#[derive(Clone, Copy, Default, Debug)]
pub struct Write<'a> {
    /// Facts by stream. A stream may come more than once; its facts follow one another.
    pub appends: &'a [Append<'a>],
    /// Jobs that these facts ask for.
    pub jobs: &'a [NewJob],
    /// The job whose work this was. It is finished in the same stroke, so that its facts are written exactly once.
    pub finish: Option<&'a Lease>,
    /// The round of a source that found this: where it was read up to moves in the same stroke.
    pub round: Option<&'a Round<'a>>,
    /// What is to be done to calendars because of it, each with its job.
    pub intents: &'a [NewIntent],
    /// How an intent ended.
    pub ended: Option<&'a Ended<'a>>,
    /// Accounts that close because of it, or do not any more.
    pub closes: &'a [Closes<'a>],
}

/// The append-only record of an organisation.
///
/// - Facts are never changed or deleted, but for [`Facts::fold`] and [`Facts::thin`].
/// - Within an organisation all facts have one order, their positions. Whoever has read up to a position will never
///   see a fact appear at or before it. (Appends of one organisation therefore wait for one another: batch them.)
/// - What was acknowledged survives a crash of the program and of the machine.
/// - A call that fails, or whose future is dropped before it is done, has written all of it or nothing.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait Facts: Sync {
    /// Writes facts, jobs and the end of a job in one stroke. Gives each append's version afterwards, in order.
    ///
    /// # Errors
    /// [`StoreError::NoOrganisation`]; [`StoreError::Conflict`] when a stream is elsewhere;
    /// [`StoreError::StaleLease`] when the job to be finished is another node's by now;
    /// [`StoreError::Missing`] when the source of the round is gone, or the intent is or has ended.
    fn write(
        &self,
        org: &Org,
        write: Write<'_>,
    ) -> impl Future<Output = Result<Vec<Version>, StoreError>> + Send;

    /// Appends to one stream, and enqueues the jobs that come of it. Gives the stream's version afterwards.
    ///
    /// # Errors
    /// As [`Facts::write`].
    fn append(
        &self,
        org: &Org,
        stream: &str,
        expected: Expected,
        facts: &[NewFact],
        jobs: &[NewJob],
    ) -> impl Future<Output = Result<Version, StoreError>> + Send {
        async move {
            let appends = [Append {
                stream,
                expected,
                facts,
            }];
            let write = Write {
                appends: &appends,
                jobs,
                ..Write::default()
            };
            let versions = self.write(org, write).await?;
            Ok(versions.first().copied().unwrap_or_default())
        }
    }

    /// The facts of a stream after a version, in order, at most `limit` of them. Empty for a stream that is not there.
    ///
    /// # Errors
    /// See the trait.
    fn read(
        &self,
        org: &Org,
        stream: &str,
        after: Version,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Fact>, StoreError>> + Send;

    /// The facts of the organisation after a position, in order, at most `limit` of them. Less than `limit` means that
    /// there were no more.
    ///
    /// # Errors
    /// See the trait.
    fn read_all(
        &self,
        org: &Org,
        after: Position,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Fact>, StoreError>> + Send;

    /// Where the stream is: 0 when it is not there.
    ///
    /// # Errors
    /// See the trait.
    fn version(
        &self,
        org: &Org,
        stream: &str,
    ) -> impl Future<Output = Result<Version, StoreError>> + Send;

    /// Where each of the streams is, in their order: 0 for one that is not there.
    ///
    /// # Errors
    /// See the trait.
    fn versions(
        &self,
        org: &Org,
        streams: &[&str],
    ) -> impl Future<Output = Result<Vec<Version>, StoreError>> + Send;

    /// Several streams whole, in their order: where each is, and all of its facts. Facts that come meanwhile may be among them
    /// and are then not counted in the version. For streams that are short: in few strokes, whatever their number.
    ///
    /// # Errors
    /// See the trait.
    fn whole(
        &self,
        org: &Org,
        streams: &[&str],
    ) -> impl Future<Output = Result<Vec<(Version, Vec<Fact>)>, StoreError>> + Send;

    /// The last position given out: 0 when there is no fact.
    ///
    /// # Errors
    /// [`StoreError::NoOrganisation`].
    fn position(&self, org: &Org) -> impl Future<Output = Result<Position, StoreError>> + Send;

    /// Streams whose names begin with `prefix` (the empty one for all) and come after `after`, in the order of their
    /// bytes, with their versions.
    ///
    /// # Errors
    /// See the trait.
    fn streams(
        &self,
        org: &Org,
        prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(String, Version)>, StoreError>> + Send;

    /// For retention: puts `replacement` in the place of a stream's facts up to and including version `up_to`, or
    /// nothing in their place. Gives how many facts went.
    ///
    /// The replacement takes version `up_to` and the position of the fact that had it; versions and positions
    /// after it stay, the ones before are gone for good. A projection that has passed the position is not told, so the
    /// replacement has to say what its facts said, as far as anything still asks.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when the stream has no fact with that version.
    fn fold(
        &self,
        org: &Org,
        stream: &str,
        up_to: Version,
        replacement: Option<&NewFact>,
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// For retention: takes single facts out of a stream, or gives them another payload, all in one stroke. Gives how many
    /// there were.
    ///
    /// Versions, positions, kinds, moments and actors stay as they are. A version that has no fact (any more) is passed
    /// over, so that it may be done again. As with [`Facts::fold`] no projection is told.
    ///
    /// # Errors
    /// [`StoreError::NoOrganisation`].
    fn thin(
        &self,
        org: &Org,
        stream: &str,
        changes: &[(Version, Option<Vec<u8>>)],
    ) -> impl Future<Output = Result<u64, StoreError>> + Send;

    /// Gives up what was taken out, as far as the database can: with SQLite not one byte of it is in its files afterwards, if
    /// nobody was reading meanwhile; PostgreSQL frees the rows, and overwrites them as it uses their places again. May take
    /// seconds.
    ///
    /// # Errors
    /// See the trait.
    fn forget(&self) -> impl Future<Output = Result<(), StoreError>> + Send;
}

impl Facts for Store {
    async fn write(&self, org: &Org, write: Write<'_>) -> Result<Vec<Version>, StoreError> {
        on_engine!(self, repo => repo.write(org, write).await)
    }

    async fn read(
        &self,
        org: &Org,
        stream: &str,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Fact>, StoreError> {
        on_engine!(self, repo => repo.read(org, stream, after, limit).await)
    }

    async fn read_all(
        &self,
        org: &Org,
        after: Position,
        limit: u32,
    ) -> Result<Vec<Fact>, StoreError> {
        on_engine!(self, repo => repo.read_all(org, after, limit).await)
    }

    async fn version(&self, org: &Org, stream: &str) -> Result<Version, StoreError> {
        on_engine!(self, repo => repo.version(org, stream).await)
    }

    async fn versions(&self, org: &Org, streams: &[&str]) -> Result<Vec<Version>, StoreError> {
        on_engine!(self, repo => repo.versions(org, streams).await)
    }

    async fn whole(
        &self,
        org: &Org,
        streams: &[&str],
    ) -> Result<Vec<(Version, Vec<Fact>)>, StoreError> {
        on_engine!(self, repo => repo.whole(org, streams).await)
    }

    async fn position(&self, org: &Org) -> Result<Position, StoreError> {
        on_engine!(self, repo => repo.position(org).await)
    }

    async fn streams(
        &self,
        org: &Org,
        prefix: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<(String, Version)>, StoreError> {
        on_engine!(self, repo => repo.streams(org, prefix, after, limit).await)
    }

    async fn fold(
        &self,
        org: &Org,
        stream: &str,
        up_to: Version,
        replacement: Option<&NewFact>,
    ) -> Result<u64, StoreError> {
        on_engine!(self, repo => repo.fold(org, stream, up_to, replacement).await)
    }

    async fn thin(
        &self,
        org: &Org,
        stream: &str,
        changes: &[(Version, Option<Vec<u8>>)],
    ) -> Result<u64, StoreError> {
        on_engine!(self, repo => repo.thin(org, stream, changes).await)
    }

    async fn forget(&self) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.forget().await)
    }
}
