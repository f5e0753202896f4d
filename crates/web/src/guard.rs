//! The guard's use cases, off the threads that answer.

use crate::ledger::apart;
use crate::me::Me;
use crate::server::Server;
use steadfast_app::server::ServerError;
use steadfast_app::server::guard::{self, Outlook, Tapped};
use steadfast_calendar::Instant;

/// What the guard has to say to this person now.
pub(crate) async fn outlook(server: &Server, me: &Me) -> Result<Outlook, ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let world = &server.0.world;
        guard::outlook(&server.0.store, &viewer, &world.program, world.instant()).await
    })
    .await
}

/// Does what they tapped.
pub(crate) async fn tap(server: &Server, me: &Me, tapped: Tapped) -> Result<usize, ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let world = &server.0.world;
        let (store, now) = (&server.0.store, world.instant());
        guard::tap(store, &viewer, &world.program, now, &tapped).await
    })
    .await
}

/// Picks one of the times that were offered to them, or none.
pub(crate) async fn pick(
    server: &Server,
    me: &Me,
    (pair, promised): (String, Instant),
    start: Option<Instant>,
) -> Result<(), ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let world = &server.0.world;
        let (store, now) = (&server.0.store, world.instant());
        let about = (pair.as_str(), promised);
        guard::pick(store, &viewer, &world.program, now, about, start).await
    })
    .await
}

/// Gives the reason why one was changed.
pub(crate) async fn give_reason(
    server: &Server,
    me: &Me,
    (pair, promised): (String, Instant),
    text: String,
) -> Result<(), ServerError> {
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let world = &server.0.world;
        let (store, now) = (&server.0.store, world.instant());
        let about = (pair.as_str(), promised);
        guard::give_reason(store, &viewer, &world.program, now, about, &text).await
    })
    .await
}
