//! Rhythms that somebody proposes to the reader, on My 1:1s: each with one tap to agree.

use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ServerError;
use steadfast_app::server::cadence::Proposed;
use steadfast_app::server::looked::Shown;
use steadfast_store::Store;

/// What the others of the reader's running 1:1s propose and the reader has not answered, by the 1:1.
pub(crate) async fn of(
    store: &Store,
    seen: &Shown,
) -> Result<Vec<(String, Proposed)>, ServerError> {
    let report = seen.report();
    let running = report.pairs.iter().filter(|pair| pair.ended.is_none());
    let running: Vec<&Pair> = running.collect();
    let ids: Vec<&str> = running.iter().map(|pair| pair.id.as_str()).collect();
    let standings = seen.standings(store, &ids).await?;
    let open = running.into_iter().zip(standings);
    let open = open.filter_map(|(pair, standing)| {
        let other = parts::partner(report, pair);
        let proposed = standing.proposed;
        let proposed = proposed.filter(|proposed| *proposed.by == *other.address);
        Some((pair.id.clone(), proposed?))
    });
    Ok(open.collect())
}

/// Nothing where nothing is proposed.
pub(crate) fn section(report: &Report, proposed: &[(String, Proposed)]) -> Markup {
    let known = proposed.iter().filter_map(|(id, proposed)| {
        let mut pairs = report.pairs.iter();
        Some((pairs.find(|pair| pair.id == *id)?, proposed))
    });
    html! {
        @if !proposed.is_empty() {
            section aria-labelledby="proposed" {
                h2 id="proposed" { "Proposed to you" }
                @for (pair, proposed) in known { (one(report, pair, proposed)) }
            }
        }
    }
}

fn one(report: &Report, pair: &Pair, proposed: &Proposed) -> Markup {
    let name = parts::name(parts::partner(report, pair));
    let every = parts::every(proposed.days);
    html! {
        form method="post" action={ "/policies/" (pair.id) } class="reply" {
            div class="way" {
                span {
                    bdi { (name) } " proposes to meet " b { (every) } " (" (parts::day(report, proposed.at)) "). "
                    span class="quiet small" {
                        "On the calendar: " (parts::every(pair.cadence_days)) ". From the day on which you both agreed, a place where it expects a 1:1 and "
                        "the calendar has none counts as missing. " a href={ "/policies#p" (pair.id) } { "Answer otherwise" } "."
                    }
                }
                button class="first" name="say" value={ "agree." (proposed.days) } {
                    "Agree: " (every) span class="unseen" { ", with " (name) }
                }
            }
        }
    }
}
