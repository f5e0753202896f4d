//! All meetings of exactly two humans, put together per two people.

use super::{
    cadence::cadence_days,
    participants::participants,
    title::{Hint, hint},
};
use crate::{
    history::{History, SeriesHistory},
    people::{Directory, PersonId},
};
use std::{collections::HashMap, sync::Arc};
use steadfast_calendar::Event;

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
}

/// Two people and all meetings of exactly these two.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// In order of id.
    pub people: [PersonId; 2],
    /// In order of first sight.
    pub series: Vec<CandidateSeries>,
}

/// All meetings of exactly two humans; and how many recurring ones say 1:1 in the title but name nobody else.
pub fn candidates(history: &History, directory: &mut Directory) -> (Vec<Candidate>, usize) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut by_pair: HashMap<[PersonId; 2], usize> = HashMap::new();
    // Two may have met ten thousand times: no search through their meetings for each.
    let mut by_uid: HashMap<(usize, Arc<str>), usize> = HashMap::new();
    let mut nameless = 0;
    for (copy, calendar) in history.copies.iter().enumerate() {
        for (series, one) in calendar.series.iter().enumerate() {
            let at = SeriesRef { copy, series };
            match two_people(one, calendar.owner, directory) {
                Meeting::OfTwo(people, organizer) => {
                    let index = *by_pair.entry(people).or_insert_with(|| {
                        found.push(Candidate {
                            people,
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
                            let added = series_of(candidate, one, at, organizer, directory);
                            if let Some(added) = added {
                                by_uid.insert((index, added.uid.clone()), place);
                                candidate.series.push(added);
                            }
                        }
                    }
                }
                Meeting::Nameless => nameless += 1,
                Meeting::Other => {}
            }
        }
    }
    (found, nameless)
}

fn series_of(
    candidate: &Candidate,
    history: &SeriesHistory,
    at: SeriesRef,
    organizer: Option<PersonId>,
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
        organizer,
        cadence_days: repeats.then(|| latest_cadence(history)).flatten(),
        hint: hint(&event.summary, [&a, &b]),
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
    OfTwo([PersonId; 2], Option<PersonId>),
    Nameless,
    Other,
}

fn two_people(
    history: &SeriesHistory,
    owner: Option<PersonId>,
    directory: &mut Directory,
) -> Meeting {
    let mut seen_nobody = false;
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
        if let [a, b] = who.humans[..] {
            return Meeting::OfTwo([a, b], who.organizer);
        }
        seen_nobody |=
            !who.named && series.repeats() && hint(&event.summary, ["", ""]) == Hint::OneOnOne;
    }
    if seen_nobody {
        Meeting::Nameless
    } else {
        Meeting::Other
    }
}
