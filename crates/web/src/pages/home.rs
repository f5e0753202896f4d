//! The first page: where to go from here.

use crate::api::problem::Problem;
use crate::me::{let_in, who};
use crate::pages::demo::{is_a_page, where_to};
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use steadfast_app::server::accounts;

/// Where the reader of a demo wants to be.
#[derive(Debug, Deserialize)]
pub(crate) struct To {
    to: Option<String>,
}

/// To the 1:1s, or to sign in. A demo lets its reader in as the first of its people, or as whoever they were on another
/// day of it, and shows them the page that they looked at there.
pub(crate) async fn show(
    State(server): State<Server>,
    wanted: Result<Query<To>, QueryRejection>,
    headers: HeaderMap,
) -> Answered {
    let shared = &server.0;
    let to = wanted
        .ok()
        .and_then(|Query(wanted)| wanted.to)
        .filter(|to| shared.demo.is_some() && is_a_page(to))
        .unwrap_or_else(|| "/one-on-ones".to_owned());
    if who(&headers, &server).await?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let person = shared.demo.as_ref().and_then(|demo| {
        let before = where_to(&headers).and_then(|(_, number)| demo.people.get(number));
        before.or_else(|| demo.people.first())
    });
    let (Some((_, account)), Some(org)) = (person, shared.organisation().await?) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let token = accounts::enter(&shared.store, &org, account, shared.world.now(), &fresh).await?;
    Ok(let_in(&headers, &server, &token, &to))
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
