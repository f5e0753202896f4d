//! What was seen, when: every version of every series in every calendar, append-only.
//!
//! Invariant: a look never rewrites an earlier version; feeding the same look twice adds nothing, nor does one at a moment
//! up to which its calendar is known already.
//! Invariant: a calendar that is suddenly (half) empty is a gap in our sight, never a deletion.

mod counter;
mod known;
mod message;
mod renamed;
mod same;
mod sight;

pub use counter::Counter;
pub use known::Known;
pub use same::same_content;

use crate::{pairs::SeriesRef, people::PersonId};
use jiff::tz::TimeZone;
use message::Method;
use sight::Sight;
use std::{collections::BTreeSet, sync::Arc};
use steadfast_calendar::{Calendar, Instant, Map, Series, Shelf, Texts, group};

/// All calendars, with all their versions.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// One per calendar, in order of first sight.
    pub copies: Vec<CalendarCopy>,
    /// The moments at which anything was looked at, ascending; empty for a single export.
    pub snapshots: Vec<Instant>,
    /// Spans in which a source says it was not looked at.
    pub gaps: Vec<(Instant, Instant)>,
    /// The moment of the running snapshot: that of the last one, or an earlier one that comes late.
    running: Option<Instant>,
}

/// One person's calendar, as it was seen over time.
#[derive(Clone, Debug)]
pub struct CalendarCopy {
    /// How the source names it (a file's path, a collection's URL).
    pub label: String,
    /// Whose it is, where the source says so.
    pub owner: Option<PersonId>,
    /// X-WR-TIMEZONE, as last seen.
    pub zone: Option<TimeZone>,
    /// X-WR-CALNAME, as last seen.
    pub name: Option<Arc<str>>,
    /// Its series as they were seen over time, in order of first sight; none where it is kept in `shelf`.
    series: Vec<SeriesHistory>,
    /// The same of a single export, kept small: there may be a gigabyte of it.
    shelf: Shelf,
    /// Last moment at which its state is known; `None` for a single export (its state is that of "now").
    pub last_look: Option<Instant>,
    /// First moment at which its state is known.
    pub first_look: Option<Instant>,
    /// Spans in which it gave nothing usable; the last may still be open (`None`).
    pub gaps: Vec<(Instant, Option<Instant>)>,
    by_uid: Map<Arc<str>, usize>,
    touched: bool,
    /// IANA names of zones that it names as Windows does.
    mapped_zones: BTreeSet<Box<str>>,
    /// It is not looked at whenever others are.
    pub(crate) stands_alone: bool,
}

/// All versions of one UID in one calendar.
#[derive(Clone, Debug)]
struct SeriesHistory {
    uid: Arc<str>,
    /// Oldest first; two neighbours always differ in content.
    versions: Vec<Version>,
    /// Counter-proposals that still stand, in the order in which they were seen.
    counters: Vec<Counter>,
}

/// One state of one series.
#[derive(Clone, Debug)]
pub struct Version {
    /// The calendar was last seen without this state at this moment; `None`: this is the first look.
    pub after: Option<Instant>,
    /// First seen in this state; `None` for a single export.
    pub seen: Option<Instant>,
    /// The state; `None`: it was gone.
    pub series: Option<Arc<Series>>,
}

impl Version {
    /// The one state that a single export shows.
    fn of_export(series: Series) -> Self {
        Self {
            after: None,
            seen: None,
            series: Some(Arc::new(series)),
        }
    }
}

impl SeriesHistory {
    /// The last state in which it existed.
    fn last_known(&self) -> Option<&Arc<Series>> {
        self.versions.iter().rev().find_map(|v| v.series.as_ref())
    }

    /// The present state; `None` when gone.
    fn now(&self) -> Option<&Arc<Series>> {
        self.versions.last().and_then(|v| v.series.as_ref())
    }
}

impl History {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a snapshot. Calendars that are not looked at in it are unchanged since their last look. Of one that is earlier
    /// than others before it nothing is taken in of a calendar that is known from later on.
    pub fn begin_snapshot(&mut self, at: Instant) {
        self.end_snapshot();
        self.running = Some(at);
        if self.snapshots.last().is_none_or(|last| *last < at) {
            self.snapshots.push(at);
        }
    }

    /// Ends the running snapshot: what was not looked at stood as before.
    pub fn end_snapshot(&mut self) {
        let Some(&at) = self.snapshots.last() else {
            return;
        };
        for copy in self.copies.iter_mut().filter(|copy| !copy.stands_alone) {
            let blind = copy.gaps.last().is_some_and(|gap| gap.1.is_none());
            if !std::mem::take(&mut copy.touched) && !blind && copy.last_look.is_some() {
                copy.last_look = copy.last_look.max(Some(at));
            }
        }
    }

