//! Where on the page one promised 1:1 is drawn, and one pair: so that every number can be followed to what it counts.

use super::super::model::{Met, Pair, Report};
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Occurrence;

/// The id of the `index`th mark of the `number`th pair.
pub(super) fn mark(number: usize, index: usize) -> String {
    format!("p{number}o{index}")
}

/// The id of the `number`th pair.
pub(super) fn pair(number: usize) -> String {
    format!("p{number}")
}

/// The pairs as the page numbers them: those that run, then those that ended.
pub(super) fn numbered(report: &Report) -> impl Iterator<Item = (usize, &Pair)> {
    let all = || report.pairs.iter();
    let running = all().filter(|pair| pair.ended.is_none());
    let ended = all().filter(|pair| pair.ended.is_some());
    running.chain(ended).enumerate()
}

/// The mark of a 1:1 that met another meeting; of what is not printed none is drawn.
pub(super) fn of_met(report: &Report, met: &Met) -> Option<String> {
    let (number, pair) = numbered(report).find(|(_, pair)| pair.id == met.pair)?;
    Some(mark(number, place(pair, met.promised)?))
}

/// That 1:1 itself, if it is on the page.
pub(super) fn met<'a>(report: &'a Report, met: &Met) -> Option<&'a Occurrence> {
    let pair = report.pairs.iter().find(|pair| pair.id == met.pair)?;
    pair.occurrences.get(place(pair, met.promised)?)
}

fn place(pair: &Pair, promised: Instant) -> Option<usize> {
    let mut all = pair.occurrences.iter();
    all.position(|one| one.promised.start == promised)
}
