//! All meetings of exactly two humans, put together per two people.

use super::{
    Declared,
    cadence::cadence_days,
    direction,
    handed::is_of_others,
    hints::Hints,
    participants::{participants, participants_at},
    title::{Hint, hint, hint_of_a_line},
    unnamed::{Unnamed, declared_in, one_of_each},
};
use crate::{
    history::{History, Version},
    people::{Directory, PersonId},
};
use smallvec::SmallVec;
use std::{borrow::Cow, hash::BuildHasher, num::NonZeroU16, sync::Arc};
use steadfast_calendar::{Event, Glance, Map};

/// Where a series is kept: calendar and series of a [`History`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SeriesRef {
    copy: u32,
    series: u32,
}

impl SeriesRef {
    /// The series at place `series` of the calendar at place `copy`; no calendar has four billion.
    pub fn new(copy: usize, series: usize) -> Self {
        let small = |place| u32::try_from(place).unwrap_or(u32::MAX);
        Self {
            copy: small(copy),
            series: small(series),
        }
    }

    /// Index of the calendar.
    pub const fn copy(self) -> usize {
        self.copy as usize
    }

    /// Index of the series within it.
    pub const fn series(self) -> usize {
        self.series as usize
    }
}

/// One UID of two people, in each calendar that holds it. Of somebody who meets a lot there are a million: the UID itself
/// stands in the history.
#[derive(Clone, Debug)]
pub struct CandidateSeries {
    first: SeriesRef,
    /// Its copies in other calendars.
    others: Option<Box<Others>>,
    /// Who organises it.
    pub organizer: Option<PersonId>,
    /// No rhythm of more than a hundred years is told from another.
    cadence_days: Option<NonZeroU16>,
    /// What its title suggests.
    pub hint: Hint,
    /// What sort of entry it is.
    pub sort: Sort,
}

/// What an entry of two people is, besides its title and its rhythm.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    /// A meeting that names both.
    Named,
    /// A meeting that does not name the second person; its title does, and that person is declared.
    ByTitle,
    /// It takes whole days: it has no slot in which the two would meet, and promises none.
    WholeDays,
}

/// The series of two people: nearly always one.
pub type SeriesOfTwo = SmallVec<[CandidateSeries; 1]>;

/// Copies in more calendars than one.
#[derive(Clone, Debug, Default)]
struct Others(Vec<SeriesRef>);

impl CandidateSeries {
    /// Its copies, in order of first sight.
    pub fn copies(&self) -> impl Iterator<Item = SeriesRef> {
        let others = self.others.iter().flat_map(|others| &others.0);
        std::iter::once(self.first).chain(others.copied())
    }

    /// Days between two instances; `None` for a single meeting.
    pub fn cadence_days(&self) -> Option<i64> {
        self.cadence_days.map(|days| i64::from(days.get()))
    }

    /// The UID.
    pub fn uid(&self, history: &History) -> Arc<str> {
        history.uid(self.first)
    }
}

/// Two people and all meetings of exactly these two.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// In order of id.
    pub people: [PersonId; 2],
    /// In order of first sight.
    pub series: SeriesOfTwo,
}

/// All meetings of exactly two humans; and the recurring ones whose title says 1:1 while it is not known whose.
pub fn candidates(
    history: &History,
    directory: &mut Directory,
    declared: &Declared,
) -> (Vec<Candidate>, Vec<Unnamed>) {
    // At once as many as there can be: what grows by and by leaves holes behind, of a large calendar thirty megabytes. What
    // is not needed is never touched.
    let most = history.copies.iter().map(|copy| copy.all().len()).sum();
    let mut found: Vec<Candidate> = Vec::with_capacity(most);
    let mut by_pair: Map<[PersonId; 2], u32> = Map::default();
    by_pair.reserve(most);
    let mut known_by_uid = KnownByUid::of(history);
    let mut unnamed = Vec::new();
    let mut hints = Hints::default();
    for (copy, calendar) in history.copies.iter().enumerate() {
        let mut names_people = false;
        let unnamed_before = unnamed.len();
        for (series, one) in calendar.all().enumerate() {
            let at = SeriesRef::new(copy, series);
            // Of a million single meetings all that matters is seen at a glance.
            let single = one.is_single().then(|| {
                one.leading(|event| {
                    names_people = names_people || event.attendees > 0;
                    let meeting = who_meets_once(&event, calendar.owner, directory, declared);
                    (meeting, Said::once(&event))
                })
            });
            let (meeting, mut once, versions) = match single.flatten() {
                Some((meeting, said)) => (meeting, Some(said), Cow::default()),
                None => {
                    let versions = one.versions();
                    names_people = names_people || versions.iter().any(names_attendees);
                    let meeting = who_meets(&versions, calendar.owner, directory, declared);
                    (meeting, None, versions)
                }
            };
            // One UID may be handed from one to another: those of before come first.
            for two in meeting.twos.iter().rev() {
                let index = *by_pair.entry(two.people).or_insert_with(|| {
                    found.push(Candidate {
                        people: two.people,
                        series: SeriesOfTwo::new(),
                    });
                    u32::try_from(found.len() - 1).unwrap_or(u32::MAX)
                }) as usize;
                let candidate = &mut found[index];
                let known = known_by_uid.place(index, &candidate.series, at);
                match known.and_then(|place| candidate.series.get_mut(place)) {
                    Some(known) if known.copies().all(|c| c.copy != at.copy) => {
                        known.others.get_or_insert_default().0.push(at);
                    }
                    _ => {
                        let place = candidate.series.len();
                        let upto = versions.get(..=two.last).unwrap_or(&versions);
                        let said = once.take().or_else(|| Said::of(upto));
                        let people = candidate.people;
                        let mut hint = |title: &Arc<str>| {
                            let found = |title: &str| hint_at(title, people, directory, declared);
                            hints.of(index, title, found)
                        };
                        let added = said.map(|said| series_of(&said, at, two, &mut hint));
                        if added.is_some() {
                            known_by_uid.insert(index, at, place);
                        }
                        candidate.series.extend(added);
                    }
                }
            }
            unnamed.extend(meeting.unnamed);
        }
        if names_people {
            let here = unnamed.iter_mut().skip(unnamed_before);
            here.for_each(Unnamed::calendar_names_people);
        }
    }
    (found, one_of_each(unnamed))
}

