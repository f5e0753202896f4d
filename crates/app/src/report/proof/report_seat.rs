//! The chain for a report reading their own calendar: facts about their own 1:1, and no verdict on anybody.

use super::{Question, Support, made_good, notice_given, stood, together};
use crate::report::model::Report;
use crate::report::words::{name, rhythm};

/// Every question that this calendar can be asked.
pub(crate) fn chain(report: &Report) -> Vec<Question> {
    vec![
        regular(report),
        there(report),
        how_early(report),
        came_back(report),
    ]
}

fn regular(report: &Report) -> Question {
    let answer = report
        .pairs
        .iter()
        .filter(|pair| pair.ended.is_none())
        .map(|pair| {
            let with = name(crate::report::seat::other(report, pair));
            format!("With {with}: {}.", rhythm::rhythm(pair))
        })
        .collect();
    Question {
        ask: "Do you have a regular 1:1?".to_owned(),
        answer,
        known: vec![(
            Support::Some,
            "In a survey of 303 people asked twice, what a 1:1 was like counted for more than how many there were, once \
             they met at least monthly (Flinchum 2022, a thesis).",
        )],
        not_known: "Which rhythm or length is best. Weekly, and thirty minutes, are custom.",
    }
}

fn there(report: &Report) -> Question {
    Question {
        ask: "Was it there when it was promised?".to_owned(),
        answer: stood(report, &together(report.pairs.iter())),
        known: vec![(
            Support::Well,
            "Where words and deeds agree, people trust more (a meta-analysis: Simons, Leroy and others 2015).",
        )],
        not_known: "What moving or cancelling a 1:1 does by itself. Nobody has published a study of it.",
    }
}

fn how_early(report: &Report) -> Question {
    Question {
        ask: "When it changed, how early could you know?".to_owned(),
        answer: vec![
            notice_given(report.pairs.iter()),
            "Whether you were given a reason, a calendar does not hold.".to_owned(),
        ],
        known: vec![(
            Support::Well,
            "A reason softens how a decision is taken (54 samples: Shaw, Wild and Colquitt 2003). It is fair to ask for \
             one.",
        )],
        not_known: "What displaced it, where that is on somebody else’s calendar.",
    }
}

fn came_back(report: &Report) -> Question {
    Question {
        ask: "What was lost: was it made good?".to_owned(),
        answer: vec![made_good(&together(report.pairs.iter()))],
        known: vec![(
            Support::Practice,
            "Whichever of you it suits may propose the new place; your topics keep until then.",
        )],
        not_known: "Whether a new place makes up for the old one.",
    }
}
