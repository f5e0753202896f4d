//! Hands calendars to the intake one by one and keeps count, so that a source can say what it gave.

use crate::document::{Kind, Peeked, kind, size};
use crate::error::SourceError;
use crate::intake::{DocumentName, Intake, SetAside};
use crate::names;
use std::io::{self, Read};
use steadfast_calendar::Instant;

/// Things set aside that are named one by one; a home directory full of photographs is then only counted.
const NAMED_ASIDE: usize = 200;

/// What became of one calendar.
#[derive(Debug)]
pub(crate) enum Offered {
    /// It was read to its end.
    Read,
    /// It is something else: in words.
    NotACalendar(&'static str),
    /// The stream broke before its end.
    Broken(io::Error),
}

/// The counts of one source.
pub(crate) struct Gather<'a> {
    /// Where everything goes.
    pub(crate) intake: &'a mut dyn Intake,
    /// Calendars read to their end.
    pub(crate) read: usize,
    /// Calendars that broke or were no calendars.
    pub(crate) unreadable: usize,
    /// Things set aside.
    pub(crate) aside: usize,
}

impl<'a> Gather<'a> {
    pub(crate) fn new(intake: &'a mut dyn Intake) -> Self {
        Self {
            intake,
            read: 0,
            unreadable: 0,
            aside: 0,
        }
    }

    /// Offers a stream to the intake if it begins like a calendar.
    pub(crate) fn offer(&mut self, name: DocumentName, body: &mut dyn Read) -> Offered {
        let mut body = match Peeked::new(body) {
            Ok(body) => body,
            Err(error) => {
                self.unreadable += 1;
                return Offered::Broken(error);
            }
        };
        let looks_like = match kind(body.head()) {
            Kind::Calendar => None,
            Kind::Zip => Some("a zip archive"),
            Kind::Gzip | Kind::Tar => Some("an archive"),
            Kind::Other(what) => Some(what),
        };
        if let Some(what) = looks_like {
            self.unreadable += 1;
            return Offered::NotACalendar(what);
        }
        match self.intake.calendar(name, &mut body) {
            Ok(()) => {
                self.read += 1;
                Offered::Read
            }
            Err(error) => {
                self.unreadable += 1;
                Offered::Broken(error)
            }
        }
    }

    /// Like [`Gather::offer`], and what was wrong becomes a warning. Says whether it was read.
    pub(crate) fn offer_or_warn(&mut self, name: DocumentName, body: &mut dyn Read) -> bool {
        let label = name.label.clone();
        match self.offer(name, body) {
            Offered::Read => true,
            Offered::NotACalendar(what) => {
                self.intake
                    .warning(&label, format!("not a calendar but {what}; not read"));
                false
            }
            Offered::Broken(error) => {
                self.intake
                    .warning(&label, format!("could not be read to its end: {error}"));
                false
            }
        }
    }

    /// Names something that is not read on purpose.
    pub(crate) fn set_aside(&mut self, label: String, why: &str) {
        self.aside += 1;
        if self.aside <= NAMED_ASIDE {
            self.intake.set_aside(SetAside {
                label,
                why: why.to_owned(),
            });
        }
    }

    /// The name of one entry of a container, unless it is to be set aside, which is then done.
    /// `path` is the entry's path within `container`.
    pub(crate) fn entry(
        &mut self,
        container: &str,
        path: &str,
        snapshot: Option<Instant>,
    ) -> Option<DocumentName> {
        let label = format!("{container}/{path}");
        let base = names::base(path);
        let Some(stem) = names::calendar_stem(base) else {
            let ending = base
                .rsplit('.')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let why = match ending.as_str() {
                "zip" | "tgz" | "gz" | "tar" | "7z" => "an archive of its own; name it as a source",
                _ => "not a calendar",
            };
            self.set_aside(label, why);
            return None;
        };
        if let Some(why) = names::why_set_aside(stem) {
            self.set_aside(label, why);
            return None;
        }
        // In a history the name keeps calendars apart even when it is not an address.
        let owner = names::owner(stem).or_else(|| snapshot.is_some().then(|| stem.to_owned()));
        Some(DocumentName {
            label,
            snapshot,
            owner,
        })
    }

    /// Says how many more things were set aside than were named.
    pub(crate) fn close(&mut self, what: &str) {
        if self.aside > NAMED_ASIDE {
            let more = self.aside - NAMED_ASIDE;
            self.intake.more_set_aside(what, more);
        }
    }

    /// The source is done; without a single calendar that is an error.
    pub(crate) fn finish(mut self, what: &str) -> Result<(), SourceError> {
        self.close(what);
        if self.read > 0 {
            return Ok(());
        }
        Err(SourceError::NoCalendar {
            what: what.to_owned(),
            set_aside: self.aside,
            unreadable: self.unreadable,
        })
    }
}

/// Turns the outcome of a source that is one calendar into a result.
pub(crate) fn single(offered: Offered, what: &str, limit: Option<u64>) -> Result<(), SourceError> {
    match (offered, limit) {
        (Offered::Read, _) => Ok(()),
        (Offered::NotACalendar(looks_like), _) => Err(SourceError::NotACalendar {
            what: what.to_owned(),
            looks_like,
        }),
        (Offered::Broken(_), Some(limit)) => Err(SourceError::TooLarge {
            what: what.to_owned(),
            limit: size(limit),
        }),
        (Offered::Broken(error), None) => Err(SourceError::Unreadable {
            what: what.to_owned(),
            reason: error.to_string(),
        }),
    }
}
