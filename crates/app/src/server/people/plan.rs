//! A change to the organisation in the making: what is to be said, and what becomes different by it.

use super::forms::{AddressKnown, DelegateKnown, PersonKnown, Said};
use super::organisation::{DatedLine, Known, Organisation};
use crate::server::ServerError;
use crate::server::accounts::Stay;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::Instant;

/// What becomes different.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// Somebody new, by address and name.
    Person(String, String),
    /// Somebody who was taken out with a last day stays after all, by address.
    Stays(String),
    /// Name, kind or time zone of somebody, by address.
    Described(String),
    /// A new line.
    Line(DatedLine),
    /// A line has a last day now.
    Ended(DatedLine),
    /// A line has other days, before and now.
    Redated(DatedLine, DatedLine),
    /// A line is taken out: it would have ended before it began.
    Dropped(DatedLine),
    /// Somebody has another address: their main one, and that.
    Address(String, String),
    /// Somebody may move 1:1s for a person: the person, and who.
    Delegate(String, String),
}

/// What was said so far, and what it comes to.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// The organisation with it.
    pub organisation: Organisation,
    pub said: Vec<Said>,
    pub differences: Vec<Difference>,
    /// Who stays longer or shorter by it, by address.
    pub stays: BTreeMap<String, Stay>,
    /// When the last day of whoever is taken out is over, where that is to come.
    pub over: Option<Instant>,
    /// Addresses of those who have an account.
    pub(super) joined: &'a BTreeSet<String>,
    /// Whoever keeps the organisation: their own other addresses are their own word.
    keeper: &'a str,
}

pub(super) fn no<T>(what: impl Into<String>, hint: &str) -> Result<T, ServerError> {
    Err(ServerError::Input(what.into(), hint.to_owned()))
}

impl<'a> Draft<'a> {
    pub(super) fn of(
        organisation: Organisation,
        joined: &'a BTreeSet<String>,
        keeper: &'a str,
    ) -> Self {
        Self {
            organisation,
            said: Vec::new(),
            differences: Vec::new(),
            stays: BTreeMap::new(),
            over: None,
            joined,
            keeper,
        }
    }

    pub(super) fn say(&mut self, said: Said, difference: Option<Difference>) {
        self.organisation.take(said.clone());
        self.said.push(said);
        self.differences.extend(difference);
    }

    /// Somebody is there. What is empty is left as it was.
    pub(super) fn know(&mut self, address: &str, wanted: Known) {
        let before = self.organisation.people.get(address).cloned();
        let is_new = before.is_none();
        let leaves = self.organisation.leavers.get(address).cloned();
        // Who stays after all is called as before.
        let mut known = before
            .clone()
            .unwrap_or_else(|| leaves.map(|leaver| leaver.known).unwrap_or_default());
        if !wanted.name.is_empty() {
            known.name = wanted.name;
        }
        if !wanted.kind.is_empty() {
            known.kind = wanted.kind;
        }
        if known.kind.is_empty() {
            known.kind = "person".to_owned();
        }
        if wanted.zone.is_some() {
            known.zone = wanted.zone;
        }
        if before.as_ref() == Some(&known) {
            return;
        }
        if is_new {
            self.stays.insert(address.to_owned(), Stay::GoesOn);
        }
        let difference = if self.organisation.leavers.contains_key(address) {
            Difference::Stays(address.to_owned())
        } else if is_new {
            Difference::Person(address.to_owned(), known.name.clone())
        } else {
            Difference::Described(address.to_owned())
        };
        let said = Said::Person(PersonKnown {
            address: address.to_owned(),
            name: known.name,
            kind: known.kind,
            zone: known.zone,
            holds: true,
        });
        self.say(said, Some(difference));
    }

    /// Somebody is named, by a line or as whom a delegate acts for: whoever leaves does not stay by that.
    pub(super) fn name(&mut self, address: &str) {
        if !self.organisation.leavers.contains_key(address) {
            self.know(address, Known::default());
        }
    }

