//! The words that somebody is offered about one 1:1, each with what it would change. One that changes nothing is not
//! offered: it would be pressed, and the page would stay as it was. But that one which stood took place can always be said:
//! it changes no count, and is what no calendar knows.

use super::say::Word;
use crate::audit::answers_file::Says;
use crate::report::model::Pair;
use crate::report::seat::subordinate;
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::reply::{self, Effect};

/// The words for `reader`, one of the two of `pair`, about `one`; none where neither is known to report to the other.
pub fn offered(pair: &Pair, one: &Occurrence, reader: &str) -> Vec<(Word, Effect)> {
    // Of what no calendar shows any more, a word would change nothing: what it was judged from is not kept.
    let is_let_go = pair.uids.is_empty();
    let Some(report) = subordinate(pair).filter(|_| !is_let_go) else {
        return Vec::new();
    };
    let as_manager = *report.address != *reader;
    Word::ALL
        .into_iter()
        .filter_map(|word| {
            let effect = match word.says(as_manager)? {
                Says::Report(word) => reply::of_report(one, word),
                Says::Manager(word) => reply::of_manager(one, word),
            };
            let is_news = word == Word::Held && one.verdict.was_held().is_some();
            (effect != Effect::Nothing || is_news).then_some((word, effect))
        })
        .collect()
}
