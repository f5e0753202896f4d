//! How far the guard goes for one 1:1, on the calendar of whoever asks.

use crate::api::answer::Told;
use crate::api::problem::{NotSaid, NotThere, Problem, Refused};
use crate::api::program::{Program, Writer};
use crate::api::sent::{At, Sent};
use crate::api::v1::guard::{Guard, NewLevel, holds};
use crate::ledger;
use crate::server::Server;
use axum::extract::State;
use steadfast_app::server::guard::policies::{About, choose_level};
use steadfast_app::server::looked::{Kind, Look};

/// How far the guard goes for one of your 1:1s, on your calendar. What the other one chose is theirs alone.
#[utoipa::path(
    get,
    path = "/api/v1/one-on-ones/{pair}/guard",
    operation_id = "guard_of_one",
    tag = "guard",
    params(("pair" = String, Path, description = "The id of the 1:1")),
    responses((status = 200, description = "What holds", body = Guard), NotThere, Refused),
    security(("token" = []))
)]
pub(crate) async fn show(
    State(server): State<Server>,
    program: Program,
    At(id): At<String>,
) -> Told<Guard> {
    let seen = ledger::see(&server, &program.me, Look::One(Kind::Agreed, &id)).await?;
    seen.ok_or_else(Problem::not_found)?;
    holds(&server, &program.me, Some(&id)).await
}

/// Chooses how far it goes for one of your running 1:1s, on your calendar.
#[utoipa::path(
    post,
    path = "/api/v1/one-on-ones/{pair}/guard",
    operation_id = "choose_guard_of_one",
    tag = "guard",
    params(("pair" = String, Path, description = "The id of the 1:1")),
    request_body = NewLevel,
    responses((status = 200, description = "What holds now", body = Guard), NotThere, NotSaid, Refused),
    security(("token" = []))
)]
pub(crate) async fn say(
    State(server): State<Server>,
    writer: Writer,
    At(id): At<String>,
    Sent(new): Sent<NewLevel>,
) -> Told<Guard> {
    let viewer = writer.me.0.viewer();
    let kept = ledger::kept(&server, viewer).await?;
    let about = About::OneOnOne(&kept, &id);
    let (store, now) = (&server.0.store, server.0.world.instant());
    choose_level(store, viewer, now, about, new.meant())
        .await
        .map_err(Problem::unfit)?;
    holds(&server, &writer.me, Some(&id)).await
}
