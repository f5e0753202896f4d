//! Reporting lines without a 1:1: the first thing on the page.

use super::super::model::Report;
use super::super::words::missing;
use maud::{Markup, html};

/// A sentence each, where a first one could be, what could be said, and the one thing to do.
pub(crate) fn section(report: &Report) -> Markup {
    html! {
        @if !report.without_one_on_one.is_empty() {
            section aria-labelledby="without" class="without" {
                h2 id="without" { "Without a 1:1" }
                ul class="plain" {
                    @for (number, line) in report.without_one_on_one.iter().enumerate() {
                        li dir="auto" {
                            (missing::without(report, line))
                            @if number < missing::TOLD {
                                @if let Some(first) = missing::first(report, line) { p { (first) } }
                                @if let Some(say) = missing::say(report, line) {
                                    p { "You might say:" }
                                    blockquote dir="auto" { "“" (say) "”" }
                                }
                            }
                        }
                    }
                }
                @if let Some(repair) = missing::repair(report) {
                    p class="todo" { (repair) }
                }
            }
        }
    }
}
