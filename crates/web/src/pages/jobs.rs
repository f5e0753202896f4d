//! Work that the server gave up, for whoever set it up. For everybody else the page is not there.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::{log, log_words};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use steadfast_app::server::jobs::{self, GivenUp, Work};
use steadfast_app::server::people::Administrator;
use steadfast_calendar::Instant;

const HERE: &str = "/log/jobs";

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    answer(&server, &me, None).await
}

pub(crate) async fn again(State(server): State<Server>, me: Me, Path(job): Path<u64>) -> Answered {
    let admin = administrator(&me)?;
    let shared = &server.0;
    match jobs::again(&shared.store, &admin, shared.world.now(), job).await {
        Ok(()) => Ok(Redirect::to(HERE).into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => answer(&server, &me, Some(&said)).await,
            None => Err(error.into()),
        },
    }
}

pub(crate) async fn drop(State(server): State<Server>, me: Me, Path(job): Path<u64>) -> Answered {
    let admin = administrator(&me)?;
    jobs::drop(&server.0.store, &admin, job).await?;
    Ok(Redirect::to(HERE).into_response())
}

fn administrator(me: &Me) -> Result<Administrator, Refusal> {
    me.0.administrator().ok_or(Refusal::NotFound)
}

async fn answer(server: &Server, me: &Me, said: Option<&Wrong>) -> Answered {
    let admin = administrator(me)?;
    let given_up = jobs::given_up(&server.0.store, &admin).await?;
    let zone = ledger::kept(server, me.0.viewer()).await?.zone();
    let now = server.0.world.instant();
    let frame = me.frame(server, Here::More);
    let status = if said.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, shown(&frame, &given_up, (&zone, now), said)).into_response())
}

fn shown(
    frame: &Frame,
    given_up: &[GivenUp],
    (zone, now): (&TimeZone, Instant),
    said: Option<&Wrong>,
) -> Page {
    let year = now.date(zone).year();
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/log" { "What happened here" } }
            h1 { "Work that was given up" }
            p { "What failed is tried again by itself, ever more seldom. What failed every time it was allowed to waits here until you "
                "have it tried again, or drop it." }
            p class="quiet" { "For whoever set this server up. Whose work it was, and with what, is not shown. Times in "
                (log::zone_name(zone)) "." }
        }
        (wrong(said))
        @if given_up.is_empty() { p { "Nothing is given up. There is nothing to do." } }
        @for one in given_up { (job(one, &log_words::moment(one.since, zone, year))) }
    };
    page(frame, "Work that was given up", &main)
}

fn job(one: &GivenUp, since: &str) -> Markup {
    let heading = format!("job-{}", one.job);
    html! {
        article class="source" {
            h2 id=(heading) { (work(&one.work)) }
            div {
                p { "Given up on " (since) " after " @if one.tries == 1 { "one try" } @else { (one.tries) " tries" } "." }
                p {
                    @match &one.said {
                        Some(said) => { "The last one said: " (said) "." },
                        None => "The server that tried it was gone before it could say why.",
                    }
                }
                div class="acts" {
                    form method="post" action={ (HERE) "/" (one.job) "/again" } {
                        button class="first" { "Try again" span class="unseen" { ": " (work(&one.work)) ", number " (one.job) } }
                    }
                    form method="post" action={ (HERE) "/" (one.job) "/drop" } {
                        button { "Drop it" span class="unseen" { ": " (work(&one.work)) ", number " (one.job) } }
                    }
                }
            }
        }
    }
}

fn work(work: &Work) -> String {
    match work {
        Work::Round => "Reading a connected calendar".to_owned(),
        Work::Watching => "Having Google say by itself that something changed".to_owned(),
        Work::TakingUp => "Connecting calendars by the organisation’s key".to_owned(),
        Work::Judging => "Judging somebody’s 1:1s ahead".to_owned(),
        Work::Tidying => "Throwing away what has served its time".to_owned(),
        Work::Mailing => "Mailing somebody what their page says".to_owned(),
        Work::Telling => "Mailing others of a meeting, as somebody approved it".to_owned(),
        Work::Acting => "Writing to somebody’s calendar".to_owned(),
        Work::Folding => "Folding somebody’s old observations into outcomes".to_owned(),
        Work::Other(kind) => format!("Work of another version: {kind}"),
    }
}
