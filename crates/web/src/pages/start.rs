//! Start: drop an export in.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::{calendars, kept_of_it};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};

/// The largest file: ten years of a busy calendar are about 20 MB.
pub(crate) const LARGEST: usize = 64 << 20;
/// What stands around the file in a form.
pub(crate) const AROUND: usize = 64 << 10;

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let frame = me.frame(&server, Here::Calendars);
    Ok(shown(&frame, has_google(&server), None).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    me: Me,
    sent: Result<Multipart, MultipartRejection>,
) -> Answered {
    let again = |status, what: &str, hint: &str| {
        let frame = me.frame(&server, Here::Calendars);
        let wrong = Wrong::new(what, hint);
        Ok((status, shown(&frame, has_google(&server), Some(&wrong))).into_response())
    };
    // Held until it is done: what waits here has not been read into memory yet.
    let permit = server.0.uploads.acquire().await;
    let mut sent = sent.map_err(|_| Refusal::NotAForm)?;
    let file = match file_in(&mut sent).await {
        Ok(file) => file,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return again(
                StatusCode::PAYLOAD_TOO_LARGE,
                "This file is larger than 64 MB",
                "Export one calendar instead of all, or a shorter span of time",
            );
        }
        Err(_) => return Err(Refusal::NotAForm),
    };
    let Some((name, bytes)) = file else {
        return again(
            StatusCode::UNPROCESSABLE_ENTITY,
            "No file was chosen",
            "Choose the file that your calendar gave you, or drop it on the field",
        );
    };
    let taken = ledger::take_in(&server, &me, name, bytes).await;
    drop(permit);
    match taken {
        Ok(taken) => {
            let to = format!(
                "/one-on-ones?calendars={}&meetings={}&moments={}&aside={}&unread={}&earlier={}",
                taken.calendars,
                taken.meetings,
                taken.moments,
                taken.set_aside.len(),
                taken.unread,
                taken.earlier
            );
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => match Wrong::of(&error) {
            Some(said) => {
                let frame = me.frame(&server, Here::Calendars);
                let again = shown(&frame, has_google(&server), Some(&said));
                Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
            }
            None => Err(error.into()),
        },
    }
}

/// The first file of the form, with its name.
async fn file_in(sent: &mut Multipart) -> Result<Option<(String, Vec<u8>)>, MultipartError> {
    while let Some(field) = sent.next_field().await? {
        if field.name() != Some("calendar") {
            continue;
        }
        let name = field.file_name().unwrap_or("calendar.ics").to_owned();
        let bytes = field.bytes().await?;
        return Ok(Some((name, bytes.to_vec())).filter(|(_, bytes)| !bytes.is_empty()));
    }
    Ok(None)
}

fn has_google(server: &Server) -> bool {
    server.0.world.google.is_some()
}

fn shown(frame: &Frame, has_google: bool, said: Option<&Wrong>) -> Page {
    let main = html! {
        header class="page-head" {
            h1 { "Drop your calendar in" }
            p { "One file, as your calendar exports it: .ics, .zip or .tgz, up to 64 MB. It stays on this server. Or let "
                "Steadfast keep up with it by itself: " a href="#connect" { "connect your calendar" } ", once and for all." }
        }
        (wrong(said))
        form method="post" action="/start" enctype="multipart/form-data" class="drop" {
            label for="calendar" { "The file: choose it, or drop it here" }
            input id="calendar" name="calendar" type="file" required
                accept=".ics,.zip,.tgz,.gz,text/calendar,application/zip";
            p { button class="first" { "Read it" } }
        }
        (how())
        (calendars::naming(has_google))
        section aria-labelledby="kept" {
            h2 id="kept" { "What is kept of it" }
            p { (kept_of_it::sentences()) }
            p class="quiet" { "An export shows a calendar as it is now. Drop in a new one now and then, and Steadfast can tell "
                "what was moved in between. If you kept older ones, hand them in first, in one archive: each named by the moment in UTC at which it "
                "was made, as 20260302T081500Z.ics. Then the ledger knows what changed since." }
        }
    };
    page(frame, "Add a calendar", &main)
}

fn how() -> Markup {
    html! {
        section aria-labelledby="how" {
            h2 id="how" { "How to get the file" }
            dl class="how" {
                div {
                    dt { "Google Calendar" }
                    dd { "On a computer: the gear, Settings, Import & export, Export." }
                    dd { "You get one .zip; drop it in as it is, without unpacking it." }
                }
                div {
                    dt { "Outlook" }
                    dd { "Classic Outlook for Windows: File, Save Calendar, More options: Whole calendar, Full details." }
                    dd { "You get one .ics. With less than full details the guests are missing, and no 1:1 can be found." }
                }
                div {
                    dt { "Apple Calendar" }
                    dd { "On a Mac: click the calendar’s name in the sidebar, then File, Export, Export…" }
                    dd { "You get one .ics for each calendar; drop in the one that your 1:1s are in." }
                }
            }
        }
    }
}
