//! The feed of times that are held: its page, where its address is made and taken away, and the feed itself.

use crate::guard;
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::more;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use maud::html;
use steadfast_app::server::held::{self, Link};

/// Calendar programs ask far less often; whoever asks more often is answered all the same.
const FRESH: &str = "private, max-age=300";

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let (store, world) = (&server.0.store, &server.0.world);
    let link = held::link(store, &world.keyring, me.0.viewer()).await?;
    let address = world.mail.as_ref().map(|way| way.office.address.as_str());
    let frame = me.frame(&server, Here::More);
    Ok(shown(&frame, link.as_ref(), address.unwrap_or_default()).into_response())
}

pub(crate) async fn open(State(server): State<Server>, me: Me) -> Answered {
    let now = server.0.world.instant();
    held::open(&server.0.store, me.0.viewer(), now).await?;
    Ok(Redirect::to("/held").into_response())
}

pub(crate) async fn close(State(server): State<Server>, me: Me) -> Answered {
    let now = server.0.world.instant();
    held::close(&server.0.store, me.0.viewer(), now).await?;
    Ok(Redirect::to("/held").into_response())
}

/// The feed, for whoever has its address.
pub(crate) async fn feed(State(server): State<Server>, Path(token): Path<String>) -> Answered {
    // Tries are not counted: a token cannot be guessed, and calendar services ask for all their readers from one address.
    let org = server.0.organisation().await?.ok_or(Refusal::LinkSpent)?;
    let (store, world) = (&server.0.store, &server.0.world);
    let viewer = held::opens(store, &world.keyring, &org, world.now(), &token).await?;
    let viewer = viewer.ok_or(Refusal::LinkSpent)?;
    let ahead = ledger::ahead(&server, &viewer).await?;
    let outlook = guard::outlook_of(&server, &viewer, &ahead).await?;
    let text = held::feed(&world.keyring, &outlook, &ahead, world.instant())?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CACHE_CONTROL, FRESH),
    ];
    Ok((headers, text).into_response())
}

fn shown(frame: &Frame, link: Option<&Link>, address: &str) -> Page {
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "A feed of what is held" }
            p { "While your report has the pick of several times, the best one is held for you. Where Steadfast writes to your calendar, it stands "
                "there. Where it does not, subscribe to this feed in your calendar: others who look for a time then find it taken." }
            p class="quiet" { "Times that were offered to you stand in it too, as tentative. It says when, and names nobody." }
        }
        @if let Some(link) = link {
            section aria-labelledby="address" {
                h2 id="address" { "Its address" }
                p { "Add it in your calendar as a subscribed calendar (“from URL”). Whoever has it can read it." }
                p class="secret" { @if address.is_empty() { a href=(link.path) { code { (link.path) } } } @else { code { (address) (link.path) } } }
                @if address.is_empty() {
                    p class="quiet" { "Copy the address of this link: it begins as that of this page does." }
                }
                form method="post" action="/held" { button { "Make another, and end this one" } }
                form method="post" action="/held/away" { button { "Take it away" } }
            }
        } @else {
            form method="post" action="/held" { button class="first" { "Make its address" } }
        }
    };
    page(frame, "A feed of what is held", &main)
}
