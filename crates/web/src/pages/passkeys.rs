//! Passkeys: those of whoever looks, adding one, taking one away.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::limits::Tried;
use crate::me::Me;
use crate::pages::dated::day;
use crate::pages::more;
use crate::passkeys;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::passkeys::{Attested, KnownPasskey};
use steadfast_calendar::Instant;

/// What is said where the browser gives no passkeys to pages like this one.
pub(crate) const UNSAFE: &str = "Browsers take passkeys only where a server is opened under a name and encrypted, or as localhost. Nothing was done.";

/// A new one, as the script sends it.
#[derive(Debug, Deserialize)]
pub(crate) struct Made {
    client: String,
    authenticator: String,
}

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    Ok(answer(&server, &me, None).await?.into_response())
}

/// Something for a device to sign.
pub(crate) async fn challenge(State(server): State<Server>, me: Me) -> Answered {
    let tried = Tried::PasskeyBy(me.0.account().to_owned());
    if !server.0.limits.allow(tried, server.0.world.now()) {
        return Err(Refusal::TooOften);
    }
    let token = passkeys::something_to_sign(&server, me.0.viewer().org()).await?;
    Ok(token.as_str().to_owned().into_response())
}

pub(crate) async fn add(
    State(server): State<Server>,
    me: Me,
    headers: HeaderMap,
    made: Result<Form<Made>, FormRejection>,
) -> Answered {
    let Form(made) = made.map_err(|_| Refusal::NotAForm)?;
    let attested = Attested {
        client: made.client,
        authenticator: made.authenticator,
    };
    match passkeys::add(&server, &me, &headers, &attested).await {
        Ok(()) => Ok(Redirect::to("/passkeys").into_response()),
        Err(error) => {
            let said = Wrong::of(&error).ok_or(error)?;
            let again = answer(&server, &me, Some(&said)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

pub(crate) async fn remove(
    State(server): State<Server>,
    me: Me,
    Path(key): Path<String>,
) -> Answered {
    passkeys::remove(&server, &me, &key).await?;
    Ok(Redirect::to("/passkeys").into_response())
}

async fn answer(server: &Server, me: &Me, wrong: Option<&Wrong>) -> Result<Page, Refusal> {
    let mine = passkeys::mine(server, me).await?;
    let frame = me.frame(server, Here::More);
    let who = (me.0.account(), me.0.viewer().person());
    Ok(shown(&frame, who, &mine, wrong))
}

fn shown(
    frame: &Frame,
    (account, address): (&str, &str),
    mine: &[KnownPasskey],
    said: Option<&Wrong>,
) -> Page {
    let known: Vec<&str> = mine.iter().map(|one| one.credential.as_str()).collect();
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "Passkeys" }
            p { "Sign in with your finger, your face or the number of your device, or with a security key, without a password. "
                "What recognises you never leaves the device; here is only what its signature is checked with." }
        }
        (wrong(said))
        section aria-labelledby="mine" {
            h2 id="mine" { "Yours" }
            @if mine.is_empty() { p { "None yet. You sign in with your password, and can go on doing so." } }
            ul class="plain people" { @for (number, one) in mine.iter().enumerate() { (known_one(number, one)) } }
            form method="post" action="/passkeys" hidden data-challenge="/passkeys/challenge" data-user=(account)
                data-name=(address) data-known=(known.join(" "))
                data-failed="Nothing was added: it was broken off, or this device has one of yours already." data-unsafe=(UNSAFE) {
                input type="hidden" name="client";
                input type="hidden" name="authenticator";
                p { button class="first" { "Add a passkey" } }
                p role="status" {}
            }
            noscript { p class="quiet" { "Adding one needs JavaScript: the browser talks to your device by it. Everything else here does not." } }
        }
        section aria-labelledby="lost" {
            h2 id="lost" { "When a device is lost" }
            p { "Take its passkey away here. A new password takes none away: if you fear that somebody was in your account, look "
                "at this list." }
        }
    };
    page(frame, "Passkeys", &main)
}

fn known_one(number: usize, one: &KnownPasskey) -> Markup {
    let on = |at: Instant| day(at.date(&TimeZone::UTC));
    html! {
        li {
            span { "Added on " (on(one.since)) ", "
                span class="quiet" { @match one.used { Some(at) => { "last used on " (on(at)) }, None => "not used yet" } } }
            form method="post" action={ "/passkeys/" (one.key) "/remove" } {
                button { "Take away" span class="unseen" { ": passkey " (number + 1) } }
            }
        }
    }
}
