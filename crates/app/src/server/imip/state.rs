//! What was mailed in one person's name, and what is to be.

use super::forms::{Ended, How, Said, mail_in_name_of, read};
use crate::server::ledger::whole_stream;
use crate::server::{ServerError, Viewer, facts};
use steadfast_calendar::Instant;
use steadfast_store::{Facts, Version};

/// A mail in somebody's name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::server) struct Letter {
    /// When it was approved and written down.
    pub(in crate::server) at: Instant,
    /// Name of what was done, in the outbox.
    pub(in crate::server) deed: String,
    /// Its Message-ID.
    pub(in crate::server) id: String,
    /// To whom.
    pub(in crate::server) to: String,
    /// Names the text that was read.
    pub(in crate::server) mark: String,
    /// When and how it ended, with the mail server's code or why it was not sent; `None`: it is on its way.
    pub(in crate::server) end: Option<(Instant, How, Option<u16>, Option<String>)>,
}

/// All of them, the oldest first.
pub(super) struct State {
    pub(super) letters: Vec<Letter>,
    /// The stream's, of which it was read.
    pub(super) version: Version,
}

impl State {
    pub(super) async fn of<S: Facts>(store: &S, viewer: &Viewer) -> Result<Self, ServerError> {
        let mut state = Self {
            letters: Vec::new(),
            version: Version::default(),
        };
        let stream = mail_in_name_of(viewer.person());
        for fact in whole_stream(store, viewer.org(), &stream).await? {
            state.version = fact.version;
            let at = facts::at(&fact);
            match read(&fact)? {
                Said::Written(written) => {
                    let (deed, mark) = (written.deed, written.mark);
                    let letters = written.mails.into_iter().map(|mail| Letter {
                        at,
                        deed: deed.clone(),
                        id: mail.id,
                        to: mail.to,
                        mark: mark.clone(),
                        end: None,
                    });
                    state.letters.extend(letters);
                }
                Said::Ended(Ended { id, how, code, why }) => {
                    let mut letters = state.letters.iter_mut().rev();
                    let letter = letters.find(|letter| letter.id == id);
                    // What went is not made unsent by what a slower node says later.
                    let is_sent = |one: &&mut Letter| matches!(one.end, Some((_, How::Sent, ..)));
                    if let Some(letter) = letter.filter(|letter| !is_sent(letter)) {
                        letter.end = Some((at, how, code, why));
                    }
                }
            }
        }
        Ok(state)
    }

    /// The last one of that id.
    pub(super) fn letter(&self, id: &str) -> Option<&Letter> {
        self.letters.iter().rev().find(|letter| letter.id == id)
    }

    /// The last one about that deed to that address.
    pub(super) fn last(&self, deed: &str, to: &str) -> Option<&Letter> {
        let mut letters = self.letters.iter().rev();
        letters.find(|letter| letter.deed == deed && letter.to == to)
    }

    /// Whether that address heard of that deed by mail, or may have.
    pub(super) fn may_know(&self, deed: &str, to: &str) -> bool {
        let mut letters = self.letters.iter();
        letters.any(|letter| {
            let not_sent = matches!(letter.end, Some((_, How::Refused | How::Dropped, ..)));
            letter.deed == deed && letter.to == to && !not_sent
        })
    }
}

/// All mail in the viewer's name, the oldest first.
pub(in crate::server) async fn letters<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<Letter>, ServerError> {
    Ok(State::of(store, viewer).await?.letters)
}
