//! A history that somebody hands in: what their calendars were like at one moment after another. Each moment is a look of its
//! own, as if it had been handed in then, so that the ledger says what an audit of the same history says.

#[cfg(test)]
mod tests;

use super::take_in::{Offered, Prepared, Snapshot, TakenIn, refuse_somebody_elses};
use crate::server::{ServerError, Viewer};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, minimal};

/// Reads it, as [`super::take_in::prepare_as`] does one export.
pub(super) fn prepare(
    viewer: &Viewer,
    others: &[String],
    offered: Offered,
) -> Result<Prepared, ServerError> {
    let mut taken = TakenIn {
        set_aside: offered.set_aside,
        unread: offered.unread,
        ..TakenIn::default()
    };
    if !offered.documents.is_empty() {
        return Err(ServerError::Input(
            "some of these calendars are named by a moment, as 20260302T081500Z, and others are not"
                .to_owned(),
            "hand in the history alone, and then what stands now".to_owned(),
        ));
    }
    let is_flat = |snapshot: &Snapshot| snapshot.name.is_empty();
    if offered.history.iter().any(is_flat) && !offered.history.iter().all(is_flat) {
        return Err(ServerError::Input(
            "some moments of this history are files and others are folders: which calendar follows which cannot be told"
                .to_owned(),
            "name each moment the same way, all of them files or all of them folders".to_owned(),
        ));
    }
    let mut moments: BTreeMap<Instant, Vec<Snapshot>> = BTreeMap::new();
    for snapshot in offered.history {
        moments.entry(snapshot.at).or_default().push(snapshot);
    }
    let is_mine = |owner: &str| owner == viewer.person() || others.iter().any(|one| one == owner);
    // A calendar without a file at some moment is as it was before.
    let mut standing: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut meetings: BTreeMap<String, usize> = BTreeMap::new();
    let mut strangers: BTreeSet<String> = BTreeSet::new();
    let mut looks = Vec::new();
    // Calendars that could not be read when last handed in: what they are like is not known until they can be again.
    let mut unread: BTreeSet<String> = BTreeSet::new();
    for (at, snapshots) in moments {
        for Snapshot {
            name,
            owner,
            document,
            ..
        } in snapshots
        {
            if let Some(owner) = owner.filter(|owner| owner.contains('@') && !is_mine(owner)) {
                strangers.insert(owner);
                continue;
            }
            let (calendar, kept) = minimal(&document.bytes);
            taken.warnings += calendar.warnings.len();
            if !calendar.is_calendar {
                unread.insert(name);
                continue;
            }
            unread.remove(&name);
            refuse_somebody_elses(viewer, others, &calendar)?;
            meetings.insert(name.clone(), calendar.events.len());
            standing.insert(name, kept);
        }
        // What could not be read may have changed: the moment tells at which it can be.
        if !unread.is_empty() {
            taken.unread += 1;
        } else if !standing.is_empty() {
            let lines: Vec<u8> = standing.values().flatten().copied().collect();
            looks.push((Some(at), lines));
        }
    }
    taken.set_aside.extend(strangers.into_iter().map(|owner| {
        let why = format!("it is {owner}’s, who alone can hand it in");
        (owner, why)
    }));
    if looks.is_empty() {
        return Err(ServerError::Input(
            "this history holds no calendar of yours that can be read".to_owned(),
            "name each file by its moment, as 20260302T081500Z.ics, or put your own calendars into a folder of that name"
                .to_owned(),
        ));
    }
    taken.calendars = standing.len();
    taken.meetings = meetings.into_values().sum();
    taken.moments = looks.len();
    Ok(Prepared { looks, taken })
}

/// The looks that come after what was seen `before`, with the moment of each; what is of now is looked at `now`.
pub(super) fn after(
    before: Option<Instant>,
    now: Instant,
    looks: Vec<(Option<Instant>, Vec<u8>)>,
    taken: &mut TakenIn,
) -> Result<Vec<(Instant, Vec<u8>)>, ServerError> {
    let mut later = Vec::new();
    let (mut earlier, is_history) = (0, looks.iter().any(|(at, _)| at.is_some()));
    for (at, lines) in looks {
        let at = at.unwrap_or(now);
        if at > now {
            return Err(ServerError::Input(
                "this history names a moment that is still to come".to_owned(),
                "check the names of its files: they are moments in UTC".to_owned(),
            ));
        }
        if is_history && before.is_some_and(|before| at <= before) {
            earlier += 1;
            continue;
        }
        later.push((at, lines));
    }
    if later.is_empty() {
        return Err(ServerError::Input(
            "your calendar was seen here later than anything in this history".to_owned(),
            "hand in a history before anything else; what came in between cannot be put in afterwards".to_owned(),
        ));
    }
    if is_history {
        taken.earlier = earlier;
        taken.moments = later.len();
    }
    Ok(later)
}
