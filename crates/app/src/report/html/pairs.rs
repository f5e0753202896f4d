//! All relationships: what the marks mean, a way to each of many, those that run, then those that ended.

use super::super::model::{Pair, Report};
use super::super::tally::Tally;
use super::super::words::{closing, next_step, reading};
use super::{Ways, anchor, pair, ribbon};
use maud::{Markup, html};

/// From this many on there is a list of names to jump by.
const WANTS_AN_INDEX: usize = 9;

/// The section of pairs, or the way on where there are none.
pub(crate) fn section(report: &Report) -> Markup {
    let all = || anchor::numbered(report);
    let shown: Vec<&Pair> = all().map(|(_, pair)| pair).collect();
    html! {
        section aria-labelledby="pairs" {
            h2 id="pairs" { "Each 1:1" }
            @if report.pairs.is_empty() {
                (nothing(report))
            }
            (ribbon::legend(report, shown.iter().copied()))
            @if shown.len() >= WANTS_AN_INDEX { (index(report, &shown)) }
            @for (number, one) in all() { (pair::pair(report, one, number, Ways::NONE)) }
            @if let Some(step) = next_step::shared(report) { p dir="auto" { (step) } }
        }
    }
}

fn index(report: &Report, shown: &[&Pair]) -> Markup {
    html! {
        nav aria-label="Each 1:1 by name" {
            ul class="index" {
                @for (number, one) in shown.iter().enumerate() {
                    li {
                        a href={ "#p" (number) } { bdi { (pair::label(report, one)) } }
                        " " span class="quiet small" { (reading::counts(report, &Tally::of(&one.occurrences))) }
                    }
                }
            }
        }
    }
}

fn nothing(report: &Report) -> Markup {
    html! { @for paragraph in closing::nothing(report) { p { (paragraph) } } }
}
