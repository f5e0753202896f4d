//! The comparison: first of all after the head.

use super::super::model::{Comparison, Report};
use super::super::words::{comparison as words, in_leave, sentence_case};
use super::layout::{Page, cells, pad};

/// Cells between a label and its count.
const SPACE: usize = 12;

/// Every comparison this reader may see.
pub(crate) fn write(page: &mut Page, report: &Report) {
    for comparison in words::shown(report) {
        one(page, report, comparison);
        page.gap();
    }
}

fn one(page: &mut Page, report: &Report, comparison: &Comparison) {
    let owner = words::owner(report, comparison);
    stood(page, comparison, &owner);
    for against in &comparison.head_to_head {
        let mut said = words::head_to_head(against, &owner);
        if let Some(days) = words::days(against, report) {
            said.push(' ');
            said.push_str(&days);
        }
        page.hanging(2, 4, &said);
    }
    for against in comparison.rates.iter().filter(|rate| rate.say) {
        page.hanging(2, 4, &words::rate(against, &owner));
    }
    if let Some(ladder) = words::ladder(comparison, &owner) {
        page.hanging(2, 4, &ladder);
    }
    if let Some(fairness) = words::fairness(report, comparison) {
        page.hanging(2, 4, &fairness);
    }
}

/// The two rows that say it: the 1:1 with the boss, and the 1:1s with the reports.
fn stood(page: &mut Page, comparison: &Comparison, owner: &str) {
    let start = sentence_case(owner);
    let mut rows = Vec::new();
    if let Some(boss) = words::boss_stood(comparison) {
        rows.push((format!("{start} 1:1 with {} boss", pronoun(owner)), boss));
    }
    if let Some(reports) = words::reports_stood(comparison) {
        rows.push((format!("{start} reports’ 1:1s"), reports));
    }
    let label = rows
        .iter()
        .map(|(label, _)| cells(label))
        .max()
        .unwrap_or(0);
    let fits = 2 + label + SPACE + "100 of 100 stood as promised".len() <= page.style.width;
    let width = label + if fits { SPACE } else { 2 };
    for (name, stood) in rows {
        let words = format!("{}{}", pad(&name, width), stood.words());
        if 2 + cells(&words) <= page.style.width {
            let words = page.style.plain(&words);
            page.line(&format!("  {words}"));
        } else {
            page.hanging(2, 4, &words);
        }
    }
    if let Some(why) = words::in_neither_count(comparison) {
        page.hanging(2, 4, &why);
    }
    if let Some(said) = in_leave::of_comparison(comparison) {
        page.hanging(2, 4, &said);
    }
}

fn pronoun(owner: &str) -> &'static str {
    if owner == "your" { "your" } else { "the" }
}