    /// Says that nothing is known of the calendar `key` between `from` and `to`, told when that ended.
    pub fn gap_of(&mut self, key: &str, from: Instant, to: Instant) {
        let last = self.snapshots.last().copied();
        if let Some(copy) = self.copies.iter_mut().find(|c| c.label == key) {
            copy.gaps.push((from, Some(to)));
            if last.is_none_or(|last| to >= last) {
                copy.last_look = copy.last_look.min(Some(from));
            }
        }
    }

    /// Says up to when the state of the calendar `key` is known. From then on looks at other calendars say nothing about
    /// it: it is looked at at moments of its own, and this is told before each look that finds something new, and at the
    /// end.
    pub fn known_until(&mut self, key: &str, at: Instant) {
        if let Some(copy) = self.copies.iter_mut().find(|c| c.label == key) {
            copy.stands_alone = true;
            copy.last_look = Some(at);
        }
    }

    /// Says that the state of all calendars is of `at`, and that nothing is known of what came after: exports that were made
    /// then.
    pub fn known_at_most_until(&mut self, at: Instant) {
        for copy in &mut self.copies {
            copy.last_look = Some(copy.last_look.map_or(at, |last| last.min(at)));
        }
    }

    /// Takes in one calendar's state. `key` names the calendar across snapshots (its owner's address, else its
    /// label). In a single export (`begin_snapshot` was never called) the state is that of "now".
    pub fn look(&mut self, key: &str, owner: Option<PersonId>, mut calendar: Calendar) {
        let events = std::mem::take(&mut calendar.events);
        self.look_at_series(key, owner, &calendar, group(events));
    }

    /// Like [`History::look`], with the events grouped already.
    pub fn look_at_series(
        &mut self,
        key: &str,
        owner: Option<PersonId>,
        calendar: &Calendar,
        series: Vec<Series>,
    ) {
        let at = self.snapshots.last().copied();
        let running = self.running;
        let copy = self.copy_mut(key, owner);
        if running.is_some() && running < copy.last_look {
            return;
        }
        copy.take_off_the_shelf();
        copy.touched = true;
        copy.mapped_zones
            .extend(calendar.mapped_zones.iter().cloned());
        if calendar.zone.is_some() {
            copy.zone = calendar.zone.clone();
        }
        if calendar.name.is_some() {
            copy.name = calendar.name.clone();
        }
        let usable = calendar.is_calendar && (calendar.complete || at.is_none());
        if let (true, Some(seen), Some(method)) = (usable, at, message::method(calendar, &series)) {
            copy.hear(seen, method, &series);
            let known = copy.state();
            copy.take_in(at, message::apply(method, known, series));
        } else if usable || at.is_none() {
            copy.take_in(at, series);
        } else {
            copy.lose_sight();
        }
    }

    /// Takes in a single export. Beside snapshots, or of a calendar that is known already, it is one look among others.
    pub fn export(&mut self, key: &str, calendar: &Calendar, mut said: Shelf) {
        let known = self.copies.iter().any(|copy| copy.label == key);
        if known || !self.snapshots.is_empty() {
            return self.look_at_series(key, None, calendar, said.iter().collect());
        }
        said.close();
        let copy = self.copy_mut(key, None);
        copy.touched = true;
        copy.zone.clone_from(&calendar.zone);
        copy.mapped_zones
            .extend(calendar.mapped_zones.iter().cloned());
        copy.name.clone_from(&calendar.name);
        copy.shelf = said;
    }

    /// The series at that place.
    pub fn known(&self, at: SeriesRef) -> Option<Known<'_>> {
        self.copies.get(at.copy())?.known(at.series())
    }

    /// The UID of the series at that place.
    pub fn uid(&self, at: SeriesRef) -> Arc<str> {
        self.known(at)
            .map_or_else(Arc::default, |known| known.uid())
    }

    /// The addresses, names and titles of the largest single export.
    pub fn texts(&self) -> Arc<Texts> {
        let largest = self.copies.iter().max_by_key(|copy| copy.shelf.len());
        largest.map_or_else(Arc::default, |copy| copy.shelf.texts().clone())
    }

    fn copy_mut(&mut self, key: &str, owner: Option<PersonId>) -> &mut CalendarCopy {
        let known = self.copies.iter().position(|c| c.label == key);
        let index = known.unwrap_or_else(|| {
            self.copies.push(CalendarCopy::new(key, owner));
            self.copies.len() - 1
        });
        &mut self.copies[index]
    }
}

