//! My calendars, and how each stands.

use crate::api::answer::{Json, Told};
use crate::api::problem::Refused;
use crate::api::program::Program;
use crate::api::v1::shapes::utc;
use crate::server::Server;
use crate::sync;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A connected calendar, without how to get at it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Calendar {
    id: String,
    /// The host, and for an account the user's name there.
    at: String,
    /// When it was connected.
    #[schema(format = DateTime)]
    since: String,
    /// The last moment at which everything it says was known.
    #[schema(format = DateTime)]
    verified: Option<String>,
    /// What was wrong the last time.
    problem: Option<String>,
    /// How often in a row.
    failures: u64,
    /// Whether it waits for its owner.
    stopped: bool,
}

/// Your connected calendars: when each was checked, and what is wrong with it.
#[utoipa::path(
    get,
    path = "/api/v1/calendars",
    operation_id = "calendars",
    tag = "calendars",
    responses((status = 200, description = "Your connected calendars", body = Vec<Calendar>), Refused),
    security(("token" = []))
)]
pub(crate) async fn show(State(server): State<Server>, program: Program) -> Told<Vec<Calendar>> {
    let statuses = sync::statuses(&server, &program.me).await?;
    let calendars = statuses.into_iter().map(|status| Calendar {
        id: status.source,
        at: status.label,
        since: utc(status.since),
        verified: status.verified.map(utc),
        problem: status.problem,
        failures: status.failures,
        stopped: status.is_stopped,
    });
    Ok(Json(calendars.collect()))
}
