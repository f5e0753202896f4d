//! Inviting somebody: the text is shown and changed before anything exists, and handed over by the inviter.

use crate::form::{Field, Wrong, field, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::limits::Tried;
use crate::me::Me;
use crate::origin;
use crate::pages::people::did_you_mean;
use crate::people;
use crate::refusal::{Answered, Refusal};
use crate::server::{Server, no_chance};
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use maud::html;
use serde::Deserialize;
use steadfast_app::server::accounts::{self, INVITATION_DAYS};

/// Whom, from a link beside their name.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Whom {
    #[serde(default)]
    to: String,
    #[serde(default)]
    name: String,
}

/// What is sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    email: String,
    text: String,
    /// The address of which it was said that it is somebody else's.
    #[serde(default)]
    sure: String,
}

/// Whom the address may have been meant for, and what was wrong.
type Again<'a> = (Option<&'a (String, String)>, Option<&'a Wrong>);

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Query(whom): Query<Whom>,
) -> Answered {
    let called = Some(whom.name.trim()).filter(|name| !name.is_empty());
    let called = called.unwrap_or("there");
    let partners = ledger::partners(&server, &me).await?;
    let text = if whom.to.is_empty() || partners.contains(&whom.to) {
        accounts::letter(&me.0, called)
    } else {
        accounts::letter_of_the_house(&me.0, called)
    };
    let typed = Typed {
        text,
        email: whom.to,
        sure: String::new(),
    };
    let frame = me.frame(&server, Here::Elsewhere);
    Ok(form(&frame, &typed, (None, None)).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    me: Me,
    headers: HeaderMap,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let shared = &server.0;
    let frame = me.frame(&server, Here::Elsewhere);
    let now = shared.world.now();
    if !shared
        .limits
        .allow(Tried::InvitationBy(me.0.account().to_owned()), now)
    {
        return Err(Refusal::TooOften);
    }
    let meant = people::meant(&server, &me, &typed.email, &typed.sure).await?;
    if meant.is_some() {
        let near = Wrong::new("this is nearly an address that is known", "see below");
        let again = form(&frame, &typed, (meant.as_ref(), Some(&near)));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
    }
    let fresh = shared.world.fresh().map_err(no_chance)?;
    let partners = ledger::partners(&server, &me).await?;
    let letter = (typed.email.as_str(), typed.text.as_str());
    match accounts::invite(&shared.store, &me.0, &partners, now, &fresh, letter).await {
        Ok(token) => {
            let path = format!("/invitations/{}", token.as_str());
            let link = origin::address_of(&headers, &path);
            Ok(made(&frame, &typed, &link).into_response())
        }
        Err(error) => match Wrong::of(&error) {
            Some(said) => {
                let again = form(&frame, &typed, (None, Some(&said)));
                Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
            }
            None => Err(error.into()),
        },
    }
}

fn form(frame: &Frame, typed: &Typed, (meant, said): Again<'_>) -> Page {
    let main = html! {
        header class="page-head" {
            h1 { "Invite somebody" }
            p { "They read exactly this text. Nothing is sent from here: you get a link, and hand both over yourself." }
        }
        (wrong(said))
        form method="post" action="/invite" class="fields wide" {
            (field(&Field {
                name: "email", label: "Their e-mail address", kind: "email", value: &typed.email, autocomplete: "off",
                hint: "The one in the calendar: the account is for that person.",
            }))
            (did_you_mean(meant, ("sure", &typed.email)))
            p class="field" {
                label for="text" { "Your text" }
                textarea id="text" name="text" rows="11" required { (typed.text) }
            }
            p { button class="first" { "I have read it: make the link" } }
        }
    };
    page(frame, "Invite", &main)
}

fn made(frame: &Frame, typed: &Typed, link: &str) -> Page {
    let main = html! {
        header class="page-head" {
            h1 { "Hand this over" }
            p { "Copy it into a message to " b { (typed.email) } ". The link is good for one account, for "
                (INVITATION_DAYS) " days, and is shown only now: whoever has it can take the account, so send it to them alone." }
        }
        div class="command letter" { pre tabindex="0" aria-label="The message" { code { (typed.text.trim()) "\n\n" (link) } } }
        p { a href="/one-on-ones" { "Back to your 1:1s" } }
    };
    page(frame, "Hand this over", &main)
}
