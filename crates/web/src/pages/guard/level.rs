//! How far it goes: one click, for all or for one.

use super::done;
use crate::ledger;
use crate::me::Me;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use serde::Deserialize;
use steadfast_app::server::guard::policies::{About, Level, choose_level, preview};

/// The button that was pressed: a level, or `open`.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    level: String,
    /// Whether what is written by itself was shown with the button.
    #[serde(default)]
    read: Option<String>,
}

impl Pressed {
    /// Whether they let it write what they were shown.
    fn has_read(&self, level: Option<Level>) -> bool {
        level == Some(Level::Defend) && self.read.is_some()
    }

    /// What was chosen.
    pub(super) fn read(&self) -> Result<Option<Level>, Refusal> {
        match self.level.as_str() {
            "open" => Ok(None),
            word => Level::named(word).map(Some).ok_or(Refusal::NotAForm),
        }
    }
}

/// For all of the reader's.
pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let level = pressed.read()?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    let viewer = me.0.viewer();
    let mut result = choose_level(store, viewer, now, About::Mine, level).await;
    if result.is_ok() && pressed.has_read(level) {
        let kept = ledger::kept(&server, viewer).await?;
        result = preview(store, viewer, now, (&kept, None)).await;
    }
    done(&server, &me, result, "/policies#g-all").await
}

/// For one of them.
pub(crate) async fn say_of_one(
    State(server): State<Server>,
    me: Me,
    Path(id): Path<String>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let level = pressed.read()?;
    let viewer = me.0.viewer();
    let kept = ledger::kept(&server, viewer).await?;
    let about = About::OneOnOne(&kept, &id);
    let (store, now) = (&server.0.store, server.0.world.instant());
    let mut result = choose_level(store, viewer, now, about, level).await;
    if result.is_ok() && pressed.has_read(level) {
        result = preview(store, viewer, now, (&kept, Some(&id))).await;
    }
    done(&server, &me, result, &format!("/policies#g{id}")).await
}
