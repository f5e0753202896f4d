//! Somebody leaves, with a last day: taken out of the list with it, and there until it is over.

use super::administrator::Administrator;
use super::forms::{PersonKnown, PersonLeaves, Said};
use super::organisation::{DatedLine, Known, Organisation, key_of};
use super::plan::{Difference, Draft, no};
use super::zone::zone_of;
use crate::server::ServerError;
use crate::server::accounts::{Stay, address_of, ends};
use jiff::Timestamp;
use jiff::civil::Date;
use steadfast_calendar::Instant;
use steadfast_store::{Facts, Org, Sources, Views};

/// Somebody who was taken out with a last day that was to come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Leaver {
    /// What was known of them.
    pub known: Known,
    /// Their last day.
    pub last: Date,
    /// When it is over where they live.
    pub over: Instant,
}

impl Organisation {
    pub(super) fn leaves(&mut self, leaves: PersonLeaves) {
        let known = self.told_of(&leaves.address).cloned();
        let leaver = Leaver {
            known: known.unwrap_or_default(),
            last: leaves.last,
            over: Instant::from_seconds(leaves.over.as_second()),
        };
        self.leavers.insert(leaves.address, leaver);
    }

    /// What is known of whoever is in the list, or was until their last day.
    pub(super) fn told_of(&self, address: &str) -> Option<&Known> {
        let leaver = || self.leavers.get(address).map(|leaver| &leaver.known);
        self.people.get(address).or_else(leaver)
    }

    /// The last day of somebody who leaves, where it is to come.
    pub(super) fn last_day(&self, address: &str, now: Instant) -> Option<Date> {
        let leaver = self.leavers.get(address)?;
        (now < leaver.over).then_some(leaver.last)
    }

    /// Whoever was taken out with a last day, and what that was: a file that names them does not bring them back by itself.
    pub(super) fn who_left(&self) -> impl Iterator<Item = (&str, Date)> {
        let leavers = self.leavers.iter();
        leavers.map(|(address, leaver)| (address.as_str(), leaver.last))
    }

    /// Everybody who is there: whoever is in the list, and whoever was taken out of it with a last day that is not over.
    pub(super) fn there(&self, now: Instant) -> impl Iterator<Item = (&str, &Known)> {
        let people = self.people.iter();
        let people = people.map(|(address, known)| (address.as_str(), known));
        let leavers = self.leavers.iter();
        let leavers = leavers.filter(move |(_, leaver)| now < leaver.over);
        people.chain(leavers.map(|(address, leaver)| (address.as_str(), &leaver.known)))
    }
}

/// When the last day of somebody is over, where they live as far as that is known; also where it is over by now, so that whoever is
/// named by a file later is known to have left.
pub(super) async fn is_over<S: Facts + Sources + Views>(
    store: &S,
    org: &Org,
    now: Instant,
    (draft, person): (&Draft<'_>, &str),
    last: Date,
) -> Result<Option<Instant>, ServerError> {
    let address = draft.there(person)?;
    let known = draft.organisation.told_of(&address);
    let listed = known.and_then(|known| known.zone.as_deref());
    Ok(Some(ends(
        last,
        &zone_of(store, org, &address, listed, now).await?,
    )))
}

/// What it means that somebody is added who was taken out with a last day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Again {
    /// They stay after all: what ended with that day goes on.
    Stays,
    /// They come back: what ended with it stays ended.
    ComesBack,
}

/// Somebody who was taken out of the list with a last day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TakenOut {
    /// Their address.
    pub address: String,
    /// What to call them.
    pub name: String,
    /// Their last day.
    pub last: Date,
    /// Whether it is over where they live.
    pub is_over: bool,
}

/// Whoever goes by `typed` and was taken out with a last day, for whoever keeps the list: adding them again says that they stay, or come
/// back, which is asked.
pub fn taken_out(
    organisation: &Organisation,
    _keeper: &Administrator,
    typed: &str,
    now: Instant,
) -> Option<TakenOut> {
    let address = address_of(typed).ok()?;
    let leaver = organisation.leavers.get(&address)?;
    Some(TakenOut {
        name: organisation.shown(&address),
        last: leaver.last,
        is_over: leaver.over <= now,
        address,
    })
}

