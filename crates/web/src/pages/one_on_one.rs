//! My 1:1 with somebody: the same ledger from this seat, what comes next, and room to say where it is wrong.

use crate::form::Wrong;
use crate::guard;
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::only_me::Beforehand;
use crate::pages::threats::JustTapped;
use crate::pages::{self, earlier, freshness, occurrence, offers, policies, reply};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use crate::sync;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use steadfast_app::report::Report;
use steadfast_app::report::html::{Ways, parts};
use steadfast_app::report::model::Pair;
use steadfast_app::server::guard::sayable;
use steadfast_app::server::ledger::Said;
use steadfast_app::server::looked::{Kind, Look};
use steadfast_ledger::occurrence::Occurrence;

/// Rows lead to an occurrence's page; the name is where one is already.
const HERE: Ways = Ways {
    pair: None,
    occurrence: Some(occurrence::address),
    alone: true,
};

/// Where the page of a pair is.
pub(crate) fn address(pair: &Pair) -> String {
    format!("/one-on-ones/{}", pair.id)
}

pub(crate) async fn show(State(server): State<Server>, me: Me, Path(id): Path<String>) -> Answered {
    Ok(answer(&server, &me, &id, None).await?.into_response())
}

/// The page with what was wrong with what was said between the two.
pub(crate) async fn with_wrong(server: &Server, me: &Me, id: &str, said: &Wrong) -> Answered {
    let page = answer(server, me, id, Some(said)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn answer(
    server: &Server,
    me: &Me,
    id: &str,
    wrong: Option<&Wrong>,
) -> Result<Page, Refusal> {
    let kept = ledger::kept(server, me.0.viewer()).await?;
    let look = Look::One(Kind::OneOnOne, id);
    let seen = ledger::see_in(server, me, &kept, look).await?;
    let seen = seen.ok_or(Refusal::NotFound)?;
    let (report, pair) = (seen.report(), seen.pair(id)?);
    let said = seen.said(&server.0.store, id).await?;
    let frame = me.frame(server, Here::OneOnOnes).shows("ledger calendars");
    let statuses = sync::statuses(server, me).await?;
    let now = server.0.world.instant();
    let fresh = freshness::line(&statuses, now);
    let standing = seen.standing(&server.0.store, id).await?;
    let rhythm = policies::line(report, pair, &standing);
    let one = std::slice::from_ref(pair);
    let still = pages::still::Now::of(server, me, (report, one)).await?;
    let outlook = guard::outlook(server, me, kept.clone()).await?;
    let has_joined = pages::wish::other_joined(server, me, (report, pair)).await?;
    let ends = pages::ends::Ends::of(&seen, now);
    let beforehand = Beforehand::of(server, me, (report, pair), has_joined).await?;
    let guarded = html! {
        (pages::still::section(report, pair, &still))
        (ends.of_pair(report, pair))
        (offers::section(report, pair, &outlook, (wrong, None)))
        (pages::threats::section(report, &outlook, Some(pair), (None, &JustTapped::default())))
        (pages::onward::section(report, &outlook, Some(pair)))
        (pages::wish::section(report, pair, &outlook, (has_joined, None)))
    };
    // What could be said names no time but those that are offered here.
    let report = sayable(report, &outlook);
    let pair = report.pairs.iter().find(|one| one.id == id);
    let pair = pair.ok_or(Refusal::NotFound)?;
    let around = (&fresh, &rhythm, &guarded);
    let reader = me.0.viewer().person();
    let mattered = if parts::is_report(pair, reader) {
        ledger::what_mattered(server, me).await?
    } else {
        BTreeMap::new()
    };
    let asked = pages::only_me::section(&report, pair, beforehand);
    Ok(shown(
        &frame,
        &report,
        pair,
        (&said, &mattered, &asked),
        around,
    ))
}

fn shown(
    frame: &Frame,
    report: &Report,
    pair: &Pair,
    (said, mattered, only_me): (&[Said], &BTreeMap<(String, Date), bool>, &Markup),
    (fresh, rhythm, threats): (&Markup, &Markup, &Markup),
) -> Page {
    let name = parts::name(parts::partner(report, pair));
    let title = format!("Your 1:1 with {name}");
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/one-on-ones" { "Your 1:1s" } }
            h1 { "Your 1:1 with " bdi { (name) } }
            (parts::rests_on(report))
            (fresh)
        }
        (next(report, pair))
        (rhythm)
        (threats)
        section aria-labelledby="ledger" class="one" {
            h2 id="ledger" class="unseen" { "What became of each" }
            (parts::pair(report, pair, 0, HERE))
            (parts::legend(report, [pair]))
            (earlier::before(report, pair))
        }
        (latest(report, pair, said, mattered))
        (only_me)
        (who_knows(report, pair, &name))
        @if !pair.why.is_empty() {
            section aria-labelledby="why" {
                h2 id="why" { "Why this counts as a 1:1" }
                ul class="why" { @for reason in &pair.why { li { (reason) } } }
            }
        }
    };
    page(frame, &title, &main)
}

/// The next one, with the way to its page where it is one that was promised.
fn next(report: &Report, pair: &Pair) -> Markup {
    let stands = |one: &&Occurrence| one.verdict.held.map(|held| held.start) == pair.next;
    let mut to_come = pair.occurrences.iter().filter(|one| parts::is_to_come(one));
    let promised = to_come.find(stands);
    html! {
        @if let Some(next) = parts::next(report, pair) {
            p class="next" {
                "Next: "
                @match promised {
                    Some(one) => { a href=(occurrence::address(report, pair, one)) { (next) } }
                    None => { (next) }
                }
                "."
            }
        }
    }
}

/// What becomes of the look at this page: a report's at their own is written down for nobody.
pub(super) fn who_knows(report: &Report, pair: &Pair, name: &str) -> Markup {
    html! {
        p class="quiet small" {
            @if parts::reads_as_report(report, pair) {
                "That you look at this page is written down for nobody. On which days " bdi { (name) } " looked at theirs stands on Privacy."
            } @else {
                "On which days you looked at this page, " bdi { (name) } " can see on the page Privacy."
            }
        }
    }
}

/// The latest one of which there is something to tell, to be answered at once; every other one from its own page.
fn latest(
    report: &Report,
    pair: &Pair,
    said: &[Said],
    mattered: &BTreeMap<(String, Date), bool>,
) -> Markup {
    let latest = pair.occurrences.iter().rev().find(|one| !parts::stood(one));
    let day = |one: &Occurrence| one.promised.start.date(&report.zone);
    let whether = |one: &Occurrence| mattered.get(&(pair.id.clone(), day(one))).copied();
    html! {
        @if let Some(one) = latest {
            section aria-labelledby="reply" {
                h2 id="reply" { "The latest with something to tell" }
                p { b { a href=(occurrence::address(report, pair, one)) { (parts::moment(report, one)) } } ": "
                    (parts::what_happened(report, pair, one)) }
                (reply::section(report, pair, one, said))
                (pages::mattered::section(report, pair, one, whether(one)))
                p class="quiet small" { "Any other one: open the table above, and follow its day." }
            }
        }
    }
}
