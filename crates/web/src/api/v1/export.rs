//! Everything about oneself, in one file.

use crate::api::problem::{Problem, Refused};
use crate::api::program::Program;
use crate::ledger;
use crate::limits::Tried;
use crate::server::Server;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Everything that is kept about you, as on the page Privacy: a zip.
#[utoipa::path(
    get,
    path = "/api/v1/privacy/export",
    operation_id = "export",
    tag = "privacy",
    responses(
        (status = 200, description = "A zip", body = String, content_type = "application/zip"),
        Refused
    ),
    security(("token" = []))
)]
pub(crate) async fn take(
    State(server): State<Server>,
    program: Program,
) -> Result<Response, Problem> {
    let asked = Tried::ExportBy(program.me.0.account().to_owned());
    if !server.0.limits.allow(asked, server.0.world.now()) {
        return Err(Problem::too_often());
    }
    let zip = ledger::export(&server, &program.me).await?;
    Ok(([(header::CONTENT_TYPE, "application/zip")], zip).into_response())
}
