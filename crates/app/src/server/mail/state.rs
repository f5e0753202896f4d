//! How mail to one person stands: what they chose, and what went out.

use super::forms::{How, Said, Tells, ToGo, channel, mail_of, read};
use crate::server::ledger::whole_stream;
use crate::server::{ServerError, Viewer, facts};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_guard::telling::{Channel, Wish};
use steadfast_store::{Facts, Version};

/// How mail to one person stands.
#[derive(Default)]
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
    /// By which way it went.
    pub(in crate::server) by: Channel,
    /// Topic, 1:1 and second of the promise of all it tells of.
    pub(in crate::server) about: Vec<(String, String, i64)>,
    /// When and how it ended, with the mail server's code where that refused; `None`: it is on its way.
    pub(in crate::server) end: Option<(Instant, How, Option<u16>)>,
}

impl State {
    pub(super) async fn of<S: Facts>(store: &S, viewer: &Viewer) -> Result<Self, ServerError> {
        let mut state = Self::default();
        for fact in whole_stream(store, viewer.org(), &mail_of(viewer.person())).await? {
            state.version = fact.version;
            state.take(read(&fact)?, facts::at(&fact));
        }
        Ok(state)
    }

    fn take(&mut self, said: Said, at: Instant) {
        match said {
            Said::Chosen(wish) => self.wish = wish,
            Said::Written(to_go) => self.letters.push(Letter {
                at,
                to_go,
                end: None,
            }),
            Said::Ended(id, how, code) => {
                let mut letters = self.letters.iter_mut().rev();
                let letter = letters.find(|letter| letter.to_go.id == id);
                // What one node sent another one that was slow does not make unsent.
                let is_sent = |letter: &&mut Letter| matches!(letter.end, Some((_, How::Sent, _)));
                if let Some(letter) = letter.filter(|letter| !is_sent(letter)) {
                    letter.end = Some((at, how, code));
                }
            }
        }
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
        by: channel(letter.to_go.by.as_deref()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_out_stays_sent_whatever_a_slow_node_says_later() {
        let at = Instant::from_seconds;
        let mut state = State::default();
        let tells = vec![Tells {
            event: "e".to_owned(),
            topic: "threat".to_owned(),
            pair: "p".to_owned(),
            promised: 0,
        }];
        let id = "a@example.org".to_owned();
        let to_go = ToGo {
            id: id.clone(),
            tells,
            by: None,
        };
        state.take(Said::Written(to_go), at(1));
        state.take(Said::Ended(id.clone(), How::Refused, Some(550)), at(2));
        assert_eq!(state.refused(), Some((at(2), Some(550))));
        state.take(Said::Ended(id.clone(), How::Sent, None), at(3));
        state.take(Said::Ended(id, How::Refused, Some(554)), at(4));
        assert_eq!(state.refused(), None);
        assert!(state.told().contains("e"));
    }
}
