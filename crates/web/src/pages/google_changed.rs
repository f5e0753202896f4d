//! Google says that something changed in a calendar: the calendar is then read at once, and nothing of what it says is believed.
//!
//! Anybody can ask here. Everybody is answered the same: whether a channel is known, was stopped, or never was, shows in
//! nothing.

use crate::limits::Tried;
use crate::origin;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use steadfast_app::server::sync;

/// Where Google says it.
pub(crate) const PATH: &str = "/calendars/google/changed";

/// What a channel begins with: nothing changed yet.
const BEGINS: &str = "sync";

/// Whatever stands in its body is not read.
pub(crate) async fn take(State(server): State<Server>, request: Request) -> Answered {
    let shared = &server.0;
    let world = &shared.world;
    if world.watches.is_none() {
        return Err(Refusal::NotFound);
    }
    let headers = request.headers();
    let reader = origin::reader(headers, request.extensions());
    if !shared.limits.allow(Tried::PushFrom(reader), world.now()) {
        return Err(Refusal::TooOften);
    }
    let channel = said(headers, "x-goog-channel-id");
    let token = said(headers, "x-goog-channel-token");
    // How its messages are numbered does not matter: each means the same, and twice the same as once.
    let is_change = said(headers, "x-goog-resource-state").is_some_and(|state| state != BEGINS);
    if let (Some(channel), Some(token), true) = (channel, token, is_change)
        && let Some(org) = shared.organisation().await?
    {
        let (store, keys) = (&shared.store, &world.keyring);
        sync::changed(store, keys, &org, world.now(), (channel, token)).await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn said<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
