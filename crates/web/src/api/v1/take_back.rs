//! Taking back what was done.

use crate::api::answer::{Json, Told};
use crate::api::problem::{NotSaid, NotThere, Problem, Refused};
use crate::api::program::Writer;
use crate::api::sent::Sent;
use crate::server::Server;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use steadfast_app::server::acting;
use utoipa::ToSchema;

/// Something that was done.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deed {
    /// Its name: `deed` of an entry of the log.
    deed: String,
}

/// Takes back what was done. Gives the name under which the log will tell what came of it, in a minute or two: where the
/// calendar was changed since, nothing is.
#[utoipa::path(
    post,
    path = "/api/v1/log/take-back",
    operation_id = "take_back",
    tag = "log",
    request_body = Deed,
    responses((status = 200, description = "It is being taken back", body = Deed), NotThere, NotSaid, Refused),
    security(("token" = []))
)]
pub(crate) async fn say(
    State(server): State<Server>,
    writer: Writer,
    Sent(done): Sent<Deed>,
) -> Told<Deed> {
    let (store, now) = (&server.0.store, server.0.world.instant());
    let deed = acting::take_back(store, writer.me.0.viewer(), &done.deed, now)
        .await
        .map_err(Problem::unfit)?;
    Ok(Json(Deed { deed }))
}
