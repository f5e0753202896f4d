//! The outbox: what is to be done to people's calendars, each once, and the switches that stop it.

use crate::error::StoreError;
use crate::jobs::Lease;
use crate::key::{Micros, Org};
use crate::store::{Store, on_engine};
use std::future::Future;

/// The kind of the job that does an intent. Its unique name is the intent's.
pub const ACT: &str = "act";

/// Who stops writing for somebody that leaves ([`Intents::halt`]): nothing more is let go for the first time, and what was
/// let go before goes on to its end, so that nothing stays half done.
pub const LEAVES: &str = "leaves";

/// Something that is to be done to somebody's calendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewIntent {
    /// Its name, and what makes it be done once: an intent of a name that was written before is not written again.
    pub intent: String,
    /// In whose calendar.
    pub person: String,
    /// The place, what it was decided on, the action, the policy and why; the form is the caller's.
    pub about: Vec<u8>,
    /// The intent that it takes back.
    pub undoes: Option<String>,
    /// Whether the person asked for this very thing: the cap of a day does not count it.
    pub by_hand: bool,
    /// When it was decided; it is due at once.
    pub created: Micros,
}

/// Where an intent is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IntentState {
    /// Nothing has gone out.
    Written,
    /// It was let go: it may have had its effect.
    Sending,
    /// It had its effect, which was read back.
    Done,
    /// It had its effect, and not everybody who should know was told.
    NotDelivered,
    /// The calendar was not what it was decided on: it had no effect, and is decided anew.
    Changed,
    /// It had no effect and will have none: it was refused, or cannot be done.
    Failed,
    /// It had no effect: a switch or the cap of the day stood against it.
    Stopped,
    /// It was let go, and nobody can say whether it had its effect.
    Unsure,
    /// Another intent has taken it back.
    Undone,
}

impl IntentState {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Written,
        Self::Sending,
        Self::Done,
        Self::NotDelivered,
        Self::Changed,
        Self::Failed,
        Self::Stopped,
        Self::Unsure,
        Self::Undone,
    ];

    /// As it is stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Sending => "sending",
            Self::Done => "done",
            Self::NotDelivered => "not delivered",
            Self::Changed => "changed",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::Unsure => "unsure",
            Self::Undone => "undone",
        }
    }

    /// Whether nothing more happens by itself.
    #[must_use]
    pub fn is_end(self) -> bool {
        !matches!(self, Self::Written | Self::Sending)
    }

    /// Whether it had its effect, and the effect stands.
    #[must_use]
    pub fn stands(self) -> bool {
        matches!(self, Self::Done | Self::NotDelivered)
    }
}

/// An intent as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Intent {
    /// As given.
    pub intent: String,
    /// As given.
    pub person: String,
    /// As given.
    pub about: Vec<u8>,
    /// As given.
    pub undoes: Option<String>,
    /// As given.
    pub by_hand: bool,
    /// As given.
    pub created: Micros,
    /// Where it is.
    pub state: IntentState,
    /// When it was first let go.
    pub sent: Option<Micros>,
    /// What takes it back, known since it was let go; the form is the caller's.
    pub undo: Option<Vec<u8>>,
    /// When it ended.
    pub ended: Option<Micros>,
    /// What came of it; the form is the caller's.
    pub result: Option<Vec<u8>>,
}

/// How an intent ended: kept in one stroke with the end of its job and what is told of it ([`crate::Write::ended`]).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ended<'a> {
    /// Which.
    pub intent: &'a str,
    /// Where it is now: an end.
    pub state: IntentState,
    /// When.
    pub at: Micros,
    /// What came of it.
    pub result: &'a [u8],
}

/// What an intent may not exceed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cap {
    /// Actions of one person since `since`.
    pub most: u64,
    /// When the day began.
    pub since: Micros,
}

/// Whether an intent may go out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gate {
    /// It may, and that is kept.
    Open,
    /// Writing is stopped for the person, or for all.
    Halted,
    /// The person's calendar was written to as often as it may on one day.
    Capped,
    /// It ended already.
    Over,
}

