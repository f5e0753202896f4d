//! Leaving: what goes and what stays, said before the tap; and the tap, by whoever shows once more that it is them.

use crate::form::{Field, Wrong, field, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::limits::Tried;
use crate::me::{Me, let_out};
use crate::pages::passkeys::UNSAFE;
use crate::passkeys;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::accounts;
use steadfast_app::server::passkeys::Assertion;

/// Either a password, or what a device signed, as the script sends it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Shown {
    password: String,
    credential: String,
    client: String,
    authenticator: String,
    signature: String,
    user: String,
}

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let frame = me.frame(&server, Here::Privacy);
    Ok(shown(&frame, &me, None).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    me: Me,
    headers: HeaderMap,
    sent: Result<Form<Shown>, FormRejection>,
) -> Answered {
    let Form(sent) = sent.map_err(|_| Refusal::NotAForm)?;
    let shared = &server.0;
    let now = shared.world.now();
    let tried = Tried::PasswordFor(me.0.viewer().person().to_owned());
    if !shared.limits.allow(tried.clone(), now) {
        return Err(Refusal::TooOften);
    }
    if let Some(said) = is_not_them(&server, &me, &headers, sent).await? {
        let frame = me.frame(&server, Here::Privacy);
        let again = shown(&frame, &me, Some(&said));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    }
    shared.limits.forgive(&tried);
    accounts::leave(&shared.store, &me.0, now).await?;
    Ok(let_out(&headers, &server, "/sign-in"))
}

/// What is wrong with what was shown; `None`: it is them.
async fn is_not_them(
    server: &Server,
    me: &Me,
    headers: &HeaderMap,
    sent: Shown,
) -> Result<Option<Wrong>, Refusal> {
    let shared = &server.0;
    if sent.signature.is_empty() {
        let (store, passwords) = (&shared.store, &shared.passwords);
        let is_theirs = {
            let now = shared.world.now();
            accounts::knows_password(store, passwords, &me.0, now, &sent.password).await?
        };
        let said = || Wrong::new("That is not your password", "Nothing was done; try again");
        return Ok((!is_theirs).then(said));
    }
    let assertion = Assertion {
        credential: sent.credential,
        client: sent.client,
        authenticator: sent.authenticator,
        signature: sent.signature,
        user: sent.user,
    };
    match passkeys::has(server, me, headers, &assertion).await {
        Ok(()) => Ok(None),
        Err(error) => Ok(Some(Wrong::of(&error).ok_or(error)?)),
    }
}

fn shown(frame: &Frame, me: &Me, said: Option<&Wrong>) -> Page {
    let keeps = me.0.is_owner();
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/privacy" { "Privacy" } }
            h1 { "Leaving" }
            p { "It is done at once and cannot be taken back. " a href="/privacy/export" download { "Take everything about you home" } " first." }
        }
        (wrong(said))
        section aria-labelledby="goes" {
            h2 id="goes" { "What goes" }
            ul {
                li { "All that was seen of your calendars, how to get at them, and what was done to them from here. In the calendars themselves nothing "
                    "changes." }
                li { "What you said about a 1:1 for you alone, whether it mattered to you, and who reports to whom as you said it." }
                li { "Your answers to the proof, your policies, your hours, what you chose of mail and chat, your feed of held times, your log." }
                li { "Your programs’ tokens, and every session." }
                @if !keeps { li { "Your account, with your name, your password and your passkeys: nobody comes in as you." } }
            }
        }
        (stays(keeps))
        section aria-labelledby="sure" {
            h2 id="sure" { "Leave" }
            form method="post" action="/privacy/leave" class="fields" {
                (field(&Field {
                    name: "password", label: "Your password, once more", kind: "password", value: "",
                    autocomplete: "current-password", hint: "So that nobody does it who finds your screen unlocked.",
                }))
                p { button { "Erase what is mine, and leave" } }
            }
            form method="post" action="/privacy/leave" hidden data-challenge="/sign-in/challenge"
                data-failed="Nothing was done: it was broken off, or none of your passkeys is for this server." data-unsafe=(UNSAFE) {
                @for name in ["credential", "client", "authenticator", "signature", "user"] { input type="hidden" name=(name); }
                p { button { "Leave, shown by a passkey" } }
                p role="status" {}
            }
        }
    };
    page(frame, "Leaving", &main)
}

fn stays(keeps: bool) -> Markup {
    html! {
        section aria-labelledby="stays" {
            h2 id="stays" { "What stays" }
            ul {
                li { "With each one you had a 1:1 with: what became of each that was promised, when that was known and from whose side, as it stood when "
                    "you left; what you shared with them about one; the rhythm you agreed on. Titles and other meetings of yours are not among it." }
                li { "Your place in the list of people, which whoever keeps it keeps, and that you looked at what is about somebody, for them, until "
                    "it is deleted with its day." }
                li { "Copies on backups of this server, as long as whoever runs it keeps those." }
                @if keeps { li { "Your account, with your name, your password and your passkeys: you set this server up, and nobody else could look after it." } }
            }
        }
    }
}
