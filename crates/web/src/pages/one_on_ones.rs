//! My 1:1s: reporting lines without one first, then the comparison, then each with its ribbon.

use crate::form::{Wrong, query, wrong};
use crate::guard;
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::guard::switch::Switch;
use crate::pages::lines::{self, Lines};
use crate::pages::threats::JustTapped;
use crate::pages::{self, begins, freshness, occurrence, one_on_one, proposed};
use crate::people;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use crate::sync;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::report::Report;
use steadfast_app::report::html::{Ways, parts};
use steadfast_app::report::model::{Direction, Pair, Person};
use steadfast_app::server::cadence::Proposed;
use steadfast_app::server::guard::{Outlook, sayable};
use steadfast_app::server::ledger::Declared;
use steadfast_app::server::looked::{Kind, Look};

/// Names lead to a pair's page, rows to an occurrence's.
pub(crate) const WAYS: Ways = Ways {
    pair: Some(one_on_one::address),
    occurrence: Some(occurrence::address),
    alone: false,
};

/// What was just read, told once.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Read {
    #[serde(flatten)]
    tapped: JustTapped,
    calendars: Option<usize>,
    meetings: Option<usize>,
    moments: Option<usize>,
    aside: Option<usize>,
    unread: Option<usize>,
    earlier: Option<usize>,
}

/// Everything the page is made of.
struct View<'a> {
    report: &'a Report,
    declared: &'a Declared,
    joined: &'a [String],
    fresh: Markup,
    read: Read,
    outlook: &'a Outlook,
    newly: pages::newly::Newly,
    ends: pages::ends::Ends,
    still: pages::still::Now,
    proposed: &'a [(String, Proposed)],
    switch: &'a Switch,
    wrong: Option<&'a Wrong>,
    /// What was wrong with a tap on what threatens.
    wrong_tap: Option<&'a Wrong>,
    /// What was said of lines and not taken.
    again: &'a lines::Again,
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Query(read): Query<Read>,
) -> Answered {
    answer(&server, &me, read, (None, None, &lines::Again::default())).await
}

/// The page with what was wrong with a tap.
pub(crate) async fn with_wrong(server: &Server, me: &Me, said: &Wrong) -> Answered {
    let nothing = lines::Again::default();
    answer(server, me, Read::default(), (None, Some(said), &nothing)).await
}

pub(crate) async fn declare(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let said = lines::said(&typed);
    let known = people::known_to(&server, &me).await?;
    let again = lines::Again {
        meant: said.meant(&known),
        said,
    };
    let said = &again.said;
    if !again.meant.is_empty() {
        let wrong = Wrong::new("this is nearly an address that is known", "see below");
        let again = (Some(&wrong), None, &again);
        return answer(&server, &me, Read::default(), again).await;
    }
    match ledger::declare(&server, &me, &said.reports, said.manager.as_deref()).await {
        Ok(()) => Ok(Redirect::to("/one-on-ones").into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => answer(&server, &me, Read::default(), (Some(&said), None, &again)).await,
            None => Err(error.into()),
        },
    }
}

async fn answer(
    server: &Server,
    me: &Me,
    read: Read,
    (wrong, wrong_tap, again): (Option<&Wrong>, Option<&Wrong>, &lines::Again),
) -> Answered {
    let kept = ledger::kept(server, me.0.viewer()).await?;
    let Some(seen) = ledger::see_in(server, me, &kept, Look::All(Kind::Together)).await? else {
        return Ok(Redirect::to("/start").into_response());
    };
    let outlook = guard::outlook(server, me, kept.clone()).await?;
    let report = sayable(seen.report(), &outlook);
    let now = server.0.world.instant();
    let view = View {
        report: &report,
        declared: seen.own().declared(),
        joined: &ledger::joined(server, me, seen.report()).await?,
        fresh: freshness::line(&sync::statuses(server, me).await?, now),
        read,
        outlook: &outlook,
        still: pages::still::Now::of(server, me, (seen.report(), &seen.report().pairs)).await?,
        newly: pages::newly::Newly::of(&seen, now),
        ends: pages::ends::Ends::of(&seen, now),
        proposed: &proposed::of(&server.0.store, &seen).await?,
        switch: &Switch::told(server, me, kept.zone(), outlook.switches),
        wrong,
        wrong_tap,
        again,
    };
    let status = if wrong.is_some() || wrong_tap.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((
        status,
        shown(
            &me.frame(server, Here::OneOnOnes).shows("ledger calendars"),
            &view,
        ),
    )
        .into_response())
}

