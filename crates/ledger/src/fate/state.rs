//! The states of one relationship over time: at every moment something of it was seen anew, all its series.

use super::{invited::Invited, view::View};
use crate::{
    history::{CalendarCopy, History, Version},
    pairs::{CandidateSeries, Relationship, SeriesRef},
    people::{Directory, PersonId},
};
use jiff::tz::TimeZone;
use std::{borrow::Cow, cell::RefCell, sync::Arc};
use steadfast_calendar::{Expander, Instance, Instant, Series, Slot, Window};

/// Everything the two had on their calendars, as seen at one moment.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// Last moment at which the previous state was still seen; `None`: this is the first.
    pub after: Option<Instant>,
    /// When this state was first seen; `None` for a single export.
    pub seen: Option<Instant>,
    /// One entry per series of the relationship, `None` where it is not there.
    pub series: Vec<Option<Standing>>,
}

/// One series in one state.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    /// The copy that decides time, length and existence.
    pub leading: Arc<View>,
    /// The other person's own copy, where it is seen.
    pub other: Option<OtherCopy>,
    /// The leading copy is not the organiser's, and another copy exists that may contradict it.
    pub contested: bool,
    /// The leading copy was seen to be like this after the other one was first seen to be as it is. If not, the two may only
    /// have been looked at one after the other.
    pub verified: bool,
}

/// The copy that only says its owner's answer.
#[derive(Clone, Debug)]
pub(super) struct OtherCopy {
    /// Whose.
    pub owner: PersonId,
    /// What it says; `None`: the whole series is gone from it.
    pub view: Option<Arc<View>>,
    /// What it said before, so that "gone" can be told from "never had it".
    pub had: Option<Arc<View>>,
}

/// What building the states needs to know.
pub(super) struct Scope<'a> {
    pub history: &'a History,
    pub directory: &'a Directory,
    pub expander: RefCell<&'a mut Expander>,
    pub fallback_zone: &'a TimeZone,
    pub window: Window,
}

impl Scope<'_> {
    fn copy(&self, at: SeriesRef) -> Option<&CalendarCopy> {
        self.history.copies.get(at.copy())
    }

    fn versions(&self, at: SeriesRef) -> Cow<'_, [Version]> {
        let known = self.history.known(at);
        known.map_or(Cow::Borrowed(&[]), |known| known.versions())
    }

    /// Whether `series` is a single meeting in nothing but single exports: it has one state, and never another.
    fn is_single(&self, series: &CandidateSeries) -> bool {
        let single = |at| {
            self.history
                .known(at)
                .is_some_and(|known| known.is_single())
        };
        series.cadence_days().is_none() && series.copies().all(single)
    }

    /// Visits what `said` gives within `window`, floating times read as in the first calendar that holds `series`.
    pub(super) fn expand(
        &self,
        series: &CandidateSeries,
        said: &Series,
        window: Window,
        visit: impl FnMut(Instance),
    ) {
        let first = series.copies().next().and_then(|at| self.copy(at));
        let zone = first.and_then(|copy| copy.zone.as_ref());
        let mut expander = self.expander.borrow_mut();
        expander.read_in(zone.unwrap_or(self.fallback_zone));
        expander.for_each(said, window, visit);
    }

    fn view(&self, at: SeriesRef, series: &Arc<Series>, invited: &Invited<'_>) -> Arc<View> {
        let zone = self.copy(at).and_then(|copy| copy.zone.as_ref());
        let mut expander = self.expander.borrow_mut();
        expander.read_in(zone.unwrap_or(self.fallback_zone));
        Arc::new(View::of(series, &mut expander, self.window, invited))
    }
}

/// The states of `relationship`, oldest first; two neighbours differ in at least one series. Single meetings that were
/// seen over time are among the series: what is promised and what is extra is decided later. Those of a single export are
/// not: there may be a million, and [`single`] looks at one after another.
pub(super) fn states(relationship: &Relationship, scope: &Scope<'_>) -> Vec<State> {
    let mut moments: Vec<Option<Instant>> = Vec::new();
    let mut tracks: Vec<Option<SeriesTrack>> = Vec::with_capacity(relationship.series.len());
    for series in &relationship.series {
        if scope.is_single(series) {
            if moments.is_empty() {
                moments.push(None);
            }
            tracks.push(None);
            continue;
        }
        let track = SeriesTrack::new(series, relationship, scope);
        moments.extend(track.copies.iter().flat_map(|c| c.moments()));
        tracks.push(Some(track));
    }
    moments.sort_unstable();
    moments.dedup();
    moments
        .into_iter()
        .map(|moment| {
            let mut after: Option<Instant> = None;
            let series = tracks
                .iter_mut()
                .map(|track| track.as_mut()?.advance(moment, &mut after))
                .collect();
            State {
                after,
                seen: moment,
                series,
            }
        })
        .collect()
}

/// Where the single meeting `series` of a single export stands; `None` outer: it is none.
pub(super) fn single(
    series: &CandidateSeries,
    relationship: &Relationship,
    scope: &Scope<'_>,
) -> Option<Option<Slot>> {
    if !scope.is_single(series) {
        return None;
    }
    let mut track = SeriesTrack::new(series, relationship, scope);
    let standing = track.advance(None, &mut None);
    Some(standing.and_then(|s| s.leading.looks.first()?.slot))
}

