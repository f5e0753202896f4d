//! The link in a mail that offers times: a page with the times, for whoever has it. Looking does nothing.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Page, page};
use crate::ledger;
use crate::pages::link;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::IntoResponse;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::guard::{self, Answered as Said, Pick, is_for_good};
use steadfast_calendar::{Instant, Slot};

/// On which clock.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Clock {
    #[serde(default)]
    zone: String,
}

/// One of the times, or none of them.
#[derive(Debug, Deserialize)]
pub(crate) struct Picked {
    /// The second at which it begins, or `none`.
    pick: String,
    #[serde(default)]
    zone: String,
}

/// Programs that look at every link of a mail pick nothing.
pub(crate) async fn show(
    State(server): State<Server>,
    Path(token): Path<String>,
    Query(clock): Query<Clock>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Answered {
    let pick = open(&server, &token, &headers, &extensions, None).await?;
    Ok(shown(&pick, &clock.zone, None).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
    picked: Result<Form<Picked>, FormRejection>,
) -> Answered {
    let Form(picked) = picked.map_err(|_| Refusal::NotAForm)?;
    let start = match picked.pick.as_str() {
        "none" => None,
        start => Some(start.parse().map_err(|_| Refusal::NotAForm)?),
    };
    let start = start.map(Instant::from_seconds);
    match open(&server, &token, &headers, &extensions, Some(start)).await {
        Ok(pick) => Ok(shown(&pick, &picked.zone, None).into_response()),
        Err(Refusal::Unfit(what, hint)) => {
            let pick = open(&server, &token, &headers, &extensions, None).await?;
            let again = shown(&pick, &picked.zone, Some(&Wrong::new(&what, &hint)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(refusal) => Err(refusal),
    }
}

/// What is behind the link, after `picks` was picked, where something is.
async fn open(
    server: &Server,
    token: &str,
    headers: &HeaderMap,
    extensions: &Extensions,
    picks: Option<Option<Instant>>,
) -> Result<Pick, Refusal> {
    let org = link::tried_to_pick(server, headers, extensions).await?;
    let (store, world) = (&server.0.store, &server.0.world);
    let now = world.instant();
    let pointed = guard::pointing(store, &world.keyring, &org, now, token).await?;
    let (viewer, at) = pointed.ok_or(Refusal::LinkSpent)?;
    let ahead = ledger::ahead(server, &viewer).await?;
    let about = (&viewer, &at);
    let spent = |error: ServerError| match error {
        ServerError::NotFound => Refusal::LinkSpent,
        error => Refusal::or_unfit(error),
    };
    if let Some(start) = picks {
        let done = guard::pick_by_link(store, &ahead, about, now, start).await;
        done.map_err(spent)?;
    }
    let pick = guard::open_pick(store, &ahead, about, now).await;
    pick.map_err(spent)
}

fn shown(pick: &Pick, zone: &str, said: Option<&Wrong>) -> Page {
    let typed = TimeZone::get(zone.trim())
        .ok()
        .filter(|_| !zone.trim().is_empty());
    let is_unknown = typed.is_none() && !zone.trim().is_empty();
    let zone = typed.unwrap_or_else(|| pick.zone.clone());
    let clock = zone.iana_name().unwrap_or("UTC").to_owned();
    let main = html! {
        header class="page-head" {
            h1 { "Another time for your 1:1" }
            p {
                bdi { (pick.to) } ", " bdi { (pick.from) } " offers you other times for your 1:1"
                @if is_for_good(pick.promised) { " from here on; it comes as often as before." }
                @else { " of " (moment(pick.promised, &zone)) "." }
            }
        }
        (wrong(said))
        @match pick.answered {
            Some(Said::Picked(slot)) => p class="done" role="status" {
                "Picked: " (span(pick, slot, &zone)) ". The calendar of " bdi { (pick.from) } " is asked for it, and "
                @if is_for_good(pick.promised) { "tells" } @else { "invites" }
                " you; it counts once it stands on both."
            },
            Some(Said::None) => p class="done" role="status" {
                "None of these, then: nothing is changed, and nothing more is offered by itself. " bdi { (pick.from) } " sees that."
            },
            None => { (form(pick, &zone, &clock)) },
        }
        (clock_form(&clock, is_unknown))
    };
    page(&Frame::nobody(), "Another time for your 1:1", &main)
}

fn form(pick: &Pick, zone: &TimeZone, clock: &str) -> Markup {
    html! {
        form method="post" class="reply" {
            input type="hidden" name="zone" value=(clock);
            fieldset {
                legend { "Which of these suits you?" }
                p class="quiet small" {
                    "You need not pick any, and “None of these” changes nothing on a calendar. What you pick is put there by the calendar of "
                    bdi { (pick.from) } ", who sees it, also if it is none. It counts as your yes."
                }
                p class="slots" {
                    @for slot in &pick.slots {
                        button name="pick" value=(slot.start.seconds()) { (span(pick, *slot, zone)) }
                    }
                    button name="pick" value="none" { "None of these" }
                }
            }
        }
    }
}

/// The reader's own clock: theirs may be another than whoever wrote knows.
fn clock_form(clock: &str, is_unknown: bool) -> Markup {
    html! {
        form method="get" class="fields" {
            p class="field" {
                label for="zone" { "Times are on this clock" }
                input id="zone" name="zone" type="text" value=(clock) autocomplete="off" aria-describedby="zone-hint";
                span class="quiet small" id="zone-hint" {
                    @if is_unknown { "That clock is not known. " }
                    "As time zones are called: Europe/Berlin, America/New_York, Asia/Kolkata."
                }
            }
            p { button { "Show them on it" } }
        }
    }
}

/// "Tue 3 March, 15:00".
fn moment(at: Instant, zone: &TimeZone) -> String {
    at.civil(zone).strftime("%a %-d %B, %-H:%M").to_string()
}

/// "Tue 3 March, 15:00–15:30"; for good: "Tuesdays, 15:00–15:30, from 3 March".
fn span(pick: &Pick, slot: Slot, zone: &TimeZone) -> String {
    let end = slot.end.civil(zone).strftime("%-H:%M");
    if is_for_good(pick.promised) {
        let start = slot.start.civil(zone);
        let (hour, day) = (start.strftime("%As, %-H:%M"), start.strftime("%-d %B"));
        return format!("{hour}–{end}, from {day}");
    }
    format!("{}–{end}", moment(slot.start, zone))
}
