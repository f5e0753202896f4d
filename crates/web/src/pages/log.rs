//! Log: what the program did for the reader and with their calendars, day by day, in plain words; and taking back what was
//! done.

use crate::form::{Wrong, wrong};
use crate::layout::{Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::{log_words, more, tell};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::acting::{self, Back};
use steadfast_app::server::imip::Adds;
use steadfast_app::server::log::{self, DAYS, Entry, Log, What};
use steadfast_calendar::Instant;
use steadfast_ledger::rules::promise::is_firm;

/// What was just sent, told once.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sent {
    back: Option<String>,
}

/// Which of what was done is to be taken back.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    intent: String,
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    sent: Result<Query<Sent>, QueryRejection>,
) -> Answered {
    let is_sent = sent.is_ok_and(|Query(sent)| sent.back.is_some());
    Ok(answer(&server, &me, is_sent, None).await?.into_response())
}

/// Takes back what was done. What comes of it is told in the log, as of everything that is done.
pub(crate) async fn take_back(
    State(server): State<Server>,
    me: Me,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    match acting::take_back(store, me.0.viewer(), &pressed.intent, now).await {
        Ok(_) => Ok(Redirect::to("/log?back=sent").into_response()),
        Err(error) => {
            let said = Wrong::of(&error).ok_or(error)?;
            let again = answer(&server, &me, false, Some(&said)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

async fn answer(
    server: &Server,
    me: &Me,
    is_sent: bool,
    said: Option<&Wrong>,
) -> Result<Page, ServerError> {
    let log = ledger::log(server, me.0.viewer()).await?;
    let now = server.0.world.instant();
    let today = now.date(&log.zone);
    let is_admin = me.0.administrator().is_some();
    let frame = me.frame(server, Here::More);
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "What happened here" }
            p { "What Steadfast did for you and with your calendars in the last " (DAYS) " days, what you told it, and what others told you. "
                "Only you are shown it." }
            p class="quiet" { "Times in " (zone_name(&log.zone)) ". No meeting’s title stands in it." }
        }
        (wrong(said))
        @if is_sent {
            p class="done" role="status" { "It is being taken back. What comes of it will stand here, in a minute or two." }
        }
        @if is_admin {
            p { "You set this server up: " a href="/log/jobs" { "work that it gave up" } "." }
        }
        @if log.entries.is_empty() {
            p { "Nothing yet. " a href="/calendars" { "Connect your calendar" } ", or " a href="/start" { "hand in an export" } "." }
        }
        @for (number, (date, entries)) in by_day(&log).into_iter().enumerate() {
            section aria-labelledby={ "d" (number) } class="day" {
                h2 id={ "d" (number) } { (day_words(date, today)) }
                dl class="who-sees" {
                    @for entry in entries {
                        div {
                            dt { time datetime=(entry.at) { (clock(entry, &log.zone)) } }
                            dd {
                                (log_words::sentence(entry, &log.zone, today.year()))
                                (untold(&log, entry))
                                (back(&log, entry, now))
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(page(&frame, "What happened here", &main))
}

/// The way to those whom no calendar server told of what was done.
fn untold(log: &Log, entry: &Entry) -> Markup {
    let What::Acted { intent, .. } = &entry.what else {
        return html! {};
    };
    html! {
        @match log.untold.get(intent) {
            Some(open) if open.left > 0 && open.adds == Adds::Proposal => p { a href=(tell::address(intent)) { "Propose another time by mail" } ": you read it first." },
            Some(open) if open.left > 0 && open.adds == Adds::Withdrawal => p { "The time that you proposed by mail is with them still. " a href=(tell::address(intent)) { "Tell them by mail that it is not meant any more" } ": you read it first." },
            Some(open) if open.left > 0 => p { "Those in it may not know of it. " a href=(tell::address(intent)) { "Tell those in it by mail" } ": you read it first." },
            Some(open) if open.mailed > 0 => p class="quiet small" { a href=(tell::address(intent)) { "What was mailed about it" } "." },
            _ => {},
        }
    }
}

/// How what was done is taken back, as long as it can be.
fn back(log: &Log, entry: &Entry, now: Instant) -> Markup {
    let What::Acted {
        intent, deed, to, ..
    } = &entry.what
    else {
        return html! {};
    };
    // It is promised by now, and its being taken off is told as any other's.
    let counts = to.filter(|first| deed == "begin" && is_firm(*first, now));
    html! {
        @match log.backs.get(intent) {
            Some(Back::Offered) => form method="post" action="/log/take-back" {
                button name="intent" value=(intent) { "Take it back" span class="unseen" { ": what was done at " (clock(entry, &log.zone)) } }
                @if let Some(first) = counts {
                    p class="quiet small" { "Your report is invited already. Taken back, the one of "
                        (log_words::moment(first, &log.zone, now.date(&log.zone).year())) " reads as taken off by you." }
                }
            },
            Some(Back::Underway) => p class="quiet" { "It is being taken back." },
            Some(Back::No(why)) => p class="quiet small" { "It cannot be taken back here: " (why) "." },
            None => {},
        }
    }
}

/// The zone as people write it.
pub(crate) fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

/// Entries by the day in the reader's zone, in their order.
fn by_day(log: &Log) -> Vec<(Date, Vec<&log::Entry>)> {
    let mut days: Vec<(Date, Vec<&Entry>)> = Vec::new();
    for entry in &log.entries {
        let date = entry.at.date(&log.zone);
        match days.last_mut().filter(|(last, _)| *last == date) {
            Some((_, entries)) => entries.push(entry),
            None => days.push((date, vec![entry])),
        }
    }
    days
}

/// "Sunday, 22 November".
fn day_words(date: Date, today: Date) -> String {
    if date.year() == today.year() {
        date.strftime("%A, %-d %B").to_string()
    } else {
        date.strftime("%A, %-d %B %Y").to_string()
    }
}

fn clock(entry: &Entry, zone: &TimeZone) -> Markup {
    html! { (entry.at.civil(zone).strftime("%-H:%M")) }
}
