//! Takes in calendars as streams of bytes, one after another, and remembers what they said.

use super::{
    nameless,
    options::Options,
    org_file::{self, address},
    whose::{Owner, Whose, whose},
};
use crate::report::model::ReportWarning;
use jiff::tz::TimeZone;
use std::{
    collections::{BTreeMap, HashMap},
    io,
};
use steadfast_calendar::{Calendar, Event, Grouper, Instant, Reader, Shelf, Warning};
use steadfast_ledger::{
    history::History,
    namesakes::namesakes,
    people::{Directory, PersonId},
};

/// Bytes read at once.
const CHUNK: usize = 1 << 16;
/// Warnings kept in all; the rest is counted.
const WARNINGS_KEPT: usize = 1_000;

/// An audit that is taking in its sources.
#[derive(Debug)]
pub struct Audit {
    pub(super) options: Options,
    pub(super) history: History,
    pub(super) directory: Directory,
    pub(super) export: BTreeMap<String, Export>,
    pub(super) warnings: Vec<ReportWarning>,
    pub(super) warnings_dropped: usize,
    pub(super) set_aside: Vec<(String, String)>,
    pub(super) calendars: usize,
    /// Number of the source that is being taken in.
    source: usize,
    /// Whose the watched calendars are, by their keys.
    owners: HashMap<String, String>,
    pub(super) owner: Owner,
}

/// What the documents of one owner say, in a single export.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// When it was taken, where that is known.
    pub at: Option<Instant>,
    pub calendar: Calendar,
    pub series: Shelf,
}

/// The events of one calendar while they are read.
#[derive(Debug)]
enum Events {
    /// A look at what is seen over time: what it shows anew is kept as it is.
    Look(Instant, Box<Grouper>),
    /// A single export, all of which is kept.
    Export(Box<Shelf>),
}

impl Events {
    fn of(at: Option<Instant>) -> Self {
        match at {
            Some(at) => Self::Look(at, Box::default()),
            None => Self::Export(Box::default()),
        }
    }

    fn add(&mut self, event: Event) {
        match self {
            Self::Look(_, grouper) => grouper.add(event),
            Self::Export(shelf) => shelf.add(&event),
        }
    }
}

impl Export {
    /// Adds what `other` says, as if it came after.
    pub(super) fn absorb(&mut self, other: Self) {
        self.at = self.at.or(other.at);
        self.series.absorb(other.series);
        let known = &mut self.calendar;
        known.is_calendar |= other.calendar.is_calendar;
        known.complete |= other.calendar.complete;
        known.name = known.name.take().or(other.calendar.name);
        known.zone = known.zone.take().or(other.calendar.zone);
        known.mapped_zones.extend(other.calendar.mapped_zones);
    }
}

impl Audit {
    /// An audit with nothing taken in.
    pub fn new(options: Options) -> Self {
        let mut directory = Directory::new();
        if let Some(rows) = &options.org {
            org_file::declare(rows, &mut directory);
        }
        org_file::declare_some(&options.known, &mut directory);
        Self {
            options,
            history: History::new(),
            directory,
            export: BTreeMap::new(),
            warnings: Vec::new(),
            warnings_dropped: 0,
            set_aside: Vec::new(),
            calendars: 0,
            source: 0,
            owners: HashMap::new(),
            owner: Owner::NoOne,
        }
    }

    /// Another source begins: what it holds without a name is one person's, and may be somebody else's than what the
    /// sources before held.
    pub fn source(&mut self) {
        self.source += 1;
    }

    /// A moment at which the sources were looked at; its calendars follow.
    pub fn snapshot(&mut self, at: Instant) {
        self.history.begin_snapshot(at);
    }

    /// A span in which nothing was seen.
    pub fn gap(&mut self, from: Instant, to: Instant) {
        self.history.gaps.push((from, to));
    }

    /// Takes in a calendar that is watched on its own, as it stood at `at`: `key` tells it from the other calendars of
    /// its owner.
    pub(crate) fn watched(&mut self, key: &str, owner: &str, at: Instant, calendar: Calendar) {
        self.owners.insert(key.to_owned(), address(owner));
        self.take_in_as((key, key.to_owned()), calendar, Events::of(Some(at)));
    }

