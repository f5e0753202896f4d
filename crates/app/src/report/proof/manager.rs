//! The chain for a manager, and for whoever reads several calendars.

use super::{Question, Support, is_managed, known, made_good, notice_given, stood, together};
use crate::report::model::{Pair, Report};
use crate::report::seat::other;
use crate::report::words::{comparison, list, missing, name, reading};
use steadfast_signal::Once;

/// Sentences of one answer shown before the rest is counted: the chain stays a page, not a list.
const SHOWN: usize = 12;

/// Every question that this calendar can be asked.
pub(crate) fn chain(report: &Report) -> Vec<Question> {
    let mut chain = vec![
        everyone(report),
        there(report),
        how_early(report),
        once_or_habit(report),
    ];
    chain.extend(gives_way(report));
    chain.extend(as_your_own(report));
    chain.extend(alike(report));
    chain.push(came_back(report));
    chain.push(if_one_left());
    chain
}

/// Those the reader manages; all with a known manager where nobody in particular reads.
fn pairs(report: &Report) -> impl Iterator<Item = &Pair> {
    report.pairs.iter().filter(|pair| is_managed(report, pair))
}

fn running(report: &Report) -> impl Iterator<Item = &Pair> {
    pairs(report).filter(|pair| pair.ended.is_none())
}

fn everyone(report: &Report) -> Question {
    let have = running(report).count();
    let unclear = report
        .pairs
        .iter()
        .filter(|pair| pair.manager.is_none() && pair.ended.is_none())
        .count();
    let without = report.without_one_on_one.len();
    let mut answer = Vec::new();
    if have + without > 0 {
        answer.push(if without == 0 {
            format!("All {have} known ones do.")
        } else {
            format!("{have} of {} do.", have + without)
        });
    }
    answer.extend(
        report
            .without_one_on_one
            .iter()
            .map(|line| missing::without(report, line)),
    );
    if unclear > 0 {
        answer.push(format!(
            "In {unclear} more it is not known who reports to whom."
        ));
    }
    Question {
        ask: "Does every report have a regular 1:1?".to_owned(),
        answer,
        known: vec![known::WITHOUT, known::QUALITY],
        not_known: "Which rhythm or length is best. Weekly, and thirty minutes, are custom.",
    }
}

fn there(report: &Report) -> Question {
    Question {
        ask: "Was it there when it was promised?".to_owned(),
        answer: stood(report, &together(pairs(report))),
        known: vec![known::WORDS_AND_DEEDS],
        not_known: "What moving or cancelling a 1:1 does by itself. Nobody has published a study of it.",
    }
}

fn how_early(report: &Report) -> Question {
    Question {
        ask: "When it changed, how early was it known?".to_owned(),
        answer: vec![
            notice_given(pairs(report)),
            "Whether a reason was given, a calendar does not hold.".to_owned(),
        ],
        known: vec![
            known::A_REASON,
            (Support::Practice, "A day ahead at the least."),
        ],
        not_known: "How many hours make the difference.",
    }
}

fn once_or_habit(report: &Report) -> Question {
    let mut answer: Vec<String> = running(report)
        .take(SHOWN)
        .map(|pair| {
            format!(
                "{}: {}.",
                who(report, pair),
                reading::band_words(report, pair)
            )
        })
        .collect();
    let rest = running(report).count().saturating_sub(SHOWN);
    if rest > 0 {
        answer.push(format!("The other {rest} are above, each in its place."));
    }
    Question {
        ask: "Once in a while, or a pattern?".to_owned(),
        answer,
        known: vec![known::NOW_AND_THEN],
        not_known: match report.once.0 {
            Once::Usual => {
                "Where “once in a while” ends. One in five moved and one in ten lost is where we draw it: a choice, not a finding."
            }
            Once::Seldom => {
                "Where “once in a while” ends. Your organisation draws it at one in ten moved and one in twenty lost: a choice, \
                 not a finding."
            }
            Once::Often => {
                "Where “once in a while” ends. Your organisation draws it at one in three moved and one in six lost: a choice, \
                 not a finding."
            }
        },
    }
}

fn who(report: &Report, pair: &Pair) -> String {
    let [first, second] = &pair.people;
    if report.me.is_some() {
        name(other(report, pair))
    } else {
        list(&[name(first), name(second)])
    }
}

fn gives_way(report: &Report) -> Option<Question> {
    let answer: Vec<String> = comparison::shown(report)
        .flat_map(|compared| {
            let owner = comparison::owner(report, compared);
            compared
                .head_to_head
                .iter()
                .map(move |against| comparison::head_to_head(against, &owner))
        })
        .take(SHOWN)
        .collect();
    (!answer.is_empty()).then(|| Question {
        ask: "Which meeting gives way when two want the same time?".to_owned(),
        answer,
        known: vec![known::WAITING],
        not_known: "Why one of the two gave way. The calendar shows which, not what was weighed.",
    })
}

fn as_your_own(report: &Report) -> Option<Question> {
    let answer: Vec<String> = comparison::shown(report)
        .filter_map(|compared| {
            let boss = comparison::boss_stood(compared)?;
            let who = if comparison::is_reader(report, compared) {
                String::new()
            } else {
                format!("{}: ", name(&compared.manager))
            };
            Some(format!(
                "{who}{}",
                comparison::beside(boss, comparison::reports_stood(compared))
            ))
        })
        .take(SHOWN)
        .collect();
    (!answer.is_empty()).then(|| Question {
        ask: "Is theirs kept as the one with the boss is kept?".to_owned(),
        answer,
        known: vec![known::THE_BOSS],
        not_known: "No study has compared the two.",
    })
}

fn alike(report: &Report) -> Option<Question> {
    let answer: Vec<String> = comparison::shown(report)
        .filter_map(|compared| comparison::fairness(report, compared))
        .take(SHOWN)
        .collect();
    (!answer.is_empty()).then(|| Question {
        ask: "Does it fall on all of them alike?".to_owned(),
        answer,
        known: vec![known::ALIKE],
        not_known: "Whether the people themselves find it fair. Ask them.",
    })
}

fn came_back(report: &Report) -> Question {
    Question {
        ask: "What was lost: was it made good?".to_owned(),
        answer: vec![made_good(&together(pairs(report)))],
        known: vec![(
            Support::Practice,
            "Do not cancel, move; and if it has to go, give it a new place at once.",
        )],
        not_known: "Whether a new place makes up for the old one.",
    }
}

fn if_one_left() -> Question {
    Question {
        ask: "What would it cost if one of them left?".to_owned(),
        answer: vec!["That no calendar says. It is a sum of your own figures: searching, the empty place, the months of \
             learning."
            .to_owned()],
        known: vec![
            known::COST,
            known::TURNOVER,
        ],
        not_known: "Whether kept 1:1s keep people. No study shows it, and we claim no saving.",
    }
}
