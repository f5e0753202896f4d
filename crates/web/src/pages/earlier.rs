//! An earlier half year of one 1:1: what its own page tells is the last one.

use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::limits::Tried;
use crate::me::Me;
use crate::pages::{freshness, occurrence, one_on_one};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::{Ways, parts};
use steadfast_app::report::model::Pair;
use steadfast_app::server::ServerError;
use steadfast_app::server::looked::{Kind, Look, Shown};
use steadfast_ledger::occurrence::Occurrence;

/// The way to the half year before what `report` tells.
pub(crate) fn before(report: &Report, pair: &Pair) -> Markup {
    let until = report.from.yesterday().ok();
    html! {
        @if let Some(until) = until {
            p { a href={ (one_on_one::address(pair)) "/until/" (until) } { "The half year before" } }
        }
    }
}

/// Rows lead to the page of that day in that half year.
const THEN: Ways = Ways {
    pair: None,
    occurrence: Some(address),
    alone: true,
};

fn address(report: &Report, pair: &Pair, one: &Occurrence) -> String {
    let day = one.promised.start.date(&report.zone);
    format!("{}/until/{}/{day}", one_on_one::address(pair), report.to)
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Path((id, until)): Path<(String, String)>,
) -> Answered {
    let asked = asked(&server, &me, &id, &until).await?;
    let (today, pair) = (asked.now.report(), asked.now.pair(&id)?);
    let told = asked
        .then
        .as_ref()
        .map(|then| Ok::<_, Refusal>((then.report(), then.pair(&id)?)));
    let frame = me.frame(&server, Here::OneOnOnes).shows("ledger calendars");
    let head = (today, pair, asked.until);
    Ok(shown(&frame, head, told.transpose()?, &asked.fresh).into_response())
}

/// One of them: its story, and what it rests on. What the two say of it is said of the last half year alone.
pub(crate) async fn one(
    State(server): State<Server>,
    me: Me,
    Path((id, until, day)): Path<(String, String, String)>,
) -> Answered {
    let day: Date = day.parse().map_err(|_| Refusal::NotFound)?;
    let asked = asked(&server, &me, &id, &until).await?;
    let then = asked.then.as_ref().ok_or(Refusal::NotFound)?;
    let (report, pair) = (then.report(), then.pair(&id)?);
    let is_then = |one: &&Occurrence| one.promised.start.date(&report.zone) == day;
    let on_that_day: Vec<&Occurrence> = pair.occurrences.iter().filter(is_then).collect();
    let first = on_that_day.first().ok_or(Refusal::NotFound)?;
    let (name, when) = (
        parts::name(parts::partner(report, pair)),
        parts::moment(report, first),
    );
    let back = format!("{}/until/{}", one_on_one::address(pair), asked.until);
    let main = html! {
        header class="page-head" {
            p class="back" { a href=(back) { "Your 1:1 with " bdi { (name) } " until " (parts::date(asked.until, 0)) } }
            h1 { (occurrence::in_pieces(&when)) }
            (asked.fresh)
        }
        @for (number, one) in on_that_day.iter().enumerate() {
            (occurrence::story(report, pair, one, number))
            (occurrence::rests_on(report, pair, one, number))
        }
    };
    let frame = me.frame(&server, Here::OneOnOnes).shows("ledger calendars");
    Ok(page(&frame, &format!("{when}, with {name}"), &main).into_response())
}

/// What was asked for: the 1:1 as its own page tells it, and its half year until that day, where anything is known of it.
struct Asked {
    until: Date,
    now: Shown,
    then: Option<Shown>,
    /// When the calendar was last checked.
    fresh: Markup,
}

async fn asked(server: &Server, me: &Me, id: &str, until: &str) -> Result<Asked, Refusal> {
    let until: Date = until.parse().map_err(|_| Refusal::NotFound)?;
    let now = ledger::see_one(server, me, id).await?;
    now.pair(id)?;
    if until >= now.report().to {
        return Err(Refusal::NotFound);
    }
    let tried = Tried::EarlierBy(me.0.account().to_owned());
    if !server.0.limits.allow(tried, server.0.world.now()) {
        return Err(Refusal::TooOften);
    }
    let then = ledger::earlier(server, me.0.viewer(), until).await?;
    let look = Look::One(Kind::OneOnOne, id);
    let then = match ledger::see_in(server, me, &then, look).await {
        Ok(then) => then,
        // The two had none then, or nothing is known of it.
        Err(ServerError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let fresh = freshness::told(server, me).await?;
    Ok(Asked {
        until,
        now,
        then,
        fresh,
    })
}

fn shown(
    frame: &Frame,
    (today, pair, until): (&Report, &Pair, Date),
    then: Option<(&Report, &Pair)>,
    fresh: &Markup,
) -> Page {
    let name = parts::name(parts::partner(today, pair));
    let title = format!("Your 1:1 with {name} until {}", parts::date(until, 0));
    let told = then.filter(|(_, pair)| !pair.occurrences.is_empty());
    let main = html! {
        header class="page-head" {
            p class="back" { a href=(one_on_one::address(pair)) { "Your 1:1 with " bdi { (name) } } }
            h1 { "Your 1:1 with " bdi { (name) } " until " (parts::date(until, 0)) }
            (fresh)
        }
        section aria-labelledby="ledger" class="one" {
            h2 id="ledger" class="unseen" { "What became of each" }
            @if let Some((report, pair)) = told {
                (parts::past(report, pair, THEN))
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
