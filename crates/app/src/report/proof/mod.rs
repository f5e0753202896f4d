//! The proof: the practice of 1:1s asked as a chain of questions, each answered from this calendar's own
//! figures and held against what is known, how well, and what nobody knows. It never says that one thing
//! brings about another: no study of moved or cancelled 1:1s exists.

pub(crate) mod known;
mod manager;
mod report_seat;

use super::model::{Pair, Report};
use super::seat::{Seat, seat};
use super::tally::Tally;
use super::words::{self, list, sentence_case};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::rules::notice::class;
use steadfast_ledger::verdict::{Notice, Verdict};

/// One question of the chain.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The question itself.
    pub(crate) ask: String,
    /// This calendar's answer, each a sentence.
    pub(crate) answer: Vec<String>,
    /// What is known.
    pub(crate) known: Vec<(Support, &'static str)>,
    /// What is not.
    pub(crate) not_known: &'static str,
}

/// How well something is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Support {
    /// A meta-analysis, an experiment, or several samples.
    Well,
    /// One study, or a vendor's data; correlations.
    Some,
    /// What practitioners advise.
    Practice,
}

impl Support {
    /// In words.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Well => "Well supported",
            Self::Some => "Some support",
            Self::Practice => "Practice, not a finding",
        }
    }
}

/// The chain for this reader; empty where there is nothing to answer from.
pub(crate) fn chain(report: &Report) -> Vec<Question> {
    let any = |is: fn(&Report, &Pair) -> bool| report.pairs.iter().any(|pair| is(report, pair));
    if any(is_managed) {
        manager::chain(report)
    } else if any(|report, pair| seat(report, pair) == Seat::Report) {
        report_seat::chain(report)
    } else {
        // Somebody of whom it is not known whether they manage or report is asked neither's questions.
        Vec::new()
    }
}

/// Whether `pair` is one that the manager's questions are about: the reader's own, or, where nobody in particular
/// reads, any whose manager is known.
pub(crate) fn is_managed(report: &Report, pair: &Pair) -> bool {
    match report.me {
        Some(_) => seat(report, pair) == Seat::Manager,
        None => pair.manager.is_some(),
    }
}

/// All occurrences of these pairs together.
pub(crate) fn together<'a>(pairs: impl Iterator<Item = &'a Pair>) -> Tally {
    Tally::of(pairs.flat_map(|pair| &pair.occurrences))
}

/// How early something was known.
#[derive(Clone, Copy, PartialEq)]
enum Given {
    Known(Notice),
    /// Between two looks at the calendar that lie in different classes: the verdict is the gentler, the telling is neither.
    Between,
    Untold,
}

fn given(verdict: &Verdict) -> Given {
    match (verdict.notice, verdict.notice_range.as_deref()) {
        (_, Some((least, most))) if class(*least) != class(*most) => Given::Between,
        (Some(known), _) => Given::Known(known),
        (None, _) => Given::Untold,
    }
}

/// "8 did not happen as promised: 3 known less than two hours before, 5 known two hours to two days before."
pub(crate) fn notice_given<'a>(pairs: impl Iterator<Item = &'a Pair>) -> String {
    let occurrences: Vec<&Occurrence> = pairs.flat_map(|pair| &pair.occurrences).collect();
    let neither = Tally::of(occurrences.iter().copied()).moved_when_unknown;
    let classes: Vec<Given> = occurrences
        .into_iter()
        .filter(|occurrence| Tally::of([*occurrence]).disrupted == 1)
        .map(|occurrence| given(&occurrence.verdict))
        .collect();
    let moved =
        (neither > 0).then(|| format!("{neither} moved: {}.", words::in_neither_count(neither)));
    if classes.is_empty() {
        return moved.unwrap_or_else(|| "There was no change that counts.".to_owned());
    }
    let words = [
        (
            Given::Known(Notice::LastMinute),
            "known less than two hours before",
        ),
        (
            Given::Known(Notice::Short),
            "known two hours to two days before",
        ),
        (Given::Known(Notice::Fair), "known two to seven days before"),
        (
            Given::Known(Notice::Early),
            "known a week before or earlier",
        ),
        (Given::Between, "seen too seldom to say how early"),
        (Given::Untold, "at a moment that this source does not tell"),
    ];
    let said: Vec<String> = words
        .into_iter()
        .map(|(class, words)| {
            (
                classes.iter().filter(|known| **known == class).count(),
                words,
            )
        })
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{number} {words}"))
        .collect();
    let mut told = format!(
        "{} did not happen as promised: {}.",
        classes.len(),
        list(&said)
    );
    if let Some(moved) = moved {
        told.push_str(" Besides, ");
        told.push_str(&moved);
    }
    told
}

/// "1 of 4 that were lost was made good."
fn made_good(tally: &Tally) -> String {
    let lost = tally.lost + tally.made_good;
    match (lost, tally.made_good) {
        (0, _) if tally.excused + tally.unknown > 0 => {
            "Of those that count nothing was lost.".to_owned()
        }
        (0, _) => "Nothing was lost.".to_owned(),
        (1, 1) => "One was lost, and it was made good.".to_owned(),
        (1, _) => "One was lost, and not made good.".to_owned(),
        (_, good) => format!("{lost} were lost; {good} of them made good."),
    }
}

/// "60 of 71 stood as promised; 8 moved, 3 lost." with what "stood" means.
pub(crate) fn stood(report: &Report, tally: &Tally) -> Vec<String> {
    if tally.eligible == 0 {
        return vec!["There is nothing yet that counts.".to_owned()];
    }
    let mut rest = Vec::new();
    for (number, words) in [
        (tally.moved, "moved"),
        (tally.nudged_late, "nudged at the last minute"),
        (tally.cut_short, "cut to less than half"),
        (tally.lost, "lost"),
    ] {
        if number > 0 {
            rest.push(format!("{number} {words}"));
        }
    }
    let mut said = sentence_case(&words::stood_of(report, tally.stood_of()));
    said.push_str(" as promised");
    if !rest.is_empty() {
        said.push_str("; ");
        said.push_str(&rest.join(", "));
    }
    said.push('.');
    let neither = tally.moved_when_unknown;
    if neither > 0 {
        let why = words::in_neither_count(neither);
        said.push_str(&format!(" {neither} more moved: {why}."));
    }
    vec![
        said,
        format!(
            "“{}” means: on the calendar. Whether it took place, a calendar cannot know.",
            sentence_case(words::stood(report))
        ),
    ]
}
