//! A round of an account as it comes together, calendar by calendar, and what an error over one of them means for the rest.

use super::cursor::Cursor;
use super::news::{CalendarNews, News, Round};
use crate::error::SourceError;
use crate::intake::SetAside;
use std::collections::BTreeMap;

/// Calendars that broke off or took too long before the round is given up: one may be large, two are a server in
/// trouble.
const PATIENCE: usize = 2;

/// A round so far. `S` is what is remembered of one calendar.
pub(super) struct Tally<'a, S> {
    /// What was remembered before, by id.
    pub(super) known: &'a BTreeMap<String, S>,
    next: BTreeMap<String, S>,
    news: BTreeMap<String, CalendarNews>,
    set_aside: Vec<SetAside>,
    unreadable: Vec<(String, String)>,
    broken: usize,
    /// The server asked for fewer requests: the rest has to wait for the next round.
    stopped: bool,
    /// Something was read of a calendar, and not all: the cursor has it.
    came_on: bool,
    last_error: Option<SourceError>,
}

/// A calendar as it is listed.
pub(super) struct Named {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) owner: Option<String>,
}

impl<'a, S: Clone> Tally<'a, S> {
    pub(super) fn of(known: &'a BTreeMap<String, S>) -> Self {
        Self {
            known,
            next: BTreeMap::new(),
            news: BTreeMap::new(),
            set_aside: Vec::new(),
            unreadable: Vec::new(),
            broken: 0,
            stopped: false,
            came_on: false,
            last_error: None,
        }
    }

    /// A calendar that is not read.
    pub(super) fn aside(&mut self, label: String, why: &str) {
        self.set_aside.push(SetAside {
            label,
            why: why.to_owned(),
        });
    }

    /// Things within a calendar that could not be read, with why.
    pub(super) fn unread(&mut self, unread: impl IntoIterator<Item = (String, String)>) {
        self.unreadable.extend(unread);
    }

    /// Whether this one was listed before in this round, and read.
    pub(super) fn was_read(&self, id: &str) -> bool {
        self.next.contains_key(id)
    }

    /// Calendars that were known and of which this round, at its end, says nothing at all.
    pub(super) fn not_there(&self) -> Vec<String> {
        let known = self.known.keys();
        let gone = known.filter(|id| !self.next.contains_key(*id));
        gone.cloned().collect()
    }

    /// Whether anything more may be asked; where not, this calendar stays as it was known.
    pub(super) fn may_ask(&mut self, id: &str) -> bool {
        if self.stopped {
            self.keep(id, "not asked: the server wants fewer requests".to_owned());
        }
        !self.stopped
    }

    /// A calendar of which nothing can be said this time.
    pub(super) fn keep(&mut self, id: &str, why: String) {
        if let Some(state) = self.known.get(id) {
            self.next.insert(id.to_owned(), state.clone());
        }
        self.unreadable.push((id.to_owned(), why));
    }

    /// What came of reading a calendar.
    ///
    /// # Errors
    /// The one over it, where nothing can be said of the others either.
    pub(super) fn read(
        &mut self,
        named: Named,
        came: Result<(News, S), SourceError>,
    ) -> Result<(), SourceError> {
        let Named { id, name, owner } = named;
        match came {
            Ok((news, state)) => {
                self.next.insert(id.clone(), state);
                let news = CalendarNews {
                    id: id.clone(),
                    name,
                    owner,
                    news,
                };
                self.news.insert(id, news);
                Ok(())
            }
            Err(error) if self.ends_the_round(&error) => Err(error),
            Err(error) => {
                self.keep(&id, error.to_string());
                self.last_error = Some(error);
                Ok(())
            }
        }
    }

    /// A calendar of which something was read and not all: as long as it is not, it stays as it was known, and the next
    /// round goes on from `state`.
    ///
    /// # Errors
    /// As [`Tally::read`].
    pub(super) fn goes_on(
        &mut self,
        id: &str,
        state: S,
        error: SourceError,
    ) -> Result<(), SourceError> {
        if self.ends_the_round(&error) {
            return Err(error);
        }
        self.next.insert(id.to_owned(), state);
        self.unreadable.push((id.to_owned(), error.to_string()));
        self.last_error = Some(error);
        self.came_on = true;
        Ok(())
    }

    /// Whether an error over one calendar says that nothing can be said of the others either.
    fn ends_the_round(&mut self, error: &SourceError) -> bool {
        match error {
            SourceError::Unauthorized { status: 401, .. }
            | SourceError::GrantRefused { .. }
            | SourceError::UnknownHost { .. } => true,
            // What was read so far counts; otherwise a server that counts requests would never be read to the end.
            SourceError::SlowDown { .. }
            | SourceError::Answered {
                status: 429 | 503, ..
            } => {
                self.stopped = true;
                false
            }
            SourceError::TimedOut { .. } | SourceError::Unreachable { .. } => {
                self.broken += 1;
                self.broken >= PATIENCE
            }
            _ => false,
        }
    }

    /// The whole round; `gone` are calendars that are not there any more, `cursor` what is remembered of the others.
    ///
    /// # Errors
    /// The last one, where nothing was read, and nothing was begun that the next round goes on with.
    pub(super) fn round(
        self,
        gone: Vec<String>,
        cursor: impl FnOnce(BTreeMap<String, S>) -> Cursor,
    ) -> Result<Round, SourceError> {
        match self.last_error {
            Some(error) if self.news.is_empty() && !self.came_on => Err(error),
            error => Ok(Round {
                after: match error {
                    Some(SourceError::SlowDown { after, .. }) => Some(after.unwrap_or(0)),
                    _ => self.stopped.then_some(0),
                },
                calendars: self.news.into_values().collect(),
                gone,
                unreadable: self.unreadable,
                set_aside: self.set_aside,
                cursor: cursor(self.next),
            }),
        }
    }
}
