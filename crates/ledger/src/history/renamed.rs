//! Meetings that come back under another UID: some exporters make new ones every time.

use super::CalendarCopy;
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
};
use steadfast_calendar::{Event, Series, When};

/// What a meeting is recognised by when its UID is new: title, people and the master's own start.
#[derive(PartialEq, Eq, Hash)]
struct Likeness<'a> {
    title: &'a str,
    people: Vec<&'a str>,
    start: String,
}

/// Gives series of `looked_at` whose UID was never seen the place of a series that is gone in the same look and is
/// otherwise the same meeting.
pub(super) fn rename(copy: &mut CalendarCopy, looked_at: &[Series]) {
    let here: HashSet<&str> = looked_at.iter().map(|s| s.uid.as_ref()).collect();
    let mut fresh = looked_at
        .iter()
        .filter(|s| !copy.by_uid.contains_key(&s.uid))
        .peekable();
    if fresh.peek().is_none() {
        return;
    }
    let mut gone: HashMap<Likeness<'_>, VecDeque<usize>> = HashMap::new();
    for (index, known) in copy.series.iter().enumerate() {
        if here.contains(known.uid.as_ref()) {
            continue;
        }
        if let Some(like) = known.now().and_then(|s| likeness(s)) {
            gone.entry(like).or_default().push_back(index);
        }
    }
    if gone.is_empty() {
        return;
    }
    let renamed: Vec<(Arc<str>, usize)> = fresh
        .filter_map(|one| {
            let index = gone.get_mut(&likeness(one)?)?.pop_front()?;
            Some((one.uid.clone(), index))
        })
        .collect();
    for (uid, index) in renamed {
        if let Some(known) = copy.series.get_mut(index) {
            known.uid = uid.clone();
        }
        copy.by_uid.insert(uid, index);
    }
}

fn likeness(series: &Series) -> Option<Likeness<'_>> {
    let event: &Event = series.master.as_deref()?;
    let mut people: Vec<&str> = event.attendees.iter().map(|a| a.address.as_ref()).collect();
    people.sort_unstable();
    Some(Likeness {
        title: &event.summary,
        people,
        start: match &event.start {
            When::Utc(at) => at.to_string(),
            start => start.civil().to_string(),
        },
    })
}
