//! What counts as not as promised, in one sentence beside the marks: so that whoever adds them up arrives at the counts.

use super::{sentence_case, stood};
use crate::report::model::{Pair, Report};
use crate::report::tally::Tally;
use steadfast_ledger::verdict::Outcome;

/// The sentence; nothing where each one that counts stood in its place.
pub(crate) fn what_counts<'a>(
    report: &Report,
    pairs: impl Iterator<Item = &'a Pair>,
) -> Option<String> {
    let tally = Tally::of(pairs.flat_map(|pair| &pair.occurrences));
    let word = stood(report);
    (tally.departed() > 0).then(|| {
        format!(
            "Not as promised is what was lost, what moved with less than a week’s notice, what {} into another week by more than \
             two working days, what was cut to less than half, and a nudge of more than half an hour told less than two hours \
             before. {} is what stays on the day, within two hours. Other moves and nudges count as {word}.",
            Outcome::Slipped.as_str(),
            sentence_case(Outcome::Nudged.as_str()),
        )
    })
}