impl Draft<'_> {
    /// Somebody who may have been taken out is added: not without a word on what that means.
    pub(super) fn comes_again(
        &mut self,
        address: &str,
        again: Option<Again>,
    ) -> Result<(), ServerError> {
        let leaver = self.organisation.leavers.get(address);
        match (leaver, again) {
            (Some(leaver), None) => no(
                format!(
                    "they were taken out, with {} as their last day",
                    leaver.last
                ),
                "say whether they stay after all, or come back",
            ),
            (Some(_), Some(Again::Stays)) => {
                self.goes_on(address);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A new line, which has the last day of whoever leaves where it is to them.
    pub(super) fn draw_to(&mut self, line: DatedLine) -> Result<(), ServerError> {
        let leaver = self.organisation.leavers.get(&line.manager);
        let Some(last) = leaver.map(|leaver| leaver.last) else {
            return self.draw(&line);
        };
        if line.from.is_some_and(|from| last < from) {
            return no(
                format!("the last day of {} is {last}", line.manager),
                "name somebody else, or say first that they stay after all, or come back",
            );
        }
        let to = Some(last);
        self.draw(&DatedLine { to, ..line })
    }

    /// The address of somebody of the list, or who was taken out of it with a last day.
    pub(super) fn there(&self, key: &str) -> Result<String, ServerError> {
        let mut leavers = self.organisation.leavers.keys();
        let leaver = leavers.find(|address| key_of(address) == key);
        leaver.map_or_else(|| self.person(key), |address| Ok(address.clone()))
    }

    pub(super) fn leave(&mut self, person: &str, last: Date) -> Result<String, ServerError> {
        let address = self.there(person)?;
        let known = self.organisation.told_of(&address).cloned();
        let known = known.unwrap_or_default();
        for line in self.until_the_last_day(&address, Some(last)) {
            self.end(&line, last);
        }
        let ends = Stay::EndsAfter(last, known.zone.clone());
        self.stays.insert(address.clone(), ends);
        let over = self.over.map(|over| Timestamp::from_second(over.seconds()));
        if let Some(Ok(over)) = over {
            let leaves = PersonLeaves {
                address: address.clone(),
                last,
                over,
            };
            self.say(Said::Leaves(leaves), None);
            if !self.organisation.people.contains_key(&address) {
                // Another day than was said before.
                return Ok(address);
            }
        }
        let said = Said::Person(PersonKnown {
            address: address.clone(),
            name: known.name,
            kind: known.kind,
            zone: known.zone,
            holds: false,
        });
        self.say(said, None);
        Ok(address)
    }

    /// They stay after all, and what ended with their last day goes on.
    pub(super) fn stay(&mut self, person: &str) -> Result<String, ServerError> {
        let address = self.there(person)?;
        self.goes_on(&address);
        Ok(address)
    }

    /// The same, by address.
    pub(super) fn goes_on(&mut self, address: &str) {
        if !self.organisation.leavers.contains_key(address) {
            return;
        }
        for line in self.until_the_last_day(address, None) {
            let goes_on = DatedLine { to: None, ..line };
            let difference = Difference::Line(goes_on.clone());
            self.say(goes_on.said(true), Some(difference));
        }
        self.know(address, Known::default());
    }

    /// Whoever leaves is called otherwise, and leaves as before.
    pub(super) fn rename_leaver(&mut self, address: &str, called: PersonKnown) {
        let Some(leaver) = self.organisation.leavers.get(address).cloned() else {
            return;
        };
        let Ok(over) = Timestamp::from_second(leaver.over.seconds()) else {
            return;
        };
        let gone = PersonKnown {
            holds: false,
            ..called.clone()
        };
        let leaves = PersonLeaves {
            address: address.to_owned(),
            last: leaver.last,
            over,
        };
        for said in [
            Said::Person(called),
            Said::Leaves(leaves),
            Said::Person(gone),
        ] {
            self.say(said, None);
        }
    }

    /// Their lines that end with them: those that go on beyond `last`, and those that ended with the last day that was said before.
    fn until_the_last_day(&self, address: &str, last: Option<Date>) -> Vec<DatedLine> {
        let before = self.organisation.leavers.get(address);
        let before = before.map(|leaver| leaver.last);
        let lines = self.organisation.lines.iter();
        let theirs = lines.filter(|line| line.report == address || line.manager == address);
        let end = theirs.filter(|line| match (line.to, last) {
            (Some(to), _) if Some(to) == before => true,
            (to, Some(last)) => to.is_none_or(|to| last < to),
            (_, None) => false,
        });
        end.cloned().collect()
    }
}
