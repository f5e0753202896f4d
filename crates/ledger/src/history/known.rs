//! One UID of one calendar, whichever way it is kept.

use super::{CalendarCopy, Counter, SeriesHistory, Version};
use std::{borrow::Cow, sync::Arc};
use steadfast_calendar::{Glance, Instant, Series, Window};

/// All that is known of one UID in one calendar. A single export is kept small, and what it says is made anew whenever it is
/// asked for; what was seen over time is kept as it is.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    copy: &'a CalendarCopy,
    at: usize,
}

/// A date told without its zone is off by a day or two at most.
const UNSURE_DAYS: i64 = 3;

impl CalendarCopy {
    /// Whether `zone` tells a country here: not where the calendar names it as Windows does, for several countries.
    pub(crate) fn tells_country(&self, zone: &jiff::tz::TimeZone) -> bool {
        let name = zone.iana_name();
        name.is_some_and(|name| !self.mapped_zones.contains(name))
    }
}

impl<'a> Known<'a> {
    pub(super) const fn new(copy: &'a CalendarCopy, at: usize) -> Self {
        Self { copy, at }
    }

    fn seen(&self) -> Option<&'a SeriesHistory> {
        self.copy.series.get(self.at)
    }

    /// The UID.
    pub fn uid(&self) -> Arc<str> {
        match self.seen() {
            Some(seen) => seen.uid.clone(),
            None => self.copy.shelf.uid(self.at),
        }
    }

    /// All its states, oldest first; two neighbours always differ in content.
    pub fn versions(&self) -> Cow<'a, [Version]> {
        match self.seen() {
            Some(seen) => Cow::Borrowed(&seen.versions),
            None => Cow::Owned(self.shelved().map(Version::of_export).into_iter().collect()),
        }
    }

    /// When each of its states was first seen, and when the calendar was last seen without it: without making any anew.
    pub fn moments(&self) -> impl Iterator<Item = (Option<Instant>, Option<Instant>)> + use<'a> {
        let versions = self.seen().map_or(&[][..], |seen| &seen.versions);
        let of_export = self.seen().is_none().then_some((None, None));
        let seen = versions.iter().map(|version| (version.after, version.seen));
        seen.chain(of_export)
    }

    /// Whether it is one event of a single export that does not repeat.
    pub fn is_single(&self) -> bool {
        self.seen().is_none() && self.copy.shelf.is_single(self.at)
    }

    /// The last state in which it existed.
    pub fn last_known(&self) -> Option<Arc<Series>> {
        match self.seen() {
            Some(seen) => seen.last_known().cloned(),
            None => self.shelved().map(Arc::new),
        }
    }

    fn shelved(&self) -> Option<Series> {
        self.copy.shelf.series(self.at)
    }

    /// Counter-proposals that still stand, in the order in which they were seen.
    pub fn counters(&self) -> &'a [Counter] {
        self.seen().map_or(&[], |seen| &seen.counters)
    }

    /// Looks at each event of the last state in which it existed.
    pub fn each(&self, mut look: impl FnMut(Glance<'_>)) {
        match self.seen() {
            Some(seen) => {
                let last = seen.last_known().into_iter();
                let events = last.flat_map(|s| s.master.iter().chain(&s.overrides));
                events.for_each(|event| look(Glance::of(event)));
            }
            None => self.copy.shelf.each(self.at, look),
        }
    }

    /// Looks at each event of all states.
    pub fn each_ever(&self, mut look: impl FnMut(Glance<'_>)) {
        match self.seen() {
            Some(seen) => {
                let states = seen.versions.iter().filter_map(|v| v.series.as_deref());
                let events = states.flat_map(|s| s.master.iter().chain(&s.overrides));
                events.for_each(|event| look(Glance::of(event)));
            }
            None => self.copy.shelf.each(self.at, look),
        }
    }

    /// Looks at the event that speaks for the last state in which it existed: the master, else the first override.
    pub fn leading<T>(&self, look: impl FnOnce(Glance<'_>) -> T) -> Option<T> {
        match self.seen() {
            Some(seen) => {
                let last = seen.last_known()?;
                let event = last.master.as_ref().or(last.overrides.first())?;
                Some(look(Glance::of(event)))
            }
            None => self.copy.shelf.leading(self.at, look),
        }
    }

    /// Whether none of it can begin within `window`: told of single meetings only, at a glance.
    pub fn is_outside(&self, window: Window) -> bool {
        let shelf = &self.copy.shelf;
        let about = |glance: Glance<'_>| glance.about;
        if !self.is_single() {
            return false;
        }
        let about: Option<Instant> = shelf.leading(self.at, about);
        about.is_some_and(|at| {
            at < window.from.plus_days(-UNSURE_DAYS) || window.to.plus_days(UNSURE_DAYS) < at
        })
    }
}