/// Where among the series of two one of a UID is: two may have met ten thousand times, no search through their meetings for
/// each. In one calendar a UID is one series, and there is nothing to look up. Kept by what the UID comes to: of a folder of
/// calendars the UIDs themselves were a quarter of all memory.
struct KnownByUid<'a> {
    history: &'a History,
    places: Option<Map<u64, u32>>,
}

impl<'a> KnownByUid<'a> {
    fn of(history: &'a History) -> Self {
        let places = (history.copies.len() > 1).then(Map::default);
        Self { history, places }
    }

    /// The place of the series among `series`, those of the `index`th two, that has the UID of the one at `at`.
    fn place(&self, index: usize, series: &[CandidateSeries], at: SeriesRef) -> Option<usize> {
        let places = self.places.as_ref()?;
        let uid = self.history.uid(at);
        let place = *places.get(&places.hasher().hash_one((index, &*uid)))? as usize;
        // Two UIDs may come to the same.
        (series.get(place)?.uid(self.history) == uid).then_some(place)
    }

    fn insert(&mut self, index: usize, at: SeriesRef, place: usize) {
        if let (Some(places), Ok(place)) = (&mut self.places, u32::try_from(place)) {
            let key = places.hasher().hash_one((index, &*self.history.uid(at)));
            places.insert(key, place);
        }
    }
}

fn names_attendees(version: &Version) -> bool {
    let mut events = version
        .series
        .iter()
        .flat_map(|s| s.master.iter().chain(&s.overrides));
    events.any(|event| !event.attendees.is_empty())
}

/// What a series says of itself.
struct Said {
    title: Arc<str>,
    whole_days: bool,
    cadence_days: Option<i64>,
}

impl Said {
    /// A single meeting.
    fn once(event: &Glance<'_>) -> Self {
        Self {
            title: event.title.into(),
            whole_days: event.is_date,
            cadence_days: None,
        }
    }

    /// The series of these states; `None`: there was none.
    fn of(versions: &[Version]) -> Option<Self> {
        let event = representative(versions)?;
        let series = || versions.iter().filter_map(|v| v.series.as_deref());
        let mut masters = series().filter_map(|s| s.master.as_deref());
        let repeats = series().any(|s| s.repeats() || s.master.is_none());
        Some(Self {
            title: event.summary.clone(),
            whole_days: event.start.is_date() && masters.all(|master| master.start.is_date()),
            cadence_days: repeats.then(|| latest_cadence(versions)).flatten(),
        })
    }
}

fn series_of(
    said: &Said,
    at: SeriesRef,
    two: &Two,
    hint: &mut impl FnMut(&Arc<str>) -> Hint,
) -> CandidateSeries {
    CandidateSeries {
        first: at,
        others: None,
        organizer: two.organizer,
        cadence_days: said
            .cadence_days
            .filter(|_| !said.whole_days)
            .and_then(|days| NonZeroU16::new(u16::try_from(days).unwrap_or(u16::MAX))),
        hint: hint(&said.title),
        sort: match two.by_title {
            _ if said.whole_days => Sort::WholeDays,
            true => Sort::ByTitle,
            false => Sort::Named,
        },
    }
}

/// What the title of a meeting of two hints at.
fn hint_at(title: &str, people: [PersonId; 2], directory: &Directory, declared: &Declared) -> Hint {
    let [a, b] = people.map(|p| directory.display_name(p));
    let hint_of = match direction::declared(people, declared, directory) {
        Some(_) => hint_of_a_line,
        None => hint,
    };
    hint_of(title, [&a, &b])
}

