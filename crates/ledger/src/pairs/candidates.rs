//! All meetings of exactly two humans, put together per two people.

use super::{
    Declared,
    cadence::cadence_days,
    participants::participants,
    title::{Hint, hint},
    unnamed::{Unnamed, declared_in, one_of_each},
};
use crate::{
    history::{History, SeriesHistory},
    people::{Directory, PersonId},
};
use std::sync::Arc;
use steadfast_calendar::{Event, Map};

/// Where a series is kept: calendar and series of a [`History`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SeriesRef {
    /// Index of the calendar.
    pub copy: usize,
    /// Index of the series within it.
    pub series: usize,
}

/// One UID of two people, in each calendar that holds it.
#[derive(Clone, Debug)]
pub struct CandidateSeries {
    /// The UID.
    pub uid: Arc<str>,
    /// Its copies.
    pub copies: Vec<SeriesRef>,
    /// Who organises it.
    pub organizer: Option<PersonId>,
    /// Days between two instances; `None` for a single meeting.
    pub cadence_days: Option<i64>,
    /// What its title suggests.
    pub hint: Hint,
    /// The entry does not name the second person; its title does, and that person is declared.
    pub by_title: bool,
}

/// Two people and all meetings of exactly these two.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// In order of id.
    pub people: [PersonId; 2],
    /// In order of first sight.
    pub series: Vec<CandidateSeries>,
}

/// All meetings of exactly two humans; and the recurring ones whose title says 1:1 while it is not known whose.
pub fn candidates(
    history: &History,
    directory: &mut Directory,
    declared: &Declared,
) -> (Vec<Candidate>, Vec<Unnamed>) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut by_pair: Map<[PersonId; 2], usize> = Map::default();
    // Two may have met ten thousand times: no search through their meetings for each.
    let mut by_uid: Map<(usize, Arc<str>), usize> = Map::default();
    let mut unnamed = Vec::new();
    for (copy, calendar) in history.copies.iter().enumerate() {
        for (series, one) in calendar.series.iter().enumerate() {
            let at = SeriesRef { copy, series };
            match two_people(one, calendar.owner, directory, declared) {
                Meeting::OfTwo(two) => {
                    let index = *by_pair.entry(two.people).or_insert_with(|| {
                        found.push(Candidate {
                            people: two.people,
                            series: Vec::with_capacity(1),
                        });
                        found.len() - 1
                    });
                    let known = by_uid.get(&(index, one.uid.clone())).copied();
                    let candidate = &mut found[index];
                    match known.and_then(|place| candidate.series.get_mut(place)) {
                        Some(known) if known.copies.iter().all(|c| c.copy != at.copy) => {
                            known.copies.push(at);
                        }
                        _ => {
                            let place = candidate.series.len();
                            if let Some(added) = series_of(candidate, one, at, &two, directory) {
                                by_uid.insert((index, added.uid.clone()), place);
                                candidate.series.push(added);
                            }
                        }
                    }
                }
                Meeting::Unnamed(one) => unnamed.push(one),
                Meeting::Other => {}
            }
        }
    }
    (found, one_of_each(unnamed))
}

fn series_of(
    candidate: &Candidate,
    history: &SeriesHistory,
    at: SeriesRef,
    two: &Two,
    directory: &Directory,
) -> Option<CandidateSeries> {
    let event = representative(history)?;
    let [a, b] = candidate.people.map(|p| directory.display_name(p));
    let repeats = history.versions.iter().any(|v| {
        v.series
            .as_ref()
            .is_some_and(|s| s.repeats() || s.master.is_none())
    });
    Some(CandidateSeries {
        uid: history.uid.clone(),
        copies: vec![at],
        organizer: two.organizer,
        cadence_days: repeats.then(|| latest_cadence(history)).flatten(),
        hint: hint(&event.summary, [&a, &b]),
        by_title: two.by_title,
    })
}

/// The cadence of the last version that has a rule.
fn latest_cadence(history: &SeriesHistory) -> Option<i64> {
    history
        .versions
        .iter()
        .rev()
        .filter_map(|v| v.series.as_ref()?.master.as_deref())
        .find_map(cadence_days)
}

/// The event that speaks for the series: its last known master, else an override.
pub(super) fn representative(history: &SeriesHistory) -> Option<&Event> {
    let series = history.last_known()?;
    series
        .master
        .as_deref()
        .or_else(|| series.overrides.first().map(AsRef::as_ref))
}

enum Meeting {
    OfTwo(Two),
    Unnamed(Unnamed),
    Other,
}

/// Who the two are.
struct Two {
    people: [PersonId; 2],
    organizer: Option<PersonId>,
    by_title: bool,
}

fn two_people(
    history: &SeriesHistory,
    owner: Option<PersonId>,
    directory: &mut Directory,
    declared: &Declared,
) -> Meeting {
    let mut unnamed = None;
    let mut by_title = None;
    for version in history.versions.iter().rev() {
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
        let who = participants(event, owner, directory);
        if let [a, b] = who.humans[..]
            && (!event.attendees.is_empty() || says_of_two(event, [a, b], directory))
        {
            return Meeting::OfTwo(Two {
                people: [a, b],
                organizer: who.organizer,
                by_title: false,
            });
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
            });
        }
        if unnamed.is_none() && series.repeats() {
            unnamed = Unnamed::of(event, owner, &who, directory);
        }
    }
    match (by_title, unnamed) {
        (Some(two), _) => Meeting::OfTwo(two),
        (None, Some(unnamed)) => Meeting::Unnamed(unnamed),
        (None, None) => Meeting::Other,
    }
}

/// An entry that names its organiser and no attendee was stripped of them: how many met is not known, unless the title
/// says that it was these two.
fn says_of_two(event: &Event, people: [PersonId; 2], directory: &Directory) -> bool {
    let [a, b] = people.map(|p| directory.display_name(p));
    matches!(hint(&event.summary, [&a, &b]), Hint::OneOnOne | Hint::Names)
}
