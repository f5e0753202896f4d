//! The report's word on a 1:1 that is to come: another time, please.

use crate::guard;
use crate::ledger;
use crate::me::Me;
use crate::pages::offers;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::{Pair, Person};
use steadfast_app::server::guard::{Outlook, Standing};
use steadfast_calendar::Instant;
use steadfast_ledger::occurrence::Occurrence;

/// Those to come that are shown at once; what lies further off can still move by itself.
const SHOWN: usize = 2;

/// Of which one, and whether another time is wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wished {
    promised: i64,
    wish: String,
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    wished: Result<Form<Wished>, FormRejection>,
) -> Answered {
    let Form(wished) = wished.map_err(|_| Refusal::NotAForm)?;
    let about = (pair.clone(), Instant::from_seconds(wished.promised));
    let done = guard::wish(&server, &me, about, wished.wish == "yes").await;
    offers::done_or_said(&server, &me, &pair, done).await
}

/// What the page of one 1:1 has of it: for the report of the two, as long as it is to come.
pub(crate) async fn of_one(
    server: &Server,
    me: &Me,
    (report, pair): (&Report, &Pair),
    one: &Occurrence,
) -> Result<Markup, Refusal> {
    if !parts::reads_as_report(report, pair) || !parts::is_to_come(one) {
        return Ok(html! {});
    }
    let kept = ledger::kept(server, me.0.viewer()).await?;
    let outlook = guard::outlook(server, me, kept).await?;
    let has_joined = other_joined(server, me, (report, pair)).await?;
    Ok(html! {
        (offers::section(report, pair, &outlook, (None, Some(one.promised.start))))
        (section(report, pair, &outlook, (has_joined, Some(one))))
    })
}

/// Whether the other one has an account: only a report is told what they could ask of whom.
pub(crate) async fn other_joined(
    server: &Server,
    me: &Me,
    (report, pair): (&Report, &Pair),
) -> Result<bool, Refusal> {
    if !parts::reads_as_report(report, pair) {
        return Ok(false);
    }
    let other = &parts::partner(report, pair).address;
    let joined = ledger::joined(server, me, report).await?;
    Ok(joined.iter().any(|one| **one == **other))
}

/// For the report of the two: one tap for each that is to come and about which nothing is open.
/// `only`: on the page of that one.
pub(crate) fn section(
    report: &Report,
    pair: &Pair,
    outlook: &Outlook,
    (has_joined, only): (bool, Option<&Occurrence>),
) -> Markup {
    if !parts::reads_as_report(report, pair) || pair.ended.is_some() {
        return html! {};
    }
    let about = |one: &Occurrence| {
        let mut between = outlook.between.iter();
        between.find(|known| known.pair == pair.id && known.promised == one.promised.start)
    };
    let is_open = |known: &Standing| {
        let offer = known.about.offer.as_ref();
        known.about.asked.is_some() || offer.is_some_and(|offer| offer.answer.is_none())
    };
    let now = report.generated_at;
    let to_come = pair.occurrences.iter().filter(|one| {
        parts::is_to_come(one) && one.verdict.held.is_some_and(|held| held.start > now)
    });
    let is_told = |one: &&Occurrence| only.is_none_or(|only| only.promised == one.promised);
    let to_come = to_come.take(SHOWN).filter(is_told);
    let free: Vec<&Occurrence> = to_come
        .filter(|one| !about(one).is_some_and(is_open))
        .collect();
    let name = parts::name(parts::partner(report, pair));
    html! {
        @if !free.is_empty() {
            section aria-labelledby="wish" class="threats" {
                h2 id="wish" { "Another time?" }
                @if has_joined { (asking(report, pair, &free, &name)) }
                @else { p class="quiet" { bdi { (name) } " is not here yet: nobody would see it. Ask them yourself." } }
            }
        }
    }
}

fn asking(report: &Report, pair: &Pair, free: &[&Occurrence], name: &str) -> Markup {
    html! {
        p class="quiet small" {
            bdi { (name) } " sees that you ask, and that you ask no more where you take it back, on their page, in their log and in a mail if they get any; "
            "nobody else does. You say no reason, and nothing changes on a calendar by it: it is for " bdi { (name) } " then to put it at another "
            "time, or to offer you some, where their calendar lets this program, of which you pick one or none."
        }
        @for one in free {
            form method="post" action={ "/one-on-ones/" (pair.id) "/wish" } class="reply" {
                input type="hidden" name="promised" value=(one.promised.start.seconds());
                div class="way" {
                    @let at = one.verdict.held.unwrap_or(one.promised).start;
                    span { (parts::at(report, at)) }
                    button name="wish" value="yes" { "Ask for another time" span class="unseen" { ": " (parts::at(report, at)) } }
                }
            }
        }
    }
}

/// That it was asked for, among what stands between the two.
pub(crate) fn asked(report: &Report, one: &Standing, name: &str) -> Markup {
    let offer = one.about.offer.as_ref();
    let Some(asked) = one.about.asked else {
        return html! {};
    };
    let day = parts::day(report, asked.at);
    // Picked or put elsewhere since, it waits for nobody: what is seen of it stands below.
    let put = one.about.now_at();
    let is_put = put.is_some_and(|slot| slot.start != asked.stood);
    html! {
        @if one.as_manager {
            p { bdi { (name) } " asked for another time on " (day) "." }
        } @else {
            p {
                "You asked for another time on " (day)
                @if is_put { "." }
                @else if offer.is_some_and(|offer| offer.answer.is_none()) { "; waiting for your answer." }
                @else { "; waiting for " bdi { (name) } ". What they move in a calendar shows here once that was looked at again." }
            }
            @if offer.is_none() && !is_put {
                form method="post" action={ "/one-on-ones/" (one.pair) "/wish" } {
                    input type="hidden" name="promised" value=(one.promised.seconds());
                    button name="wish" value="no" { "Ask no more" }
                }
            }
        }
    }
}

/// For whoever leads: those asked for of which no card below tells.
pub(crate) fn waiting(report: &Report, outlook: &Outlook) -> Markup {
    let has_card = |one: &Standing| {
        outlook.proposals.iter().any(|card| {
            let promised = card.promised.map(|slot| slot.start);
            card.pair == one.pair && card.kind == "wished" && promised == Some(one.promised)
        })
    };
    let named = |one: &Standing| -> Option<(&Pair, &Person)> {
        let pair = report.pairs.iter().find(|pair| pair.id == one.pair)?;
        Some((pair, parts::partner(report, pair)))
    };
    let waits = |one: &&Standing| {
        one.as_manager && one.about.asked.is_some() && one.about.offer.is_none() && !has_card(one)
    };
    html! {
        @for one in outlook.between.iter().filter(waits) {
            @if let Some((pair, person)) = named(one) {
                p class="next" {
                    bdi { (parts::name(person)) } " asks for another time for your 1:1 of " (parts::at(report, one.promised)) ": "
                    a href={ "/one-on-ones/" (pair.id) "#between" } { "see it" } "."
                }
            }
        }
    }
}
