//! Whether it mattered to the report.

use crate::api::answer::{Json, Told};
use crate::api::problem::{NotSaid, NotThere, Problem, Refused};
use crate::api::program::Writer;
use crate::api::sent::{At, Sent};
use crate::ledger;
use crate::server::Server;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether it mattered to you what became of it. You alone are shown it, it changes no count, and it cannot be shared.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMattered {
    /// Null takes back what you said.
    mattered: Option<bool>,
}

/// Says whether it mattered to you what became of the 1:1 promised for one day: the report can, of one that did not go as promised.
#[utoipa::path(
    post,
    path = "/api/v1/one-on-ones/{pair}/{day}/mattered",
    operation_id = "say_mattered",
    tag = "one-on-ones",
    params(
        ("pair" = String, Path, description = "The id of the 1:1"),
        ("day" = String, Path, description = "The day it was promised for: 2026-03-03", format = Date)
    ),
    request_body = NewMattered,
    responses((status = 200, description = "It is said", body = NewMattered), NotThere, NotSaid, Refused),
    security(("token" = []))
)]
pub(crate) async fn say(
    State(server): State<Server>,
    writer: Writer,
    At((id, day)): At<(String, String)>,
    Sent(new): Sent<NewMattered>,
) -> Told<NewMattered> {
    let day: Date = day.parse().map_err(|_| Problem::not_found())?;
    ledger::say_whether_it_mattered(&server, &writer.me, (id, day), new.mattered)
        .await
        .map_err(Problem::unfit)?;
    Ok(Json(new))
}
