//! Offering times by mail to a report who has not joined: all of the mail, as it goes out, and one button.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::mailing;
use crate::me::Me;
use crate::pages::one_on_one;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::html;
use serde::Deserialize;
use steadfast_app::server::guard::{self, ToPick, is_for_good};
use steadfast_calendar::Instant;

/// For which promise.
#[derive(Debug, Deserialize)]
pub(crate) struct Of {
    promised: i64,
}

/// What was approved: the mark of what was shown.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    promised: i64,
    mark: String,
}

/// The page about one promise of a 1:1.
pub(crate) fn address(pair: &str, promised: Instant) -> String {
    let promised = promised.seconds();
    format!("/one-on-ones/{pair}/by-mail?promised={promised}")
}

/// The page about all that are to come.
pub(crate) fn for_good(pair: &str) -> String {
    address(pair, Instant::from_seconds(guard::FOR_GOOD))
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    of: Result<Query<Of>, QueryRejection>,
) -> Answered {
    let Query(of) = of.map_err(|_| Refusal::NotFound)?;
    let about = (pair.as_str(), Instant::from_seconds(of.promised));
    Ok(answer(&server, &me, about, None).await?.into_response())
}

/// Offers the times, and has the mail sent. What comes of it stands in the log.
pub(crate) async fn send(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let about = (pair.as_str(), Instant::from_seconds(pressed.promised));
    match mailing::approve_pick(&server, &me, (about.0, about.1, pressed.mark.as_str())).await {
        Ok(()) => {
            let place = if is_for_good(about.1) {
                "onward"
            } else {
                "between"
            };
            Ok(Redirect::to(&format!("/one-on-ones/{pair}#{place}")).into_response())
        }
        Err(error) => {
            let said = Wrong::of(&error).ok_or(error)?;
            match answer(&server, &me, about, Some(&said)).await {
                Ok(again) => Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response()),
                // There is nothing to offer any more: that is said where the 1:1 stands.
                Err(Refusal::Unfit(..)) => one_on_one::with_wrong(&server, &me, &pair, &said).await,
                Err(refusal) => Err(refusal),
            }
        }
    }
}

async fn answer(
    server: &Server,
    me: &Me,
    about: (&str, Instant),
    said: Option<&Wrong>,
) -> Result<Page, Refusal> {
    let shown = mailing::to_pick(server, me, about).await;
    let shown = shown.map_err(Refusal::or_unfit)?;
    let frame = me.frame(server, Here::OneOnOnes);
    Ok(view(&frame, &shown, about, said))
}

fn view(
    frame: &Frame,
    shown: &ToPick,
    (pair, promised): (&str, Instant),
    said: Option<&Wrong>,
) -> Page {
    let main = html! {
        header class="page-head" {
            p class="back" { a href={ "/one-on-ones/" (pair) } { "The 1:1 with " bdi { (shown.name) } } }
            h1 { "Offer times by mail" }
            p { bdi { (shown.name) } " has not joined. Here is what Steadfast can mail them for you, to the word, with a link at which they "
                "pick one of the times without an account. Nothing goes before you send it." }
        }
        (wrong(said))
        section aria-labelledby="what" {
            h2 id="what" { "What " bdi { (shown.name) } " reads" }
            dl class="who-sees" {
                div { dt { "To" } dd { bdi { (shown.to) } } }
                div { dt { "Subject" } dd { (shown.subject) } }
            }
            p class="letter" { (shown.text) }
        }
        form method="post" action={ "/one-on-ones/" (pair) "/by-mail" } {
            input type="hidden" name="promised" value=(promised.seconds());
            input type="hidden" name="mark" value=(shown.mark);
            button class="first" { "Send it to " (shown.name) }
        }
        p class="quiet small" { "Answers to the mail go to you. Behind the link are these times and your two names, and nothing else. Whoever has it "
            "can pick; it is good for this offer alone, and you end it by taking the offer back. "
            @if is_for_good(promised) {
                "What is picked your calendar moves it to for good, and tells " bdi { (shown.name) } "."
            } @else {
                "What is picked is booked by your calendar, which invites " bdi { (shown.name) } "."
            }
        }
    };
    page(frame, "Offer times by mail", &main)
}
