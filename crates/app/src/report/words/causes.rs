//! What is said of the meetings that a 1:1 left its place to, on the manager's own calendar and for the manager alone.

use super::{class, list};
use steadfast_ledger::occurrence::{Class, Occurrence};

/// Below this nothing is said to have displaced a meeting.
const MOST_LIKELY: f64 = 0.7;

/// All of it: "; it gave way to a leadership meeting; most likely displaced by a meeting with people outside". What is most likely
/// is not said twice, and not at all where an excuse says why.
pub(super) fn causes(occurrence: &Occurrence) -> String {
    let displaced = displaced_by(occurrence).filter(|_| occurrence.verdict.excused.is_none());
    let others: Vec<String> = wanted(occurrence)
        .filter(|class| displaced != Some(*class))
        .map(|class| class::one(class, "your"))
        .collect();
    let mut said = String::new();
    if !others.is_empty() {
        said.push_str(&format!("; it gave way to {}", list(&others)));
    }
    if let Some(class) = displaced {
        said.push_str(&format!(
            "; most likely displaced by {}",
            class::one(class, "your")
        ));
    }
    said
}

/// What most likely displaced it.
pub(super) fn displaced_by(occurrence: &Occurrence) -> Option<Class> {
    let cause = occurrence.cause.as_ref()?;
    let is_told = cause.class != Class::Unknown && cause.probability >= MOST_LIKELY;
    is_told.then_some(cause.class)
}

/// What wanted the same time and stayed, as the comparison with the manager's other meetings counts it.
pub(super) fn wanted(occurrence: &Occurrence) -> impl Iterator<Item = Class> + '_ {
    let cause = occurrence.cause.iter();
    cause.flat_map(|cause| cause.gave_way_to.iter().copied())
}
