//! What two agreed on, how far the guard goes, and what counts as once in a while for everybody.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::auditor::Auditing;
use crate::pages::guard::Guard;
use crate::pages::once::Counts;
use crate::pages::retention::Retention;
use crate::pages::{freshness, more};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::cadence::{CHOICES, Say, Standing};
use steadfast_app::server::holds::Holds;
use steadfast_app::server::looked::{Kind, Look};

/// The button that was pressed: `propose.14`, `agree.14`, `drop` or `end`.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    say: String,
}

/// One running 1:1 of the reader.
struct Rhythm<'a> {
    pair: &'a Pair,
    standing: Standing,
    has_joined: bool,
}

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    Ok(answer(&server, &me, None).await?.into_response())
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    Path(id): Path<String>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let say = read(&pressed.say).ok_or(Refusal::NotAForm)?;
    match ledger::say_cadence(&server, &me, &id, say).await {
        Ok(()) => Ok(Redirect::to(&format!("/policies#p{id}")).into_response()),
        Err(error) => {
            let Some(said) = Wrong::of(&error) else {
                return Err(error.into());
            };
            let again = answer(&server, &me, Some(&said)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

fn read(say: &str) -> Option<Say> {
    match say.split_once('.') {
        Some(("propose", days)) => days.parse().ok().map(Say::Propose),
        Some(("agree", days)) => days.parse().ok().map(Say::Agree),
        None if say == "drop" => Some(Say::Drop),
        None if say == "end" => Some(Say::End),
        _ => None,
    }
}

/// The page; `wrong` is what was wrong with a form on it.
pub(crate) async fn answer(
    server: &Server,
    me: &Me,
    wrong: Option<&Wrong>,
) -> Result<Page, Refusal> {
    let frame = me.frame(server, Here::More);
    let ledger = ledger::kept(server, me.0.viewer()).await?;
    let holds = Holds::of(&server.0.store, me.0.viewer().org()).await?;
    let kept = (
        Counts::to(me, holds.once),
        Retention::to(me, holds.window),
        Auditing::to(me, holds.auditor),
        Guard::of(server, me, ledger.zone()).await?,
        freshness::told(server, me).await?,
    );
    let Some(seen) = ledger::see_in(server, me, &ledger, Look::All(Kind::Agreed)).await? else {
        return Ok(shown(&frame, None, &[], &kept, wrong));
    };
    let report = seen.report();
    let joined = ledger::joined(server, me, report).await?;
    let running = report.pairs.iter().filter(|pair| pair.ended.is_none());
    let running: Vec<&Pair> = running.collect();
    let ids: Vec<&str> = running.iter().map(|pair| pair.id.as_str()).collect();
    let standings = seen.standings(&server.0.store, &ids).await?;
    let rhythms = running.into_iter().zip(standings);
    let mut rhythms: Vec<Rhythm<'_>> = rhythms
        .map(|(pair, standing)| Rhythm {
            pair,
            standing,
            has_joined: {
                let other = parts::partner(report, pair);
                joined.iter().any(|known| **known == *other.address)
            },
        })
        .collect();
    // What waits for the reader comes first.
    let waits = |one: &Rhythm<'_>| {
        let proposed = one.standing.proposed.as_ref();
        proposed.is_some_and(|proposed| proposed.by != me.0.viewer().person())
    };
    rhythms.sort_by_key(|one| !waits(one));
    Ok(shown(&frame, Some(report), &rhythms, &kept, wrong))
}

/// What stands, in a line for the page of one 1:1.
pub(crate) fn line(report: &Report, pair: &Pair, standing: &Standing) -> Markup {
    let other = parts::partner(report, pair);
    let name = parts::name(other);
    html! {
        @if pair.ended.is_none() {
            p class="quiet" {
                @match (&standing.proposed, &standing.agreed) {
                    (Some(proposed), _) if *proposed.by == *other.address =>
                        { bdi { (name) } " proposes to meet " (parts::every(proposed.days)) ": " },
                    (Some(proposed), agreed) => {
                        "Proposed by you on " (parts::day(report, proposed.at)) ": to meet " (parts::every(proposed.days)) "; waiting for " bdi { (name) }
                        @match agreed {
                            Some(agreed) => { ". Until then what you agreed on holds, " (parts::every(agreed.days)) ": " },
                            None => ": ",
                        }
                    },
                    (_, Some(agreed)) => { "You agreed to meet " (parts::every(agreed.days)) ": " },
                    _ => { "You two have not agreed on a rhythm: " },
                }
                a href={ "/policies#p" (pair.id) } { "how often you meet" } "."
            }
        }
    }
}

fn shown(
    frame: &Frame,
    report: Option<&Report>,
    rhythms: &[Rhythm<'_>],
    (counts, kept, auditing, guard, fresh): &(Counts, Retention, Auditing, Guard, Markup),
    said: Option<&Wrong>,
) -> Page {
    let pairs: Vec<&Pair> = rhythms.iter().map(|one| one.pair).collect();
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "What is agreed, and what counts" }
            (fresh)
        }
        (wrong(said))
        (guard.section(report, &pairs))
        section aria-labelledby="rhythms" {
            h2 id="rhythms" { "How often: what the two of you agreed on" }
            p { "Either of you proposes, the other agrees; either can end it. You both see who said what, and nobody else does." }
            p class="quiet" { "What it changes: from the day on which you both agreed, a place where it expects a 1:1 and the calendar "
                "has none counts as missing, and the time since the last one is counted in it. Nothing before that day is judged by it." }
            @match report {
                Some(report) if !rhythms.is_empty() => { @for one in rhythms { (rhythm(report, one)) } },
                _ => p { "No 1:1 of yours is known yet. " a href="/start" { "Add your calendar" } "." },
            }
        }
        (counts.section())
        (kept.section())
        (auditing.section(None))
    };
    page(frame, "What is agreed, and what counts", &main)
}

