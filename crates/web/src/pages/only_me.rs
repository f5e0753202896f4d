//! "Is it only me?": asked by a report, answered as a class.

use crate::layout::{Here, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::{dated, freshness, one_on_one};
use crate::refusal::Answered;
use crate::server::Server;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use jiff::ToSpan;
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ServerError;
use steadfast_app::server::looked::{Kind, Look};
use steadfast_app::server::only_me::{OnlyMe, Quarter};

/// What is known before anybody asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beforehand {
    /// Whether whoever leads the 1:1 is here.
    pub(crate) has_joined: bool,
    /// Whether there are too few others by the list of people.
    pub(crate) are_few: bool,
}

impl Beforehand {
    /// For the reader, who is the report of that 1:1 or is not asked.
    pub(crate) async fn of(
        server: &Server,
        me: &Me,
        (report, pair): (&Report, &Pair),
        has_joined: bool,
    ) -> Result<Self, ServerError> {
        let asks = has_joined && parts::is_report(pair, me.0.viewer().person());
        let boss = &parts::partner(report, pair).address;
        let are_few = asks && ledger::has_few_others(server, me, boss).await?;
        Ok(Self {
            has_joined,
            are_few,
        })
    }
}

/// The question, on the page of their 1:1, for whoever is the report of the two.
pub(crate) fn section(report: &Report, pair: &Pair, known: Beforehand) -> Markup {
    let reader = report.me.as_ref().map_or("", |me| &*me.address);
    let name = parts::name(parts::partner(report, pair));
    html! {
        @if parts::is_report(pair, reader) && pair.ended.is_none() {
            section aria-labelledby="only-me" {
                h2 id="only-me" { "Is it only me?" }
                p { "How the last quarter went beside " bdi { (name) } "’s other 1:1s: about the same, or more often disrupted. No name and no figure, and "
                    "only where there are at least five others. " bdi { (name) } " is not told that you ask." }
                @if known.has_joined {
                    @if known.are_few {
                        p class="quiet" { "By the list of " a href="/people" { "people" } " fewer than five others report to " bdi { (name) } " today. Unless it was "
                            "otherwise in that quarter, the answer is that it cannot be said." }
                    }
                    form method="post" action={ (one_on_one::address(pair)) "/only-me" } class="acts" { button { "Ask" } }
                } @else {
                    p class="quiet" { "It cannot be said as long as " bdi { (name) } " is not here: there is nothing to compare yours with." }
                }
            }
        }
    }
}

pub(crate) async fn ask(State(server): State<Server>, me: Me, Path(id): Path<String>) -> Answered {
    let (answer, quarter) = ledger::is_it_only_me(&server, &me, id.clone()).await?;
    let kept = ledger::kept(&server, me.0.viewer()).await?;
    let look = Look::One(Kind::OneOnOne, &id);
    let seen = ledger::see_in(&server, &me, &kept, look).await?;
    let seen = seen.ok_or(crate::refusal::Refusal::NotFound)?;
    let (report, pair) = (seen.report(), seen.pair(&id)?);
    let name = parts::name(parts::partner(report, pair));
    let frame = me.frame(&server, Here::OneOnOnes);
    let fresh = freshness::told(&server, &me).await?;
    let main = html! {
        header class="page-head" {
            p class="back" { a href=(one_on_one::address(pair)) { "Your 1:1 with " bdi { (name) } } }
            h1 { "Is it only me?" }
            (fresh)
        }
        p { (words(answer, &name)) }
        p class="quiet" { "Of " (span(quarter)) ". Answered once for each quarter: asking again gives the same, whoever joins or leaves in between." }
    };
    Ok(page(&frame, "Is it only me?", &main).into_response())
}

fn words(answer: OnlyMe, name: &str) -> Markup {
    html! {
        @match answer {
            OnlyMe::AboutTheSame => { bdi { (name) } "’s other 1:1s were disrupted about as often as yours." },
            OnlyMe::MoreOften => { "Yours was disrupted more often than " bdi { (name) } "’s others. Why, a calendar does not know; often it is the "
                "slot, where most conflicts fall." },
            OnlyMe::TooFew => { "That cannot be said: it takes at least five others of " bdi { (name) } "’s, each with a few 1:1s in that quarter, so "
                "that the answer is about nobody in particular." },
            OnlyMe::NotNow => { "That cannot be said for this quarter: whom it would compare you with has changed by a few since the last answer, and a new one "
                "could tell about one of them." },
        }
    }
}

fn span(quarter: Quarter) -> Markup {
    let last = quarter.end.checked_sub(1.day()).unwrap_or(quarter.end);
    html! { (dated::day(quarter.first)) " to " (dated::day(last)) }
}
