//! The auditor: somebody who may read who looked at what about whom, and nothing of what was seen.
//!
//! One person, named by whoever keeps the organisation and never the same as they: what the keeper looks at is to be read by
//! somebody else. Everybody is told who it is, and whoever stands in the list is told that the auditor read it.

use super::about_me::called;
use super::{Kind, Looked, Noted, OPERATOR, first_kept, note};
use crate::server::facts::{said, what_was_said};
use crate::server::log::AuditorTurn;
use crate::server::log::noted::{self, Happened};
use crate::server::people::Administrator;
use crate::server::sync::{instant, micros};
use crate::server::{ServerError, Viewer};
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_store::{AccessLog, Accounts, Append, Fact, Facts, NewFact, Org, Version, Write};

/// The stream of who it is.
pub(in crate::server) const STREAM: &str = "auditor";
/// Who it is from now on: a [`Set`].
const SET: &str = "auditor.set.v1";
/// Letters of what was typed that are kept: no address is longer.
const LONGEST: usize = 254;
/// Looks on one page.
const PAGE: u32 = 100;

#[derive(Serialize, Deserialize)]
struct Set {
    person: Option<String>,
}

/// A session of the auditor's. The list of looks takes one, so that nobody else can be shown it.
#[derive(Clone, Debug)]
pub struct Auditor(Viewer);

/// A look, as the auditor reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Who looked, at what, on which day.
    pub look: Looked,
    /// Whom it was about: their address, and what they are called where they said so.
    pub whose: (String, Option<String>),
}

/// A part of the list, the newest day first, and each day by who looked: in which order, and when on that day, is nobody's to
/// know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lines {
    /// Its lines.
    pub lines: Vec<Line>,
    /// From where it goes on, if it does.
    pub before: Option<u64>,
}

impl Line {
    fn place(&self) -> (Reverse<Option<Date>>, [String; 2], Kind, [String; 2]) {
        let called = |name: &Option<String>, address: &str| {
            let name = name.as_deref().unwrap_or(address);
            [name.to_lowercase(), address.to_owned()]
        };
        let (whose, name) = &self.whose;
        let by = self.look.by.as_deref().unwrap_or_default();
        let day = Reverse(self.look.days.first().copied());
        let who = called(&self.look.name, by);
        (day, who, self.look.kind, called(name, whose))
    }
}

/// The auditor's address, where there is one.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn auditor<S: Facts>(store: &S, org: &Org) -> Result<Option<String>, ServerError> {
    let version = store.version(org, STREAM).await?;
    let before = Version(version.0.saturating_sub(1));
    named(store.read(org, STREAM, before, 1).await?.last())
}

/// The same, of what was said last.
pub(in crate::server) fn named(last: Option<&Fact>) -> Result<Option<String>, ServerError> {
    last.map_or(Ok(None), |fact| {
        let set: Set = what_was_said(fact, SET)?;
        Ok(set.person)
    })
}

/// Names the auditor, or says that there is none.
///
/// # Errors
/// [`ServerError::Input`] for whoever keeps the organisation and for an address without an account; [`ServerError::Store`].
pub async fn name_auditor<S: Accounts + Facts>(
    store: &S,
    keeper: &Administrator,
    now: Instant,
    person: Option<&str>,
) -> Result<(), ServerError> {
    let viewer = keeper.viewer();
    let person = match person {
        Some(typed) => match may_be(store, viewer, now, typed).await {
            Ok(person) => Some(person),
            Err(error) => {
                if let ServerError::Input(why, _) = &error {
                    let person = typed.trim().chars().take(LONGEST).collect();
                    let why = why.clone();
                    let refused = Happened::Auditor(AuditorTurn::Refused { person, why });
                    noted::note(store, viewer.org(), viewer.person(), now, &refused).await?;
                }
                return Err(error);
            }
        },
        None => None,
    };
    let before = auditor(store, viewer.org()).await?;
    if before == person {
        return Ok(());
    }
    let named = AuditorTurn::Named {
        person: person.clone(),
    };
    let told = [(Some(viewer.person().to_owned()), named)]
        .into_iter()
        .chain([
            (before, AuditorTurn::Ceased),
            (person.clone(), AuditorTurn::Became),
        ])
        .filter_map(|(who, turn)| Some((who?, Happened::Auditor(turn))));
    let told: Vec<(String, [NewFact; 1])> = told
        .map(|(who, happened)| (noted::log_of(&who), [happened.fact(viewer.person(), now)]))
        .collect();
    let fact = [said(SET, &Set { person }, viewer.person(), now)];
    let logs = told.iter().map(|(log, facts)| Append::behind(log, facts));
    let appends: Vec<Append<'_>> = [Append::behind(STREAM, &fact)]
        .into_iter()
        .chain(logs)
        .collect();
    let write = Write {
        appends: &appends,
        ..Write::default()
    };
    store.write(viewer.org(), write).await?;
    Ok(())
}

