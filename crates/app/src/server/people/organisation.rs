//! The organisation as it stands: everything that was said of it, put together.

use super::forms::{AddressKnown, DelegateKnown, LineKnown, ORGANISATION, PersonKnown, Said};
use super::leaving::Leaver;
use crate::audit::pair_id;
use crate::server::{ServerError, Viewer, ledger::whole_stream};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_ledger::people::name_from_address;
use steadfast_store::{Facts, Version};

/// Somebody, or something, of the organisation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// Name; may be empty.
    pub name: String,
    /// `person`, `delegate`, `room` or `bot`.
    pub kind: String,
    /// Home zone, an IANA name.
    pub zone: Option<String>,
}

/// `report` reports to `manager` from one day to another, both inclusive; open where nobody said.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct DatedLine {
    /// Address of the report.
    pub report: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Address of the manager.
    pub manager: String,
}

impl DatedLine {
    /// Whether it holds on `day`.
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether some day is in both.
    pub(super) fn meets(&self, from: Option<Date>, to: Option<Date>) -> bool {
        let begins_before = |from: Option<Date>, to: Option<Date>| match (from, to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        begins_before(self.from, to) && begins_before(from, self.to)
    }

    /// Whether both are the same line, whatever its last day: how the forms name one.
    pub(super) fn is(&self, other: &LineKnown) -> bool {
        (&self.manager, &self.report, self.from) == (&other.manager, &other.report, other.from)
    }

    pub(super) fn said(&self, holds: bool) -> Said {
        Said::Line(LineKnown {
            manager: self.manager.clone(),
            report: self.report.clone(),
            from: self.from,
            to: self.to,
            holds,
        })
    }
}

/// Another address of somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Other {
    /// Their main address.
    pub person: String,
    /// Said by the person alone.
    pub own_word: bool,
}

/// The organisation. What somebody may see of it they get by [`super::chart`] and [`super::kept_organisation`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Organisation {
    pub(super) people: BTreeMap<String, Known>,
    /// Taken out with a last day, and not put in again.
    pub(super) leavers: BTreeMap<String, Leaver>,
    /// In order of report and first day.
    pub(super) lines: BTreeSet<DatedLine>,
    /// By the other address.
    pub(super) others: BTreeMap<String, Other>,
    /// For whom, and who.
    pub(super) delegates: BTreeSet<(String, String)>,
    pub(super) version: Version,
}

impl Organisation {
    /// Which state it is: a change is made from one.
    pub fn version(&self) -> Version {
        self.version
    }

    /// What to call whoever has `address`, for somebody who knows it already.
    pub fn called(&self, address: &str) -> String {
        self.shown(address)
    }

    pub(super) fn take(&mut self, said: Said) {
        match said {
            Said::Person(PersonKnown {
                address,
                name,
                kind,
                zone,
                holds,
            }) => {
                if holds {
                    self.leavers.remove(&address);
                    self.people.insert(address, Known { name, kind, zone });
                } else if self.people.remove(&address).is_none() {
                    // Taken out already, with a last day that is none any more.
                    self.leavers.remove(&address);
                }
            }
            Said::Leaves(leaves) => self.leaves(leaves),
            Said::Line(line) => {
                let known = self.lines_of(&line.report).find(|known| known.is(&line));
                if let Some(known) = known.cloned() {
                    self.lines.remove(&known);
                }
                if line.holds {
                    self.lines.insert(DatedLine {
                        report: line.report,
                        from: line.from,
                        to: line.to,
                        manager: line.manager,
                    });
                }
            }
            Said::Address(AddressKnown {
                person,
                address,
                own_word,
                holds,
            }) => {
                if holds {
                    self.others.insert(address, Other { person, own_word });
                } else if self
                    .others
                    .get(&address)
                    .is_some_and(|o| o.person == person)
                {
                    self.others.remove(&address);
                }
            }
            Said::Delegate(DelegateKnown {
                person,
                delegate,
                holds,
            }) => {
                if holds {
                    self.delegates.insert((person, delegate));
                } else {
                    self.delegates.remove(&(person, delegate));
                }
            }
        }
    }

    /// The main address of whoever has `address`, as far as everybody is to go by it.
    pub(super) fn main<'a>(&'a self, address: &'a str) -> &'a str {
        let other = self.others.get(address).filter(|other| !other.own_word);
        other.map_or(address, |other| &other.person)
    }

    /// The lines above `report`.
    pub(super) fn lines_of<'a>(&'a self, report: &str) -> impl Iterator<Item = &'a DatedLine> {
        // The least there is of that report: lines are in the order of report, first day and last day.
        let least = DatedLine {
            report: report.to_owned(),
            from: None,
            to: None,
            manager: String::new(),
        };
        let report = report.to_owned();
        self.lines
            .range(least..)
            .take_while(move |line| line.report == report)
    }

    /// Whether the manager of `line` reports to its report, directly or further up, on some day on which it holds: then it
    /// would go round in a circle.
    pub(super) fn would_circle(&self, line: &DatedLine) -> bool {
        let mut met = BTreeSet::new();
        let mut level = vec![line.clone()];
        while let Some(way) = level.pop() {
            if way.manager == line.report {
                return true;
            }
            for above in self.lines_of(&way.manager) {
                if !above.meets(way.from, way.to) {
                    continue;
                }
                // As far as all lines on the way hold on the same days.
                let until = [above.to, way.to].into_iter().flatten().min();
                let higher = DatedLine {
                    report: String::new(),
                    manager: above.manager.clone(),
                    from: above.from.max(way.from),
                    to: until,
                };
                if met.insert(higher.clone()) {
                    level.push(higher);
                }
            }
        }
        false
    }

    /// What to call whoever has that address: by name, else as the address reads.
    pub(super) fn shown(&self, address: &str) -> String {
        let known = self.told_of(address).map(|known| known.name.clone());
        let name = known.filter(|name| !name.is_empty());
        name.unwrap_or_else(|| name_from_address(address))
    }
}

/// The name of a person in the addresses of pages, where no e-mail address should stand. Short, and no secret.
pub fn key_of(address: &str) -> String {
    pair_id(address, "")
}

/// Which state the organisation is in.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn version<S: Facts>(store: &S, viewer: &Viewer) -> Result<Version, ServerError> {
    Ok(store.version(viewer.org(), ORGANISATION).await?)
}

/// The organisation as it stands.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn organisation<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Organisation, ServerError> {
    let mut organisation = Organisation::default();
    for fact in whole_stream(store, viewer.org(), ORGANISATION).await? {
        organisation.take(Said::read(&fact)?);
        organisation.version = fact.version;
    }
    Ok(organisation)
}
