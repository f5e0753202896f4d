//! How often two want to meet.

use crate::api::answer::{Json, Told};
use crate::api::problem::{NotSaid, NotThere, Problem, Refused};
use crate::api::program::{Program, Writer};
use crate::api::sent::{At, Sent};
use crate::api::v1::shapes::moment;
use crate::ledger;
use crate::me::Me;
use crate::server::Server;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use steadfast_app::server::cadence::{Say, Standing};
use steadfast_app::server::looked::{Kind, Look};
use utoipa::ToSchema;

/// What stands between the two.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cadence {
    agreed: Option<Agreed>,
    proposed: Option<Proposed>,
}

/// What both agreed on.
#[derive(Debug, Serialize, ToSchema)]
struct Agreed {
    /// Days between two.
    days: i64,
    /// Address of who proposed it.
    proposed_by: String,
    /// Address of who agreed.
    agreed_by: String,
    #[schema(format = DateTime)]
    since: String,
}

/// What one of them proposes.
#[derive(Debug, Serialize, ToSchema)]
struct Proposed {
    /// Days between two.
    days: i64,
    /// Address of who proposes it.
    by: String,
    #[schema(format = DateTime)]
    at: String,
}

/// What you say about it.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(tag = "say", rename_all = "snake_case")]
pub(crate) enum NewCadence {
    /// Proposes a rhythm.
    Propose {
        /// 7, 14, 21 or 28 days between two.
        #[schema(value_type = i64, minimum = 7, maximum = 28, multiple_of = 7)]
        days: f64,
    },
    /// Agrees to the one that the other proposed.
    Agree {
        /// The days that were proposed.
        #[schema(value_type = i64, minimum = 7, maximum = 28, multiple_of = 7)]
        days: f64,
    },
    /// Takes the proposal off the table.
    Drop {},
    /// Ends what was agreed.
    End {},
}

/// What you two propose and agree on.
#[utoipa::path(
    get,
    path = "/api/v1/one-on-ones/{pair}/cadence",
    operation_id = "cadence",
    tag = "one-on-ones",
    params(("pair" = String, Path, description = "The id of the 1:1")),
    responses((status = 200, description = "What stands", body = Cadence), NotThere, Refused),
    security(("token" = []))
)]
pub(crate) async fn show(
    State(server): State<Server>,
    program: Program,
    At(id): At<String>,
) -> Told<Cadence> {
    stands(&server, &program.me, &id).await
}

/// Proposes a rhythm, agrees to one, takes a proposal back, or ends what was agreed. The other one of the two sees it.
#[utoipa::path(
    post,
    path = "/api/v1/one-on-ones/{pair}/cadence",
    operation_id = "say_cadence",
    tag = "one-on-ones",
    params(("pair" = String, Path, description = "The id of the 1:1")),
    request_body = NewCadence,
    responses((status = 200, description = "What stands now", body = Cadence), NotThere, NotSaid, Refused),
    security(("token" = []))
)]
pub(crate) async fn say(
    State(server): State<Server>,
    writer: Writer,
    At(id): At<String>,
    Sent(new): Sent<NewCadence>,
) -> Told<Cadence> {
    let say = match new {
        NewCadence::Propose { days } => Say::Propose(whole(days)?),
        NewCadence::Agree { days } => Say::Agree(whole(days)?),
        NewCadence::Drop {} => Say::Drop,
        NewCadence::End {} => Say::End,
    };
    ledger::say_cadence(&server, &writer.me, &id, say)
        .await
        .map_err(Problem::unfit)?;
    stands(&server, &writer.me, &id).await
}

/// Whole days: JSON writes 14 also as 14.0, and has no other numbers.
fn whole(days: f64) -> Result<i64, Problem> {
    let is_whole = days.fract() == 0.0 && (7.0..=28.0).contains(&days);
    is_whole.then_some(days as i64).ok_or_else(|| {
        let detail = "Days are 7, 14, 21 or 28.";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    })
}

async fn stands(server: &Server, me: &Me, id: &str) -> Told<Cadence> {
    let seen = ledger::see(server, me, Look::One(Kind::Agreed, id)).await?;
    let seen = seen.ok_or_else(Problem::not_found)?;
    let standing = seen.standing(&server.0.store, id).await?;
    Ok(Json(shape(standing, &seen.report().zone)))
}

fn shape(standing: Standing, zone: &TimeZone) -> Cadence {
    Cadence {
        agreed: standing.agreed.map(|agreed| Agreed {
            days: agreed.days,
            proposed_by: agreed.proposed_by,
            agreed_by: agreed.agreed_by,
            since: moment(agreed.since, zone),
        }),
        proposed: standing.proposed.map(|proposed| Proposed {
            days: proposed.days,
            by: proposed.by,
            at: moment(proposed.at, zone),
        }),
    }
}
