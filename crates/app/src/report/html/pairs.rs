//! All relationships: what the marks mean, a way to each of many, the running ones, the ended ones.

use super::super::model::{Pair, Report};
use super::super::tally::Tally;
use super::super::words::{closing, next_step, reading};
use super::{Ways, pair, ribbon};
use maud::{Markup, html};

/// From this many on there is a list of names to jump by.
const WANTS_AN_INDEX: usize = 9;

/// The section of pairs, or the way on where there are none.
pub(crate) fn section(report: &Report) -> Markup {
    let (ended, running): (Vec<&Pair>, Vec<&Pair>) =
        report.pairs.iter().partition(|pair| pair.ended.is_some());
    html! {
        section aria-labelledby="pairs" {
            h2 id="pairs" { "Each 1:1" }
            @if report.pairs.is_empty() {
                (nothing(report))
            }
            (ribbon::legend(report, running.iter().copied()))
            @if running.len() >= WANTS_AN_INDEX { (index(report, &running)) }
            @for (number, running) in running.iter().enumerate() { (pair::running(report, running, number, Ways::NONE)) }
            @if let Some(step) = next_step::shared(report) { p dir="auto" { (step) } }
            @if !ended.is_empty() {
                h3 { "Ended" }
                ul class="plain" { @for ended in ended { (pair::ended(report, ended, Ways::NONE)) } }
            }
        }
    }
}

fn index(report: &Report, running: &[&Pair]) -> Markup {
    html! {
        nav aria-label="Each 1:1 by name" {
            ul class="index" {
                @for (number, one) in running.iter().enumerate() {
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
