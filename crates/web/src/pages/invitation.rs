//! Accepting an invitation.

use crate::form::{Field, Wrong, field, wrong};
use crate::layout::{Frame, Page, page};
use crate::me::let_in;
use crate::pages::link;
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::IntoResponse;
use maud::html;
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::{self, Invitation, Token};
use steadfast_store::Org;

/// What is sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    name: String,
    password: String,
}

pub(crate) async fn show(
    State(server): State<Server>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Answered {
    let (_, invitation) = open(&server, &token, &headers, &extensions).await?;
    Ok(form(&invitation, "", None).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let (org, invitation) = open(&server, &token, &headers, &extensions).await?;
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let shared = &server.0;
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let now = shared.world.now();
    let token = Token::read(&token);
    let answer = (&token, typed.name.as_str(), typed.password.as_str());
    match accounts::accept(&shared.store, &shared.passwords, &org, now, &fresh, answer).await {
        Ok(session) => Ok(let_in(&headers, &server, &session, "/")),
        Err(ServerError::NotFound) => Err(Refusal::LinkSpent),
        Err(error) => match Wrong::of(&error) {
            Some(said) => {
                let again = form(&invitation, &typed.name, Some(&said));
                Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
            }
            None => Err(error.into()),
        },
    }
}

async fn open(
    server: &Server,
    token: &str,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<(Org, Invitation), Refusal> {
    let shared = &server.0;
    let now = shared.world.now();
    let org = link::tried(server, headers, extensions).await?;
    match accounts::invitation(&shared.store, &org, now, &Token::read(token)).await {
        Ok(invitation) => Ok((org, invitation)),
        Err(ServerError::NotFound) => Err(Refusal::LinkSpent),
        Err(error) => Err(error.into()),
    }
}

fn form(invitation: &Invitation, name: &str, said: Option<&Wrong>) -> Page {
    let main = html! {
        header class="page-head" {
            h1 { bdi { (invitation.from) } " invites you to Steadfast" }
            p { "Steadfast keeps 1:1s: you see what became of each one you two promised, and you can say where it is wrong." }
        }
        (wrong(said))
        form method="post" class="fields" {
            p class="field" {
                label for="email" { "Your e-mail address" }
                input id="email" type="email" value=(invitation.email) autocomplete="username" readonly;
            }
            (field(&Field {
                name: "name", label: "Your name", kind: "text", value: name, autocomplete: "name", hint: "",
            }))
            (field(&Field {
                name: "password", label: "A password", kind: "password", value: "", autocomplete: "new-password",
                hint: "At least 10 characters; a few words make a good one.",
            }))
            p { button class="first" { "Join" } }
        }
        section aria-labelledby="letter" {
            h2 id="letter" { "What they wrote" }
            blockquote class="letter" dir="auto" { (invitation.text) }
        }
        section aria-labelledby="seen" {
            h2 id="seen" { "Who will see what" }
            p { "You see your own 1:1s. Nobody sees your calendar; whoever you have a 1:1 with sees what became of that one." }
            p { "What you say about a 1:1 is yours alone unless you share it." }
        }
    };
    page(&Frame::nobody(), "Join", &main)
}
