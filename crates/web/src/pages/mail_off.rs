//! The link in a mail that switches mail off: a page with one button, and what a mail program posts by itself (RFC 8058).

use crate::layout::{Frame, Page, page};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use maud::html;
use steadfast_app::server::ServerError;
use steadfast_app::server::mail;

/// Looking does nothing: programs that look at every link in a mail switch nothing off.
pub(crate) async fn show(State(server): State<Server>, Path(token): Path<String>) -> Answered {
    if !mail::is_off_token(&server.0.world.keyring, &token)? {
        return Err(Refusal::LinkSpent);
    }
    let main = html! {
        header class="page-head" {
            h1 { "No more mail" }
            p { "Steadfast then sends you none. Everything stands on your page as before, where you can also choose to get only some of it." }
        }
        form method="post" class="fields" { button class="first" { "Switch mail off" } }
        p class="quiet" { a href="/mail" { "Choose what is mailed, and when" } "." }
    };
    Ok(page(&Frame::nobody(), "No more mail", &main).into_response())
}

pub(crate) async fn send(State(server): State<Server>, Path(token): Path<String>) -> Answered {
    // Tries are not counted: a token cannot be guessed, and a mail provider asks for all its readers from one address.
    let org = server.0.organisation().await?.ok_or(Refusal::LinkSpent)?;
    let (store, world) = (&server.0.store, &server.0.world);
    match mail::switch_off(store, &world.keyring, &org, world.instant(), &token).await {
        Ok(()) => Ok(done().into_response()),
        Err(ServerError::NotFound) => Err(Refusal::LinkSpent),
        Err(error) => Err(error.into()),
    }
}

fn done() -> Page {
    let main = html! {
        header class="page-head" {
            h1 { "Mail is off" }
            p { "Steadfast sends you none any more. On the page " a href="/mail" { "Mail or chat to you" } " you can have it again." }
        }
    };
    page(&Frame::nobody(), "Mail is off", &main)
}
