//! The guard's use cases, on what is to come as it was judged last.

use crate::free_busy;
use crate::ledger::{self, apart};
use crate::me::Me;
use crate::server::Server;
use std::sync::Arc;
use steadfast_app::server::guard::policies::{self, Class};
use steadfast_app::server::guard::{self, Ahead, Outlook, Tapped};
use steadfast_app::server::ledger::Kept;
use steadfast_app::server::{ServerError, Viewer};
use steadfast_calendar::Instant;

/// What the guard has to say to this person now, beside their ledger, which is good now.
pub(crate) async fn outlook(
    server: &Server,
    me: &Me,
    kept: Arc<Kept>,
) -> Result<Outlook, ServerError> {
    let ahead = ledger::ahead_beside(server, me.0.viewer(), kept).await?;
    let ahead = free_busy::knowing(server, me.0.viewer(), ahead).await;
    outlook_of(server, me.0.viewer(), &ahead).await
}

/// The same of what is to come.
pub(crate) async fn outlook_of(
    server: &Server,
    viewer: &Viewer,
    ahead: &Ahead,
) -> Result<Outlook, ServerError> {
    let (store, now) = (&server.0.store, server.0.world.instant());
    guard::outlook(store, viewer, ahead, now).await
}

/// Does what they tapped.
pub(crate) async fn tap(server: &Server, me: &Me, tapped: Tapped) -> Result<usize, ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let ahead = free_busy::deciding(server, me.0.viewer(), ahead).await;
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let (store, now) = (&server.0.store, server.0.world.instant());
        guard::tap(store, &viewer, &ahead, now, &tapped).await
    })
    .await
}

/// Says what sort of meeting one of theirs is.
pub(crate) async fn say_class(
    server: &Server,
    me: &Me,
    uid: &str,
    class: Option<Class>,
) -> Result<(), ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    policies::say_class(store, me.0.viewer(), &ahead, now, (uid, class)).await
}

/// Begins a 1:1 that has none to come, for good.
pub(crate) async fn begin(
    server: &Server,
    me: &Me,
    pair: String,
    (first, every_weeks, title): (Instant, u8, String),
) -> Result<(), ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let ahead = free_busy::deciding(server, me.0.viewer(), ahead).await;
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let (store, now) = (&server.0.store, server.0.world.instant());
        let time = (first, every_weeks, title.as_str());
        guard::begin(store, &viewer, &ahead, now, &pair, time).await
    })
    .await
}

/// Moves a 1:1 to another time, for good.
pub(crate) async fn onward(
    server: &Server,
    me: &Me,
    pair: String,
    time: (Instant, Instant),
) -> Result<(), ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let ahead = free_busy::deciding(server, me.0.viewer(), ahead).await;
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let (store, now) = (&server.0.store, server.0.world.instant());
        guard::onward(store, &viewer, &ahead, now, &pair, time).await
    })
    .await
}

/// Shows a 1:1 as busy that stands as free on their own calendar.
pub(crate) async fn show_busy(server: &Server, me: &Me, pair: String) -> Result<(), ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let (store, now) = (&server.0.store, server.0.world.instant());
        guard::show_busy(store, &viewer, &ahead, now, &pair).await
    })
    .await
}

/// Lets the report pick another time for good.
pub(crate) async fn offer_onward(
    server: &Server,
    me: &Me,
    pair: String,
) -> Result<(), ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let ahead = free_busy::deciding(server, me.0.viewer(), ahead).await;
    let (server, viewer) = (server.clone(), me.0.viewer().clone());
    apart(async move || {
        let (store, now) = (&server.0.store, server.0.world.instant());
        guard::offer_onward(store, &viewer, &ahead, now, &pair).await
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
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    let about = (pair.as_str(), promised);
    guard::pick(store, me.0.viewer(), &ahead, now, about, start).await
}

/// Asks for another time for one that is to come, or asks no more.
pub(crate) async fn wish(
    server: &Server,
    me: &Me,
    (pair, promised): (String, Instant),
    wants: bool,
) -> Result<(), ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let kept = ledger::kept(server, me.0.viewer()).await?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    let about = (pair.as_str(), promised);
    guard::wish(store, me.0.viewer(), (&ahead, &kept), now, about, wants).await
}

/// Gives the reason why one was changed.
pub(crate) async fn give_reason(
    server: &Server,
    me: &Me,
    (pair, promised): (String, Instant),
    text: String,
) -> Result<(), ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    let about = (pair.as_str(), promised);
    guard::give_reason(store, me.0.viewer(), &ahead, now, about, &text).await
}

/// Takes back what was offered.
pub(crate) async fn withdraw(
    server: &Server,
    me: &Me,
    (pair, promised): (String, Instant),
) -> Result<(), ServerError> {
    let ahead = ledger::ahead(server, me.0.viewer()).await?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    guard::withdraw(store, me.0.viewer(), &ahead, now, (&pair, promised)).await
}
