//! The order of the page.

use crate::report::model::{Band, Pair};
use std::cmp::{Ordering, Reverse};

/// By what a pair is put among the others before its name is looked at: whether it ended, how much it needs a look.
pub(super) type Rank = (bool, Reverse<u8>);

/// What needs a look first comes first, what has ended last.
pub(super) fn rank(pair: &Pair) -> Rank {
    (pair.ended.is_some(), Reverse(gravity(pair)))
}

/// The rest is by name, whatever its case. Names are looked at where they lie: there may be a quarter of a million.
pub(super) fn by_name(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() {
        let [a, b] = [a, b].map(|name| name.bytes().map(|byte| byte.to_ascii_lowercase()));
        return a.cmp(b);
    }
    a.to_lowercase().cmp(&b.to_lowercase())
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
