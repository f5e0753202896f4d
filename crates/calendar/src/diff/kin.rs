//! Which new UID carries on an old one: a split series, one that was deleted and created again, or every UID of an
//! export that makes them up anew.

use super::{
    Scope,
    side::{Look, Side, head},
};
use crate::{instant::Instant, series::Series};
use std::{collections::HashMap, sync::Arc};

/// A single event that is created again further away than this is another meeting: it may be next week's.
const SINGLE_WITHIN_SECONDS: i64 = 6 * 86_400;

/// A series that begins again later than this is a new arrangement.
const SERIES_WITHIN_SECONDS: i64 = 35 * 86_400;

/// How many neighbours in time are looked at: enough for the handful of series that two people have, and bounded where
/// thousands of events look alike.
const NEIGHBOURS: usize = 8;

/// The series that appeared, each to be claimed at most once.
pub(super) struct Newcomers<'s, 'a> {
    sides: &'s [Side<'a>],
    /// By likeness, in order of the first instance still to come.
    like: HashMap<Likeness, Vec<(Instant, usize)>>,
    claimed: Vec<bool>,
}

/// What two series must share to be thought the same.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Likeness {
    /// The UID without Google's `_R…`.
    Root(Box<str>),
    /// The same people.
    People(Vec<Arc<str>>),
    /// No people, the same title.
    Title(Arc<str>),
}

impl<'s, 'a> Newcomers<'s, 'a> {
    pub(super) fn of(sides: &'s [Side<'a>], scope: &Scope) -> Self {
        let mut like: HashMap<Likeness, Vec<(Instant, usize)>> = HashMap::new();
        for (index, side) in sides.iter().enumerate() {
            let Some(first) = first_to_come(&side.looks, scope) else {
                continue;
            };
            for likeness in likenesses(side.series) {
                like.entry(likeness)
                    .or_default()
                    .push((first.slot().start, index));
            }
        }
        for list in like.values_mut() {
            list.sort_unstable();
        }
        Self {
            sides,
            like,
            claimed: vec![false; sides.len()],
        }
    }

    /// The newcomer that carries on `old` with what its `looks` promised, if there is one; it is then claimed.
    pub(super) fn claim(
        &mut self,
        old: &Side<'a>,
        looks: &[Look],
        scope: &Scope,
    ) -> Option<&'s Side<'a>> {
        let promised = first_to_come(looks, scope)?;
        let start = promised.slot().start;
        let mut best: Option<((u8, i64), usize)> = None;
        for likeness in likenesses(old.series) {
            let is_root = matches!(likeness, Likeness::Root(_));
            let Some(list) = self.like.get(&likeness) else {
                continue;
            };
            let near = list.partition_point(|(at, _)| *at < start);
            let (back, forth) = list.split_at(near);
            let open = |entry: &&(Instant, usize)| self.claimed.get(entry.1) == Some(&false);
            let neighbours = back
                .iter()
                .rev()
                .filter(open)
                .take(NEIGHBOURS)
                .chain(forth.iter().filter(open).take(NEIGHBOURS));
            for (at, index) in neighbours {
                let Some(new) = self.sides.get(*index) else {
                    continue;
                };
                let apart = at.seconds_since(start).abs();
                if let Some(rank) = rank(old, new, &promised, apart, is_root, scope) {
                    let key = (rank, apart);
                    if best.as_ref().is_none_or(|(known, _)| key < *known) {
                        best = Some((key, *index));
                    }
                }
            }
        }
        let (_, index) = best?;
        *self.claimed.get_mut(index)? = true;
        self.sides.get(index)
    }

    /// Those that nobody claimed.
    pub(super) fn unclaimed(&self) -> impl Iterator<Item = &'s Side<'a>> {
        let sides = self.sides;
        sides
            .iter()
            .zip(self.claimed.clone())
            .filter_map(|(side, claimed)| (!claimed).then_some(side))
    }
}

/// How well `new` carries on `old` (lower is better); `None`: it does not.
fn rank(
    old: &Side<'_>,
    new: &Side<'_>,
    promised: &Look,
    apart: i64,
    same_root: bool,
    scope: &Scope,
) -> Option<u8> {
    let title = |side: &Side<'_>| head(side.series).map(|e| e.summary.clone());
    let same_title = title(old) == title(new);
    let same_slot =
        first_to_come(&new.looks, scope).is_some_and(|first| first.slot() == promised.slot());
    if same_root && old.repeats && apart <= SERIES_WITHIN_SECONDS {
        return Some(0);
    }
    if old.repeats != new.repeats {
        return None;
    }
    let within = if old.repeats {
        SERIES_WITHIN_SECONDS
    } else {
        SINGLE_WITHIN_SECONDS
    };
    match (same_slot, same_title) {
        (true, true) => Some(1),
        (true, false) => Some(2),
        (false, true) if apart <= within => Some(3),
        (false, false) if apart <= within && old.repeats => Some(4),
        _ => None,
    }
}

fn first_to_come(looks: &[Look], scope: &Scope) -> Option<Look> {
    let ends_after = |at: Instant| looks.iter().find(move |l| l.slot().end > at);
    ends_after(scope.seen_after)
        .or_else(|| ends_after(scope.seen_before))
        .or(looks.first())
        .copied()
}

fn likenesses(series: &Series) -> Vec<Likeness> {
    let mut all = vec![Likeness::Root(root(&series.uid).into())];
    if let Some(event) = head(series) {
        let mut people: Vec<Arc<str>> = event.attendees.iter().map(|a| a.address.clone()).collect();
        people.extend(event.organizer.iter().map(|o| o.address.clone()));
        people.sort();
        people.dedup();
        if !people.is_empty() {
            all.push(Likeness::People(people));
        } else if !event.summary.is_empty() {
            all.push(Likeness::Title(event.summary.clone()));
        }
    }
    all
}

/// The UID without the `_R20240401T090000` that Google adds to the later part of a split series.
fn root(uid: &str) -> String {
    let (name, host) = uid.split_once('@').unwrap_or((uid, ""));
    let is_stamp = |text: &str| {
        text.len() >= 8
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'T' || b == b'Z')
    };
    let name = match name.rsplit_once("_R") {
        Some((root, stamp)) if is_stamp(stamp) => root,
        _ => name,
    };
    format!("{name}@{host}")
}
