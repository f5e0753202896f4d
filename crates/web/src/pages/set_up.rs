//! The first account, by the link that the server prints when it is new.

use crate::form::{Field, Wrong, field, wrong};
use crate::layout::{Frame, Page, page};
use crate::limits::Tried;
use crate::me::let_in;
use crate::origin;
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::Form;
use axum::extract::{Path, Request, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::IntoResponse;
use maud::html;
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::{self, Founder, Token};

/// What is sent.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Typed {
    organisation: String,
    name: String,
    email: String,
    password: String,
}

pub(crate) async fn show(
    State(server): State<Server>,
    Path(token): Path<String>,
    request: Request,
) -> Answered {
    check(&server, &token, request.headers(), request.extensions())?;
    Ok(form(&Typed::default(), None).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
    typed: Result<Form<Typed>, axum::extract::rejection::FormRejection>,
) -> Answered {
    check(&server, &token, &headers, &extensions)?;
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let shared = &server.0;
    let founder = Founder {
        organisation: typed.organisation.clone(),
        name: typed.name.clone(),
        email: typed.email.clone(),
        password: typed.password.clone(),
    };
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let now = shared.world.now();
    match accounts::set_up(&shared.store, &shared.passwords, now, &fresh, &founder).await {
        Ok((_, session)) => {
            shared.is_set_up();
            Ok(let_in(&headers, &server, &session, "/start"))
        }
        Err(ServerError::NotFound) => Err(Refusal::LinkSpent),
        Err(error) => match Wrong::of(&error) {
            Some(said) => {
                let again = form(&typed, Some(&said));
                Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
            }
            None => Err(error.into()),
        },
    }
}

fn check(
    server: &Server,
    token: &str,
    headers: &HeaderMap,
    extensions: &Extensions,
) -> Result<(), Refusal> {
    let tried = Tried::LinkFrom(origin::reader(headers, extensions));
    if !server.0.limits.allow(tried, server.0.world.now()) {
        return Err(Refusal::TooOften);
    }
    if server.0.may_set_up(&Token::read(token)) {
        Ok(())
    } else {
        Err(Refusal::LinkSpent)
    }
}

fn form(typed: &Typed, said: Option<&Wrong>) -> Page {
    let main = html! {
        header class="page-head" {
            h1 { "Set up Steadfast" }
            p { "You are the first here. This makes your organisation and your own account; then you drop in a calendar." }
        }
        (wrong(said))
        form method="post" class="fields" {
            (field(&Field {
                name: "organisation", label: "Organisation", kind: "text", value: &typed.organisation,
                autocomplete: "organization", hint: "A company or a team: whatever people here call it.",
            }))
            (field(&Field {
                name: "name", label: "Your name", kind: "text", value: &typed.name, autocomplete: "name", hint: "",
            }))
            (field(&Field {
                name: "email", label: "Your e-mail address", kind: "email", value: &typed.email,
                autocomplete: "username",
                hint: "The one in your calendar: by it Steadfast knows which meetings are yours. Nothing is sent to it.",
            }))
            (field(&Field {
                name: "password", label: "A password", kind: "password", value: "", autocomplete: "new-password",
                hint: "At least 10 characters; a few words make a good one.",
            }))
            p { button class="first" { "Set up" } }
        }
    };
    page(&Frame::nobody(), "Set up", &main)
}
