//! What is known of one address, for whoever judges a ledger with it in.

use super::forms::{Said, stream_of};
use super::organisation::{DatedLine, Known, Organisation};
use crate::audit::org_file::OrgRow;
use crate::server::{ServerError, Viewer, ledger::whole_stream};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use steadfast_ledger::people::Kind;
use steadfast_store::{Fact, Facts, Org};

/// What is known of one address.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    address: String,
    organisation: Organisation,
    /// Whether the list had it, and has it no more.
    was_taken_out: bool,
}

/// What is known of `address`.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(crate) async fn near<S: Facts>(
    store: &S,
    org: &Org,
    address: &str,
) -> Result<Near, ServerError> {
    Near::told(
        address,
        &whole_stream(store, org, &stream_of(address)).await?,
    )
}

/// The viewer's other addresses, also those by their own word.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn other_addresses<S: Facts>(
    store: &S,
    viewer: &Viewer,
) -> Result<Vec<String>, ServerError> {
    let near = near(store, viewer.org(), viewer.person()).await?;
    Ok(near.others(true).map(str::to_owned).collect())
}

impl Near {
    /// Of the facts of its stream.
    pub(crate) fn told(address: &str, facts: &[Fact]) -> Result<Self, ServerError> {
        let mut organisation = Organisation::default();
        let mut was_taken_out = false;
        for fact in facts {
            let said = Said::read(fact)?;
            if let Said::Person(person) = &said
                && person.address == address
            {
                was_taken_out = !person.holds;
            }
            organisation.take(said);
        }
        Ok(Self {
            address: address.to_owned(),
            organisation,
            was_taken_out,
        })
    }

    /// The stream it was read from.
    pub(crate) fn stream(address: &str) -> String {
        stream_of(address)
    }

    /// The address.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Whether whoever keeps the list of people has it in there.
    pub(crate) fn is_listed(&self) -> bool {
        self.organisation.people.contains_key(&self.address)
    }

    /// Whether whoever keeps the list of people took it out of there, and did not put it in again.
    pub(crate) fn was_taken_out(&self) -> bool {
        self.was_taken_out
    }

    /// Whose address it is, where it is another one of somebody's.
    pub(crate) fn main(&self) -> Option<&str> {
        let main = self.organisation.main(&self.address);
        (main != self.address).then_some(main)
    }

    /// What to call whoever has it: as the list does, else as it reads.
    pub(crate) fn shown(&self) -> String {
        self.organisation.shown(&self.address)
    }

    /// Their zone, by its name, where the list has one.
    pub(crate) fn zone(&self) -> Option<&str> {
        let known = self.organisation.told_of(&self.address);
        known.and_then(|known| known.zone.as_deref())
    }

    /// Lines from and to whoever has it, by report and first day.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &DatedLine> {
        let mine = |line: &&DatedLine| line.manager == self.address || line.report == self.address;
        self.organisation.lines.iter().filter(mine)
    }

    /// Their other addresses; with those that only they themselves say are theirs, or without.
    pub(crate) fn others(&self, with_own_word: bool) -> impl Iterator<Item = &str> {
        let others = self.organisation.others.iter();
        others
            .filter(move |(_, other)| other.person == self.address)
            .filter(move |(_, other)| with_own_word || !other.own_word)
            .map(|(address, _)| address.as_str())
    }

    /// Those who may move their 1:1s.
    pub(crate) fn delegates(&self) -> impl Iterator<Item = &str> {
        let delegates = self.organisation.delegates.iter();
        let mine = delegates.filter(|(person, _)| *person == self.address);
        mine.map(|(_, delegate)| delegate.as_str())
    }

    /// What an organisation file would say of them and of whoever may move their 1:1s, but for their lines.
    pub(crate) fn rows(&self, with_own_word: bool) -> Vec<OrgRow> {
        let known = self.organisation.told_of(&self.address);
        let others: Vec<String> = self.others(with_own_word).map(str::to_owned).collect();
        let mut rows = vec![OrgRow {
            aliases: others,
            ..row(&self.address, known)
        }];
        rows.extend(self.delegates().map(|delegate| OrgRow {
            manager: self.address.clone(),
            kind: Kind::Delegate,
            ..row(delegate, None)
        }));
        rows
    }
}

fn row(address: &str, known: Option<&Known>) -> OrgRow {
    OrgRow {
        email: address.to_owned(),
        name: known.map(|known| known.name.clone()).unwrap_or_default(),
        manager: String::new(),
        from: None,
        to: None,
        aliases: Vec::new(),
        kind: known.map_or(Kind::Person, |known| kind_named(&known.kind)),
        zone: known
            .and_then(|known| known.zone.as_deref())
            .and_then(|name| TimeZone::get(name).ok()),
        // Of a room or a note taker that nobody told of, the address says more than a guess here would.
        is_told: known.is_some(),
    }
}

/// Lines as an organisation file says them, each once.
pub(crate) fn rows_of<'a>(lines: impl Iterator<Item = &'a DatedLine>) -> Vec<OrgRow> {
    let lines: BTreeSet<&DatedLine> = lines.collect();
    let of_line = |line: &DatedLine| OrgRow {
        manager: line.manager.clone(),
        from: line.from,
        to: line.to,
        ..row(&line.report, None)
    };
    lines.into_iter().map(of_line).collect()
}

fn kind_named(name: &str) -> Kind {
    match name {
        "delegate" => Kind::Delegate,
        "room" => Kind::Room,
        "bot" => Kind::Bot,
        _ => Kind::Person,
    }
}

/// As it is kept.
pub(super) const fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Delegate => "delegate",
        Kind::Room => "room",
        Kind::Bot => "bot",
    }
}