/// Since when writing is stopped for a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Halts {
    /// By their own switch.
    pub own: Option<Micros>,
    /// By the one for all.
    pub all: Option<Micros>,
    /// Whether the own one is that of somebody who leaves ([`LEAVES`]).
    pub leaves: bool,
}

impl Halts {
    /// Since when by either of them.
    #[must_use]
    pub fn since(self) -> Option<Micros> {
        self.own.into_iter().chain(self.all).min()
    }
}

/// The intents of an organisation, and its kill switches. Intents are written by [`crate::Facts::write`], with the facts they
/// come of and with a job of kind [`ACT`] each.
///
/// Every call fails with [`StoreError::Database`] when the database does, and with [`StoreError::BadName`] for names
/// that cannot be kept.
pub trait Intents: Sync {
    /// One intent.
    ///
    /// # Errors
    /// See the trait.
    fn intent(
        &self,
        org: &Org,
        intent: &str,
    ) -> impl Future<Output = Result<Option<Intent>, StoreError>> + Send;

    /// The intents of a person, the newest first, at most `limit`.
    ///
    /// # Errors
    /// See the trait.
    fn intents_of(
        &self,
        org: &Org,
        person: &str,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Intent>, StoreError>> + Send;

    /// Lets an intent go out, unless a switch or the cap stands against it: to be asked immediately before every write, by
    /// whoever holds its job. One that was let go before and has not ended is not counted again. `undo`, what will take it
    /// back, is kept the first time: after its effect nobody could tell.
    ///
    /// # Errors
    /// [`StoreError::StaleLease`] when another node has the job by now; [`StoreError::Missing`] without the intent.
    fn let_go(
        &self,
        lease: &Lease,
        intent: &str,
        undo: Option<&[u8]>,
        now: Micros,
        cap: Cap,
    ) -> impl Future<Output = Result<Gate, StoreError>> + Send;

    /// Stops all writing for a person, or for everybody (`None`): what was not let go before the end of this call is not. By
    /// [`LEAVES`], what was let go already may be let go again.
    ///
    /// # Errors
    /// See the trait.
    fn halt(
        &self,
        org: &Org,
        person: Option<&str>,
        at: Micros,
        actor: &str,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Ends that; gives whether it was so. It does not let go what was stopped.
    ///
    /// # Errors
    /// See the trait.
    fn resume_writing(
        &self,
        org: &Org,
        person: Option<&str>,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Since when writing is stopped for a person, by which switch.
    ///
    /// # Errors
    /// See the trait.
    fn halted(
        &self,
        org: &Org,
        person: &str,
    ) -> impl Future<Output = Result<Halts, StoreError>> + Send;
}

impl Intents for Store {
    async fn intent(&self, org: &Org, intent: &str) -> Result<Option<Intent>, StoreError> {
        on_engine!(self, repo => repo.intent(org, intent).await)
    }

    async fn intents_of(
        &self,
        org: &Org,
        person: &str,
        limit: u32,
    ) -> Result<Vec<Intent>, StoreError> {
        on_engine!(self, repo => repo.intents_of(org, person, limit).await)
    }

    async fn let_go(
        &self,
        lease: &Lease,
        intent: &str,
        undo: Option<&[u8]>,
        now: Micros,
        cap: Cap,
    ) -> Result<Gate, StoreError> {
        on_engine!(self, repo => repo.let_go(lease, intent, undo, now, cap).await)
    }

    async fn halt(
        &self,
        org: &Org,
        person: Option<&str>,
        at: Micros,
        actor: &str,
    ) -> Result<(), StoreError> {
        on_engine!(self, repo => repo.halt(org, person, at, actor).await)
    }

    async fn resume_writing(&self, org: &Org, person: Option<&str>) -> Result<bool, StoreError> {
        on_engine!(self, repo => repo.resume_writing(org, person).await)
    }

    async fn halted(&self, org: &Org, person: &str) -> Result<Halts, StoreError> {
        on_engine!(self, repo => repo.halted(org, person).await)
    }
}
