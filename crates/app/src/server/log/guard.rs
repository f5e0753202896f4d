//! How far the guard was let go, by the reader and by whoever keeps the organisation.

use super::names::Names;
use super::{Entry, What};
use crate::audit::pair_id;
use crate::server::guard::policies::{
    Bounds, Limits, OF_ORGANISATION, Said, bounds_in_words, chosen_by, limits_in_words, read,
};
use crate::server::ledger::whole_stream;
use crate::server::{ServerError, Viewer, facts};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_guard::policy::Level;
use steadfast_ledger::occurrence::Class;
use steadfast_store::Facts;

/// What was said about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Guarded {
    /// How far it goes; `None`: that was left open again.
    Level(Option<Level>),
    /// Within which bounds: the lines that differ from before; `None`: that was left open again.
    Bounds(Option<Vec<String>>),
    /// Beyond which nobody goes: the lines that differ from before.
    Limits(Vec<String>),
    /// The switch was turned.
    Switched {
        /// Off.
        stopped: bool,
    },
    /// What sort of meeting one of theirs is; `None`: that was taken back.
    Class(Option<Class>),
    /// They were shown what it writes to somebody by itself.
    Previewed,
    /// Something that this program cannot read.
    Unreadable,
}

/// What there is to tell of it since then.
pub(super) async fn told<S: Facts>(
    store: &S,
    viewer: &Viewer,
    since: Instant,
    names: &Names,
) -> Result<Vec<Entry>, ServerError> {
    let me = viewer.person();
    let others = names.by_pair(viewer);
    let mut entries = Vec::new();
    for (stream, for_all) in [(OF_ORGANISATION.to_owned(), true), (chosen_by(me), false)] {
        let mut before = Before::default();
        for fact in whole_stream(store, viewer.org(), &stream).await? {
            let (pair, said) = before.told(read(&fact), me);
            let at = facts::at(&fact);
            if at < since {
                continue;
            }
            let with = pair.as_ref().and_then(|pair| others.get(pair)).cloned();
            let what = What::Guard {
                for_all,
                by_me: fact.actor == me,
                of_one: pair.is_some(),
                with,
                said,
            };
            entries.push(Entry { at, what });
        }
    }
    Ok(entries)
}

/// What held before, so that only what differs is told.
#[derive(Default)]
struct Before {
    bounds: BTreeMap<Option<String>, Bounds>,
    limits: Limits,
}

impl Before {
    fn told(&mut self, said: Said, me: &str) -> (Option<String>, Guarded) {
        match said {
            Said::Level { pair, level } => (pair, Guarded::Level(level)),
            Said::Bounds {
                pair,
                bounds: Some(bounds),
                ..
            } => {
                let lines = bounds_in_words(&bounds);
                let before = self.bounds.insert(pair.clone(), bounds);
                let before = bounds_in_words(&before.unwrap_or_default());
                (pair, Guarded::Bounds(Some(other_than(lines, &before))))
            }
            Said::Bounds { pair, .. } => {
                self.bounds.remove(&pair);
                (pair, Guarded::Bounds(None))
            }
            Said::Limits(limits) => {
                let lines = limits_in_words(&limits);
                let before = limits_in_words(&std::mem::replace(&mut self.limits, limits));
                (None, Guarded::Limits(other_than(lines, &before)))
            }
            Said::Switched { stopped } => (None, Guarded::Switched { stopped }),
            Said::Class { class, .. } => (None, Guarded::Class(class)),
            Said::Previewed { to } => (Some(pair_id(me, &to)), Guarded::Previewed),
            Said::Unreadable => (None, Guarded::Unreadable),
        }
    }
}

fn other_than(lines: Vec<String>, before: &[String]) -> Vec<String> {
    lines
        .into_iter()
        .filter(|line| !before.contains(line))
        .collect()
}
