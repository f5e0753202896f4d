//! One instance through all states: where it stood, when that was seen, and what the source says about it.

use super::{
    state::{OtherCopy, Standing, State},
    view::{Look, View},
};
use crate::{case::UnknownBecause, people::PersonId};
use steadfast_calendar::{Instant, Slot, Standing::Excluded};

/// One instance in one state.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sighting<'a> {
    state: u32,
    series: u32,
    /// What the leading copy says.
    pub look: &'a Look,
    /// Who of the two said no in the other copy, where the leading one has it standing.
    refused_by: Option<PersonId>,
    /// The view it comes from.
    pub view: &'a View,
    /// The two copies contradict each other and neither is the organiser's.
    pub disagree: bool,
    /// The other copy does not have it any more, and why that does not say who took it off: the leading one was not looked at
    /// since, or still has it standing where the other is told that it was cancelled. Or its series was cancelled as a whole, and
    /// whether this one was too is not said.
    pub doubt: Option<UnknownBecause>,
}

impl Sighting<'_> {
    /// Index of the state.
    pub(super) const fn state(&self) -> usize {
        self.state as usize
    }

    /// Which series of the relationship gives it.
    pub(super) const fn series(&self) -> usize {
        self.series as usize
    }

    /// Where it stands, the other person's answer included.
    pub(super) fn slot(&self) -> Option<Slot> {
        self.look.slot.filter(|_| self.refused_by.is_none())
    }

    /// Who of the two declined it, in whichever copy.
    pub(super) fn declined_by(&self) -> Option<PersonId> {
        self.refused_by.or(self.look.declined_by)
    }
}

/// All sightings, by original start and then by state; states that do not show a start are left out.
#[derive(Clone, Debug)]
pub(super) struct Tracks<'a> {
    // One sorted list rather than a map of lists: an export has a million of them, one each.
    sightings: Vec<Sighting<'a>>,
}

impl<'a> Tracks<'a> {
    /// The sightings of one original start, oldest first; empty where there are none.
    pub(super) fn get(&self, id: Instant) -> &[Sighting<'a>] {
        let from = self.sightings.partition_point(|s| s.look.id < id);
        let rest = self.sightings.get(from..).unwrap_or_default();
        let length = rest.partition_point(|s| s.look.id == id);
        rest.get(..length).unwrap_or_default()
    }

    /// The sightings that begin at `place`, as [`Tracks::places`] gives it, of one original start.
    pub(super) fn at(&self, place: usize) -> &[Sighting<'a>] {
        let rest = self.sightings.get(place..).unwrap_or_default();
        let mut tracks = rest.chunk_by(|a, b| a.look.id == b.look.id);
        tracks.next().unwrap_or_default()
    }

    /// The place of each original start, in order of start.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        let ids = self.iter().map(|(_, track)| track.len());
        ids.scan(0, |next, length| {
            let place = *next;
            *next += length;
            Some(place)
        })
    }

    /// The sightings of each original start, in order of start.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Instant, &[Sighting<'a>])> {
        self.sightings
            .chunk_by(|a, b| a.look.id == b.look.id)
            .filter_map(|track| Some((track.first()?.look.id, track)))
    }

    /// Number of original starts, at most.
    pub(super) fn len(&self) -> usize {
        self.sightings.len()
    }
}

/// Follows the instances of the promising series (`promises(series)`) through `states`.
pub(super) fn tracks(states: &[State], promises: impl Fn(usize) -> bool) -> Tracks<'_> {
    let mut sightings: Vec<Sighting<'_>> = Vec::new();
    for (index, state) in states.iter().enumerate() {
        for (series, standing) in state.series.iter().enumerate() {
            let Some(standing) = standing.as_ref().filter(|_| promises(series)) else {
                continue;
            };
            let looks = &standing.leading.looks;
            sightings.extend(
                looks
                    .iter()
                    .filter(|look| look.given)
                    .map(|look| sight(index, series, look, standing)),
            );
        }
    }
    // Two series may give the same start in one state (a re-created one beside the old): one 1:1, the one that stands.
    sightings.sort_by_key(|s| (s.look.id, s.state, s.slot().is_none(), s.series));
    sightings.dedup_by_key(|s| (s.look.id, s.state));
    // What is with somebody else as long as it is seen was never theirs.
    let mut theirs: Option<Instant> = None;
    sightings.retain(|s| {
        if !s.look.of_others {
            theirs = Some(s.look.id);
        }
        theirs == Some(s.look.id)
    });
    Tracks { sightings }
}

fn sight<'a>(state: usize, series: usize, look: &'a Look, standing: &'a Standing) -> Sighting<'a> {
    let small = |place| u32::try_from(place).unwrap_or(u32::MAX);
    let other = standing.other.as_ref();
    let disagree = other.is_some_and(|other| standing.contested && contradicts(other, look));
    let refusal = other.filter(|_| look.slot.is_some()).map(|other| {
        let refusal = refusal(other, look.id);
        (refusal, other.owner)
    });
    let (refused_by, doubt) = match refusal {
        Some((Refusal::Declined, owner)) => (Some(owner), None),
        Some((Refusal::Gone, owner)) if standing.verified => (Some(owner), None),
        Some((Refusal::Cancelled, _)) if standing.verified => {
            (None, Some(UnknownBecause::SidesDisagree))
        }
        Some((Refusal::Gone | Refusal::Cancelled, _)) => (None, Some(UnknownBecause::Gap)),
        Some((Refusal::None, _)) | None => (None, None),
    };
    let doubt = doubt.or(look.unsure.then_some(UnknownBecause::CalledOff));
    Sighting {
        state: small(state),
        series: small(series),
        look,
        refused_by,
        view: &standing.leading,
        disagree,
        doubt,
    }
}

/// What the other copy says against an instance that the leading one has standing.
enum Refusal {
    /// Nothing.
    None,
    /// Its owner declined it there: their own word.
    Declined,
    /// It is told as cancelled there, as the organiser's side tells those who are invited (RFC 5546 §3.2.5): not its owner's
    /// doing.
    Cancelled,
    /// It is not there any more. Its owner took it off, or it left both copies and this one was looked at first.
    Gone,
}

fn refusal(other: &OtherCopy, id: Instant) -> Refusal {
    let now = other.view.as_ref().and_then(|v| v.look(id));
    match now {
        Some(look) if look.declined_by == Some(other.owner) => Refusal::Declined,
        Some(look) if look.slot.is_some() => Refusal::None,
        Some(look) if look.standing == Excluded => Refusal::Gone,
        Some(_) => Refusal::Cancelled,
        None => {
            let had = other.had.as_ref().and_then(|had| had.look(id));
            let rolled_out = other.view.as_ref().is_some_and(|v| v.window_passed(id));
            match had {
                Some(had) if had.slot.is_some() && !rolled_out => Refusal::Gone,
                _ => Refusal::None,
            }
        }
    }
}

fn contradicts(other: &OtherCopy, look: &Look) -> bool {
    let theirs = other.view.as_ref().and_then(|v| v.look(look.id));
    match (theirs.map(|l| l.slot), look.slot) {
        (Some(Some(theirs)), Some(ours)) => theirs != ours,
        _ => false,
    }
}
