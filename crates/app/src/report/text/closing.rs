//! What is not counted, not known, not sure; and how to be surer.

use super::super::clean::{clean, clean_command};
use super::super::model::Report;
use super::super::words::{closing as words, reading, who_sees::who_sees};
use super::layout::{Page, wrap_command};
use super::style::Ink;

/// Doubtful ones shown one by one; the rest is counted.
const DOUBTFUL_SHOWN: usize = 8;

/// Everything after the pairs.
pub(crate) fn write(page: &mut Page, report: &Report) {
    doubtful(page, report);
    page.gap();
    for line in words::not_counted(report)
        .into_iter()
        .chain(words::set_aside(report))
    {
        page.hanging(2, 4, &line);
    }
    for line in words::not_known(report) {
        page.hanging(2, 4, &line);
    }
    for line in words::answers(report) {
        page.hanging(2, 4, &line);
    }
    for guess in &report.guesses {
        page.hanging(2, 4, &clean(&guess.with_command()));
    }
    let seen = who_sees(report);
    if !seen.is_empty() {
        page.hanging(2, 4, &seen.join(" "));
    }
    asked(page, report);
    to_be_sure(page, report);
    if let Some(warnings) = words::warnings(report) {
        page.gap();
        page.hanging(
            2,
            4,
            &format!("{warnings} To see them, with file and line: --format json."),
        );
    }
}

fn doubtful(page: &mut Page, report: &Report) {
    if report.doubtful.is_empty() {
        return;
    }
    page.gap();
    page.paragraph(2, "Perhaps 1:1s, not counted:");
    for candidate in report.doubtful.iter().take(DOUBTFUL_SHOWN) {
        let (why, option) = words::doubtful(candidate);
        page.hanging(4, 6, &why);
        if let Some(option) = option {
            page.hanging(6, 8, &format!("Would count with: {option}"));
        }
    }
    let rest = report.doubtful.len().saturating_sub(DOUBTFUL_SHOWN);
    if rest > 0 {
        page.paragraph(4, &format!("And {rest} more; --format json lists them."));
    }
}

/// A report is never pushed a verdict; where to ask for one is said to all alike.
fn asked(page: &mut Page, report: &Report) {
    let mut pairs = report.pairs.iter().filter(|pair| pair.ended.is_none());
    if pairs.any(|pair| reading::asked(report, pair).is_some()) {
        page.hanging(
            2,
            4,
            "How do these counts read, taken together? The page answers when you ask it: --format html.",
        );
    }
}

fn to_be_sure(page: &mut Page, report: &Report) {
    let command = report
        .to_be_sure
        .as_deref()
        .map(clean_command)
        .unwrap_or_default();
    if command.is_empty() {
        return;
    }
    let indent = "  To be sure:  ".len();
    let lines = wrap_command(&command, page.style.width, indent);
    for (number, line) in lines.iter().enumerate() {
        let start = if number == 0 {
            "  To be sure:  "
        } else {
            "               "
        };
        let painted = page.style.paint(Ink::Strong, line);
        page.line(&format!("{start}{painted}"));
    }
}
