//! Answers that came to nothing: about a day on which nothing was promised, or of a word that changes nothing. Both are
//! said, not swallowed.

use super::{
    answers_file::{Answer, Says},
    collect::Audit,
    judged::Judged,
};
use crate::report::model::ReportWarning;
use jiff::tz::TimeZone;
use steadfast_ledger::{
    case::{ManagerSays, ReportSays},
    occurrence::Occurrence,
    verdict::{Excuse, Outcome},
};

/// One for each answer that came to nothing, with why.
pub(super) fn warnings(audit: &Audit, zone: &TimeZone, judged: &Judged) -> Vec<ReportWarning> {
    let warning = |code: &str, message: String| ReportWarning {
        code: code.to_owned(),
        message,
        place: "the answers".to_owned(),
    };
    let answers = audit.options.answers.iter();
    answers
        .filter_map(|answer| {
            let about = about(audit, zone, judged, answer);
            if about.is_empty() {
                return Some(warning(
                    "answer_not_used",
                    format!(
                        "no 1:1 was promised to {} on {}, or who reports to whom is not declared; the answer was not used",
                        answer.report, answer.date
                    ),
                ));
            }
            let why: Vec<&str> = about
                .into_iter()
                .map(|one| why_not(one, answer.says))
                .collect::<Option<_>>()?;
            Some(warning(
                "answer_changes_nothing",
                format!(
                    "the answer “{}” of {} about {} was read and changes nothing: {}",
                    answer.says.word(),
                    answer.report,
                    answer.date,
                    why.first()?
                ),
            ))
        })
        .collect()
}

/// What `answer` speaks of.
fn about<'a>(
    audit: &Audit,
    zone: &TimeZone,
    judged: &'a Judged,
    answer: &Answer,
) -> Vec<&'a Occurrence> {
    let id = audit.directory.find(&answer.report);
    let address = id.map(|id| audit.directory.person(id).address);
    let theirs = judged.kept().filter(|pair| {
        pair.manager.is_some() && pair.people.get(1).map(|p| &*p.address) == address
    });
    theirs
        .flat_map(|pair| &pair.occurrences)
        .filter(|o| {
            (o.report_says.is_some() || o.manager_says.is_some())
                && (o.promised.start.date(zone) == answer.date
                    || o.promised.start.date(&TimeZone::UTC) == answer.date)
        })
        .collect()
}

/// Why `says` changes nothing of `one`; `None` where it does.
fn why_not(one: &Occurrence, says: Says) -> Option<&'static str> {
    let verdict = &one.verdict;
    match verdict.outcome {
        Outcome::Open => return Some("it is still to come"),
        Outcome::Unknown => return Some("what became of it is not known"),
        Outcome::Disputed => return None,
        _ => {}
    }
    let untouched = verdict.outcome == Outcome::Kept && verdict.cut.is_none();
    match says {
        Says::Report(ReportSays::Asked) => match verdict.excused {
            Some(Excuse::Report) => None,
            Some(_) => Some("it counts neither way for another reason"),
            None => untouched.then_some("it stood as promised"),
        },
        Says::Report(ReportSays::Agreed) | Says::Manager(ManagerSays::Agreed) => {
            let both = one.report_says == Some(ReportSays::Agreed)
                && one.manager_says == Some(ManagerSays::Agreed);
            match verdict.excused {
                Some(Excuse::Mutual) => None,
                Some(_) => Some("it counts neither way for another reason"),
                None if untouched => Some("it stood as promised"),
                None if !both => Some("only where both say so it counts neither way"),
                None => None,
            }
        }
        Says::Report(ReportSays::Held) | Says::Manager(ManagerSays::Held) => {
            if verdict.rule == steadfast_ledger::rules::held_by_both::RULE.id {
                None
            } else if verdict.loss {
                Some("it was lost, and only where both say that it took place it is kept")
            } else if verdict.excused.is_some() {
                Some("it counts neither way")
            } else {
                Some("it counts as held already")
            }
        }
        Says::Report(ReportSays::NoManager | ReportSays::NoMe | ReportSays::NotHeld) => {
            let said = matches!(verdict.outcome, Outcome::NoShow);
            (!said).then_some("nothing of it stood on the calendar in the end")
        }
    }
}
