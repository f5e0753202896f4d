//! Where on the page one promised 1:1 is drawn, and one pair: so that every number can be followed to what it counts.

use super::super::model::{Met, Pair, Report};
use steadfast_calendar::Instant;

/// The id of the `index`th mark of the `number`th pair.
pub(super) fn mark(number: usize, index: usize) -> String {
    format!("p{number}o{index}")
}

/// The id of the `number`th pair.
pub(super) fn pair(number: usize) -> String {
    format!("p{number}")
}

/// The running pairs, as the page numbers them.
pub(super) fn running(report: &Report) -> impl Iterator<Item = (usize, &Pair)> {
    let running = report.pairs.iter().filter(|pair| pair.ended.is_none());
    running.enumerate()
}

/// The mark of a 1:1 that met another meeting; of an ended pair none is drawn, and none of what is not printed.
pub(super) fn of_met(report: &Report, met: &Met) -> Option<String> {
    let (number, pair) = running(report).find(|(_, pair)| pair.id == met.pair)?;
    Some(mark(number, place(pair, met.promised)?))
}

fn place(pair: &Pair, promised: Instant) -> Option<usize> {
    let mut all = pair.occurrences.iter();
    all.position(|one| one.promised.start == promised)
}