/// The copies of one UID, stepped through time together.
struct SeriesTrack {
    copies: Vec<CopyTrack>,
    organizer: Option<PersonId>,
}

/// One version, resolved.
struct Seen {
    after: Option<Instant>,
    at: Option<Instant>,
    view: Option<Arc<View>>,
}

struct CopyTrack {
    owner: Option<PersonId>,
    versions: Vec<Seen>,
    last_look: Option<Instant>,
    stands_alone: bool,
    next: usize,
    /// When it was first seen to be as it is now.
    since: Option<Instant>,
    now: Option<Arc<View>>,
    had: Option<Arc<View>>,
}

impl CopyTrack {
    fn moments(&self) -> impl Iterator<Item = Option<Instant>> {
        self.versions.iter().map(|version| version.at)
    }

    /// Whether it was seen to be as it is now after `moment`; of a single export it is what there is.
    fn is_verified_after(&self, moment: Option<Instant>) -> bool {
        let until = match self.versions.get(self.next) {
            Some(next) => next.after,
            None => self.last_look,
        };
        let (Some(until), Some(moment)) = (until, moment) else {
            return true;
        };
        // Moments are whole seconds: of two looks within one it is not known which came first, but in one snapshot.
        until > moment || until == moment && !self.stands_alone
    }
}

/// The versions of the series at that place, resolved for the two `people`.
fn seen(at: SeriesRef, people: [PersonId; 2], scope: &Scope<'_>) -> Vec<Seen> {
    let versions = scope.versions(at);
    let owner = scope.copy(at).and_then(|copy| copy.owner);
    let mut invited = Invited::new(people, owner, scope.directory);
    // Whoever is in the only event of a series is in all of it: most are so, and looking people up costs.
    let only = |series: &Series| versions.len() == 1 && series.overrides.is_empty();
    let mut view = |series: &Arc<Series>| {
        if !only(series) {
            invited.see(series);
        }
        scope.view(at, series, &invited)
    };
    versions
        .iter()
        .map(|version| Seen {
            after: version.after,
            at: version.seen,
            view: version.series.as_ref().map(&mut view),
        })
        .collect()
}

impl SeriesTrack {
    fn new(series: &CandidateSeries, relationship: &Relationship, scope: &Scope<'_>) -> Self {
        let copies = series
            .copies()
            .map(|at| CopyTrack {
                owner: scope.copy(at).and_then(|c| c.owner),
                last_look: scope.copy(at).and_then(|c| c.last_look),
                stands_alone: scope.copy(at).is_some_and(|c| c.stands_alone),
                versions: seen(at, relationship.people, scope),
                next: 0,
                since: None,
                now: None,
                had: None,
            })
            .collect();
        Self {
            copies,
            organizer: series.organizer,
        }
    }

    fn advance(
        &mut self,
        moment: Option<Instant>,
        after: &mut Option<Instant>,
    ) -> Option<Standing> {
        for copy in &mut self.copies {
            while let Some(Seen {
                after: since,
                at: seen,
                view,
            }) = copy.versions.get(copy.next)
            {
                if *seen > moment {
                    break;
                }
                if *seen == moment {
                    *after = (*after).max(*since);
                }
                if copy.now.is_some() {
                    copy.had.clone_from(&copy.now);
                }
                copy.now.clone_from(view);
                copy.since = *seen;
                copy.next += 1;
            }
        }
        let own = |copy: &CopyTrack| copy.owner.is_some() && copy.owner == self.organizer;
        let organizers = self.copies.iter().position(own);
        let leading = organizers.or_else(|| self.highest())?;
        let copy = self.copies.get(leading)?;
        let view = copy.now.clone()?;
        let mut others = self.copies.iter().enumerate().filter(|(index, copy)| {
            *index != leading && copy.owner.is_some() && (copy.now.is_some() || copy.had.is_some())
        });
        let other = others.next().map(|(_, copy)| copy);
        let verified = other.is_none_or(|other| copy.is_verified_after(other.since));
        let other = other.and_then(|copy| {
            Some(OtherCopy {
                owner: copy.owner?,
                view: copy.now.clone(),
                had: copy.had.clone(),
            })
        });
        Some(Standing {
            leading: view,
            contested: organizers.is_none() && other.is_some(),
            verified,
            other,
        })
    }

    /// The copy with the highest (SEQUENCE, DTSTAMP) of those that hold it now.
    fn highest(&self) -> Option<usize> {
        let rank = |copy: &CopyTrack| {
            let view = copy.now.as_ref()?;
            let event = view
                .series
                .master
                .as_ref()
                .or(view.series.overrides.first())?;
            Some((event.sequence, event.stamp))
        };
        (0..self.copies.len())
            .filter(|i| self.copies.get(*i).is_some_and(|c| c.now.is_some()))
            .max_by_key(|i| self.copies.get(*i).and_then(rank))
    }
}
