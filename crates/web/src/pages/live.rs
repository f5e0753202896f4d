//! A stream to a page that is open: says that what it shows has changed, and never what.

use crate::guard;
use crate::ledger;
use crate::live::BEAT;
use crate::me::{self, Me};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::unfold;
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::{self, Token};
use steadfast_app::server::ledger::Kept;
use steadfast_app::server::live::{Marks, marks};
use steadfast_store::{Facts, Position};
use tokio::sync::watch;

/// Beats after which it is asked whether the reader is still signed in, whatever happens.
const STILL_THERE: u32 = 30;

/// What the page was told last.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Last {
    last: Option<String>,
}

/// Begins a stream. It ends when its reader signs out or goes away, or the server stops.
pub(crate) async fn stream(
    State(server): State<Server>,
    me: Me,
    Query(asked): Query<Last>,
    headers: HeaderMap,
) -> Answered {
    let token = me::token(&headers, &server).ok_or(Refusal::NotFound)?;
    let again = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok());
    let last = again.or(asked.last.as_deref()).and_then(read);
    let place = Place::take(&server, &me).ok_or(Refusal::TooOften)?;
    let watch = Watch::begin(server, me, token, place).await?;
    let first = watch.told(last);
    let events = unfold((Some(first), watch), |(first, mut watch)| async move {
        let event = match first {
            Some(event) => event,
            None => watch.next().await?,
        };
        Some((Ok::<Event, Infallible>(event), (None, watch)))
    });
    // A proxy is not to hold it back.
    let at_once = [(HeaderName::from_static("x-accel-buffering"), "no")];
    let alive = Sse::new(events).keep_alive(KeepAlive::default());
    Ok((at_once, alive).into_response())
}

/// A place among the streams of an account, given back when it is dropped.
struct Place {
    server: Server,
    account: String,
}

impl Place {
    fn take(server: &Server, me: &Me) -> Option<Self> {
        let account = me.0.account();
        server.0.live.begin(account).then(|| Self {
            server: server.clone(),
            account: account.to_owned(),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.server.0.live.is_over(&self.account);
    }
}

/// What a stream watches.
struct Watch {
    server: Server,
    me: Me,
    token: Token,
    ending: watch::Receiver<bool>,
    position: Position,
    kept: Arc<Kept>,
    marks: Marks,
    _place: Place,
}

impl Watch {
    async fn begin(
        server: Server,
        me: Me,
        token: Token,
        place: Place,
    ) -> Result<Self, ServerError> {
        let ending = server.0.live.ending();
        let position = position(&server, &me).await?;
        let kept = ledger::kept(&server, me.0.viewer()).await?;
        let marks = look(&server, &me, &kept).await?;
        Ok(Self {
            server,
            me,
            token,
            ending,
            position,
            kept,
            marks,
            _place: place,
        })
    }

    /// What a page is told that saw `last`; without it, that nothing has changed.
    fn told(&self, last: Option<Marks>) -> Event {
        event(last.unwrap_or(self.marks), self.marks)
    }

    /// Waits until there is something to tell; `None`: it is over.
    async fn next(&mut self) -> Option<Event> {
        let mut beats = 0;
        loop {
            tokio::select! {
                _ = self.ending.changed() => return None,
                () = tokio::time::sleep(BEAT) => {}
            }
            beats += 1;
            if beats % STILL_THERE == 0 && !self.is_signed_in().await {
                return None;
            }
            // A store that does not answer now answers later; the page stays as it is meanwhile.
            let Ok(Some(before)) = self.changed().await else {
                continue;
            };
            return match self.is_signed_in().await {
                true => Some(event(before, self.marks)),
                false => None,
            };
        }
    }

    /// The marks before, if they are others now.
    async fn changed(&mut self) -> Result<Option<Marks>, ServerError> {
        let position = position(&self.server, &self.me).await?;
        let now = self.server.0.world.instant();
        if position == self.position && now < self.kept.good_until() {
            return Ok(None);
        }
        let kept = ledger::kept(&self.server, self.me.0.viewer()).await?;
        let marks = look(&self.server, &self.me, &kept).await?;
        self.position = position;
        self.kept = kept;
        let before = std::mem::replace(&mut self.marks, marks);
        Ok((before != marks).then_some(before))
    }

    async fn is_signed_in(&self) -> bool {
        let shared = &self.server.0;
        let org = self.me.0.viewer().org();
        let found = accounts::session(&shared.store, org, shared.world.now(), &self.token).await;
        found.is_ok_and(|found| found.is_some_and(|one| one.account() == self.me.0.account()))
    }
}

async fn position(server: &Server, me: &Me) -> Result<Position, ServerError> {
    let shared = &server.0;
    let asked = shared.store.position(me.0.viewer().org());
    Ok(shared.live.pulse(asked).await?)
}

async fn look(server: &Server, me: &Me, kept: &Arc<Kept>) -> Result<Marks, ServerError> {
    let outlook = guard::outlook(server, me, kept.clone()).await?;
    let (server, viewer, kept) = (server.clone(), me.0.viewer().clone(), kept.clone());
    ledger::apart(async move || marks(&server.0.store, &viewer, &kept, &outlook).await).await
}

/// `{"changed":["ledger"]}`, with the marks as its id.
fn event(before: Marks, now: Marks) -> Event {
    let mut changed = Vec::new();
    if before.ledger != now.ledger {
        changed.push("\"ledger\"");
    }
    if before.calendars != now.calendars {
        changed.push("\"calendars\"");
    }
    Event::default()
        .id(format!("{:016x}.{:016x}", now.ledger, now.calendars))
        .data(format!("{{\"changed\":[{}]}}", changed.join(",")))
}

/// Marks as an id has them.
fn read(id: &str) -> Option<Marks> {
    let (ledger, calendars) = id.split_once('.')?;
    Some(Marks {
        ledger: u64::from_str_radix(ledger, 16).ok()?,
        calendars: u64::from_str_radix(calendars, 16).ok()?,
    })
}
