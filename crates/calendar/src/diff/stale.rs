//! Older copies that arrive after newer ones (a cached feed, a late message): they must not undo what was seen.

use crate::{
    event::Event,
    instant::Instant,
    series::{Series, key},
};
use std::{cmp::Ordering, collections::HashMap, sync::Arc};

/// `after`, with every component that is older than the one in `before` replaced by that one: the state to go on from.
///
/// Older is what has a lower SEQUENCE, or the same one and an earlier DTSTAMP or LAST-MODIFIED (RFC 5546 §2.1.5), and
/// nothing that speaks for being newer: an object made anew starts its SEQUENCE again. LAST-MODIFIED alone, without
/// DTSTAMP, is not believed: where people keep calendars by hand it goes backwards in honest changes.
pub fn carry(before: &[Series], after: &[Series]) -> Vec<Series> {
    let known: HashMap<&str, &Series> = before.iter().map(|s| (s.uid.as_ref(), s)).collect();
    after
        .iter()
        .map(|series| match known.get(series.uid.as_ref()) {
            Some(before) => newest(before, series).unwrap_or_else(|| series.clone()),
            None => series.clone(),
        })
        .collect()
}

/// `after` with its older components replaced; `None` when there are none.
pub(super) fn newest(before: &Series, after: &Series) -> Option<Series> {
    let mut result: Option<Series> = None;
    let whole_copy_is_older = matches!(
        (&before.master, &after.master),
        (Some(before), Some(after)) if is_older(after, before)
    );
    if whole_copy_is_older {
        result.get_or_insert_with(|| after.clone()).master = before.master.clone();
    }
    let places: HashMap<_, usize> = after
        .overrides
        .iter()
        .enumerate()
        .filter_map(|(i, over)| Some((key(over.recurrence_id.as_ref()?), i)))
        .collect();
    for known in &before.overrides {
        let place = known
            .recurrence_id
            .as_ref()
            .and_then(|id| places.get(&key(id)).copied());
        match place.and_then(|i| Some((i, after.overrides.get(i)?))) {
            Some((i, now)) if is_older(now, known) => {
                let result = result.get_or_insert_with(|| after.clone());
                if let Some(over) = result.overrides.get_mut(i) {
                    *over = Arc::clone(known);
                }
            }
            // An older copy does not know the later overrides yet.
            None if whole_copy_is_older => {
                result
                    .get_or_insert_with(|| after.clone())
                    .overrides
                    .push(Arc::clone(known));
            }
            _ => {}
        }
    }
    result
}

/// Whether `now` is an older version of the component than `known`.
fn is_older(now: &Event, known: &Event) -> bool {
    let by_stamp = order(now.stamp, known.stamp);
    let by_modified = order(now.last_modified, known.last_modified);
    if by_stamp == Ordering::Greater || by_modified == Ordering::Greater {
        return false;
    }
    match now.sequence.cmp(&known.sequence) {
        Ordering::Greater => false,
        Ordering::Less => true,
        Ordering::Equal => {
            let stamped = now.stamp.is_some() && known.stamp.is_some();
            stamped && (by_stamp == Ordering::Less || by_modified == Ordering::Less)
        }
    }
}

/// Equal where one does not say.
fn order(now: Option<Instant>, known: Option<Instant>) -> Ordering {
    match (now, known) {
        (Some(now), Some(known)) => now.cmp(&known),
        _ => Ordering::Equal,
    }
}
