//! What they said of themselves alone, and what was done to their calendars: their hours, the feed of what is held, a chat, acts.

use super::kept::moment;
use crate::server::chat;
use crate::server::facts::{self, ACTED, Acted, acts_on};
use crate::server::held;
use crate::server::ledger::{all_that_mattered, whole_stream};
use crate::server::people::{all_hours, hours_in_words};
use crate::server::{ServerError, Viewer};
use serde::Serialize;
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{Facts, Secrets};

/// Part of `kept.json`.
#[derive(Serialize)]
pub(super) struct Own {
    pub(super) hours: Vec<HoursKept>,
    pub(super) feed_of_holds: FeedKept,
    pub(super) chat: Option<ChatKept>,
    pub(super) acts: Vec<ActKept>,
    pub(super) mattered: Vec<MatteredKept>,
}

/// When they work, as they said it; the last one holds. Nobody else is shown it.
#[derive(Serialize)]
pub(super) struct HoursKept {
    pub(super) on: String,
    /// Day by day, on their calendar's clock; `null`: they say nothing of it any more.
    pub(super) week: Option<Vec<String>>,
}

/// The feed of the times that are held for them, without its address, which is a secret.
#[derive(Serialize)]
pub(super) struct FeedKept {
    pub(super) is_open: bool,
    pub(super) turned: Vec<FeedTurned>,
}

/// It was opened, at an address of its own, or taken away.
#[derive(Serialize)]
pub(super) struct FeedTurned {
    pub(super) on: String,
    pub(super) is_open: bool,
}

/// A chat that messages to them go to, without the address of its webhook, which is a secret.
#[derive(Serialize)]
pub(super) struct ChatKept {
    /// `slack` or `teams`; `null`: it is kept sealed, and the key was not at hand.
    pub(super) sort: Option<&'static str>,
}

/// Whether it mattered to them what became of a 1:1; the last one of a day holds. Nobody else is shown it.
#[derive(Serialize)]
pub(super) struct MatteredKept {
    pub(super) on: String,
    pub(super) one_on_one: String,
    pub(super) day: String,
    /// `null` took back what was said before.
    pub(super) mattered: Option<bool>,
}

/// A change that this program made in their calendar.
#[derive(Serialize)]
pub(super) struct ActKept {
    pub(super) on: String,
    pub(super) uid: String,
    /// The instance, by when it was planned; `null`: the meeting as a whole.
    pub(super) of: Option<String>,
    /// From when to when it was put; `null`: it was taken away.
    pub(super) to: Option<(String, String)>,
    /// Between which moments.
    pub(super) within: (String, String),
    /// `person`: at their word; `both`: the other one of the two had said yes as well; `program`: by what they let it do.
    pub(super) by: String,
}

impl Own {
    pub(super) async fn of<S: Facts + Secrets>(
        store: &S,
        keyring: Option<&Keyring>,
        viewer: &Viewer,
    ) -> Result<Self, ServerError> {
        let hours = all_hours(store, viewer).await?.into_iter();
        let hours = hours.map(|(at, hours)| HoursKept {
            on: moment(at),
            week: hours.as_ref().map(hours_in_words),
        });
        let turned = held::turned(store, viewer).await?;
        let chat = chat::kept(store, keyring, viewer).await?;
        Ok(Self {
            hours: hours.collect(),
            feed_of_holds: FeedKept {
                is_open: turned.last().is_some_and(|(_, is_open)| *is_open),
                turned: turned
                    .into_iter()
                    .map(|(at, is_open)| FeedTurned {
                        on: moment(at),
                        is_open,
                    })
                    .collect(),
            },
            chat: chat.map(|sort| ChatKept {
                sort: sort.map(chat::Sort::as_str),
            }),
            acts: acts(store, viewer).await?,
            mattered: mattered(store, viewer).await?,
        })
    }
}

async fn mattered<S: Facts>(store: &S, viewer: &Viewer) -> Result<Vec<MatteredKept>, ServerError> {
    let all = all_that_mattered(store, viewer).await?.into_iter();
    let kept = all.map(|(at, ((pair, day), mattered))| MatteredKept {
        on: moment(at),
        one_on_one: pair,
        day: day.to_string(),
        mattered,
    });
    Ok(kept.collect())
}

async fn acts<S: Facts>(store: &S, viewer: &Viewer) -> Result<Vec<ActKept>, ServerError> {
    let second = |second: i64| moment(Instant::from_seconds(second));
    let facts = whole_stream(store, viewer.org(), &acts_on(viewer.person())).await?;
    let acts = facts.iter().map(|fact| {
        let acted: Acted = facts::what_was_said(fact, ACTED)?;
        Ok(ActKept {
            on: moment(facts::at(fact)),
            uid: acted.uid,
            of: acted.occurrence.map(second),
            to: acted.to.map(|(from, to)| (second(from), second(to))),
            within: (second(acted.within.0), second(acted.within.1)),
            by: acted.by,
        })
    });
    acts.collect()
}
