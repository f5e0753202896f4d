//! Programs of one's own: tokens with which they come in.

use crate::form::{Field, Wrong, field, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::me::Me;
use crate::origin;
use crate::pages::more;
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::accounts::Token;
use steadfast_app::server::programs::{self, DAYS, Program, Scope, Wanted};
use steadfast_calendar::Instant;

/// What is asked for a new one.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Typed {
    name: String,
    scope: String,
    days: i64,
}

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    answer(&server, &me, &Typed::default(), None).await
}

pub(crate) async fn make(
    State(server): State<Server>,
    me: Me,
    headers: HeaderMap,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let scope = Scope::named(&typed.scope).ok_or(Refusal::NotAForm)?;
    let shared = &server.0;
    let (now, fresh) = (shared.world.now(), shared.world.fresh().map_err(no_chance)?);
    let wanted = Wanted {
        name: &typed.name,
        scope,
        days: typed.days,
    };
    match programs::make(&shared.store, &me.0, now, &fresh, wanted).await {
        Ok(token) => {
            let frame = me.frame(&server, Here::More);
            let address = origin::address_of(&headers, "/api/v1/one-on-ones");
            Ok(made(&frame, &token, &address).into_response())
        }
        Err(error) => match Wrong::of(&error) {
            Some(said) => answer(&server, &me, &typed, Some(&said)).await,
            None => Err(error.into()),
        },
    }
}

pub(crate) async fn take_back(
    State(server): State<Server>,
    me: Me,
    Path(program): Path<String>,
) -> Answered {
    programs::take_back(&server.0.store, &me.0, &program).await?;
    Ok(Redirect::to("/programs").into_response())
}

async fn answer(server: &Server, me: &Me, typed: &Typed, said: Option<&Wrong>) -> Answered {
    let shared = &server.0;
    let all = programs::mine(&shared.store, &me.0, shared.world.now()).await?;
    let status = if said.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let frame = me.frame(server, Here::More);
    Ok((status, shown(&frame, &all, typed, said)).into_response())
}

fn shown(frame: &Frame, all: &[Program], typed: &Typed, said: Option<&Wrong>) -> Page {
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "Programs of your own" }
            p { "A script or a program can ask for what your pages show, and say what you can say on them. It comes with a token that you "
                "make here. What it looks at counts as looked at by you. "
                a href="/api/v1/openapi.json" { "What it can ask for" } " (OpenAPI)." }
        }
        (wrong(said))
        @if all.is_empty() { p { "You have made none." } }
        @for one in all { (program(one)) }
        section aria-labelledby="new" {
            h2 id="new" { "A new one" }
            form method="post" action="/programs" class="fields" {
                (field(&Field {
                    name: "name", label: "What it is for", kind: "text", value: &typed.name, autocomplete: "off",
                    hint: "For you alone, to know it again.",
                }))
                fieldset class="choices" {
                    legend { "It may" }
                    label { input type="radio" name="scope" value=(Scope::Read.key()) checked; "see what you see" }
                    label { input type="radio" name="scope" value=(Scope::ReadAndWrite.key());
                        "see it, and say what you can say: a word on a 1:1, how often you want to meet" }
                }
                fieldset class="choices" {
                    legend { "For" }
                    @for (number, days) in DAYS.iter().enumerate() {
                        label { input type="radio" name="days" value=(days) checked[number == 1]; (days) " days" }
                    }
                }
                p { button class="first" { "Make the token" } }
            }
        }
    };
    page(frame, "Programs of your own", &main)
}

fn program(one: &Program) -> Markup {
    let heading = format!("program-{}", one.id);
    html! {
        article class="source" {
            h2 id=(heading) { bdi { (one.name) } }
            div {
                p {
                    @match one.scope {
                        Scope::Read => "It sees what you see. ",
                        Scope::ReadAndWrite => "It sees what you see, and says what you can say. ",
                    }
                    @if one.has_ended { b { "It ended on " (day(one.until)) ", and lets nobody in." } }
                    @else { "Made on " (day(one.made)) ", good until " (day(one.until)) ". " }
                    @if !one.has_ended {
                        @match one.used {
                            Some(used) => { "Last used on " (used.strftime("%-d %B %Y")) "." },
                            None => "Not used yet.",
                        }
                    }
                }
                form method="post" action={ "/programs/" (one.id) "/take-back" } {
                    button { @if one.has_ended { "Remove it" } @else { "Take it back" } span class="unseen" { ": " (one.name) } }
                }
            }
        }
    }
}

fn day(at: Instant) -> String {
    let date = at.date(&jiff::tz::TimeZone::UTC);
    date.strftime("%-d %B %Y").to_string()
}

fn made(frame: &Frame, token: &Token, address: &str) -> Page {
    let main = html! {
        header class="page-head" {
            h1 { "Here is the token" }
            p { "It is shown only now: what is kept here is no more than what recognises it. Whoever has it is let in as you; keep it "
                "where you keep passwords." }
        }
        div class="command letter" { pre tabindex="0" aria-label="The token" { code { (token.as_str()) } } }
        p { "For example:" }
        div class="command letter" { pre tabindex="0" aria-label="An example" { code {
            "curl -H 'Authorization: Bearer " (token.as_str()) "' " (address)
        } } }
        p { a href="/programs" { "Back to your programs" } }
    };
    page(frame, "Here is the token", &main)
}
