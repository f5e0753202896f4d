//! Bounds: for all of the reader's 1:1s, and, on a page of its own, for one of them.

use super::bounds_form::{self, Typed};
use super::{again, done};
use crate::form::{Wrong, wrong};
use crate::layout::{Here, page};
use crate::ledger;
use crate::me::Me;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use steadfast_app::report::html::parts;
use steadfast_app::server::guard::policies::{
    About, Bounds, bounds_in_words, choose_bounds, policies,
};
use steadfast_app::server::looked::{Kind, Look};

/// What was sent: bounds, or that they are left open.
fn read(typed: &Typed) -> Result<Result<Option<Bounds>, Wrong>, Refusal> {
    if bounds_form::is_on(typed, "open") {
        return Ok(Ok(None));
    }
    Ok(bounds_form::read(typed)?.map(Some))
}

/// For all of the reader's.
pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let bounds = match read(&typed)? {
        Ok(bounds) => bounds,
        Err(said) => return again(&server, &me, &said).await,
    };
    let (store, now) = (&server.0.store, server.0.world.instant());
    let viewer = me.0.viewer();
    let result = choose_bounds(store, viewer, now, About::Mine, bounds.as_ref()).await;
    done(&server, &me, result, "/policies#bounds").await
}

/// The page for one of them.
pub(crate) async fn show(State(server): State<Server>, me: Me, Path(id): Path<String>) -> Answered {
    one(&server, &me, &id, None).await
}

/// For one of them.
pub(crate) async fn say_of_one(
    State(server): State<Server>,
    me: Me,
    Path(id): Path<String>,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let bounds = match read(&typed)? {
        Ok(bounds) => bounds,
        Err(said) => return one(&server, &me, &id, Some(&said)).await,
    };
    let viewer = me.0.viewer();
    let kept = ledger::kept(&server, viewer).await?;
    let about = About::OneOnOne(&kept, &id);
    let (store, now) = (&server.0.store, server.0.world.instant());
    match choose_bounds(store, viewer, now, about, bounds.as_ref()).await {
        Ok(()) => Ok(Redirect::to(&format!("/guard/one-on-ones/{id}")).into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => one(&server, &me, &id, Some(&said)).await,
            None => Err(error.into()),
        },
    }
}

async fn one(server: &Server, me: &Me, id: &str, said: Option<&Wrong>) -> Answered {
    let look = Look::One(Kind::Agreed, id);
    let seen = ledger::see(server, me, look).await?;
    let seen = seen.ok_or(Refusal::NotFound)?;
    let (report, pair) = (seen.report(), seen.pair(id)?);
    let name = parts::name(parts::partner(report, pair));
    let chosen = policies(&server.0.store, me.0.viewer()).await?;
    let (policy, _) = chosen.of(id);
    let own = chosen.one_on_ones.get(id);
    let own = own.and_then(|choice| choice.bounds.as_ref());
    let main = html! {
        header class="page-head" {
            p class="back" { a href={ "/policies#g" (id) } { "What is agreed, and what counts" } }
            h1 { "Bounds for your 1:1 with " bdi { (name) } }
            p { @if own.is_some() { "This 1:1 has bounds of its own." } @else { "Your bounds for all 1:1s hold here too, as long as you choose no others." } }
        }
        (wrong(said))
        section aria-labelledby="holds" class="guard" {
            h2 id="holds" { "What holds now" }
            ul class="why" { @for line in bounds_in_words(&policy.bounds) { li { (line) } } }
        }
        section aria-labelledby="others" class="guard" {
            h2 id="others" { "Others for this 1:1" }
            @if pair.ended.is_some() { p { "It has ended: there is nothing to choose any more." } }
            @else {
                form method="post" action={ "/guard/one-on-ones/" (id) "/bounds" } class="bounds" {
                    (bounds_form::fields("one", own.unwrap_or(&policy.bounds), &chosen.set_limits))
                    p class="acts" {
                        button class="first" { "Keep these for this 1:1" }
                        @if own.is_some() { button name="open" value="yes" formnovalidate { "Have none of its own" } }
                    }
                }
            }
        }
    };
    let status = if said.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = page(&me.frame(server, Here::More), "Bounds for one 1:1", &main);
    let answer: Response = (status, page).into_response();
    Ok(answer)
}
