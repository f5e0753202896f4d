//! A 1:1 that stands as free on the reader's own calendar: one tap shows it as busy there.

use crate::form::Wrong;
use crate::guard;
use crate::me::Me;
use crate::pages::threats::{became, is_open};
use crate::refusal::Answered;
use crate::server::Server;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::guard::{Outlook, ShownAsFree};

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
) -> Answered {
    match guard::show_busy(&server, &me, pair).await {
        Ok(()) => Ok(Redirect::to("/one-on-ones#free").into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => super::one_on_ones::with_wrong(&server, &me, &said).await,
            None => Err(error.into()),
        },
    }
}

/// 1:1s that stand as free on the reader's calendar: nothing is told of what lies over them, as they take no time there.
pub(crate) fn shown_free(report: &Report, outlook: &Outlook, only: Option<&Pair>) -> Markup {
    let is_meant = |pair: &Pair| only.is_none_or(|only| only.id == pair.id);
    let all = outlook.shown_free.iter().filter_map(|one| {
        let mut pairs = report.pairs.iter();
        let pair = pairs.find(|pair| pair.id == one.pair && is_meant(pair))?;
        Some((one, pair))
    });
    let all: Vec<_> = all.collect();
    html! {
        @if !all.is_empty() {
            div id="free" { @for (one, pair) in all { (card(report, outlook, one, pair)) } }
        }
    }
}

fn card(report: &Report, outlook: &Outlook, one: &ShownAsFree, pair: &Pair) -> Markup {
    let name = parts::name(parts::partner(report, pair));
    let is_offered = one.is_possible && !outlook.is_stopped;
    html! {
        p {
            "Your 1:1 with " bdi { (name) } " stands as free on your calendar: whoever looks for a time sees it as open, and it is not "
            "watched here."
            @if !is_offered { " Show it as busy there, and it is." }
        }
        @match &one.tapped {
            Some(tapped) if !is_open(tapped) => p class="said" role="status" { (became(tapped)) },
            tapped => {
                @if let Some(tapped) = tapped { p class="said" { (became(tapped)) } }
                @if is_offered {
                    form method="post" action={ "/one-on-ones/" (one.pair) "/busy" } class="reply" {
                        div class="way" {
                            span {
                                "Hold its slot. "
                                span class="quiet small" { "Only your own calendar changes, and nobody is told; the log takes it back." }
                            }
                            button { "Show it as busy" span class="unseen" { ": the 1:1 with " bdi { (name) } } }
                        }
                    }
                }
            }
        }
    }
}
