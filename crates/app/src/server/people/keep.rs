//! Whoever keeps the organisation looks at one person of it, and changes what is said of them.

use super::administrator::Administrator;
use super::forms::{DelegateKnown, PersonKnown, Said};
use super::leaving::{Again, is_over};
use super::organisation::{DatedLine, Known, Organisation, key_of, organisation};
use super::plan::{Draft, no};
use super::write::write;
use crate::server::ServerError;
use crate::server::accounts::{address_of, closing, members, name_typed};
use crate::server::sync::micros;
use jiff::{civil::Date, tz::TimeZone};
use std::collections::BTreeSet;
use steadfast_calendar::Instant;
use steadfast_store::{Accounts, Facts, Sources, Views};

/// Everything that is said of one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Main address.
    pub address: String,
    /// Name, kind, zone.
    pub known: Known,
    /// What to call them.
    pub name: String,
    /// Their last day, where one is to come.
    pub last: Option<Date>,
    /// Lines to those they report or reported to, with the name of each.
    pub above: Vec<(DatedLine, String)>,
    /// Lines from those who report or reported to them, with the name of each.
    pub below: Vec<(DatedLine, String)>,
    /// Their other addresses; true: they alone say so.
    pub others: Vec<(String, bool)>,
    /// Addresses of those who may move their 1:1s.
    pub delegates: Vec<String>,
}

/// One person, by the key of their page.
pub fn kept_organisation(
    organisation: &Organisation,
    _keeper: &Administrator,
    key: &str,
    now: Instant,
) -> Option<Kept> {
    let (address, known) = organisation
        .there(now)
        .find(|(address, _)| key_of(address) == key)?;
    let of = |line: &DatedLine, other: &str| (line.clone(), organisation.shown(other));
    let lines = || organisation.lines.iter();
    Some(Kept {
        address: address.to_owned(),
        known: known.clone(),
        name: organisation.shown(address),
        last: organisation.last_day(address, now),
        above: lines()
            .filter(|line| line.report == address)
            .map(|line| of(line, &line.manager))
            .collect(),
        below: lines()
            .filter(|line| line.manager == address)
            .map(|line| of(line, &line.report))
            .collect(),
        others: organisation
            .others
            .iter()
            .filter(|(_, other)| other.person == address)
            .map(|(other, how)| (other.clone(), how.own_word))
            .collect(),
        delegates: organisation
            .delegates
            .iter()
            .filter(|(person, _)| person == address)
            .map(|(_, delegate)| delegate.clone())
            .collect(),
    })
}

/// What can be changed. People are named by the key of their page, everybody else by address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    /// Somebody is there.
    Add {
        /// Their main address.
        address: String,
        /// Their name; may be empty.
        name: String,
        /// Whom they report to; may be empty.
        manager: String,
        /// Since when.
        from: Option<Date>,
        /// What it means of somebody who was taken out with a last day.
        again: Option<Again>,
    },
    /// Name and time zone.
    Describe {
        /// Who.
        person: String,
        /// The name.
        name: String,
        /// An IANA name; may be empty.
        zone: String,
    },
    /// They report to somebody.
    Manager {
        /// Who.
        person: String,
        /// To whom.
        manager: String,
        /// From when on.
        from: Option<Date>,
        /// Those they reported to until then they report to no more.
        instead: bool,
    },
    /// They do not report to somebody any more.
    End {
        /// Who.
        person: String,
        /// To whom.
        manager: String,
        /// The first day of that line.
        from: Option<Date>,
        /// Its last.
        last: Date,
    },
    /// They never reported to somebody: that was a mistake.
    Never {
        /// Who.
        person: String,
        /// To whom.
        manager: String,
        /// The first day of that line.
        from: Option<Date>,
    },
    /// Another address is theirs.
    Also {
        /// Who.
        person: String,
        /// The other address.
        address: String,
    },
    /// Another address is not theirs.
    NotAlso {
        /// Who.
        person: String,
        /// The other address.
        address: String,
    },
    /// Somebody may move their 1:1s.
    Delegate {
        /// Whose.
        person: String,
        /// Who.
        delegate: String,
    },
    /// Somebody may not any more.
    NoDelegate {
        /// Whose.
        person: String,
        /// Who.
        delegate: String,
    },
    /// They leave: their lines, and those to them, have that last day.
    Leave {
        /// Who.
        person: String,
        /// Their last day.
        last: Date,
    },
    /// Nobody goes by that address: it came into the list by a slip of the pen.
    Mistake {
        /// Which.
        person: String,
    },
    /// They do not leave after all: what ended with their last day goes on.
    Stay {
        /// Who.
        person: String,
    },
}

