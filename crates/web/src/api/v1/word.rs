//! A word on one occurrence.

use crate::api::answer::{Json, Told};
use crate::api::problem::{NotSaid, NotThere, Problem, Refused};
use crate::api::program::Writer;
use crate::api::sent::{At, Sent};
use crate::ledger;
use crate::server::Server;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use steadfast_app::server::ledger::Word;
use utoipa::ToSchema;

/// What can be said. A manager can say `agreed` and `held`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WordSaid {
    Asked,
    Agreed,
    Held,
    NoManager,
    NotHeld,
    NoMe,
}

impl WordSaid {
    pub(crate) fn of(word: Word) -> Self {
        match word {
            Word::Asked => Self::Asked,
            Word::Agreed => Self::Agreed,
            Word::Held => Self::Held,
            Word::NoManager => Self::NoManager,
            Word::NotHeld => Self::NotHeld,
            Word::NoMe => Self::NoMe,
        }
    }

    fn word(self) -> Word {
        match self {
            Self::Asked => Word::Asked,
            Self::Agreed => Word::Agreed,
            Self::Held => Word::Held,
            Self::NoManager => Word::NoManager,
            Self::NotHeld => Word::NotHeld,
            Self::NoMe => Word::NoMe,
        }
    }
}

/// A word on one 1:1; it replaces the one you said before.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWord {
    /// The word; null takes back what you said.
    word: Option<WordSaid>,
    /// Whether the other one of the two sees it. Nobody else ever does.
    #[serde(default)]
    shared: bool,
}

/// Says a word about the 1:1 promised for one day: for you alone unless it is shared.
#[utoipa::path(
    post,
    path = "/api/v1/one-on-ones/{pair}/{day}/word",
    operation_id = "say_word",
    tag = "one-on-ones",
    params(
        ("pair" = String, Path, description = "The id of the 1:1"),
        ("day" = String, Path, description = "The day it was promised for: 2026-03-03", format = Date)
    ),
    request_body = NewWord,
    responses((status = 200, description = "It is said", body = NewWord), NotThere, NotSaid, Refused),
    security(("token" = []))
)]
pub(crate) async fn say(
    State(server): State<Server>,
    writer: Writer,
    At((id, day)): At<(String, String)>,
    Sent(new): Sent<NewWord>,
) -> Told<NewWord> {
    let day: Date = day.parse().map_err(|_| Problem::not_found())?;
    let word = new.word.map(WordSaid::word);
    ledger::say(&server, &writer.me, (id, day), word, new.shared)
        .await
        .map_err(Problem::unfit)?;
    Ok(Json(new))
}
