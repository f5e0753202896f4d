//! One occurrence: its story, what it rests on, the rule, and what the two say.

use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::{freshness, mattered, one_on_one, reply, wish};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ServerError;
use steadfast_app::server::ledger::{Said, Word};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::rules;

/// Where the page of an occurrence is: named by the day it was promised for.
pub(crate) fn address(report: &Report, pair: &Pair, occurrence: &Occurrence) -> String {
    let day = occurrence.promised.start.date(&report.zone);
    format!("/one-on-ones/{}/{day}", pair.id)
}

/// The button that was pressed: a word and who may see it, or `nothing`.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    say: String,
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Path((id, day)): Path<(String, String)>,
) -> Answered {
    let seen = ledger::see_one(&server, &me, &id).await?;
    let (report, pair) = (seen.report(), seen.pair(&id)?);
    let day: Date = day.parse().map_err(|_| Refusal::NotFound)?;
    let on_that_day: Vec<&Occurrence> = pair
        .occurrences
        .iter()
        .filter(|one| one.promised.start.date(&report.zone) == day)
        .collect();
    if on_that_day.is_empty() {
        return Err(Refusal::NotFound);
    }
    let said = seen.said(&server.0.store, &id).await?;
    let frame = me.frame(&server, Here::OneOnOnes).shows("ledger calendars");
    let mattered = ledger::what_mattered(&server, &me).await?;
    let mattered = mattered.get(&(id.clone(), day)).copied();
    let fresh = freshness::told(&server, &me).await?;
    let mut asked = Vec::new();
    for one in &on_that_day {
        asked.push(wish::of_one(&server, &me, (report, pair), one).await?);
    }
    let heard = (said.as_slice(), mattered, asked.as_slice(), &fresh);
    Ok(shown(&frame, report, pair, &on_that_day, heard).into_response())
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    Path((id, day)): Path<(String, String)>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let day: Date = day.parse().map_err(|_| Refusal::NotFound)?;
    if let Some(mattered) = mattered::read(&pressed.say)? {
        return said_whether(&server, &me, (id, day), mattered).await;
    }
    let (word, shared) = match pressed.say.split_once('.') {
        None if pressed.say == "nothing" => (None, false),
        Some((word, seen @ ("private" | "shared"))) => {
            let word = Word::named(word).ok_or(Refusal::NotAForm)?;
            (Some(word), seen == "shared")
        }
        _ => return Err(Refusal::NotAForm),
    };
    let back = format!("/one-on-ones/{id}/{day}");
    match ledger::say(&server, &me, (id, day), word, shared).await {
        Ok(()) => Ok(Redirect::to(&back).into_response()),
        // A button that this person's page does not have, or has no more.
        Err(ServerError::Input(what, hint)) => Err(Refusal::Unfit(what, hint)),
        Err(error) => Err(error.into()),
    }
}

async fn said_whether(
    server: &Server,
    me: &Me,
    (id, day): (String, Date),
    mattered: Option<bool>,
) -> Answered {
    let back = format!("/one-on-ones/{id}/{day}");
    match ledger::say_whether_it_mattered(server, me, (id, day), mattered).await {
        Ok(()) => Ok(Redirect::to(&back).into_response()),
        Err(ServerError::Input(what, hint)) => Err(Refusal::Unfit(what, hint)),
        Err(error) => Err(error.into()),
    }
}

fn shown(
    frame: &Frame,
    report: &Report,
    pair: &Pair,
    on_that_day: &[&Occurrence],
    (said, mattered, asked, fresh): (&[Said], Option<bool>, &[Markup], &Markup),
) -> Page {
    let name = parts::name(parts::partner(report, pair));
    let when = on_that_day
        .first()
        .map_or_else(String::new, |one| parts::moment(report, one));
    let title = format!("{when}, with {name}");
    let main = html! {
        header class="page-head" {
            p class="back" { a href=(one_on_one::address(pair)) { "Your 1:1 with " bdi { (name) } } }
            h1 { (in_pieces(&when)) }
            (fresh)
        }
        @for (number, one) in on_that_day.iter().enumerate() {
            (story(report, pair, one, number))
            (reply::section(report, pair, one, said))
            (mattered::section(report, pair, one, mattered))
            @if let Some(asked) = asked.get(number) { (asked) }
            (rests_on(report, pair, one, number))
        }
    };
    page(frame, &title, &main)
}

/// A day and a time, each on one line where both together are too long.
pub(super) fn in_pieces(when: &str) -> Markup {
    let (day, time) = when.split_once(", ").unwrap_or((when, ""));
    html! { span class="one-piece" { (day) @if !time.is_empty() { "," } } @if !time.is_empty() { " " span class="one-piece" { (time) } } }
}

pub(super) fn story(report: &Report, pair: &Pair, one: &Occurrence, number: usize) -> Markup {
    let (mark, word) = parts::mark(report, pair, one);
    html! {
        section class="story-of" aria-labelledby={ "s" (number) } {
            div class="drawn" { (mark) }
            div {
                h2 id={ "s" (number) } { (first_upper(word)) }
                p { (parts::what_happened(report, pair, one)) }
            }
        }
    }
}

pub(super) fn rests_on(report: &Report, pair: &Pair, one: &Occurrence, number: usize) -> Markup {
    let rule = rules::find(one.verdict.rule);
    html! {
        section aria-labelledby={ "e" (number) } {
            h2 id={ "e" (number) } { "What this rests on" }
            dl class="who-sees" {
                @for (term, said) in parts::evidence(report, pair, one) { div { dt { (term) } dd { (said) } } }
                div { dt { "Because" } dd { (parts::because(report, one)) } }
                @if let Some(rule) = rule {
                    div { dt { "By the rule" } dd { b { (rule.title) } ": " (rule.meaning) } }
                }
            }
        }
    }
}

fn first_upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
