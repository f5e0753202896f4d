//! Mail that went to the reader, or was to.

use super::names::Names;
use super::{Entry, Named, What};
use crate::server::mail::{How, letters};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::Instant;
use steadfast_store::Facts;

/// One thing that a mail told of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailTold {
    /// `threat`, `offer` or `outcome`.
    pub topic: String,
    /// With whom that 1:1 is, as long as it is known.
    pub with: Option<Named>,
    /// When it was promised.
    pub promised: Instant,
}

/// What became of a mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mailed {
    /// It was written and is on its way, or waits for the mail server.
    OnItsWay,
    /// The mail server took it.
    Sent,
    /// The mail server would not take it, with its code.
    Refused(Option<u16>),
    /// It was not so any more before it went out.
    Dropped,
}

/// What there is to tell of it since then.
pub(super) async fn told<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    names: &Names,
) -> Result<Vec<Entry>, ServerError> {
    let others = names.by_pair(viewer);
    let all = letters(store, viewer).await?.into_iter();
    let entries = all.map(|letter| {
        let about = letter
            .about
            .into_iter()
            .map(|(topic, pair, promised)| MailTold {
                topic,
                with: others.get(&pair).cloned(),
                promised: Instant::from_seconds(promised),
            });
        let how = match letter.end {
            None => Mailed::OnItsWay,
            Some((_, How::Sent, _)) => Mailed::Sent,
            Some((_, How::Refused, code)) => Mailed::Refused(code),
            Some((_, How::Dropped, _)) => Mailed::Dropped,
        };
        Entry {
            at: letter.end.map_or(letter.at, |(at, ..)| at),
            what: What::Mailed {
                about: about.collect(),
                by: letter.by,
                how,
            },
        }
    });
    Ok(entries.filter(|entry| entry.at >= since).collect())
}
