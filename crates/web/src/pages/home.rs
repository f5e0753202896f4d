//! The first page: where to go from here.

use crate::api::problem::Problem;
use crate::me::{let_in, who};
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use steadfast_app::server::accounts;

/// To the 1:1s, or to sign in. A demo lets its reader in as the first of its people.
pub(crate) async fn show(State(server): State<Server>, headers: HeaderMap) -> Answered {
    if who(&headers, &server).await?.is_some() {
        return Ok(Redirect::to("/one-on-ones").into_response());
    }
    let shared = &server.0;
    let first = shared.demo.as_ref().and_then(|demo| demo.people.first());
    let (Some((_, account)), Some(org)) = (first, shared.organisation().await?) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let token = accounts::enter(&shared.store, &org, account, shared.world.now(), &fresh).await?;
    Ok(let_in(&headers, &server, &token, "/one-on-ones"))
}

/// No such page; a program is told so in its own form.
pub(crate) async fn nothing(address: Uri) -> Response {
    if is_for_programs(address.path()) {
        Problem::not_found().into_response()
    } else {
        Refusal::NotFound.into_response()
    }
}

/// Whether programs ask there, and not people.
pub(crate) fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/")
}
