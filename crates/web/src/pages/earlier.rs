//! An earlier half year of one 1:1: what its own page tells is the last one.

use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::limits::Tried;
use crate::me::Me;
use crate::pages::one_on_one;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ServerError;
use steadfast_app::server::looked::{Kind, Look};

/// The way to the half year before what `report` tells.
pub(crate) fn before(report: &Report, pair: &Pair) -> Markup {
    let until = report.from.yesterday().ok();
    html! {
        @if let Some(until) = until {
            p { a href={ (one_on_one::address(pair)) "/until/" (until) } { "The half year before" } }
        }
    }
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Path((id, until)): Path<(String, String)>,
) -> Answered {
    let until: Date = until.parse().map_err(|_| Refusal::NotFound)?;
    let now = ledger::see_one(&server, &me, &id).await?;
    let (today, pair) = (now.report(), now.pair(&id)?);
    if until >= today.to {
        return Err(Refusal::NotFound);
    }
    let asked = Tried::EarlierBy(me.0.account().to_owned());
    if !server.0.limits.allow(asked, server.0.world.now()) {
        return Err(Refusal::TooOften);
    }
    let then = ledger::earlier(&server, me.0.viewer(), until).await?;
    let look = Look::One(Kind::OneOnOne, &id);
    let then = match ledger::see_in(&server, &me, &then, look).await {
        Ok(then) => then,
        // The two had none then, or nothing is known of it.
        Err(ServerError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let told = then
        .as_ref()
        .map(|then| Ok::<_, Refusal>((then.report(), then.pair(&id)?)));
    let frame = me.frame(&server, Here::OneOnOnes).shows("ledger calendars");
    Ok(shown(&frame, (today, pair, until), told.transpose()?).into_response())
}

fn shown(
    frame: &Frame,
    (today, pair, until): (&Report, &Pair, Date),
    then: Option<(&Report, &Pair)>,
) -> Page {
    let name = parts::name(parts::partner(today, pair));
    let title = format!("Your 1:1 with {name} until {}", parts::date(until, 0));
    let told = then.filter(|(_, pair)| !pair.occurrences.is_empty());
    let main = html! {
        header class="page-head" {
            p class="back" { a href=(one_on_one::address(pair)) { "Your 1:1 with " bdi { (name) } } }
            h1 { "Your 1:1 with " bdi { (name) } " until " (parts::date(until, 0)) }
        }
        section aria-labelledby="ledger" class="one" {
            h2 id="ledger" class="unseen" { "What became of each" }
            @if let Some((report, pair)) = told {
                (parts::past(report, pair))
                (parts::legend(report, [pair]))
                (before(report, pair))
            } @else {
                p { "Of the half year until then no calendar that was seen tells of a 1:1 of you two." }
            }
        }
        (one_on_one::who_knows(today, pair, &name))
    };
    page(frame, &title, &main)
}
