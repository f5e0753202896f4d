//! The ribbon's twin: the same in words, as a table, for reading aloud, for print and for search.

use super::super::mark::Mark;
use super::super::model::{Pair, Report};
use super::super::words::{self, date, sentence_case, story};
use super::Ways;
use maud::{Markup, html};

/// Every occurrence of `pair` in a row.
pub(crate) fn table(report: &Report, pair: &Pair, name: &str, ways: Ways) -> Markup {
    html! {
        details class="twin" {
            summary { "All " (pair.occurrences.len()) " as a table" span class="unseen" { ": " (name) } }
            table {
                caption class="unseen" { "Every promised 1:1 with " (name) ", oldest first" }
                thead { tr { th scope="col" { "Promised" } th scope="col" { "Outcome" } th scope="col" { "What became of it" } } }
                tbody {
                    @for occurrence in &pair.occurrences {
                        tr {
                            @let when = date::moment(occurrence.promised.start, &report.zone, report.to.year());
                            th scope="row" {
                                @if let Some(to_one) = ways.occurrence {
                                    a href=(to_one(report, pair, occurrence)) { (when) }
                                } @else { (when) }
                            }
                            td { (words::mark(report, Mark::of(occurrence))) }
                            td { (sentence_case(&story::what_happened(report, pair, occurrence))) "." }
                        }
                    }
                }
            }
        }
    }
}
