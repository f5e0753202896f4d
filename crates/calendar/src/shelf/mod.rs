//! A calendar's events as few bytes: what is kept of a large export while its 1:1s are looked for.
//!
//! An event that was read is some five hundred bytes in a dozen pieces of memory, most of them addresses, names and titles
//! that come again and again. Here it is some fifty bytes in one long list, with the texts in tables. What is put in comes
//! out the same.

mod bytes;
mod form;
mod glance;
mod read;
mod rule;
mod uid;
mod words;
mod write;

pub use glance::{Glance, Named};

use crate::{
    event::{Event, RecurrenceId},
    index::Index,
    instant::Instant,
    series::{Series, group, key, stand_in},
    texts::Texts,
};
use bytes::{Cursor, put_piece};
use glance::about;
use jiff::tz::TimeZone;
use read::{Head, Tables};
use std::{collections::BTreeSet, sync::Arc};
use uid::Hosts;
use words::Words;
use write::Writer;

/// Events of one UID that are looked through for one that is said again. Of more they are put together only when asked
/// for.
const LOOKED_THROUGH: usize = 32;
/// Recurrence-ids further apart than this are of different instances in whatever zones they are written.
const APART_SECONDS: i64 = 3 * 86_400;

/// Events by UID, as [`crate::Grouper`] puts them together, kept small.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    words: Words,
    zones: Zones,
    usual: Usual,
    hosts: Hosts,
    /// All events. Each begins with the place of the next one of its UID, zero for none; the first of a UID has that next.
    bytes: Vec<u8>,
    all: Vec<Chain>,
    by_uid: Index,
    /// Those of which one event may be said more than once.
    again: BTreeSet<u32>,
    left_out: u64,
    /// The UID that was packed last.
    packed: Vec<u8>,
}

/// The events of one UID, as places.
#[derive(Clone, Copy, Debug)]
struct Chain {
    first: u32,
    last: u32,
}

/// The zones that times are written in, each once.
#[derive(Clone, Debug, Default)]
struct Zones(Vec<TimeZone>);

/// Zones among which one is looked for: a calendar names a few, and one that names thousands is not worth a search each.
const ZONES_LOOKED_AT: usize = 64;

impl Zones {
    fn number(&mut self, zone: &TimeZone) -> u64 {
        let newest_first = self.0.iter().rev().take(ZONES_LOOKED_AT);
        let back = newest_first
            .into_iter()
            .position(|z| form::is_same(z, zone));
        let number = match back {
            Some(back) => self.0.len() - 1 - back,
            None => {
                self.0.push(zone.clone());
                self.0.len() - 1
            }
        };
        number as u64
    }

    fn get(&self, number: u64) -> &TimeZone {
        static UTC: TimeZone = TimeZone::UTC;
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        self.0.get(at).unwrap_or(&UTC)
    }
}

/// The DTSTAMP, CREATED and LAST-MODIFIED met first: in many exports that of all.
#[derive(Clone, Copy, Debug, Default)]
struct Usual([Option<Instant>; 3]);

impl Usual {
    /// How each of `moments` is said.
    fn how(&mut self, moments: [Option<Instant>; 3]) -> [u8; 3] {
        let mut how = [form::NEVER; 3];
        for ((how, usual), at) in how.iter_mut().zip(&mut self.0).zip(moments) {
            *how = match at {
                None => form::NEVER,
                Some(at) if *usual.get_or_insert(at) == at => form::USUAL,
                Some(_) => form::SAID,
            };
        }
        how
    }
}

impl Shelf {
    /// Puts in an event, after all others. One without a UID gets a stand-in, always the same for the same event.
    pub fn add(&mut self, event: &Event) {
        let made_up;
        let uid = if event.uid.is_empty() {
            made_up = stand_in(event);
            &made_up
        } else {
            &event.uid
        };
        let full = self.words.is_full() || self.bytes.len() > u32::MAX as usize / 2;
        if full {
            self.left_out += 1;
            return;
        }
        if self.bytes.is_empty() {
            // Place zero stands for none.
            self.bytes.push(0);
        }
        let place = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let hash = self.by_uid.hash(uid);
        let mut packed = std::mem::take(&mut self.packed);
        packed.clear();
        uid::pack(&mut packed, uid, &mut self.hosts);
        let known = self
            .by_uid
            .find(hash, |at| self.packed(at as usize) == packed);
        self.bytes.extend([0; 4]);
        if let Some(at) = known {
            if !self.again.contains(&at) && self.is_said(at as usize, event) {
                self.again.insert(at);
            }
            self.append(at as usize, place);
        } else {
            let at = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
            self.by_uid.add(hash, at);
            self.all.push(Chain {
                first: place,
                last: place,
            });
            put_piece(&mut self.bytes, &packed);
        }
        self.packed = packed;
        Writer {
            words: &mut self.words,
            zones: &mut self.zones,
            usual: &mut self.usual,
            bytes: &mut self.bytes,
        }
        .event(event);
    }

    fn append(&mut self, at: usize, place: u32) {
        let Some(chain) = self.all.get_mut(at) else {
            return;
        };
        let last = chain.last as usize;
        chain.last = place;
        if let Some(link) = self.bytes.get_mut(last..last + 4) {
            link.copy_from_slice(&place.to_le_bytes());
        }
    }

    /// Puts in what `other` holds, after everything in this one.
    pub fn absorb(&mut self, other: Self) {
        if self.all.is_empty() && self.left_out == 0 {
            *self = other;
            return;
        }
        self.left_out += other.left_out;
        for series in other.iter() {
            for event in series.master.iter().chain(&series.overrides) {
                self.add(event);
            }
        }
    }

