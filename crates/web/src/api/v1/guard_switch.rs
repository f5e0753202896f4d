//! The switch that stops everything.

use crate::api::answer::Told;
use crate::api::problem::{NotSaid, Refused};
use crate::api::program::Writer;
use crate::api::sent::Sent;
use crate::api::v1::guard::{Guard, holds};
use crate::server::Server;
use axum::extract::State;
use serde::Deserialize;
use steadfast_app::server::guard::policies::{go_on, stop};
use utoipa::ToSchema;

/// Whether everything is to be stopped.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSwitch {
    stopped: bool,
}

/// Stops everything that the guard does for you, or lets it go on. What was stopped stays undone.
#[utoipa::path(
    post,
    path = "/api/v1/guard/switch",
    operation_id = "switch_guard",
    tag = "guard",
    request_body = NewSwitch,
    responses((status = 200, description = "What holds now", body = Guard), NotSaid, Refused),
    security(("token" = []))
)]
pub(crate) async fn turn(
    State(server): State<Server>,
    writer: Writer,
    Sent(new): Sent<NewSwitch>,
) -> Told<Guard> {
    let (store, now) = (&server.0.store, server.0.world.instant());
    let viewer = writer.me.0.viewer();
    if new.stopped {
        stop(store, viewer, now).await?;
    } else {
        go_on(store, viewer, now).await?;
    }
    holds(&server, &writer.me, None).await
}
