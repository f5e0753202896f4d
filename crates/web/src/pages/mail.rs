//! Mail to the reader: what is told by it, when nothing is, and whether the mail server takes it.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::mailing;
use crate::me::Me;
use crate::pages::hours::{clock, minute};
use crate::pages::{chat, log, log_words, mail_words, more};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::mail::{self, Channel, Chosen, Quiet, Topic, Wish};
use steadfast_calendar::Instant;

/// What was chosen; boxes that are not ticked are not sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    on: Option<String>,
    #[serde(default)]
    threat: Option<String>,
    #[serde(default)]
    offer: Option<String>,
    #[serde(default)]
    outcome: Option<String>,
    from: String,
    to: String,
    #[serde(default)]
    weekends: Option<String>,
    #[serde(default)]
    urgent: Option<String>,
}

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    answer(&server, &me, None).await
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    let by = mail::chosen(store, me.0.viewer()).await?.wish.by;
    let Some(wish) = wish(&typed, by) else {
        let said = Wrong::new(
            "these are no hours",
            "write them as 19:00 and 08:00; for no quiet hours, the same twice",
        );
        return answer(&server, &me, Some(&said)).await;
    };
    match mail::choose(store, me.0.viewer(), now, &wish).await {
        Ok(()) => Ok(Redirect::to("/mail").into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => answer(&server, &me, Some(&said)).await,
            None => Err(error.into()),
        },
    }
}

/// What was chosen; by which way is chosen elsewhere.
fn wish(typed: &Typed, by: Channel) -> Option<Wish> {
    let ticked = [
        (Topic::Threat, &typed.threat),
        (Topic::Offer, &typed.offer),
        (Topic::Outcome, &typed.outcome),
    ];
    let without = ticked.into_iter().filter(|(_, box_)| box_.is_none());
    Some(Wish {
        on: typed.on.is_some(),
        by,
        without: without.map(|(topic, _)| topic).collect(),
        quiet: Quiet {
            from: minute(&typed.from)?,
            to: minute(&typed.to)?,
            weekends: typed.weekends.is_some(),
        },
        urgent_comes_through: typed.urgent.is_some(),
    })
}

/// The page, with what was wrong where something was.
pub(super) async fn answer(server: &Server, me: &Me, said: Option<&Wrong>) -> Answered {
    let viewer = me.0.viewer();
    let chosen = mail::chosen(&server.0.store, viewer).await?;
    let zone = ledger::kept(server, viewer).await?.zone();
    let frame = me.frame(server, Here::More);
    let status = if said.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let is_sent = mailing::is_sent(&server.0.world);
    let chat = chat::Standing::of(server, me).await?;
    let shown = shown(
        &frame,
        &chosen,
        (viewer.person(), is_sent, &chat),
        (&zone, server.0.world.instant()),
        said,
    );
    Ok((status, shown).into_response())
}

fn shown(
    frame: &Frame,
    chosen: &Chosen,
    (address, is_sent, chat): (&str, bool, &chat::Standing),
    (zone, now): (&TimeZone, Instant),
    said: Option<&Wrong>,
) -> Page {
    let moment = |at: Instant| log_words::moment(at, zone, now.date(zone).year());
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "Mail or chat to you" }
            @if let Some(chat) = chat.name(chosen.wish.by) {
                p { "What your page says is told to you in " b { (chat) } " as well, as soon as it is so: each thing once, without names." }
            } @else if is_sent {
                p { "What your page says is mailed to " b { bdi { (address) } } " as well, as soon as it is so: each thing once." }
            } @else {
                p { b { "This server sends no mail." } " Whoever runs it has not given it a mail server. What you choose here holds from the day it has one." }
            }
            p class="quiet" { "No mail holds a meeting’s title, a note, or a reason that somebody gave: those stand on your page. "
                "A mail does nothing by being opened, and nothing tells anybody that you opened it." }
        }
        (wrong(said))
        @if let Some((at, code)) = chosen.refused {
            div class="wrong" role="alert" { p { b { "The last one did not go out" } ", on " (moment(at)) ". " (mail_words::refused(chosen.wish.by, code)) } }
        }
        @if let Some(last) = chosen.last { p class="quiet" { "The last one went out on " (moment(last)) ". Each stands in your " a href="/log" { "log" } "." } }
        (form(&chosen.wish, zone))
        (chat.shown(chosen.wish.by))
    };
    page(frame, "Mail or chat to you", &main)
}

fn form(wish: &Wish, zone: &TimeZone) -> Markup {
    let wants = |topic: Topic| !wish.without.contains(&topic);
    html! {
        form method="post" action="/mail" class="guard mail" {
            fieldset class="choices" {
                legend { "Tell me" }
                (tick("on", wish.on, "at all"))
                (tick("threat", wants(Topic::Threat), "when a 1:1 that I lead was moved, cut or taken off, or something lies over it"))
                (tick("offer", wants(Topic::Offer), "when other times are offered to me, or somebody wants none of those I offered"))
                (tick("outcome", wants(Topic::Outcome), "when a time that was picked stands, or none could be found"))
            }
            fieldset class="choices" {
                legend { "When nothing is sent" }
                p class="field" {
                    label for="from" { "From" }
                    input id="from" name="from" type="time" value=(clock(wish.quiet.from)) required;
                }
                p class="field" {
                    label for="to" { "To" }
                    input id="to" name="to" type="time" value=(clock(wish.quiet.to)) required aria-describedby="to-hint";
                    span class="quiet small" id="to-hint" { "On your clock (" (log::zone_name(zone)) "). What comes then waits for the end, "
                        "and is dropped if it is not so any more." }
                }
                (tick("weekends", wish.quiet.weekends, "nor on Saturdays and Sundays"))
                (tick("urgent", wish.urgent_comes_through, "but wake me for a 1:1 that begins before that ends"))
            }
            button class="first" { "Keep it so" }
        }
    }
}

fn tick(name: &str, is_on: bool, words: &str) -> Markup {
    html! {
        label for=(name) {
            input type="checkbox" id=(name) name=(name) value="yes" checked[is_on];
            span { (words) }
        }
    }
}