/// Changes it. Gives the key of the person's page.
///
/// # Errors
/// [`ServerError::Input`] for what cannot be; [`ServerError::NotFound`] without such a person or line;
/// [`ServerError::Busy`] when somebody else changed it at the same time; [`ServerError::Store`].
pub async fn change<S: Accounts + Facts + Sources + Views>(
    store: &S,
    keeper: &Administrator,
    now: Instant,
    change: &Change,
) -> Result<String, ServerError> {
    let viewer = keeper.viewer();
    let known = organisation(store, viewer).await?;
    let from = known.version;
    let members = members(store, viewer, micros(now)).await?;
    let mut joined: BTreeSet<String> = members.into_iter().map(|one| one.person).collect();
    // Of very many not all are listed.
    let asked = match change {
        Change::Also { address, .. } => Some(address.trim().to_owned()),
        Change::Never { manager, .. } => Some(manager.clone()),
        Change::Mistake { person } => known.address_of_key(person).map(str::to_owned),
        _ => None,
    };
    if let Some(address) = asked {
        let account = store.account_by_email(viewer.org(), &address).await?;
        joined.extend(account.map(|account| account.email));
    }
    let mut draft = Draft::of(known, &joined, viewer.person());
    if let Change::Leave { person, last } = change {
        draft.over = is_over(store, viewer.org(), now, (&draft, person), *last).await?;
    }
    let address = draft.change(change)?;
    let closing = closing(store, viewer.org(), now, &draft.stays).await?;
    write(store, viewer, now, from, &draft.said, &closing).await?;
    Ok(key_of(&address))
}

