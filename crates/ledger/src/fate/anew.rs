//! When the series of two people was taken off the calendar and made anew: what is past of the old one is untouched by it.

use super::{
    moment::in_force_since,
    retime::Retimings,
    state::State,
    track::{Sighting, Tracks},
};
use jiff::{civil::Date, tz::TimeZone};

/// The first and the last day on which it may have been, as seen.
pub type MadeAnew = (Date, Date);

/// Every time that one of the series was gone and another one had its promises, by day.
pub(super) fn made_anew(
    states: &[State],
    (retimings, tracks): (&Retimings, &Tracks<'_>),
    zone: &TimeZone,
) -> Vec<MadeAnew> {
    let several = states.iter().any(|state| state.series.len() > 1);
    if states.len() < 2 || !several {
        return Vec::new();
    }
    let in_its_place = tracks.iter().flat_map(|(_, track)| {
        let pairs = track
            .windows(2)
            .filter_map(|two| Some((two.first()?, two.last()?)));
        pairs.collect::<Vec<_>>()
    });
    let elsewhere = retimings
        .successor
        .iter()
        .filter_map(|(&(old, gone), &(new, at))| {
            let before = tracks.get(old).iter().rfind(|s| s.state() < gone)?;
            Some((before, tracks.get(new).iter().find(|s| s.state() == at)?))
        });
    let mut found: Vec<MadeAnew> = in_its_place
        .chain(elsewhere)
        .filter_map(|(before, after)| anew(states, before, after, zone))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether `after` is of another series than `before`, which is gone by then; and when that came about.
fn anew(
    states: &[State],
    before: &Sighting<'_>,
    after: &Sighting<'_>,
    zone: &TimeZone,
) -> Option<MadeAnew> {
    if before.series() == after.series() {
        return None;
    }
    let state = states.get(after.state())?;
    let old = state.series.get(before.series())?.as_ref();
    let stands = old.is_some_and(|s| s.leading.looks.iter().any(|look| look.given));
    let at = in_force_since(state, after.view.series.master.as_deref()).filter(|_| !stands)?;
    Some((at.earliest.date(zone), at.latest.date(zone)))
}
