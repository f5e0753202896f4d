//! Somebody who is in the list by a slip of the pen goes out of it again, with everything that was said of them.
//!
//! By itself, when the last line that named them is said never to have been and nothing else is known of them; otherwise by a tap of
//! whoever keeps the list. Whoever followed them in a line had it from its beginning.

use super::forms::{DelegateKnown, PersonKnown, Said};
use super::organisation::{DatedLine, Known, Organisation, key_of};
use super::plan::{Draft, no};
use crate::server::ServerError;

impl Organisation {
    /// Who of the list has that key.
    pub(super) fn address_of_key(&self, key: &str) -> Option<&str> {
        let mut people = self.people.keys();
        let found = people.find(|address| key_of(address) == key);
        found.map(String::as_str)
    }

    /// Whether nothing is said of somebody but that they are there.
    fn is_bare(&self, address: &str) -> bool {
        let is_bare =
            |known: &Known| known.name.is_empty() && known.zone.is_none() && known.kind == "person";
        let others = self.others.values();
        let delegates = self.delegates.iter();
        self.people.get(address).is_some_and(is_bare)
            && !self.stands_in_a_line(address)
            && !others.clone().any(|other| other.person == address)
            && !delegates
                .clone()
                .any(|(person, delegate)| person == address || delegate == address)
    }
}

impl Draft<'_> {
    /// Takes out whom only a line knew that never was.
    pub(super) fn let_go_of_nobody(&mut self, address: &str) {
        if self.organisation.is_bare(address) && !self.joined.contains(address) {
            self.take_out(address);
        }
    }

    pub(super) fn mistake(&mut self, person: &str) -> Result<String, ServerError> {
        let address = self.person(person)?;
        if self.joined.contains(&address) {
            return no(
                "somebody signs in with this address, so it is somebody’s",
                "if they leave, take them out with their last day",
            );
        }
        let lines = self.organisation.lines.iter();
        let named = lines.filter(|line| line.manager == address || line.report == address);
        let named: Vec<DatedLine> = named.cloned().collect();
        for line in &named {
            self.say(line.said(false), None);
        }
        for line in named.iter().filter(|line| line.manager == address) {
            self.begin_earlier(line)?;
        }
        let delegates = self.organisation.delegates.iter();
        let delegates = delegates.filter(|(person, who)| *person == address || *who == address);
        let delegates: Vec<_> = delegates.cloned().collect();
        for (person, delegate) in delegates {
            let holds = false;
            self.say(
                Said::Delegate(DelegateKnown {
                    person,
                    delegate,
                    holds,
                }),
                None,
            );
        }
        let others = self.organisation.others.iter();
        let others = others.filter(|(_, other)| other.person == address);
        let others: Vec<String> = others.map(|(other, _)| other.clone()).collect();
        for other in others {
            let said = self.organisation.not_theirs(&address, &other)?;
            self.say(said, None);
        }
        self.take_out(&address);
        Ok(address)
    }

    /// The line that follows `gone` the day after begins with it.
    fn begin_earlier(&mut self, gone: &DatedLine) -> Result<(), ServerError> {
        let Some(next) = gone.to.and_then(|last| last.tomorrow().ok()) else {
            return Ok(());
        };
        let follows = |line: &&DatedLine| line.from == Some(next);
        let found = self
            .organisation
            .lines_of(&gone.report)
            .find(follows)
            .cloned();
        let Some(follows) = found else {
            return Ok(());
        };
        let whole = DatedLine {
            from: gone.from,
            ..follows.clone()
        };
        self.redraw(&follows, &whole)
    }

    fn take_out(&mut self, address: &str) {
        let known = self.organisation.people.get(address).cloned();
        let known = known.unwrap_or_default();
        let said = Said::Person(PersonKnown {
            address: address.to_owned(),
            name: known.name,
            kind: known.kind,
            zone: known.zone,
            holds: false,
        });
        self.say(said, None);
    }
}
