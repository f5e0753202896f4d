//! My 1:1s.

use crate::api::answer::{Json, Told};
use crate::api::problem::Refused;
use crate::api::program::Program;
use crate::api::v1::shapes::{OneOnOne, Person, moment};
use crate::ledger;
use crate::pages::freshness;
use crate::server::Server;
use axum::extract::State;
use jiff::tz::TimeZone;
use serde::Serialize;
use steadfast_app::report::html::parts;
use steadfast_app::server::looked::{Kind, Look};
use utoipa::ToSchema;

/// All 1:1s of one person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneOnOnes {
    /// As of when; null as long as no calendar of theirs was seen.
    #[schema(format = DateTime)]
    as_of: Option<String>,
    /// Up to when everything that your connected calendars say is known; null where none is connected.
    #[schema(format = DateTime)]
    verified: Option<String>,
    /// The zone in which days and times are told.
    time_zone: Option<String>,
    /// Those that run first, then those that ended.
    one_on_ones: Vec<OneOnOne>,
    /// Reporting lines without a 1:1.
    without: Vec<Without>,
}

/// A reporting line without a 1:1.
#[derive(Debug, Serialize, ToSchema)]
struct Without {
    with: Person,
    /// In a sentence.
    says: String,
}

/// Your 1:1s, and the reporting lines that have none.
#[utoipa::path(
    get,
    path = "/api/v1/one-on-ones",
    operation_id = "one_on_ones",
    tag = "one-on-ones",
    responses((status = 200, description = "Your 1:1s", body = OneOnOnes), Refused),
    security(("token" = []))
)]
pub(crate) async fn show(State(server): State<Server>, program: Program) -> Told<OneOnOnes> {
    let look = Look::All(Kind::Together);
    let seen = ledger::see(&server, &program.me, look).await?;
    let verified = freshness::verified(&server, &program.me).await?;
    let report = seen.as_ref().map(|seen| seen.report());
    let pairs = report
        .iter()
        .flat_map(|report| report.pairs.iter().map(|pair| OneOnOne::of(report, pair)));
    let without = report.iter().flat_map(|report| parts::without(report));
    let zone = report.map_or(TimeZone::UTC, |report| report.zone.clone());
    Ok(Json(OneOnOnes {
        verified: verified.map(|at| moment(at, &zone)),
        as_of: report.map(|report| moment(report.generated_at, &report.zone)),
        time_zone: report.map(|report| report.zone_name.clone()),
        one_on_ones: pairs.collect(),
        without: without
            .map(|(says, person)| Without {
                with: Person::of(person),
                says,
            })
            .collect(),
    }))
}
