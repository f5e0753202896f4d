//! Who looked at what is about me.

use crate::api::answer::{Json, Told};
use crate::api::problem::Refused;
use crate::api::program::Program;
use crate::server::Server;
use axum::extract::State;
use serde::Serialize;
use steadfast_app::server::looked::about_me;
use utoipa::ToSchema;

/// Looks of one person, of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Look {
    /// Their address; null: whoever runs the server.
    by: Option<String>,
    /// What they are called, where they said so.
    name: Option<String>,
    /// At what: `together`, `one-on-one`, `agreed`, `log`, `mailed`, `export`, `taken-out` or `audited`.
    at: &'static str,
    /// On which days, in UTC, the last first.
    #[schema(value_type = Vec<String>)]
    days: Vec<String>,
}

/// Who looked at what is about you, by the day, in the last 90 days.
#[utoipa::path(
    get,
    path = "/api/v1/privacy/looks",
    operation_id = "looks",
    tag = "privacy",
    responses((status = 200, description = "Who looked", body = Vec<Look>), Refused),
    security(("token" = []))
)]
pub(crate) async fn show(State(server): State<Server>, program: Program) -> Told<Vec<Look>> {
    let shared = &server.0;
    let viewer = program.me.0.viewer();
    let all = about_me(&shared.store, viewer, shared.world.now()).await?;
    let looks = all.into_iter().map(|one| Look {
        by: one.by,
        name: one.name,
        at: one.kind.key(),
        days: one.days.iter().map(ToString::to_string).collect(),
    });
    Ok(Json(looks.collect()))
}
