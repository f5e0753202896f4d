//! One occurrence: its story, and what the two said.

use crate::api::answer::{Json, Told};
use crate::api::problem::{NotThere, Problem, Refused};
use crate::api::program::Program;
use crate::api::sent::At;
use crate::api::v1::shapes::{Occurrence, Person, Said, moment};
use crate::ledger;
use crate::pages::freshness;
use crate::server::Server;
use axum::extract::State;
use jiff::civil::Date;
use serde::Serialize;
use steadfast_app::report::html::parts;
use utoipa::ToSchema;

/// What was promised for one day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Day {
    /// The other one of the two.
    with: Person,
    /// Up to when everything that your connected calendars say is known; null where none is connected.
    #[schema(format = DateTime)]
    verified: Option<String>,
    /// As a rule one.
    occurrences: Vec<Story>,
    /// What the two said about it, as far as you may see it.
    words: Vec<Said>,
    /// Whether it mattered to you, where you said so; you alone are told.
    mattered: Option<bool>,
}

/// One of them, with all that is known about it.
#[derive(Debug, Serialize, ToSchema)]
struct Story {
    occurrence: Occurrence,
    evidence: Vec<Evidence>,
}

/// Something that is known.
#[derive(Debug, Serialize, ToSchema)]
struct Evidence {
    about: &'static str,
    says: String,
}

/// The 1:1 promised for one day: its story, what it rests on, and what was said about it.
#[utoipa::path(
    get,
    path = "/api/v1/one-on-ones/{pair}/{day}",
    operation_id = "occurrence",
    tag = "one-on-ones",
    params(
        ("pair" = String, Path, description = "The id of the 1:1"),
        ("day" = String, Path, description = "The day it was promised for: 2026-03-03", format = Date)
    ),
    responses((status = 200, description = "What was promised for that day", body = Day), NotThere, Refused),
    security(("token" = []))
)]
pub(crate) async fn show(
    State(server): State<Server>,
    program: Program,
    At((id, day)): At<(String, String)>,
) -> Told<Day> {
    let day: Date = day.parse().map_err(|_| Problem::not_found())?;
    let seen = ledger::see_one(&server, &program.me, &id).await?;
    let verified = freshness::verified(&server, &program.me).await?;
    let (report, pair) = (seen.report(), seen.pair(&id)?);
    let on_that_day = pair
        .occurrences
        .iter()
        .filter(|one| one.promised.start.date(&report.zone) == day);
    let occurrences: Vec<Story> = on_that_day
        .map(|one| Story {
            occurrence: Occurrence::of(report, pair, one),
            evidence: parts::evidence(report, pair, one)
                .into_iter()
                .map(|(about, says)| Evidence { about, says })
                .collect(),
        })
        .collect();
    if occurrences.is_empty() {
        return Err(Problem::not_found());
    }
    let mattered = ledger::what_mattered(&server, &program.me).await?;
    let said = seen.said(&server.0.store, &id).await?;
    let words = said.iter().filter(|one| one.date == day).map(Said::of);
    Ok(Json(Day {
        verified: verified.map(|at| moment(at, &report.zone)),
        with: Person::of(parts::partner(report, pair)),
        occurrences,
        words: words.collect(),
        mattered: mattered.get(&(id.clone(), day)).copied(),
    }))
}
