//! One 1:1, with what became of each.

use crate::api::answer::{Json, Told};
use crate::api::problem::{NotThere, Refused};
use crate::api::program::Program;
use crate::api::sent::At;
use crate::api::v1::shapes::{Occurrence, OneOnOne, moment};
use crate::ledger;
use crate::pages::freshness;
use crate::server::Server;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// One 1:1 and its ledger.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ledger {
    /// As of when.
    #[schema(format = DateTime)]
    as_of: String,
    /// Up to when everything that your connected calendars say is known; null where none is connected.
    #[schema(format = DateTime)]
    verified: Option<String>,
    /// The zone in which days and times are told.
    time_zone: String,
    one_on_one: OneOnOne,
    /// Each that was promised, the oldest first.
    occurrences: Vec<Occurrence>,
}

/// One 1:1 of yours, and what became of each that was promised.
#[utoipa::path(
    get,
    path = "/api/v1/one-on-ones/{pair}",
    operation_id = "one_on_one",
    tag = "one-on-ones",
    params(("pair" = String, Path, description = "The id of the 1:1")),
    responses((status = 200, description = "The 1:1 and its ledger", body = Ledger), NotThere, Refused),
    security(("token" = []))
)]
pub(crate) async fn show(
    State(server): State<Server>,
    program: Program,
    At(id): At<String>,
) -> Told<Ledger> {
    let seen = ledger::see_one(&server, &program.me, &id).await?;
    let verified = freshness::verified(&server, &program.me).await?;
    let (report, pair) = (seen.report(), seen.pair(&id)?);
    let occurrences = pair.occurrences.iter();
    Ok(Json(Ledger {
        verified: verified.map(|at| moment(at, &report.zone)),
        as_of: moment(report.generated_at, &report.zone),
        time_zone: report.zone_name.clone(),
        one_on_one: OneOnOne::of(report, pair),
        occurrences: occurrences
            .map(|one| Occurrence::of(report, pair, one))
            .collect(),
    }))
}
