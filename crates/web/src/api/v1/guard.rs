//! How far the guard goes for whoever asks.

use crate::api::answer::{Json, Told};
use crate::api::problem::{NotSaid, Problem, Refused};
use crate::api::program::{Program, Writer};
use crate::api::sent::Sent;
use crate::api::v1::shapes::utc;
use crate::me::Me;
use crate::server::Server;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use steadfast_app::server::guard::policies::{
    About, Level, Policy, Whose, choose_level, policies, switches,
};
use utoipa::ToSchema;

/// How far the guard goes on your calendar.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Guard {
    /// What holds now: `watch`, `advise` or `defend`.
    level: &'static str,
    /// Whose choice that is: `one_on_one`, `person` (yours for all of your 1:1s) or `organisation`.
    whose: &'static str,
    /// What you chose here, which may be more than holds; null where you left it open.
    chosen: Option<&'static str>,
    /// How far your organisation lets anybody's guard go.
    most: &'static str,
    /// Since when you have stopped everything; null as long as you have not.
    #[schema(format = DateTime)]
    stopped: Option<String>,
    /// Since when it is stopped for everybody.
    #[schema(format = DateTime)]
    stopped_for_all: Option<String>,
}

/// How far it is to go.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LevelSaid {
    Watch,
    Advise,
    Defend,
    /// As you chose for all of your 1:1s; for all of them, as your organisation chose.
    Open,
}

/// Your choice.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLevel {
    level: LevelSaid,
}

impl NewLevel {
    pub(super) fn meant(self) -> Option<Level> {
        match self.level {
            LevelSaid::Watch => Some(Level::Watch),
            LevelSaid::Advise => Some(Level::Advise),
            LevelSaid::Defend => Some(Level::Defend),
            LevelSaid::Open => None,
        }
    }
}

/// How far the guard goes for those of your 1:1s for which you chose nothing else, and whether everything is stopped.
#[utoipa::path(
    get,
    path = "/api/v1/guard",
    operation_id = "guard",
    tag = "guard",
    responses((status = 200, description = "What holds", body = Guard), Refused),
    security(("token" = []))
)]
pub(crate) async fn show(State(server): State<Server>, program: Program) -> Told<Guard> {
    holds(&server, &program.me, None).await
}

/// Chooses how far it goes for those of your 1:1s for which you choose nothing else, also for new ones.
#[utoipa::path(
    post,
    path = "/api/v1/guard",
    operation_id = "choose_guard",
    tag = "guard",
    request_body = NewLevel,
    responses((status = 200, description = "What holds now", body = Guard), NotSaid, Refused),
    security(("token" = []))
)]
pub(crate) async fn say(
    State(server): State<Server>,
    writer: Writer,
    Sent(new): Sent<NewLevel>,
) -> Told<Guard> {
    let (store, now) = (&server.0.store, server.0.world.instant());
    let viewer = writer.me.0.viewer();
    choose_level(store, viewer, now, About::Mine, new.meant())
        .await
        .map_err(Problem::unfit)?;
    holds(&server, &writer.me, None).await
}

/// What holds for the 1:1 with that id, which is known to be theirs, or for all others.
pub(super) async fn holds(server: &Server, me: &Me, pair: Option<&str>) -> Told<Guard> {
    let (store, viewer) = (&server.0.store, me.0.viewer());
    let chosen = policies(store, viewer).await?;
    let switches = switches(store, viewer).await?;
    let (holds, choice): ((Policy, Whose), _) = match pair {
        Some(pair) => (chosen.of(pair), chosen.one_on_ones.get(pair)),
        None => (chosen.elsewhere(), Some(&chosen.mine)),
    };
    Ok(Json(Guard {
        level: holds.0.level.as_str(),
        whose: match holds.1 {
            Whose::OneOnOne => "one_on_one",
            Whose::Person => "person",
            Whose::Organisation => "organisation",
        },
        chosen: choice.and_then(|choice| choice.level).map(Level::as_str),
        most: chosen.set_limits.level.as_str(),
        stopped: switches.mine.map(utc),
        stopped_for_all: switches.all.map(utc),
    }))
}