/// The address of somebody who may be the auditor.
async fn may_be<S: Accounts>(
    store: &S,
    keeper: &Viewer,
    now: Instant,
    typed: &str,
) -> Result<String, ServerError> {
    let person = typed.trim().to_lowercase();
    if person == keeper.person() {
        return Err(ServerError::Input(
            "whoever keeps the list of people cannot be the auditor as well".to_owned(),
            "name somebody else: what you look at is to be read by somebody else".to_owned(),
        ));
    }
    let account = store.account_by_email(keeper.org(), &person).await?;
    if account.is_none_or(|account| account.is_closed(micros(now))) {
        return Err(ServerError::Input(
            "nobody here signs in with that address".to_owned(),
            "invite them first; then name them by the address of their account".to_owned(),
        ));
    }
    Ok(person)
}

impl Auditor {
    /// The viewer, if they are the auditor.
    ///
    /// # Errors
    /// [`ServerError::Store`], [`ServerError::Unreadable`].
    pub async fn of<S: Facts>(store: &S, viewer: &Viewer) -> Result<Option<Self>, ServerError> {
        let named = auditor(store, viewer.org()).await?;
        let is_named = named.as_deref() == Some(viewer.person());
        Ok(is_named.then(|| Self(viewer.clone())))
    }

    /// The list of looks from `before` on, the newest first. That it was read is recorded first, for everybody in it.
    ///
    /// # Errors
    /// [`ServerError::Store`], also when that cannot be recorded: then nothing is shown.
    pub async fn read<S: AccessLog + Accounts + Facts>(
        &self,
        store: &S,
        noted: &Noted,
        now: Instant,
        before: Option<u64>,
    ) -> Result<Lines, ServerError> {
        let Self(viewer) = self;
        let org = viewer.org();
        let page = store.accesses(org, None, before, PAGE).await?;
        let subjects: Vec<&str> = page.iter().map(|(_, look)| &*look.subject).collect();
        note(store, noted, viewer, now, Kind::Audited, &subjects).await?;
        let goes_on = page.len() == PAGE as usize;
        let before = page.last().map(|(number, _)| *number);
        let first = first_kept(micros(now));
        let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
        for address in page
            .iter()
            .flat_map(|(_, look)| [&look.actor, &look.subject])
        {
            if address != OPERATOR && !names.contains_key(address) {
                names.insert(address.clone(), called(store, viewer, address).await?);
            }
        }
        let name = |address: &str| names.get(address).cloned().flatten();
        let lines = page.into_iter().filter_map(|(_, look)| {
            // One that is older is deleted today or tomorrow; one of a newer program's kind has no words here.
            let kind = Kind::named(&look.what).filter(|_| look.day >= first)?;
            Some(Line {
                whose: (look.subject.clone(), name(&look.subject)),
                look: Looked {
                    name: name(&look.actor),
                    by: Some(look.actor).filter(|actor| actor != OPERATOR),
                    kind,
                    days: vec![instant(look.day.begins()).date(&TimeZone::UTC)],
                },
            })
        });
        let mut lines: Vec<Line> = lines.collect();
        lines.sort_by_cached_key(Line::place);
        Ok(Lines {
            lines,
            before: before.filter(|_| goes_on),
        })
    }
}
