//! The ribbon of one pair: a row of marks, each with its story. Without a script every mark is a link to
//! itself, so that pointing at it, tabbing to it or tapping it shows the story; with one, arrow keys move.

use super::super::mark::Mark;
use super::super::model::{Pair, Report};
use super::super::tally::Tally;
use super::super::words::{self, story, what_counts::what_counts};
use super::{anchor, mark_svg};
use maud::{Markup, html};
use steadfast_ledger::occurrence::Occurrence;

/// The marks of `pair`, the `number`th of the page.
pub(crate) fn ribbon(report: &Report, pair: &Pair, number: usize) -> Markup {
    let mut month = 0;
    html! {
        div class="ribbon" {
            ol class="cells" aria-label="Each promised 1:1, oldest first" {
                @for (index, occurrence) in pair.occurrences.iter().enumerate() {
                    @let day = occurrence.promised.start.date(&report.zone);
                    @let new_month = std::mem::replace(&mut month, day.month()) != day.month();
                    @let is_crowded = index == 0 && is_alone_in_its_month(report, pair);
                    li {
                        @let id = anchor::mark(number, index);
                        a class="mark" id=(id) href={ "#" (id) } {
                            (mark_svg::occurrence(occurrence, pair.cadence_days))
                            @if new_month && !is_crowded { span class="month" aria-hidden="true" { (day.strftime("%b").to_string()) } }
                            span class="story" { (story::story(report, pair, occurrence)) }
                        }
                    }
                }
            }
            p class="told" { (told(report, pair)) }
        }
    }
}

/// Whether the first of several a month is the only one of its own: the names of two months would touch.
fn is_alone_in_its_month(report: &Report, pair: &Pair) -> bool {
    let month = |at: usize| {
        let one = pair.occurrences.get(at)?;
        Some(one.promised.start.date(&report.zone).month())
    };
    month(1).is_some() && month(0) != month(1) && month(1) == month(2)
}

/// What stands where a story will stand: the latest departure, so that the place is never empty.
fn told(report: &Report, pair: &Pair) -> String {
    let departed = |mark: Mark| {
        !matches!(
            mark,
            Mark::Kept | Mark::Excused | Mark::ToCome | Mark::Unknown
        )
    };
    let latest = |fits: &dyn Fn(&Occurrence) -> bool| pair.occurrences.iter().rposition(fits);
    let counts = latest(&|one| departed(Mark::of(one)));
    let excused = latest(&|one| Mark::of(one) == Mark::Excused && one.verdict.hops > 0);
    match counts.and_then(|at| pair.occurrences.get(at)) {
        Some(occurrence) => {
            let that_counts = if excused > counts { " that counts" } else { "" };
            let story = story::story(report, pair, occurrence);
            format!("Latest change{that_counts}: {story}")
        }
        None if Tally::of(&pair.occurrences).eligible == 0 => String::new(),
        None => format!(
            "Each one that counts {} as promised.",
            words::was_stood(report)
        ),
    }
}

/// What the marks that are drawn for `pairs` mean.
pub(crate) fn legend<'a>(report: &Report, pairs: impl Iterator<Item = &'a Pair> + Clone) -> Markup {
    let drawn: Vec<Mark> = pairs
        .clone()
        .flat_map(|pair| &pair.occurrences)
        .map(Mark::of)
        .collect();
    let seen = |mark: &Mark| drawn.contains(mark);
    let marks: Vec<Mark> = Mark::ALL.into_iter().filter(seen).collect();
    html! {
        @if !marks.is_empty() {
            ul class="legend" {
                @for mark in marks { li { (mark_svg::legend(mark)) span { (words::mark(report, mark)) } } }
            }
            p class="quiet small legend-note" {
                "The line is the promise. Later hangs below it, earlier above, the further the longer; a tick at the foot of one that "
                "counts: less than two hours’ notice. Point at a mark, tap it, or tab to it for its story."
            }
            @if let Some(counts) = what_counts(report, pairs) { p class="quiet small legend-note" { (counts) } }
        }
    }
}
