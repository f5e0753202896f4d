//! Signing in and out.

use crate::form::{Field, Wrong, field, wrong};
use crate::layout::{Frame, Page, page};
use crate::limits::Tried;
use crate::me::{let_in, let_out, token, who};
use crate::origin;
use crate::pages::passkeys::UNSAFE;
use crate::passkeys;
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use maud::html;
use serde::Deserialize;
use steadfast_app::server::accounts;
use steadfast_app::server::passkeys::Assertion;

/// What is sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    email: String,
    password: String,
}

/// What a device signed, as the script sends it.
#[derive(Debug, Deserialize)]
pub(crate) struct Signed {
    credential: String,
    client: String,
    authenticator: String,
    signature: String,
    user: String,
}

pub(crate) async fn show(State(server): State<Server>, headers: HeaderMap) -> Answered {
    if server.0.organisation().await?.is_none() {
        return Ok(not_yet().into_response());
    }
    if who(&headers, &server).await?.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    Ok(form("", None).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    headers: HeaderMap,
    extensions: Extensions,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let shared = &server.0;
    let now = shared.world.now();
    let org = shared.organisation().await?.ok_or(Refusal::NotFound)?;
    let from = Tried::PasswordFrom(origin::reader(&headers, &extensions));
    let account = Tried::PasswordFor(
        typed
            .email
            .trim()
            .to_lowercase()
            .chars()
            .take(254)
            .collect(),
    );
    if !shared.limits.allow(from, now) || !shared.limits.allow(account.clone(), now) {
        let said = Wrong::new("Too many tries", "Wait a minute, then try again");
        return Ok((
            StatusCode::TOO_MANY_REQUESTS,
            form(&typed.email, Some(&said)),
        )
            .into_response());
    }
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let typed_pair = (typed.email.as_str(), typed.password.as_str());
    let opened = accounts::sign_in(
        &shared.store,
        &shared.passwords,
        &org,
        now,
        &fresh,
        typed_pair,
    )
    .await?;
    match opened {
        Some(session) => {
            shared.limits.forgive(&account);
            Ok(let_in(&headers, &server, &session, "/"))
        }
        None => {
            let said = Wrong::new(
                "Address and password do not fit together",
                "Check both; if you have no account yet, somebody here can invite you",
            );
            Ok((
                StatusCode::UNPROCESSABLE_ENTITY,
                form(&typed.email, Some(&said)),
            )
                .into_response())
        }
    }
}

/// Something for a device to sign.
pub(crate) async fn challenge(
    State(server): State<Server>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Answered {
    let shared = &server.0;
    let org = shared.organisation().await?.ok_or(Refusal::NotFound)?;
    let from = Tried::PasskeyFrom(origin::reader(&headers, &extensions));
    if !shared.limits.allow(from, shared.world.now()) {
        return Err(Refusal::TooOften);
    }
    let token = passkeys::something_to_sign(&server, &org).await?;
    Ok(token.as_str().to_owned().into_response())
}

pub(crate) async fn with_passkey(
    State(server): State<Server>,
    headers: HeaderMap,
    extensions: Extensions,
    signed: Result<Form<Signed>, FormRejection>,
) -> Answered {
    let from = Tried::SignatureFrom(origin::reader(&headers, &extensions));
    if !server.0.limits.allow(from, server.0.world.now()) {
        return Err(Refusal::TooOften);
    }
    let Form(signed) = signed.map_err(|_| Refusal::NotAForm)?;
    let org = server.0.organisation().await?.ok_or(Refusal::NotFound)?;
    let assertion = Assertion {
        credential: signed.credential,
        client: signed.client,
        authenticator: signed.authenticator,
        signature: signed.signature,
        user: signed.user,
    };
    match passkeys::enter(&server, &org, &headers, &assertion).await {
        Ok(session) => Ok(let_in(&headers, &server, &session, "/")),
        Err(error) => {
            let said = Wrong::of(&error).ok_or(error)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, form("", Some(&said))).into_response())
        }
    }
}

/// From where somebody signs out.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Out {
    /// Whatever it says: everywhere.
    everywhere: Option<String>,
}

pub(crate) async fn out(
    State(server): State<Server>,
    headers: HeaderMap,
    sent: Result<Form<Out>, FormRejection>,
) -> Answered {
    let shared = &server.0;
    let everywhere = sent.is_ok_and(|Form(sent)| sent.everywhere.is_some());
    if let (Some(token), Some(org)) = (token(&headers, &server), shared.organisation().await?) {
        if everywhere {
            let now = shared.world.now();
            accounts::sign_out_everywhere(&shared.store, &org, now, &token).await?;
        }
        accounts::sign_out(&shared.store, &org, &token).await?;
    }
    // A demo lets people in by itself, at its first page, and by no password.
    let next = if shared.demo.is_some() {
        "/"
    } else {
        "/sign-in"
    };
    Ok(let_out(&headers, &server, next))
}

fn form(email: &str, said: Option<&Wrong>) -> Page {
    let main = html! {
        header class="page-head" { h1 { "Sign in" } }
        (wrong(said))
        form method="post" action="/sign-in" class="fields" {
            (field(&Field {
                name: "email", label: "E-mail address", kind: "email", value: email, autocomplete: "username", hint: "",
            }))
            (field(&Field {
                name: "password", label: "Password", kind: "password", value: "", autocomplete: "current-password", hint: "",
            }))
            p { button class="first" { "Sign in" } }
        }
        form method="post" action="/sign-in/passkey" hidden data-challenge="/sign-in/challenge"
            data-failed="Nothing was done: it was broken off, or none of your passkeys is for this server." data-unsafe=(UNSAFE) {
            @for name in ["credential", "client", "authenticator", "signature", "user"] { input type="hidden" name=(name); }
            p { button { "Sign in with a passkey" } }
            p role="status" {}
        }
    };
    page(&Frame::nobody(), "Sign in", &main)
}

fn not_yet() -> Page {
    let main = html! {
        header class="page-head" { h1 { "Nobody has set this server up yet" } }
        p { "When it was started it printed a link to set it up, where its messages go. Whoever started it can open that link." }
        p class="quiet" { "The link is good for a day and for one use. Starting the server again prints a new one." }
    };
    page(&Frame::nobody(), "Not set up yet", &main)
}
