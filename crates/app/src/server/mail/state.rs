//! How mail to one person stands: what they chose, and what went out.

use super::forms::{How, Said, Tells, ToGo, mail_of, read};
use crate::server::ledger::whole_stream;
use crate::server::{ServerError, Viewer, facts};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_guard::telling::Wish;
use steadfast_store::{Facts, Version};

/// How mail to one person stands.
pub(super) struct State {
    pub(super) wish: Wish,
    /// Oldest first.
    letters: Vec<Letter>,
    /// The stream's, of which it was read.
    pub(super) version: Version,
}

/// A mail that was written down.
pub(super) struct Letter {
    pub(super) at: Instant,
    pub(super) to_go: ToGo,
    end: Option<(Instant, How, Option<u16>)>,
}

/// A mail, as its reader's log tells of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::server) struct Written {
    /// When it was written down.
    pub(in crate::server) at: Instant,
    /// Its Message-ID.
    pub(in crate::server) id: String,
    /// Topic, 1:1 and second of the promise of all it tells of.
    pub(in crate::server) about: Vec<(String, String, i64)>,
    /// When and how it ended, with the mail server's code where that refused; `None`: it is on its way.
    pub(in crate::server) end: Option<(Instant, How, Option<u16>)>,
}

impl State {
    pub(super) async fn of<S: Facts>(store: &S, viewer: &Viewer) -> Result<Self, ServerError> {
        let mut state = Self {
            wish: Wish::default(),
            letters: Vec::new(),
            version: Version::default(),
        };
        for fact in whole_stream(store, viewer.org(), &mail_of(viewer.person())).await? {
            state.version = fact.version;
            let at = facts::at(&fact);
            match read(&fact)? {
                Said::Chosen(wish) => state.wish = wish,
                Said::Written(to_go) => state.letters.push(Letter {
                    at,
                    to_go,
                    end: None,
                }),
                Said::Ended(id, how, code) => {
                    let mut letters = state.letters.iter_mut().rev();
                    if let Some(letter) = letters.find(|letter| letter.to_go.id == id) {
                        letter.end = Some((at, how, code));
                    }
                }
            }
        }
        Ok(state)
    }

    /// The mail that was written down and of which nobody knows whether it went out.
    pub(super) fn open(&self) -> Option<&Letter> {
        self.letters.iter().rev().find(|one| one.end.is_none())
    }

    /// Events that were told.
    pub(super) fn told(&self) -> BTreeSet<String> {
        let sent = |one: &&Letter| matches!(one.end, Some((_, How::Sent, _)));
        events(self.letters.iter().filter(sent))
    }

    /// Events that stand in any mail, told or not: nothing new comes of them.
    pub(super) fn written(&self) -> BTreeSet<String> {
        let stands = |one: &&Letter| !matches!(one.end, Some((_, How::Dropped, _)));
        events(self.letters.iter().filter(stands))
    }

    /// When something was last told.
    pub(super) fn last(&self) -> Option<Instant> {
        let ends = self.letters.iter().filter_map(|one| one.end);
        let sent = ends.filter(|(_, how, _)| *how == How::Sent);
        sent.map(|(at, ..)| at).max()
    }

    /// When the last mail was refused, if nothing went out since.
    pub(super) fn refused(&self) -> Option<(Instant, Option<u16>)> {
        match self.letters.last()?.end? {
            (at, How::Refused, code) => Some((at, code)),
            _ => None,
        }
    }
}

fn events<'a>(letters: impl Iterator<Item = &'a Letter>) -> BTreeSet<String> {
    let tells = letters.flat_map(|one| &one.to_go.tells);
    tells.map(|one: &Tells| one.event.clone()).collect()
}

/// All mail to the viewer that was written down, the oldest first.
pub(in crate::server) async fn letters<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<Written>, ServerError> {
    let state = State::of(store, viewer).await?;
    let letters = state.letters.into_iter().map(|letter| Written {
        at: letter.at,
        id: letter.to_go.id,
        about: letter
            .to_go
            .tells
            .into_iter()
            .map(|one| (one.topic, one.pair, one.promised))
            .collect(),
        end: letter.end,
    });
    Ok(letters.collect())
}
