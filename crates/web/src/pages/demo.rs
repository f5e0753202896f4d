//! Looking through another one's eyes; in a demo only.

use crate::me::{let_in, token};
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use steadfast_app::server::accounts;

pub(crate) async fn be(
    State(server): State<Server>,
    Path(number): Path<usize>,
    headers: HeaderMap,
) -> Answered {
    let shared = &server.0;
    let person = shared
        .demo
        .as_ref()
        .and_then(|demo| demo.people.get(number));
    let (_, account) = person.ok_or(Refusal::NotFound)?;
    let org = shared.organisation().await?.ok_or(Refusal::NotFound)?;
    if let Some(before) = token(&headers, &server) {
        accounts::sign_out(&shared.store, &org, &before).await?;
    }
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let token = accounts::enter(&shared.store, &org, account, shared.world.now(), &fresh).await?;
    Ok(let_in(&headers, &server, &token, "/one-on-ones"))
}