/// The cadence of the last version that has a rule.
fn latest_cadence(versions: &[Version]) -> Option<i64> {
    versions
        .iter()
        .rev()
        .filter_map(|v| v.series.as_ref()?.master.as_deref())
        .find_map(cadence_days)
}

/// The event that speaks for the series: its last known master, else an override.
fn representative(versions: &[Version]) -> Option<&Event> {
    let series = versions.iter().rev().find_map(|v| v.series.as_deref())?;
    series
        .master
        .as_deref()
        .or_else(|| series.overrides.first().map(AsRef::as_ref))
}

/// Who meets in one series.
#[derive(Default)]
struct Meeting {
    /// The two, and those from whom it was handed on to them, the last ones first.
    twos: SmallVec<[Two; 1]>,
    /// Where it is not known which two.
    unnamed: Option<Unnamed>,
}

/// Who the two are.
struct Two {
    people: [PersonId; 2],
    organizer: Option<PersonId>,
    by_title: bool,
    /// The last version of the series that is theirs.
    last: usize,
}

/// Who meets in a single meeting.
fn who_meets_once(
    event: &Glance<'_>,
    owner: Option<PersonId>,
    directory: &mut Directory,
    declared: &Declared,
) -> Meeting {
    let who = participants_at(event, owner, directory);
    let two = |people, by_title| Two {
        people,
        organizer: who.organizer,
        by_title,
        last: 0,
    };
    let mut twos = SmallVec::new();
    if let [a, b] = who.humans[..]
        && (event.attendees > 0 || says_of_two(event.title, [a, b], directory))
    {
        twos.push(two([a, b], false));
    } else if let Some(owner) = owner
        && who.humans.iter().all(|p| *p == owner)
        && let Some(other) = declared_in(event.title, owner, declared, directory)
    {
        let mut people = [owner, other];
        people.sort_unstable();
        twos.push(two(people, true));
    }
    Meeting {
        twos,
        unnamed: None,
    }
}

fn who_meets(
    versions: &[Version],
    owner: Option<PersonId>,
    directory: &mut Directory,
    declared: &Declared,
) -> Meeting {
    let mut meeting = Meeting::default();
    let mut by_title = None;
    let mut looked_at: Option<&Event> = None;
    for (last, version) in versions.iter().enumerate().rev() {
        let Some(series) = &version.series else {
            continue;
        };
        let Some(event) = series
            .master
            .as_deref()
            .or_else(|| series.overrides.first().map(AsRef::as_ref))
        else {
            continue;
        };
        // Looking people up costs, and most versions name the same.
        let known =
            !meeting.twos.is_empty() && looked_at.is_some_and(|one| same_people(one, event));
        if known {
            continue;
        }
        looked_at = Some(event);
        let who = participants(event, owner, directory);
        if let [a, b] = who.humans[..]
            && (!event.attendees.is_empty() || says_of_two(&event.summary, [a, b], directory))
        {
            let handed_on = |later: &Two| is_of_others(event, later.people, owner, directory);
            if meeting.twos.iter().all(handed_on) {
                meeting.twos.push(Two {
                    people: [a, b],
                    organizer: who.organizer,
                    by_title: false,
                    last,
                });
            }
            continue;
        }
        if !meeting.twos.is_empty() {
            continue;
        }
        let alone = who.humans.iter().all(|p| Some(*p) == owner);
        if let (true, None, Some(owner)) = (alone, &by_title, owner)
            && let Some(other) = declared_in(&event.summary, owner, declared, directory)
        {
            let mut people = [owner, other];
            people.sort_unstable();
            by_title = Some(Two {
                people,
                organizer: who.organizer,
                by_title: true,
                last,
            });
        }
        if meeting.unnamed.is_none() && series.repeats() {
            meeting.unnamed = Unnamed::of(event, owner, &who, directory);
        }
    }
    if meeting.twos.is_empty() {
        meeting.twos.extend(by_title);
    }
    if !meeting.twos.is_empty() {
        meeting.unnamed = None;
    }
    meeting
}

/// Whether two states of one entry name the same people in the same order.
fn same_people(one: &Event, other: &Event) -> bool {
    let organizers = [one, other].map(|event| event.organizer.as_ref().map(|o| &o.address));
    let attendees = [one, other].map(|event| event.attendees.iter().map(|a| &a.address));
    let [first, second] = attendees;
    organizers[0] == organizers[1] && first.eq(second)
}

/// An entry that names its organiser and no attendee was stripped of them: how many met is not known, unless the title
/// says that it was these two.
fn says_of_two(title: &str, people: [PersonId; 2], directory: &Directory) -> bool {
    let [a, b] = people.map(|p| directory.display_name(p));
    matches!(hint(title, [&a, &b]), Hint::OneOnOne | Hint::Names)
}