impl CalendarCopy {
    fn new(label: &str, owner: Option<PersonId>) -> Self {
        Self {
            label: label.to_owned(),
            owner,
            zone: None,
            mapped_zones: BTreeSet::new(),
            name: None,
            series: Vec::new(),
            shelf: Shelf::default(),
            last_look: None,
            first_look: None,
            gaps: Vec::new(),
            by_uid: Map::default(),
            touched: false,
            stands_alone: false,
        }
    }

    /// Its series, in order of first sight.
    pub fn all(&self) -> impl ExactSizeIterator<Item = Known<'_>> {
        (0..self.len()).map(|at| Known::new(self, at))
    }

    /// The series at that place of [`CalendarCopy::all`].
    pub fn known(&self, at: usize) -> Option<Known<'_>> {
        (at < self.len()).then_some(Known::new(self, at))
    }

    fn len(&self) -> usize {
        self.series.len() + self.shelf.len()
    }

    /// From an export that was the only look to a calendar that is seen over time.
    fn take_off_the_shelf(&mut self) {
        for series in std::mem::take(&mut self.shelf).iter() {
            self.by_uid.insert(series.uid.clone(), self.series.len());
            self.series.push(SeriesHistory {
                uid: series.uid.clone(),
                versions: vec![Version::of_export(series)],
                counters: Vec::new(),
            });
        }
    }

    fn take_in(&mut self, at: Option<Instant>, series: Vec<Series>) {
        match Sight::of(self, at, &series) {
            Sight::Clear => {}
            Sight::Lost => return self.lose_sight(),
            Sight::Stale => return,
        }
        let after = self.last_look;
        let mut present = vec![false; self.series.len()];
        renamed::rename(self, &series);
        for one in series {
            if let Some(&index) = self.by_uid.get(&one.uid) {
                if let Some(seen) = present.get_mut(index) {
                    *seen = true;
                }
                self.series[index].append(after, at, one);
            } else {
                let uid = one.uid.clone();
                self.by_uid.insert(uid.clone(), self.series.len());
                let version = Version {
                    after,
                    seen: at,
                    series: Some(Arc::new(one)),
                };
                self.series.push(SeriesHistory {
                    uid,
                    versions: vec![version],
                    counters: Vec::new(),
                });
            }
        }
        for (index, seen) in present.into_iter().enumerate() {
            if !seen {
                self.series[index].vanish(after, at);
            }
        }
        if let (Some(gap), Some(at)) = (self.gaps.last_mut(), at) {
            gap.1.get_or_insert(at);
        }
        self.last_look = at;
        self.first_look = self.first_look.or(at);
    }

    /// Remembers who wished for another time of a meeting that is known.
    fn hear(&mut self, seen: Instant, method: Method, message: &[Series]) {
        for said in message {
            let known = self.by_uid.get(&said.uid).copied();
            let Some(series) = known.and_then(|index| self.series.get_mut(index)) else {
                continue;
            };
            match method {
                Method::Counter => {
                    for counter in counter::proposed(said, seen) {
                        if !series.counters.contains(&counter) {
                            series.counters.push(counter);
                        }
                    }
                }
                Method::DeclineCounter => counter::declined(&mut series.counters, said),
                Method::Request | Method::Cancel | Method::Reply | Method::Refresh => {}
            }
        }
    }

    /// Everything it holds now.
    fn state(&self) -> Vec<Series> {
        self.series
            .iter()
            .filter_map(|series| series.now().map(|s| Series::clone(s)))
            .collect()
    }

    /// Nothing usable was seen: from the last good look on we are blind.
    fn lose_sight(&mut self) {
        let blind = self.gaps.last().is_some_and(|gap| gap.1.is_none());
        if let (false, Some(from)) = (blind, self.last_look) {
            self.gaps.push((from, None));
        }
    }
}

impl SeriesHistory {
    fn append(&mut self, after: Option<Instant>, at: Option<Instant>, series: Series) {
        let unchanged = match self.versions.last().and_then(|v| v.series.as_ref()) {
            Some(last) => same_content(last, &series) || sight::is_older(&series, last, after),
            None => false,
        };
        if !unchanged {
            self.versions.push(Version {
                after,
                seen: at,
                series: Some(Arc::new(series)),
            });
        }
    }

    fn vanish(&mut self, after: Option<Instant>, at: Option<Instant>) {
        if self.versions.last().is_some_and(|v| v.series.is_some()) {
            self.versions.push(Version {
                after,
                seen: at,
                series: None,
            });
        }
    }
}