fn rhythm(report: &Report, one: &Rhythm<'_>) -> Markup {
    let other = parts::partner(report, one.pair);
    let name = parts::name(other);
    let who = |address: &str| {
        if *address == *other.address {
            name.as_str()
        } else {
            "you"
        }
    };
    let day = |at: steadfast_calendar::Instant| parts::day(report, at);
    html! {
        article class="rhythm" id={ "p" (one.pair.id) } {
            h3 { bdi { (name) } }
            div {
                @match &one.standing.agreed {
                    Some(agreed) => p { b { "Agreed: " (parts::every(agreed.days)) } ". Proposed by " bdi { (who(&agreed.proposed_by)) }
                        ", agreed by " bdi { (who(&agreed.agreed_by)) } " on " (day(agreed.since)) "." },
                    None if one.standing.proposed.is_some() => p { "Nothing is agreed yet." },
                    None => p { "Nothing is agreed." },
                }
                p class="quiet" { "On the calendar: " (parts::every(one.pair.cadence_days)) "." }
                @if let Some(proposed) = &one.standing.proposed {
                    @let mine = *proposed.by != *other.address;
                    p { "Proposed by " @if mine { "you" } @else { bdi { (name) } } " on " (day(proposed.at)) ": " b { (parts::every(proposed.days)) }
                        "; waiting for " @if mine { bdi { (name) } } @else { "you" } "." }
                    form method="post" action={ "/policies/" (one.pair.id) } class="acts" {
                        @if mine {
                            button name="say" value="drop" { "Take it back" span class="unseen" { ": " (name) } }
                        } @else {
                            button class="first" name="say" value={ "agree." (proposed.days) } {
                                "Agree: " (parts::every(proposed.days)) span class="unseen" { ", with " (name) } }
                            button name="say" value="drop" { "Not this" span class="unseen" { ": " (name) } }
                        }
                    }
                    @if mine && !one.has_joined {
                        p class="quiet small" { "Not here yet: there is nobody to agree until they have an account." }
                    }
                }
                (propose(one, &name))
            }
        }
    }
}

fn propose(one: &Rhythm<'_>, name: &str) -> Markup {
    let agreed = one.standing.agreed.as_ref().map(|agreed| agreed.days);
    let proposed = one.standing.proposed.as_ref().map(|proposed| proposed.days);
    let open = |days: &&i64| Some(**days) != agreed && Some(**days) != proposed;
    html! {
        details {
            summary { @if agreed.is_some() { "Change it" } @else { "Propose a rhythm" } span class="unseen" { " with " (name) } }
            form method="post" action={ "/policies/" (one.pair.id) } {
                fieldset class="acts" {
                    legend class="quiet" { "Propose to " bdi { (name) } }
                    @for days in CHOICES.iter().filter(open) {
                        button name="say" value={ "propose." (days) } { (parts::every(*days)) }
                    }
                    @if agreed.is_some() { button name="say" value="end" { "End the agreement" } }
                }
            }
        }
    }
}
