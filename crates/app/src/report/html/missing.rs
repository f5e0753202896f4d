//! Reporting lines without a 1:1.

use super::super::model::Report;
use super::super::words::missing;
use maud::{Markup, html};

/// A sentence each, and the one thing to do.
pub(crate) fn section(report: &Report) -> Markup {
    html! {
        @if !report.without_one_on_one.is_empty() {
            section aria-labelledby="without" class="without" {
                h2 id="without" { "Without a 1:1" }
                ul class="plain" {
                    @for line in &report.without_one_on_one {
                        li dir="auto" { (missing::without(report, line)) }
                    }
                }
                @if let Some(repair) = missing::repair(report) {
                    p class="todo" { (repair) }
                }
            }
        }
    }
}
