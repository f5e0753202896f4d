//! The order of the page.

use crate::report::model::{Band, Pair};
use std::cmp::Reverse;

/// By what a pair is put among the others: whether it ended, how much it needs a look, its name.
pub(super) type Key = (bool, Reverse<u8>, Box<str>);

/// What needs a look first comes first, what has ended last; the rest by name.
pub(super) fn key(pair: &Pair) -> Key {
    (pair.ended.is_some(), Reverse(gravity(pair)), name(pair))
}

fn gravity(pair: &Pair) -> u8 {
    let weight = |band| match band {
        Band::Pattern => 4,
        Band::HeadsUp => 3,
        Band::Mixed => 2,
        Band::Steady => 1,
        Band::TooEarly => 0,
    };
    pair.signal.as_ref().map_or(0, |signal| {
        weight(signal.disruption.band).max(weight(signal.loss.band))
    })
}

fn name(pair: &Pair) -> Box<str> {
    pair.people
        .get(1)
        .map(|person| person.name.to_lowercase().into_boxed_str())
        .unwrap_or_default()
}
