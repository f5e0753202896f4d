//! The viewer's own reporting lines, as they were when their ledger was judged: it is good only as long as they are the same, so
//! that a page asks nobody for them again.

use super::declare::Declared;
use crate::server::people::{DatedLine, Near, own_lines};
use jiff::{civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use steadfast_calendar::Instant;
use steadfast_ledger::people::name_from_address;

/// Who reports to whom, as far as it is the viewer or to them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Own {
    declared: Declared,
    /// What to call each of those in a line of the list.
    names: BTreeMap<String, String>,
    /// The zone that the list has for the viewer, by its name.
    zone: Option<String>,
}

impl Own {
    /// Of the viewer's streams and those of the others in their lines.
    pub(super) fn of(person: &str, declared: &Declared, near: &Near, others: &[Near]) -> Self {
        let called = |address: &str| {
            let is_theirs = |other: &&Near| {
                other.address() == address || other.others(true).any(|o| o == address)
            };
            let other = others.iter().find(is_theirs);
            other.map_or_else(|| name_from_address(address), Near::shown)
        };
        let named = declared.partners(person);
        Self {
            names: named
                .map(|other| (other.to_owned(), called(other)))
                .collect(),
            declared: declared.clone(),
            zone: near.zone().map(str::to_owned),
        }
    }

    /// What is said of the viewer, by whomever of the two and by the list.
    pub fn declared(&self) -> &Declared {
        &self.declared
    }

    /// The lines that the list says, to those they report to and from those who report to them, with the name of each.
    pub fn lines(&self, person: &str) -> [Vec<(DatedLine, String)>; 2] {
        let called = |address: &str| self.names.get(address).cloned().unwrap_or_default();
        own_lines(self.declared.organisation.iter(), person, called)
    }

    /// Today where the viewer lives: `told` is the zone in which their days are told where the list has none for them.
    pub fn today(&self, told: &TimeZone, now: Instant) -> Date {
        let zone = self.zone.as_deref();
        let listed = zone.and_then(|name| TimeZone::get(name).ok());
        now.date(listed.as_ref().unwrap_or(told))
    }
}