    /// Whether a line can be drawn.
    fn may_draw(&self, line: &DatedLine) -> Result<(), ServerError> {
        if line.manager == line.report {
            return no("nobody reports to themselves", "write another address");
        }
        if line.from.zip(line.to).is_some_and(|(from, to)| to < from) {
            return no(
                "the last day lies before the first",
                "write the first day on the left, and the last one on the right",
            );
        }
        if self.organisation.would_circle(line) {
            return no(
                format!(
                    "{} reports to {} already, directly or further up",
                    line.manager, line.report
                ),
                "end that line first, or write them the other way round",
            );
        }
        Ok(())
    }

    /// A line as it is to be from now on: new, or in the place of one with the same first day.
    pub(super) fn draw(&mut self, line: &DatedLine) -> Result<(), ServerError> {
        self.may_draw(line)?;
        let is_it = |known: &&DatedLine| (&known.manager, known.from) == (&line.manager, line.from);
        let same = self
            .organisation
            .lines_of(&line.report)
            .find(is_it)
            .cloned();
        let difference = match same {
            Some(same) if same == *line => return Ok(()),
            Some(same) if same.to.is_none() => Difference::Ended(line.clone()),
            Some(same) => Difference::Redated(same, line.clone()),
            None => Difference::Line(line.clone()),
        };
        self.name(&line.manager);
        self.name(&line.report);
        self.say(line.said(true), Some(difference));
        Ok(())
    }

    /// The same line from another day on.
    pub(super) fn redraw(
        &mut self,
        before: &DatedLine,
        line: &DatedLine,
    ) -> Result<(), ServerError> {
        if before.from == line.from {
            return self.draw(line);
        }
        // What cannot be drawn leaves the one that is there.
        self.may_draw(line)?;
        self.say(before.said(false), None);
        self.draw(line)?;
        self.differences.pop();
        self.differences
            .push(Difference::Redated(before.clone(), line.clone()));
        Ok(())
    }

    /// A line has its last day. One that begins later never was.
    pub(super) fn end(&mut self, line: &DatedLine, last: Date) {
        if line.from.is_some_and(|from| last < from) {
            self.say(line.said(false), Some(Difference::Dropped(line.clone())));
            return;
        }
        let ended = DatedLine {
            to: Some(last),
            ..line.clone()
        };
        self.say(ended.said(true), Some(Difference::Ended(ended.clone())));
    }

    /// `address` is another one of `person`'s.
    ///
    /// Whoever keeps the organisation vouches for others, never for themselves: theirs is their own word, and counts on
    /// their own calendars alone. Otherwise they could read with it what others have with somebody else.
    pub(super) fn also(&mut self, person: &str, address: &str) -> Result<(), ServerError> {
        let own_word = person == self.keeper;
        let known = self.organisation.others.get(address);
        if known.is_some_and(|known| known.person == person && known.own_word == own_word) {
            return Ok(());
        }
        if known.is_some_and(|known| known.person != person) {
            return no(
                format!("{address} is another address of somebody else"),
                "take it from them first, if it is not theirs",
            );
        }
        if address == person {
            return no(
                format!("{address} is their main address"),
                "write another one",
            );
        }
        if self.joined.contains(address) {
            return no(
                format!("whoever signs in with {address} is somebody of their own"),
                "an address with an account cannot be another one of somebody else",
            );
        }
        if self.organisation.people.contains_key(address)
            || self.organisation.stands_in_a_line(address)
        {
            return no(
                format!("{address} stands in the organisation as somebody of their own"),
                "take them out first, if the two are one",
            );
        }
        let said = Said::Address(AddressKnown {
            person: person.to_owned(),
            address: address.to_owned(),
            own_word,
            holds: true,
        });
        let difference = Difference::Address(person.to_owned(), address.to_owned());
        self.say(said, Some(difference));
        Ok(())
    }

    /// `delegate` may move `person`'s 1:1s.
    pub(super) fn act_for(&mut self, person: &str, delegate: &str) -> Result<(), ServerError> {
        if person == delegate {
            return no("nobody is their own delegate", "write another address");
        }
        let both = (person.to_owned(), delegate.to_owned());
        if self.organisation.delegates.contains(&both) {
            return Ok(());
        }
        let said = Said::Delegate(DelegateKnown {
            person: both.0.clone(),
            delegate: both.1.clone(),
            holds: true,
        });
        self.say(said, Some(Difference::Delegate(both.0, both.1)));
        Ok(())
    }
}
