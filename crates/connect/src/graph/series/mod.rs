//! A series and what is told of its instances, as one object: every instance that stands is held against the rule.

use crate::graph::event::{Event, Occurrence, Said, Which, begin, day_of};
use crate::graph::oddity::Oddity;
use crate::graph::when::{Clock, civil, instant, on};
use crate::ical::lines::Lines;
use crate::ical::moment::Moment;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Reader, Window, expand, group};

/// Days before the window in which an instance may begin that still stands in it.
const BEFORE: i64 = 40;
/// Days after the window in which is looked whether the series goes on.
const AFTER: i64 = 400;

/// A series, written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// All of it, as one object of iCalendar.
    pub object: Vec<u8>,
    /// What was odd about single instances, by id; what was odd about a single event is with that event.
    pub oddities: Vec<(String, Oddity)>,
    /// Exceptions that could not be put to an instance, by id: they are not in the object.
    pub unread: Vec<(String, Oddity)>,
}

/// Writes the series of `master`. `told` is all that is known of it and of other events: everything of it that stands in
/// `window`, which Graph was asked for. Of what is told twice, the later counts.
///
/// An instance of the rule that begins in the window and is told by nothing was called off. The first one and the last one in
/// the window, where the series goes on beyond, may also have been moved out of it (never past its neighbour: Exchange allows
/// no such move); of those nothing is said.
pub fn together(master: &Event, told: &[Said], window: Window) -> Written {
    let mut last: BTreeMap<&str, &Said> = BTreeMap::new();
    for said in told {
        match said {
            Said::Stands(event) if event.series.as_ref() == Some(&master.id) => {
                last.insert(&event.id, said);
            }
            Said::Occurs(occurrence) if occurrence.series == master.id => {
                last.insert(&occurrence.id, said);
            }
            Said::Gone(id) => drop(last.remove(id.as_str())),
            Said::Stands(_) | Said::Occurs(_) => {}
        }
    }
    let mut writing = Writing {
        master,
        slots: slots(master, window),
        taken: BTreeSet::new(),
        more: Vec::new(),
        put: BTreeMap::new(),
        oddities: Vec::new(),
    };
    let mut unsaid = Vec::new();
    for said in last.into_values() {
        match said {
            Said::Occurs(occurrence) => writing.occurs(occurrence),
            Said::Stands(event) => match event.which {
                Some(which) => writing.excepts(event, which),
                None => unsaid.push(&**event),
            },
            Said::Gone(_) => {}
        }
    }
    let unread = writing.guess(&unsaid, window);
    writing.call_off(window);
    writing.finish(unread)
}

/// Where the rule of a series has its instances in the window and around it, in order.
fn slots(master: &Event, window: Window) -> Vec<Timestamp> {
    let around = Window {
        from: window.from.plus_days(-BEFORE),
        to: window.to.plus_days(AFTER),
    };
    let events = Reader::read(master.object().as_slice()).events;
    let series = group(events).into_iter();
    let mut slots: Vec<Timestamp> = series
        .flat_map(|series| expand(&series, &TimeZone::UTC, around))
        .filter(|instance| instance.ruled.is_some())
        .map(|instance| instance.id.timestamp())
        .collect();
    slots.sort_unstable();
    slots.dedup();
    slots
}

struct Writing<'a> {
    master: &'a Event,
    slots: Vec<Timestamp>,
    /// Slots whose instance is told.
    taken: BTreeSet<Timestamp>,
    /// Further lines of the series.
    more: Vec<String>,
    /// Exceptions with the instance that each is, in the order of these.
    put: BTreeMap<(Timestamp, &'a str), (&'a Event, Moment)>,
    oddities: Vec<(String, Oddity)>,
}

impl<'a> Writing<'a> {
    fn occurs(&mut self, occurrence: &Occurrence) {
        let at = instant(&occurrence.start, self.master.clock.as_ref());
        match at.filter(|at| self.slots.binary_search(at).is_ok()) {
            Some(slot) => drop(self.taken.insert(slot)),
            None => {
                let told = occurrence.start.line("RDATE");
                self.more.push(told);
                let id = occurrence.id.clone();
                self.oddities.push((id, Oddity::NotRuled));
            }
        }
    }

