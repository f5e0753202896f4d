//! A 1:1 whose time is fought over again and again is moved for good: the times at which it could be, each one tap.

use crate::form::Wrong;
use crate::guard;
use crate::me::Me;
use crate::pages::begins::{free, how_often};
use crate::pages::threats::{became, is_open, to_tell};
use crate::pages::{by_mail, offers, one_on_one};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::guard::{Moving, Outlook};
use steadfast_calendar::{Instant, Slot};

/// A tap on one of the times.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    /// The second of the one from which on it goes, a space, and the second at which the first one at the other time begins:
    /// what was shown. Or `offer`: the report is to pick.
    time: String,
}

pub(crate) async fn onward(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let (done, to) = if pressed.time == OFFER {
        let done = guard::offer_onward(&server, &me, pair).await;
        (done, "/one-on-ones#onward".to_owned())
    } else {
        let (from, first) = read(&pressed.time).ok_or(Refusal::NotAForm)?;
        let to = format!("/one-on-ones?did=onward&of={}#onward", first.seconds());
        (guard::onward(&server, &me, pair, (from, first)).await, to)
    };
    match done {
        Ok(()) => Ok(Redirect::to(&to).into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => super::one_on_ones::with_wrong(&server, &me, &said).await,
            None => Err(error.into()),
        },
    }
}

/// What the button sends that lets the report pick.
const OFFER: &str = "offer";

fn read(time: &str) -> Option<(Instant, Instant)> {
    let (from, first) = time.split_once(' ')?;
    let at = |text: &str| Some(Instant::from_seconds(text.parse().ok()?));
    Some((at(from)?, at(first)?))
}

/// Those of the reader's 1:1s whose time does not hold, or one of them.
pub(crate) fn section(report: &Report, outlook: &Outlook, only: Option<&Pair>) -> Markup {
    let is_told = |one: &&Moving| only.is_none_or(|pair| pair.id == one.pair);
    let told: Vec<&Moving> = outlook.movings.iter().filter(is_told).collect();
    html! {
        @if !told.is_empty() {
            section aria-labelledby="onward" class="threats" {
                h2 id="onward" { "A time that does not hold" }
                @let is_offered = told.iter().any(|one| offers::is_open_for_good(outlook, &one.pair));
                p class="quiet small" { "Only you see this" @if is_offered { ", but for the times that were offered: whoever they were offered to sees those" }
                    ". What was stays as it was: the series ends, and the same one goes on at the other time." }
                @for one in told { (card(report, outlook, one)) }
            }
        }
    }
}

fn card(report: &Report, outlook: &Outlook, one: &Moving) -> Markup {
    let Some(pair) = report.pairs.iter().find(|pair| pair.id == one.pair) else {
        return html! {};
    };
    let name = parts::name(parts::partner(report, pair));
    html! {
        div class="threat" {
            h3 { a href=(one_on_one::address(pair)) { bdi { (name) } } }
            @match &one.tapped {
                Some(tapped) if !is_open(tapped) => { p class="said" role="status" { (became(tapped)) (to_tell(tapped)) } }
                tapped => {
                    @if let Some(tapped) = tapped { p class="said" { (became(tapped)) } }
                    (offers::for_good(report, outlook, &one.pair, &name))
                    (form(report, outlook, one, &name))
                }
            }
        }
    }
}

fn form(report: &Report, outlook: &Outlook, one: &Moving, name: &str) -> Markup {
    if one.times.is_empty() {
        return html! {
            p class="quiet small" { "Its time is fought over again and again, and no other was found at which both of you are free in each of the next four weeks, as far as your calendars are seen." }
        };
    }
    let can = one.is_possible && !outlook.is_stopped;
    let fewest = one.times.iter().map(|time| time.free).min();
    let is_offered = offers::is_open_for_good(outlook, &one.pair);
    let leave = one.times.iter().any(|time| time.on_leave > 0);
    html! {
        form method="post" action={ "/one-on-ones/" (one.pair) "/onward" } class="reply" {
            fieldset {
                legend class="unseen" { "Other times for the 1:1 with " bdi { (name) } }
                div class="way" {
                    span {
                        "Its time is fought over again and again. "
                        @if can { "Move it for good" } @else { "It could be at another, for good" }
                        ", " (how_often(one.every_weeks)) ". "
                        span class="quiet small" {
                            "At these times " (free(fewest, leave, one.is_seen, name)) "."
                            @if can { " Your calendar tells " bdi { (name) } ", who can decline; the log takes it back before the first." }
                        }
                    }
                    @if can {
                        span class="slots" {
                            @if one.other_joined { button name="time" value=(OFFER) { "Let " bdi { (name) } " pick" } }
                            @else if !is_offered { a class="button" href=(by_mail::for_good(&one.pair)) { "Let " bdi { (name) } " pick, by mail" } }
                            @for (index, (from, time)) in one.from.iter().zip(&one.times).enumerate() {
                                button name="time" value={ (from.seconds()) " " (time.first.start.seconds()) } class=[(index == 0).then_some("first")] {
                                    (when(report, time.first))
                                }
                            }
                        }
                    } @else {
                        ul class="plain" { @for time in &one.times { li { (when(report, time.first)) } } }
                    }
                }
            }
            @if one.in_pieces {
                p class="quiet small" { "Do it in your calendar: a series at Google is not moved for good from here yet." }
            } @else if !one.is_possible {
                p class="quiet small" {
                    "Do it in your calendar: nothing can be written from here where it lies. With the account "
                    a href="/calendars" { "connected" } ", one tap does it."
                }
            }
        }
    }
}

/// "Thursdays 15:00–15:30, from 19 March", on the reader's clock.
pub(crate) fn when(report: &Report, first: Slot) -> String {
    let (start, end) = (
        first.start.civil(&report.zone),
        first.end.civil(&report.zone),
    );
    format!(
        "{}s {}–{}, from {}",
        start.strftime("%A"),
        start.strftime("%-H:%M"),
        end.strftime("%-H:%M"),
        start.strftime("%-d %B")
    )
}
