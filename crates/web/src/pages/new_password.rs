//! Choosing a new password, by the link that whoever runs the server handed over.

use crate::form::{Field, Wrong, field, wrong};
use crate::layout::{Frame, Page, page};
use crate::limits::Tried;
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
use steadfast_app::server::accounts::{self, Token};
use steadfast_store::Org;

/// What is sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    password: String,
}

pub(crate) async fn show(
    State(server): State<Server>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Answered {
    let (_, email) = open(&server, &token, &headers, &extensions).await?;
    Ok(form(&email, None).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let (org, email) = open(&server, &token, &headers, &extensions).await?;
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let shared = &server.0;
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let now = shared.world.now();
    let token = Token::read(&token);
    let chosen = (&token, typed.password.as_str());
    let (store, passwords) = (&shared.store, &shared.passwords);
    match accounts::choose_password(store, passwords, &org, now, &fresh, chosen).await {
        Ok(session) => {
            // Whoever tried in vain before must not wait now.
            shared.limits.forgive(&Tried::PasswordFor(email));
            Ok(let_in(&headers, &server, &session, "/"))
        }
        Err(ServerError::NotFound) => Err(Refusal::LinkSpent),
        Err(error) => match Wrong::of(&error) {
            Some(said) => {
                let again = form(&email, Some(&said));
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
) -> Result<(Org, String), Refusal> {
    let shared = &server.0;
    let now = shared.world.now();
    let org = link::tried(server, headers, extensions).await?;
    match accounts::whose_password(&shared.store, &org, now, &Token::read(token)).await {
        Ok(email) => Ok((org, email)),
        Err(ServerError::NotFound) => Err(Refusal::LinkSpent),
        Err(error) => Err(error.into()),
    }
}

fn form(email: &str, said: Option<&Wrong>) -> Page {
    let main = html! {
        header class="page-head" {
            h1 { "Choose a new password" }
            p { "The old one is good for nothing from then on, wherever else you are signed in you are signed out, and programs of "
                "yours lose their tokens. Passkeys stay: look at them on " b { "More, Passkeys" } " once you are in, and take away "
                "what is not yours." }
        }
        (wrong(said))
        form method="post" class="fields" {
            p class="field" {
                label for="email" { "Your e-mail address" }
                input id="email" type="email" value=(email) autocomplete="username" readonly;
            }
            (field(&Field {
                name: "password", label: "A new password", kind: "password", value: "", autocomplete: "new-password",
                hint: "At least 10 characters; a few words make a good one.",
            }))
            p { button class="first" { "Set it and sign in" } }
        }
    };
    page(&Frame::nobody(), "New password", &main)
}