    /// Nothing is put in any more: lets go of what only that needs.
    pub fn close(&mut self) {
        self.by_uid = Index::default();
        self.words.close();
        self.bytes.shrink_to_fit();
        self.all.shrink_to_fit();
    }

    /// The addresses, names and titles in it.
    pub fn texts(&self) -> &Arc<Texts> {
        self.words.texts()
    }

    /// Number of UIDs.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether nothing was put in.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Events that found no room: beyond two gigabytes of what is kept, some twenty of input.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The UID at that place, in order of first sight.
    pub fn uid(&self, at: usize) -> Arc<str> {
        Arc::from(uid::unpack(self.packed(at), &self.hosts))
    }

    fn packed(&self, at: usize) -> &[u8] {
        self.records(at).next().map_or(&[], |(mut cursor, _)| {
            cursor.link();
            cursor.piece()
        })
    }

    /// The series at that place, put together as [`crate::group`] does.
    pub fn series(&self, at: usize) -> Option<Series> {
        self.all.get(at)?;
        let uid = self.uid(at);
        let tables = self.tables();
        let mut events = self
            .events(at)
            .map(|mut cursor| tables.event(&mut cursor, uid.clone()));
        if self.is_again(at) {
            return group(events.collect()).into_iter().next();
        }
        let first = events.next()?;
        let mut series = Series {
            uid: uid.clone(),
            master: None,
            overrides: Vec::new(),
        };
        for event in std::iter::once(first).chain(events) {
            match event.recurrence_id {
                None => series.master = Some(Arc::new(event)),
                Some(_) => series.overrides.push(Arc::new(event)),
            }
        }
        Some(series)
    }

    /// All series, one after another.
    pub fn iter(&self) -> impl Iterator<Item = Series> {
        (0..self.all.len()).filter_map(|at| self.series(at))
    }

    /// Looks at each event of the series at that place, its master first, as [`Series`] has them.
    pub fn each(&self, at: usize, mut look: impl FnMut(Glance<'_>)) {
        if self.is_again(at) {
            let series = self.series(at);
            let events = series
                .iter()
                .flat_map(|s| s.master.iter().chain(&s.overrides));
            events.for_each(|event| look(Glance::of(event)));
        } else {
            for masters in [true, false] {
                let events = self.events(at).filter(|one| is_master(one) == masters);
                events.for_each(|cursor| look(Glance::kept(self.tables(), cursor)));
            }
        }
    }

    /// Looks at the event that speaks for the series at that place: its master, else its first override.
    pub fn leading<T>(&self, at: usize, look: impl FnOnce(Glance<'_>) -> T) -> Option<T> {
        if self.is_again(at) {
            let series = self.series(at)?;
            let event = series.master.as_deref();
            return event
                .or(series.overrides.first().map(Arc::as_ref))
                .map(|event| look(Glance::of(event)));
        }
        let mut events = self.events(at);
        let cursor = events.find(is_master).or_else(|| self.events(at).next())?;
        Some(look(Glance::kept(self.tables(), cursor)))
    }

    /// Whether the series at that place is one event that does not repeat.
    pub fn is_single(&self, at: usize) -> bool {
        let mut events = self.events(at);
        let head = events.next().map(|mut cursor| Head::of(&mut cursor));
        head.is_some_and(|head| head.is_master() && !head.repeats()) && events.next().is_none()
    }

    fn is_again(&self, at: usize) -> bool {
        !self.again.is_empty() && u32::try_from(at).is_ok_and(|at| self.again.contains(&at))
    }

    const fn tables(&self) -> Tables<'_> {
        Tables {
            words: &self.words,
            zones: &self.zones,
            usual: &self.usual,
        }
    }

    /// Each event of a UID from its link on; and whether it is the first.
    fn records(&self, at: usize) -> impl Iterator<Item = (Cursor<'_>, bool)> {
        let first = self.all.get(at).map(|chain| chain.first);
        let from = |place: u32| Cursor(self.bytes.get(place as usize..).unwrap_or_default());
        let next = move |place: &u32| Some(from(*place).link()).filter(|next| *next != 0);
        let places = std::iter::successors(first, next);
        places.map(move |place| (from(place), Some(place) == first))
    }

    /// Each event of a UID, where what is said of it begins.
    fn events(&self, at: usize) -> impl Iterator<Item = Cursor<'_>> {
        self.records(at).map(|(mut cursor, is_first)| {
            cursor.link();
            if is_first {
                cursor.piece();
            }
            cursor
        })
    }

    /// Whether one of the events at that place may be of the same instance as `event`, which comes to it.
    fn is_said(&self, at: usize, event: &Event) -> bool {
        let mut known = self.events(at);
        for mut cursor in known.by_ref().take(LOOKED_THROUGH) {
            let head = Head::of(&mut cursor);
            let same = match &event.recurrence_id {
                None => head.is_master(),
                Some(_) if head.is_master() => false,
                Some(id) => self.is_of(cursor, head, id),
            };
            if same {
                return true;
            }
        }
        known.next().is_some()
    }

    fn is_of(&self, cursor: Cursor<'_>, head: Head, id: &RecurrenceId) -> bool {
        let (mut skimmed, mut read) = (cursor, cursor);
        let there = self.tables().skim(&mut skimmed).about;
        let far = about(&id.at).seconds_since(there).saturating_abs() > APART_SECONDS;
        if far || head.is_future() != id.this_and_future {
            return false;
        }
        let known = RecurrenceId {
            at: self.tables().when(&mut read),
            this_and_future: head.is_future(),
        };
        key(&known) == key(id)
    }
}
/// Whether the event that begins here is the master of its series.
fn is_master(cursor: &Cursor<'_>) -> bool {
    let mut cursor = *cursor;
    Head::of(&mut cursor).is_master()
}
