//! Older copies that arrive after newer ones (a cached feed, a late message): they must not undo what was seen.

use crate::{event::Event, series::Series};
use std::{collections::HashMap, sync::Arc};

/// `after`, with every component that is older than the one in `before` replaced by that one: the state to go on from.
///
/// SEQUENCE decides, then LAST-MODIFIED, then DTSTAMP (RFC 5546 §2.1.5). A lower SEQUENCE with a newer LAST-MODIFIED or
/// DTSTAMP is not older: the object was made anew.
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
    for known in &before.overrides {
        let place = after
            .overrides
            .iter()
            .position(|o| o.recurrence_id == known.recurrence_id);
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
    let earlier = |now: Option<_>, known: Option<_>| match (now, known) {
        (Some(now), Some(known)) => now < known,
        _ => false,
    };
    let (modified, stamp) = (
        (now.last_modified, known.last_modified),
        (now.stamp, known.stamp),
    );
    let newer_by_time =
        earlier(modified.1, modified.0) || (modified.0 == modified.1 && earlier(stamp.1, stamp.0));
    match now.sequence.cmp(&known.sequence) {
        std::cmp::Ordering::Greater => false,
        std::cmp::Ordering::Less => !newer_by_time,
        std::cmp::Ordering::Equal => {
            earlier(modified.0, modified.1)
                || (modified.0 == modified.1 && earlier(stamp.0, stamp.1))
        }
    }
}
