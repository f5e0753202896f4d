//! Asking calendar servers when people are busy whose calendars are not seen here: in the viewer's name, of their own server, what
//! it tells them anyway.

use super::ahead::{Ahead, Busy, Question};
use crate::server::sync::{Access, reveal};
use crate::server::{ServerError, Viewer};
use std::collections::BTreeMap;
use std::future::Future;
use steadfast_calendar::Instant;
use steadfast_store::seal::{Keyring, SealError};
use steadfast_store::{Secrets, Sources};

/// Asks when people are busy.
pub trait FreeBusy: Sync {
    /// When those are busy whom the viewer's calendar server tells of, the viewer among them; everybody else stays unknown. It never
    /// takes long.
    fn busy(
        &self,
        viewer: &Viewer,
        question: &Question,
    ) -> impl Future<Output = BTreeMap<String, Busy>> + Send;
}

/// Why a calendar server told nothing at all of when people are busy: no name and no address, for whoever runs the server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotTold {
    /// There is nobody to ask: it has no outbox (RFC 6638 §2.1.1).
    NoOutbox,
    /// It refused, with this status.
    Refused(u16),
    /// It did not answer in time, or not so that it could be read.
    NoAnswer,
}

/// Asks nobody: for a demo, and for tests of everything else.
#[derive(Clone, Copy, Debug)]
pub struct AsksNobody;

impl FreeBusy for AsksNobody {
    async fn busy(&self, _: &Viewer, _: &Question) -> BTreeMap<String, Busy> {
        BTreeMap::new()
    }
}

/// What is to come, with what is asked about it now, where something is.
pub async fn knowing<F: FreeBusy>(asks: &F, viewer: &Viewer, ahead: Ahead, now: Instant) -> Ahead {
    let Some(question) = ahead.question(now) else {
        return ahead;
    };
    let told = asks.busy(viewer, &question).await;
    ahead.told(&question, &told)
}

/// How to get at the account that a question is for; `None` where it is not the viewer's any more, or cannot be asked.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Sealed`].
pub async fn account_of<S: Secrets + Sources>(
    store: &S,
    keyring: &Keyring,
    viewer: &Viewer,
    question: &Question,
) -> Result<Option<Access>, ServerError> {
    let source = store.source(viewer.org(), &question.source).await?;
    if source.is_none_or(|source| source.person != viewer.person()) {
        return Ok(None);
    }
    match reveal(store, keyring, viewer.org(), &question.source).await {
        // What was allowed at Google is reading one's own calendars.
        Ok(access) => Ok(access.filter(|access| !access.is_of_google())),
        Err(ServerError::Sealed(SealError::UnknownKey(_))) => Ok(None),
        Err(error) => Err(error),
    }
}
