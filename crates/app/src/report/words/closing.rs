//! What is not counted, not known and not sure, and how to see the oddities of the input.

use super::{count, list, name};
use crate::report::clean::clean;
use crate::report::model::{Doubtful, Report};

/// Answers told one by one; all are among the warnings.
const ANSWERS_SHOWN: usize = 8;

/// "Not counted: coffee with Göran (a peer), two interviews (outside people)."
pub(crate) fn not_counted(report: &Report) -> Option<String> {
    let mut by_reason: Vec<(String, Vec<String>)> = Vec::new();
    for item in &report.not_counted {
        let (what, why) = (clean(&item.what), clean(&item.why));
        match by_reason.iter_mut().find(|(known, _)| *known == why) {
            Some((_, items)) => items.push(what),
            None => by_reason.push((why, vec![what])),
        }
    }
    let groups: Vec<String> = by_reason
        .into_iter()
        .map(|(why, items)| {
            let items = items.join(", ");
            if why.is_empty() {
                items
            } else {
                format!("{items} ({why})")
            }
        })
        .collect();
    (!groups.is_empty()).then(|| format!("Not counted: {}.", groups.join("; ")))
}

/// "Not known from one export: who pressed the button, and whether a kept one really took place."
pub(crate) fn not_known(report: &Report) -> Vec<String> {
    report
        .not_known
        .iter()
        .map(|sentence| super::as_sentence(sentence))
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// Instead of an empty page, where no 1:1 is counted: a paragraph each.
pub(crate) fn nothing(report: &Report) -> [&'static str; 2] {
    let way_on = if report.doubtful.is_empty() && !report.not_counted.is_empty() {
        "A 1:1 here is a meeting of exactly two people that repeats every 3 to 45 days. What is nearest is not counted for \
         another reason, said below. If yours are on another calendar, give that one as well."
    } else if report.doubtful.is_empty() {
        "A 1:1 here is a meeting of exactly two people that repeats every 3 to 45 days. Nothing came near: no meeting of \
         two, and no title that reads like a 1:1. If yours are on another calendar, give that one as well."
    } else {
        "The nearest are below, each with why it is not counted and the one option that would count it."
    };
    ["No 1:1 was found that could be counted.", way_on]
}

/// "Göran and Maya: meets weekly, but no reporting line is known. Would count with: --reports …"; where it is not
/// known which two meet, the title stands in their place.
pub(crate) fn doubtful(doubtful: &Doubtful) -> (String, Option<String>) {
    let known: Vec<String> = doubtful.people.iter().flatten().map(name).collect();
    let why: Vec<String> = doubtful.why.iter().map(|why| clean(why)).collect();
    let mut said = match (doubtful.title.as_deref(), known.as_slice()) {
        (Some(title), _) => format!("“{}”", clean(title)),
        (None, [first, second]) => format!("{first} and {second}"),
        (None, known) => list(known),
    };
    if !why.is_empty() {
        said.push_str(": ");
        said.push_str(&why.join("; "));
    }
    said.push('.');
    let option = clean(&doubtful.would_count_with);
    (said, (!option.is_empty()).then_some(option))
}

/// "Not read: Holidays.ics (a holiday calendar)."
pub(crate) fn set_aside(report: &Report) -> Option<String> {
    let each: Vec<String> = report
        .set_aside
        .iter()
        .map(|(what, why)| format!("{} ({})", clean(what), clean(why)))
        .collect();
    (!each.is_empty()).then(|| format!("Set aside and not read: {}.", list(&each)))
}

/// Answers that came to nothing, each with why.
pub(crate) fn answers(report: &Report) -> Vec<String> {
    let warnings = report.warnings.iter();
    warnings
        .filter(|warning| warning.code.starts_with("answer_"))
        .take(ANSWERS_SHOWN)
        .map(|warning| super::as_sentence(&warning.message))
        .collect()
}

/// "2 warnings about the input, and everything else was read."
pub(crate) fn warnings(report: &Report) -> Option<String> {
    let number = report.warnings.len();
    (number > 0).then(|| {
        format!(
            "{} about the input; the rest was read.",
            count(number, "warning", "warnings")
        )
    })
}
