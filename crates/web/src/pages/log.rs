//! Log: what the program did for the reader and with their calendars, day by day, in plain words.

use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::{log_words, more};
use crate::refusal::Answered;
use crate::server::Server;
use axum::extract::State;
use axum::response::IntoResponse;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use steadfast_app::server::log::{self, DAYS, Entry, Log};

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let log = ledger::log(&server, me.0.viewer()).await?;
    let frame = me.frame(&server, Here::More);
    let today = server.0.world.instant().date(&log.zone);
    let is_admin = me.0.administrator().is_some();
    Ok(shown(&frame, &log, today, is_admin).into_response())
}

fn shown(frame: &Frame, log: &Log, today: Date, is_admin: bool) -> Page {
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "What happened here" }
            p { "What Steadfast did for you and with your calendars in the last " (DAYS) " days, what you told it, and what others told you. "
                "Only you are shown it." }
            p class="quiet" { "Times in " (zone_name(&log.zone)) ". No meeting’s title stands in it." }
        }
        @if is_admin {
            p { "You set this server up: " a href="/log/jobs" { "work that it gave up" } "." }
        }
        @if log.entries.is_empty() {
            p { "Nothing yet. " a href="/calendars" { "Connect your calendar" } ", or " a href="/start" { "hand in an export" } "." }
        }
        @for (number, (date, entries)) in by_day(log).into_iter().enumerate() {
            section aria-labelledby={ "d" (number) } class="day" {
                h2 id={ "d" (number) } { (day_words(date, today)) }
                dl class="who-sees" {
                    @for entry in entries {
                        div {
                            dt { time datetime=(entry.at) { (clock(entry, &log.zone)) } }
                            dd { (log_words::sentence(entry, &log.zone, today.year())) }
                        }
                    }
                }
            }
        }
    };
    page(frame, "What happened here", &main)
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