    fn excepts(&mut self, event: &'a Event, which: Which) {
        let slot = match which {
            Which::At(at) if self.master.start.is_date() => {
                let day = day_of(at, self.master.clock.as_ref());
                self.on(day)
            }
            Which::At(at) => Some(at),
            Which::On(day) => self.on(day),
        };
        let original = match slot {
            Some(slot) => self.original(slot),
            None => self.master.instance(which),
        };
        let at = slot.or_else(|| instant(&original, self.master.clock.as_ref()));
        let at = at.unwrap_or(Timestamp::MIN);
        self.taken.insert(at);
        self.put.insert((at, &event.id), (event, original));
    }

    /// The slot of that day.
    fn on(&self, day: jiff::civil::Date) -> Option<Timestamp> {
        let clock = self.clock();
        let mut slots = self.slots.iter().copied();
        slots.find(|slot| civil(clock, *slot).date() == day)
    }

    /// The clock on which slots are: whole days are in UTC here.
    fn clock(&self) -> Option<&'a Clock> {
        let is_timed = !self.master.start.is_date();
        self.master.clock.as_ref().filter(|_| is_timed)
    }

    fn original(&self, slot: Timestamp) -> Moment {
        if self.master.start.is_date() {
            Moment::Date(civil(None, slot).date())
        } else {
            on(self.master.clock.as_ref(), slot)
        }
    }

    /// Puts exceptions that do not say which instance they are to the nearest ones that are missing; gives those for which none
    /// is left.
    fn guess(&mut self, unsaid: &[&'a Event], window: Window) -> Vec<(String, Oddity)> {
        let free: Vec<Timestamp> = self.missing(window).collect();
        let mut near = Vec::new();
        for (index, event) in unsaid.iter().enumerate() {
            let at = instant(&event.start, event.clock.as_ref());
            for (at, slot) in at
                .iter()
                .flat_map(|at| free.iter().map(move |slot| (at, slot)))
            {
                near.push((at.as_second().abs_diff(slot.as_second()), *slot, index));
            }
        }
        near.sort_unstable();
        let mut put = BTreeSet::new();
        for (_, slot, index) in near {
            let Some(event) = unsaid.get(index) else {
                continue;
            };
            if !put.contains(&index) && self.taken.insert(slot) {
                put.insert(index);
                let original = self.original(slot);
                self.put.insert((slot, &event.id), (event, original));
                self.oddities.push((event.id.clone(), Oddity::Guessed));
            }
        }
        let left = unsaid.iter().enumerate();
        left.filter(|(index, _)| !put.contains(index))
            .map(|(_, event)| (event.id.clone(), Oddity::NoOriginalStart))
            .collect()
    }

    /// Slots in the window of which nothing is told.
    fn missing(&self, window: Window) -> impl Iterator<Item = Timestamp> {
        let within = move |slot: &&Timestamp| is_within(window, **slot);
        let slots = self.slots.iter().filter(within);
        slots.filter(|slot| !self.taken.contains(slot)).copied()
    }

    fn call_off(&mut self, window: Window) {
        let inside: Vec<Timestamp> = self
            .slots
            .iter()
            .copied()
            .filter(|slot| is_within(window, *slot))
            .collect();
        let start = instant(&self.master.start, self.master.clock.as_ref());
        let began = start.is_some_and(|start| !is_within(window, start));
        let goes_on = self
            .slots
            .last()
            .is_some_and(|last| !is_within(window, *last));
        let first = inside.first().filter(|_| began);
        let last = inside.last().filter(|_| goes_on);
        let off: Vec<Timestamp> = self
            .missing(window)
            .filter(|slot| Some(slot) != first && Some(slot) != last)
            .collect();
        let lines = off
            .into_iter()
            .map(|slot| self.original(slot).line("EXDATE"));
        let lines: Vec<String> = lines.collect();
        self.more.extend(lines);
    }

    fn finish(self, unread: Vec<(String, Oddity)>) -> Written {
        let mut lines = Lines::default();
        begin(&mut lines);
        let uid = &self.master.uid;
        self.master.put(&mut lines, uid, None, &self.more, true);
        for (event, original) in self.put.values() {
            // Exchange keeps exceptions in their series: what all of it says of its last change is nobody's own.
            let is_own = event.updated != self.master.updated;
            event.put(&mut lines, uid, Some(original), &[], is_own);
        }
        lines.put("END:VCALENDAR");
        Written {
            object: lines.into_bytes(),
            oddities: self.oddities,
            unread,
        }
    }
}

fn is_within(window: Window, at: Timestamp) -> bool {
    let at = Instant::from_seconds(at.as_second());
    window.from <= at && at < window.to
}

#[cfg(test)]
mod tests;