fn shown(frame: &Frame, view: &View<'_>) -> Page {
    let report = view.report;
    let (ended, running): (Vec<&Pair>, Vec<&Pair>) =
        report.pairs.iter().partition(|pair| pair.ended.is_some());
    let ended = ended
        .into_iter()
        .filter(|pair| pair.has_begun(report.generated_at));
    let ended: Vec<&Pair> = ended.collect();
    let each = || running.iter().chain(&ended).copied();
    let lines = Lines::of(report, view.declared);
    let unknown = report
        .pairs
        .iter()
        .any(|pair| pair.ended.is_none() && pair.direction == Direction::Unknown);
    let main = html! {
        header class="page-head" { h1 { "Your 1:1s" } (parts::rests_on(report)) (view.fresh) }
        (just_read(&view.read))
        (wrong(view.wrong))
        (without(report, view.outlook))
        (view.newly.section())
        (view.ends.section())
        (pages::this_week::section(report, view.outlook, &view.still))
        @if unknown {
            section aria-labelledby="who" {
                h2 id="who" { "Who reports to whom?" }
                p {
                    "The calendar alone does not say it of everybody. What is chosen below was read from its shape: correct it where it "
                    "is wrong. Where nothing is chosen, nothing can be said about how that 1:1 reads."
                }
                (lines::form(&lines, view.again))
            }
        }
        (pages::offers::waiting(report, view.outlook))
        (pages::wish::waiting(report, view.outlook))
        (proposed::section(report, view.proposed))
        (pages::threats::section(report, view.outlook, None, (view.wrong_tap, &view.read.tapped)))
        (pages::onward::section(report, view.outlook, None))
        @if view.switch.is_stopped() || !view.outlook.proposals.is_empty() { (view.switch.partial("one-on-ones")) }
        (parts::comparison(report))
        section aria-labelledby="pairs" {
            h2 id="pairs" { "Each 1:1" }
            @if report.pairs.is_empty() { (nothing()) }
            (parts::legend(report, each()))
            @for (number, pair) in each().enumerate() { (parts::pair(report, pair, number, WAYS)) }
            @if let Some(step) = parts::shared_step(report) { p dir="auto" { (step) } }
        }
        (not_here_yet(report, &running, view.joined))
        @if !unknown {
            section aria-labelledby="who" {
                h2 id="who" { "Who reports to whom" }
                details open[view.wrong.is_some()] { summary { "Change who reports to whom" } (lines::form(&lines, view.again)) }
            }
        }
        section aria-labelledby="limits" {
            h2 id="limits" { "Not counted, not known, not sure" }
            (parts::limits(report))
        }
    };
    page(frame, "Your 1:1s", &main)
}

fn just_read(read: &Read) -> Markup {
    let (Some(calendars), Some(meetings)) = (read.calendars, read.meetings) else {
        return html! {};
    };
    let many = |number: usize, one: &str| {
        let ending = if number == 1 { "" } else { "s" };
        format!("{number} {one}{ending}")
    };
    html! {
        p class="done" role="status" {
            "Read: " (many(calendars, "calendar")) " with " (many(meetings, "meeting"))
            @match read.moments {
                Some(moments) if moments > 0 => { ", as last seen of " (many(moments, "moment")) ": what changed in between is told." },
                _ => { "." },
            }
            @if let Some(aside) = read.aside.filter(|aside| *aside > 0) {
                " " (many(aside, "other")) " set aside: holidays, birthdays, subscribed ones, and what is not yours."
            }
            @if let Some(earlier) = read.earlier.filter(|earlier| *earlier > 0) {
                " " (many(earlier, "moment")) " left out: your calendar was seen here at that time or later already."
            }
            @if let Some(unread) = read.unread.filter(|unread| *unread > 0) {
                " " strong {
                    @if read.moments.is_some_and(|moments| moments > 0) {
                        "Of " (many(unread, "other moment")) " something could not be read: what stood then is not known, and nothing is told of it."
                    } @else {
                        (many(unread, "other calendar")) " could not be read, and nothing is told from there: have your calendar make the file anew, and "
                        "hand it in."
                    }
                }
            }
        }
    }
}

fn without(report: &Report, outlook: &Outlook) -> Markup {
    let lines = parts::without(report);
    html! {
        @if !lines.is_empty() {
            section aria-labelledby="without" class="without" {
                h2 id="without" { "Without a 1:1" }
                ul class="plain" {
                    @for (said, person) in &lines { li { span dir="auto" { (said) } (begins::with(report, outlook, person)) } }
                }
                @if let Some(repair) = parts::without_repair(report) { p class="todo" { (repair) } }
            }
        }
    }
}

fn nothing() -> Markup {
    html! {
        p { "No 1:1 was found that could be counted." }
        p {
            "A 1:1 here is a meeting of exactly two people that repeats, or several of the same two. If yours have no guests in the "
            "file, the export left them out: " a href="/start" { "export with guests" } ", or say below who reports to whom."
        }
    }
}

/// Those the reader has a 1:1 with who have no account: one step each.
fn not_here_yet(report: &Report, running: &[&Pair], joined: &[String]) -> Markup {
    let is_me = |person: &Person| {
        report
            .me
            .as_ref()
            .is_some_and(|me| me.address == person.address)
    };
    let is_missing = |person: &Person| !joined.iter().any(|known| **known == *person.address);
    let mut missing: Vec<&Person> = running
        .iter()
        .map(|pair| parts::partner(report, pair))
        .chain(parts::without(report).into_iter().map(|(_, person)| person))
        .filter(|person| !is_me(person) && is_missing(person))
        .collect();
    missing.sort_by(|a, b| a.address.cmp(&b.address));
    missing.dedup_by(|a, b| a.address == b.address);
    html! {
        @if !missing.is_empty() {
            section aria-labelledby="invite" {
                h2 id="invite" { "Not here yet" }
                p { "They see nothing of this and get nothing from it. With an account they see your 1:1s with them, and can say where "
                    "it is wrong. You see the text of an invitation before there is one." }
                ul class="invite" {
                    @for person in missing {
                        @let name = parts::name(person);
                        li { a class="button" href={ "/invite?" (query(&[("to", &person.address), ("name", &name)])) } {
                            "Invite " bdi { (name) } } }
                    }
                }
            }
        }
    }
}
