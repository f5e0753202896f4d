//! A 1:1 that has none to come begins again, for good: the times at which it could, each one tap.

use crate::form::Wrong;
use crate::guard;
use crate::me::Me;
use crate::pages::offers;
use crate::pages::threats::{became, is_open, to_tell};
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
use steadfast_app::report::model::Person;
use steadfast_app::server::guard::{Begin, Beginning, Outlook};
use steadfast_calendar::Instant;

/// A tap on one of the times.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    /// The second at which the first one begins, a space, and the weeks from one to the next: what was shown.
    time: String,
    /// What the invitation is called, as it was shown.
    #[serde(default)]
    title: String,
}

pub(crate) async fn begin(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let (first, every_weeks) = read(&pressed.time).ok_or(Refusal::NotAForm)?;
    let to = format!("/one-on-ones?did=begin&of={}#without", first.seconds());
    match guard::begin(&server, &me, pair, (first, every_weeks, pressed.title)).await {
        Ok(()) => Ok(Redirect::to(&to).into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => super::one_on_ones::with_wrong(&server, &me, &said).await,
            None => Err(error.into()),
        },
    }
}

fn read(time: &str) -> Option<(Instant, u8)> {
    let (first, every_weeks) = time.split_once(' ')?;
    Some((
        Instant::from_seconds(first.parse().ok()?),
        every_weeks.parse().ok()?,
    ))
}

/// With one of the reports with whom the reader has none; nothing where the reader is not their manager.
pub(crate) fn with(report: &Report, outlook: &Outlook, person: &Person) -> Markup {
    let mut all = outlook.beginnings.iter();
    let found = all.find(|one| *one.report == *person.address);
    found.map_or_else(|| html! {}, |one| form(report, outlook, one, person))
}

/// Of a 1:1 whose series ended.
pub(crate) fn of_pair(report: &Report, outlook: &Outlook, pair: &str) -> Markup {
    let found = outlook.beginnings.iter().find(|one| one.pair == pair);
    let known = report.pairs.iter().find(|one| one.id == pair);
    match found.zip(known) {
        Some((one, pair)) => form(report, outlook, one, parts::partner(report, pair)),
        None => html! {},
    }
}

fn form(report: &Report, outlook: &Outlook, one: &Beginning, person: &Person) -> Markup {
    let name = parts::name(person);
    if let Some(tapped) = one.tapped.as_ref().filter(|tapped| !is_open(tapped)) {
        return html! { p class="said" role="status" { (became(tapped)) (to_tell(tapped)) } };
    }
    let Some(best) = one.times.first() else {
        return html! {
            p class="quiet small" { "No time was found at which both of you are free in each of the next four weeks, as far as your calendars are seen." }
        };
    };
    let fewest = one.times.iter().map(|time| time.free).min();
    let leave = one.times.iter().any(|time| time.on_leave > 0);
    html! {
        @if let Some(tapped) = &one.tapped { p class="said" { (became(tapped)) } }
        form method="post" action={ "/one-on-ones/" (one.pair) "/begin" } class="reply" {
            input type="hidden" name="title" value=(one.title);
            fieldset {
                legend class="unseen" { "Times for a 1:1 with " bdi { (name) } }
                div class="way" {
                    span {
                        @if one.is_possible && !outlook.is_stopped { "Put it on both calendars, " } @else { "It could be " }
                        (how_often(best.every_weeks)) ", " (best.first.minutes()) " minutes. "
                        span class="quiet small" {
                            "At these times " (free(fewest, leave, one.is_seen, &name)) "." (offers::hours(report, outlook, person))
                            @if one.is_possible && !outlook.is_stopped {
                                " Your calendar invites " bdi { (name) } " to “" bdi { (one.title) } "”, and they can decline; the log takes it back before the first."
                            }
                        }
                    }
                    @if one.is_possible && !outlook.is_stopped {
                        span class="slots" {
                            @for (index, time) in one.times.iter().enumerate() {
                                button name="time" value={ (time.first.start.seconds()) " " (time.every_weeks) } class=[(index == 0).then_some("first")] {
                                    (when(report, time))
                                }
                            }
                        }
                    } @else {
                        ul class="plain" { @for time in &one.times { li { (when(report, time)) } } }
                    }
                }
            }
        }
    }
}

/// Where the times are free: `fewest` is in how many of the next four weeks at least, `leave` whether any falls into leave.
pub(super) fn free(fewest: Option<usize>, leave: bool, is_seen: bool, name: &str) -> Markup {
    let weeks = match fewest {
        None | Some(0 | 1) => "then".to_owned(),
        Some(4) => "in each of the next four weeks".to_owned(),
        Some(times) => format!("at least {times} times in the next four weeks"),
    };
    html! {
        @if is_seen { "both of you are free " (weeks) }
        @else { "you are free " (weeks) "; whether " bdi { (name) } " is, is not known here" }
        @if leave { "; one or more fall into leave, which counts neither way" }
    }
}

pub(crate) fn how_often(weeks: u8) -> String {
    match weeks {
        1 => "every week".to_owned(),
        2 => "every two weeks".to_owned(),
        weeks => format!("every {weeks} weeks"),
    }
}

/// "Tuesdays 10:00–10:30, from 3 March", on the reader's clock.
fn when(report: &Report, time: &Begin) -> String {
    let (start, end) = (
        time.first.start.civil(&report.zone),
        time.first.end.civil(&report.zone),
    );
    format!(
        "{}s {}–{}, from {}",
        start.strftime("%A"),
        start.strftime("%-H:%M"),
        end.strftime("%-H:%M"),
        start.strftime("%-d %B")
    )
}
