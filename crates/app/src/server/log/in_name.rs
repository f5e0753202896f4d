//! Mail that went to others in the reader's name, or was to.

use super::names::Names;
use super::{Entry, Named, What};
use crate::server::imip::{How, letters};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::Facts;

/// What became of a mail in somebody's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InName {
    /// It was approved and is on its way, or waits for the mail server.
    OnItsWay,
    /// The mail server took it.
    Sent,
    /// The mail server would not take it, with its code.
    Refused(Option<u16>),
    /// It was not sent: why.
    Dropped(String),
    /// It was tried as often as it is, and did not go as far as is known; whether one arrived is not.
    GivenUp,
}

/// What there is to tell of it since then.
pub(super) async fn told<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    names: &Names,
) -> Result<Vec<Entry>, ServerError> {
    let all = letters(store, viewer).await?.into_iter();
    let entries = all.map(|letter| {
        let to: Named = names.named(viewer, &letter.to);
        let (at, how) = match letter.end {
            None => (letter.at, InName::OnItsWay),
            Some((at, How::Sent, ..)) => (at, InName::Sent),
            Some((at, How::Refused, code, _)) => (at, InName::Refused(code)),
            Some((at, How::GivenUp, ..)) => (at, InName::GivenUp),
            Some((at, How::Dropped, _, why)) => (at, InName::Dropped(why.unwrap_or_default())),
        };
        let what = What::InName {
            deed: letter.deed,
            to,
            how,
        };
        Entry { at, what }
    });
    Ok(entries.filter(|entry| entry.at >= since).collect())
}