    /// Up to when the state of the watched calendar `key` is known, whatever is seen of others.
    pub fn known_until(&mut self, key: &str, at: Instant) {
        self.history.known_until(key, at);
    }

    /// A span in which nothing is known of one owner's calendar.
    pub fn gap_of(&mut self, owner: &str, from: Instant, to: Instant) {
        self.history.gap_of(owner, from, to);
    }

    /// Something found and not read on purpose.
    pub fn set_aside(&mut self, label: String, why: String) {
        self.set_aside.push((label, why));
    }

    /// Something odd outside any calendar.
    pub fn warning(&mut self, code: &str, place: &str, message: String) {
        self.warn(ReportWarning {
            code: code.to_owned(),
            message,
            place: place.to_owned(),
        });
    }

    fn warn(&mut self, warning: ReportWarning) {
        if self.warnings.len() < WARNINGS_KEPT {
            self.warnings.push(warning);
        } else {
            self.warnings_dropped += 1;
        }
    }

    /// Reads one calendar. `owner` is whose it is, where the source says so; `at` is the snapshot it belongs to.
    ///
    /// # Errors
    /// When the stream breaks off; what was read until then is not taken in.
    pub fn calendar(
        &mut self,
        label: &str,
        owner: Option<&str>,
        at: Option<Instant>,
        body: &mut dyn io::Read,
    ) -> io::Result<()> {
        let (mut reader, mut events) = (Reader::new(), Events::of(at));
        let mut chunk = vec![0_u8; CHUNK];
        loop {
            match body.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => {
                    reader.feed(chunk.get(..read).unwrap_or_default());
                    // Put together at once: a list of all events beside it would double what is held.
                    reader.take_events().into_iter().for_each(|e| events.add(e));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.take_in(label, owner, reader.finish(), events);
        Ok(())
    }

    /// Takes in an export of somebody's calendar that was read already.
    pub(crate) fn exported(&mut self, owner: &str, calendar: Calendar) {
        self.take_in(owner, Some(owner), calendar, Events::of(None));
    }

    /// When the export of `owner`'s calendar, taken in before, was made: nothing is known of what came after.
    pub(crate) fn exported_at(&mut self, owner: &str, at: Instant) {
        if let Some(export) = self.export.get_mut(&address(owner)) {
            export.at = Some(at);
        }
    }

    /// Takes in a calendar that was read: `events` are those so far, `calendar` holds the rest.
    fn take_in(&mut self, label: &str, owner: Option<&str>, calendar: Calendar, events: Events) {
        let named = owner.map(address).or_else(|| address_in(&calendar));
        self.take_in_as((label, named.unwrap_or_default()), calendar, events);
    }

    /// The same, known across snapshots by a key.
    fn take_in_as(
        &mut self,
        (label, key): (&str, String),
        mut calendar: Calendar,
        mut events: Events,
    ) {
        for event in std::mem::take(&mut calendar.events) {
            events.add(event);
        }
        for warning in std::mem::take(&mut calendar.warnings) {
            self.warn(told(label, warning));
        }
        if !calendar.is_calendar {
            let what = "this holds no calendar; it was not read".to_owned();
            self.warning("not_a_calendar", label, what);
            if matches!(events, Events::Export(_)) {
                return;
            }
        }
        self.calendars += 1;
        match events {
            Events::Look(at, series) => {
                if self.history.snapshots.last().is_none_or(|last| *last < at) {
                    self.history.begin_snapshot(at);
                }
                self.history
                    .look_at_series(&key, None, &calendar, series.finish());
            }
            Events::Export(series) => {
                if series.left_out() > 0 {
                    let what = format!("{} events found no room: too large", series.left_out());
                    self.warning("too_large", label, what);
                }
                let key = if key.is_empty() {
                    nameless::key(self.source)
                } else {
                    key
                };
                calendar.is_calendar = true;
                calendar.complete = true;
                self.export.entry(key).or_default().absorb(Export {
                    at: None,
                    calendar,
                    series: *series,
                });
            }
        }
    }

    /// Whether any calendar was read.
    pub fn has_calendars(&self) -> bool {
        self.calendars > 0
    }

    /// Moves what an export said into the history, and gives every calendar its owner.
    pub(super) fn settle(&mut self) {
        let exports = std::mem::take(&mut self.export);
        for (key, export) in nameless::told_apart(self, exports) {
            self.history.export(&key, &export.calendar, export.series);
            if let Some(at) = export.at {
                self.history.known_until(&key, at);
            }
        }
        self.history.end_snapshot();
        self.directory.share(self.history.texts());
        // An organisation file says who has which addresses.
        let namesakes = match self.options.org {
            Some(_) => Vec::new(),
            None => namesakes(&self.history),
        };
        self.owner = whose(self, &namesakes);
        let me = self.me().cloned();
        self.unite(&namesakes, me.as_ref());
        for copy in &mut self.history.copies {
            let label = copy.label.clone();
            // A file in a history may be named by anything; only an address names a person.
            let owner = if let Some(owner) = self.owners.get(&label) {
                Some(owner.clone())
            } else if label.contains('@') {
                Some(label)
            } else {
                me.as_ref().map(|me| me.address.clone())
            };
            copy.owner = owner.map(|o| self.directory.meet(&o));
        }
    }

    /// Whose calendar it is, once settled.
    pub(super) fn me(&self) -> Option<&Whose> {
        match &self.owner {
            Owner::Known(me) => Some(me),
            Owner::Undecided(_) | Owner::NoOne => None,
        }
    }

    /// The display zone: asked for, else mine as declared, else my calendar's, else that of most of my meetings, else
    /// that of any calendar, else the one that was known when the last was let go, else UTC.
    pub(super) fn zone(&self) -> TimeZone {
        let me = self.me().and_then(|me| self.directory.find(&me.address));
        let declared = me.and_then(|me| self.directory.person(me).zone().cloned());
        let copies = || self.history.copies.iter();
        let mine = || {
            copies()
                .filter(|c| me.is_some() && c.owner == me)
                .find_map(|c| c.zone.clone())
        };
        let of_calendars = || copies().find_map(|c| c.zone.clone());
        let parts = self.options.settled.iter();
        let settled = || parts.rev().find_map(|part| part.settled.zone.clone());
        self.options
            .zone
            .clone()
            .or(declared)
            .or_else(mine)
            .or_else(|| self.zone_of_most(me))
            .or_else(of_calendars)
            .or_else(settled)
            .unwrap_or(TimeZone::UTC)
    }

    /// The zone that most meetings on `owner`'s calendars (on all, where that is nobody) are written in.
    fn zone_of_most(&self, owner: Option<PersonId>) -> Option<TimeZone> {
        let mut counts: BTreeMap<String, (usize, TimeZone)> = BTreeMap::new();
        let copies = self.history.copies.iter();
        for copy in copies.filter(|c| owner.is_none() || c.owner == owner) {
            for series in copy.all() {
                series.leading(|event| {
                    if let Some(zone) = event.zone.filter(|_| event.is_master)
                        && let Some(name) = zone.iana_name()
                    {
                        match counts.get_mut(name) {
                            Some((count, _)) => *count += 1,
                            None => drop(counts.insert(name.to_owned(), (1, zone.clone()))),
                        }
                    }
                });
            }
        }
        let most = counts.into_values().max_by_key(|(count, _)| *count)?;
        Some(most.1)
    }
}

/// The calendar's name, where it is an address of a person.
fn address_in(calendar: &Calendar) -> Option<String> {
    let name = address(calendar.name.as_deref()?);
    let looks_like = name.contains('@')
        && !name.contains(char::is_whitespace)
        && !name.ends_with("calendar.google.com");
    looks_like.then_some(name)
}

fn told(label: &str, warning: Warning) -> ReportWarning {
    let uid = if warning.uid.is_empty() {
        String::new()
    } else {
        format!(" UID {}", warning.uid)
    };
    ReportWarning {
        code: warning.code.as_str().to_owned(),
        message: warning.message,
        place: format!("{label}:{}{uid}", warning.line),
    }
}