impl Draft<'_> {
    /// Gives the address of whom it was about.
    pub(super) fn change(&mut self, change: &Change) -> Result<String, ServerError> {
        match change {
            Change::Add {
                address,
                name,
                manager,
                from,
                again,
            } => self.add((address, *again), name, (manager, *from)),
            Change::Describe { person, name, zone } => self.describe(person, name, zone),
            Change::Manager {
                person,
                manager,
                from,
                instead,
            } => self.give_manager(person, manager, (*from, *instead)),
            Change::End {
                person,
                manager,
                from,
                last,
            } => {
                let line = self.line(person, manager, *from)?;
                if from.is_some_and(|from| *last < from) {
                    return no(
                        "the last day lies before the first",
                        "if it never was so, say that instead",
                    );
                }
                self.end(&line, *last);
                Ok(line.report)
            }
            Change::Never {
                person,
                manager,
                from,
            } => {
                let line = self.line(person, manager, *from)?;
                self.say(line.said(false), None);
                self.let_go_of_nobody(&line.manager);
                Ok(line.report)
            }
            Change::Also { person, address } => {
                let person = self.person(person)?;
                self.also(&person, &address_of(address)?)?;
                Ok(person)
            }
            Change::NotAlso { person, address } => {
                let person = self.person(person)?;
                let said = self.organisation.not_theirs(&person, address)?;
                self.say(said, None);
                Ok(person)
            }
            Change::Delegate { person, delegate } => {
                let person = self.person(person)?;
                self.act_for(&person, &address_of(delegate)?)?;
                Ok(person)
            }
            Change::NoDelegate { person, delegate } => self.no_delegate(person, delegate),
            Change::Leave { person, last } => self.leave(person, *last),
            Change::Mistake { person } => self.mistake(person),
            Change::Stay { person } => self.stay(person),
        }
    }

    pub(super) fn person(&self, key: &str) -> Result<String, ServerError> {
        let found = self.organisation.address_of_key(key);
        found.map(str::to_owned).ok_or(ServerError::NotFound)
    }

    /// The main address of somebody who is named by an address.
    fn named(&self, typed: &str) -> Result<String, ServerError> {
        let address = address_of(typed)?;
        Ok(self.organisation.main(&address).to_owned())
    }

    fn line(
        &self,
        person: &str,
        manager: &str,
        from: Option<Date>,
    ) -> Result<DatedLine, ServerError> {
        let report = self.there(person)?;
        let mut lines = self.organisation.lines_of(&report);
        let found = lines.find(|line| line.manager == manager && line.from == from);
        found.cloned().ok_or(ServerError::NotFound)
    }

    fn add(
        &mut self,
        (address, again): (&str, Option<Again>),
        name: &str,
        (manager, from): (&str, Option<Date>),
    ) -> Result<String, ServerError> {
        let address = address_of(address)?;
        if self.organisation.people.contains_key(&address) {
            return no(
                "they are here already",
                "choose them in the list to change what is said",
            );
        }
        if self.organisation.others.contains_key(&address) {
            return no(
                "this is another address of somebody who is here",
                "look for them by their name",
            );
        }
        let name = optional_name(name)?;
        let kind = "person".to_owned();
        self.comes_again(&address, again)?;
        self.know(
            &address,
            Known {
                name,
                kind,
                zone: None,
            },
        );
        if !manager.trim().is_empty() {
            let manager = self.named(manager)?;
            let is_it = |line: &DatedLine| line.manager == manager && line.meets(from, None);
            let goes_on = self.organisation.lines_of(&address).any(is_it);
            // Who stays after all may report to them already.
            if again != Some(Again::Stays) || !goes_on {
                let line = DatedLine {
                    report: address.clone(),
                    from,
                    to: None,
                    manager,
                };
                self.draw_to(line)?;
            }
        }
        Ok(address)
    }

    fn describe(&mut self, person: &str, name: &str, zone: &str) -> Result<String, ServerError> {
        let address = self.there(person)?;
        let zone = zone.trim();
        if !zone.is_empty() && TimeZone::get(zone).is_err() {
            return no(
                "this time zone is not known",
                "use a name such as Europe/Paris",
            );
        }
        let before = self.organisation.told_of(&address).cloned();
        let before = before.unwrap_or_default();
        let called = PersonKnown {
            address: address.clone(),
            name: optional_name(name)?,
            kind: before.kind,
            zone: Some(zone.to_owned()).filter(|zone| !zone.is_empty()),
            holds: true,
        };
        if self.organisation.people.contains_key(&address) {
            self.say(Said::Person(called), None);
        } else {
            self.rename_leaver(&address, called);
        }
        Ok(address)
    }

    fn give_manager(
        &mut self,
        person: &str,
        manager: &str,
        (from, instead): (Option<Date>, bool),
    ) -> Result<String, ServerError> {
        let report = self.person(person)?;
        let manager = self.named(manager)?;
        let lines: Vec<DatedLine> = self.organisation.lines_of(&report).cloned().collect();
        if from.is_none() && !lines.is_empty() {
            return no(
                "since when is missing",
                "write the first day: what was before stays as it was",
            );
        }
        let same = lines
            .iter()
            .find(|line| line.manager == manager && line.meets(from, None));
        if let Some(same) = same {
            let since = same
                .from
                .map_or_else(String::new, |day| format!(" since {day}"));
            return no(
                format!("they report to {manager} already{since}"),
                "end that line first, if it is to begin on another day",
            );
        }
        if let (true, Some(first)) = (instead, from) {
            let last = first.yesterday().unwrap_or(first);
            for line in lines.iter().filter(|line| line.covers(first)) {
                self.end(line, last);
            }
        }
        let line = DatedLine {
            report: report.clone(),
            from,
            to: None,
            manager,
        };
        self.draw_to(line)?;
        Ok(report)
    }

    fn no_delegate(&mut self, person: &str, delegate: &str) -> Result<String, ServerError> {
        let person = self.person(person)?;
        let both = (person, delegate.to_owned());
        if !self.organisation.delegates.contains(&both) {
            return Err(ServerError::NotFound);
        }
        let said = Said::Delegate(DelegateKnown {
            person: both.0.clone(),
            delegate: both.1,
            holds: false,
        });
        self.say(said, None);
        Ok(both.0)
    }
}

fn optional_name(typed: &str) -> Result<String, ServerError> {
    if typed.trim().is_empty() {
        Ok(String::new())
    } else {
        name_typed("the name", typed)
    }
}
