//! What is not counted, what is not known, what would make it surer, and the oddities of the input.

use super::super::clean::{clean, clean_command};
use super::super::model::Report;
use super::super::words::closing as words;
use maud::{Markup, html};

/// Warnings shown one by one; the rest is in the JSON.
const WARNINGS_SHOWN: usize = 40;

/// The end of the page.
pub(crate) fn section(report: &Report) -> Markup {
    html! {
        section aria-labelledby="limits" {
            h2 id="limits" { "Not counted, not known, not sure" }
            (doubtful(report))
            @for line in words::not_counted(report).into_iter().chain(words::set_aside(report)) { p dir="auto" { (line) } }
            @for line in words::not_known(report) { p { (line) } }
            @for line in words::answers(report) { p dir="auto" { (line) } }
            @for guess in &report.guesses { p dir="auto" { (clean(&guess.with_command())) } }
            (to_be_sure(report))
            (warnings(report))
        }
    }
}

fn doubtful(report: &Report) -> Markup {
    html! {
        @if !report.doubtful.is_empty() {
            h3 { "Perhaps 1:1s, not counted" }
            ul class="plain" {
                @for candidate in &report.doubtful {
                    @let (why, option) = words::doubtful(candidate);
                    li {
                        bdi { (why) }
                        @if let Some(option) = option {
                            " Would count with: "
                            @if option.starts_with("--") { code { (option) } } @else { (option) "." }
                        }
                    }
                }
            }
        }
    }
}

fn to_be_sure(report: &Report) -> Markup {
    let command = report
        .to_be_sure
        .as_deref()
        .map(clean_command)
        .unwrap_or_default();
    html! {
        @if !command.is_empty() {
            h3 id="sure" { "To be sure" }
            div class="command" { pre { code { (command) } } }
        }
    }
}

fn warnings(report: &Report) -> Markup {
    let rest = report.warnings.len().saturating_sub(WARNINGS_SHOWN);
    html! {
        @if let Some(said) = words::warnings(report) {
            details {
                summary { (said) }
                ul class="plain small" {
                    @for warning in report.warnings.iter().take(WARNINGS_SHOWN) {
                        li { (clean(&warning.message)) " " span class="quiet" { (clean(&warning.place)) } }
                    }
                    @if rest > 0 { li { "And " (rest) " more; " code { "--format json" } " lists them." } }
                }
            }
        }
    }
}
