//! The organisation from a file: what it would change is shown before anything is changed.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::pages::dated;
use crate::people::{self, Keeper};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::rejection::FormRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeSet;
use steadfast_app::audit::org_file;
use steadfast_app::server::people::{Difference, Offer, Unlisted};
use steadfast_store::Version;

/// The largest file: twenty thousand rows are about 2 MB.
pub(crate) const LARGEST: usize = 4 << 20;
/// The same as a form sends it, with everything escaped.
pub(crate) const ESCAPED: usize = 3 * LARGEST + (64 << 10);
/// Differences that are shown one by one.
const SHOWN: usize = 300;

/// What was done, told once.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Done {
    changed: Option<usize>,
}

/// The file that was looked at, the state that it was held against, and who is to stay after all.
#[derive(Debug, Default)]
struct Seen {
    text: String,
    from: Option<u64>,
    stays: BTreeSet<String>,
    /// It is only looked at again.
    looks: bool,
}

impl Seen {
    fn of(sent: Vec<(String, String)>) -> Self {
        let mut seen = Self::default();
        for (field, value) in sent {
            match field.as_str() {
                "text" => seen.text = value,
                "from" => seen.from = value.parse().ok(),
                "stays" => drop(seen.stays.insert(value)),
                "look" => seen.looks = true,
                _ => {}
            }
        }
        seen
    }
}

pub(crate) async fn show(
    State(server): State<Server>,
    keeper: Keeper,
    Query(done): Query<Done>,
) -> Answered {
    let frame = keeper.me.frame(&server, Here::More);
    Ok(asking(&frame, done, None).into_response())
}

pub(crate) async fn look(
    State(server): State<Server>,
    keeper: Keeper,
    sent: Result<Multipart, MultipartRejection>,
) -> Answered {
    let mut sent = sent.map_err(|_| Refusal::NotAForm)?;
    let mut text = None;
    while let Some(field) = sent.next_field().await.map_err(|_| Refusal::NotAForm)? {
        if field.name() == Some("people") {
            let bytes = field.bytes().await.map_err(|_| Refusal::NotAForm)?;
            text = Some(org_file::text_of(&bytes));
        }
    }
    match text {
        None => Err(Refusal::NotAForm),
        Some(Err(error)) => again(&server, &keeper, &Wrong::new(&error.what, &error.hint)),
        Some(Ok(text)) => preview(&server, &keeper, (text, BTreeSet::new()), None).await,
    }
}

pub(crate) async fn apply(
    State(server): State<Server>,
    keeper: Keeper,
    seen: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Answered {
    let Form(seen) = seen.map_err(|_| Refusal::NotAForm)?;
    let seen = Seen::of(seen);
    let from = seen.from.ok_or(Refusal::NotAForm)?;
    let said = (seen.text, seen.stays);
    if seen.looks {
        return preview(&server, &keeper, said, None).await;
    }
    let done = people::apply(&server, &keeper, Version(from), said.clone()).await;
    match done {
        Ok(changed) => Ok(Redirect::to(&format!("/people/file?changed={changed}")).into_response()),
        Err(error) => {
            let wrong = Wrong::of(&error).ok_or(error)?;
            preview(&server, &keeper, said, Some(&wrong)).await
        }
    }
}

async fn preview(
    server: &Server,
    keeper: &Keeper,
    said: (String, BTreeSet<String>),
    wrong: Option<&Wrong>,
) -> Answered {
    match people::offer(server, keeper, said.clone()).await {
        Ok(offer) => {
            let frame = keeper.me.frame(server, Here::More);
            let known = people::known(server, &keeper.me).await?;
            let today = people::today(server, &keeper.me, &known).await?;
            let shown = offered(&frame, &offer, &said.0, (today, wrong));
            let status = match wrong {
                Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
                None => StatusCode::OK,
            };
            Ok((status, shown).into_response())
        }
        Err(error) => {
            let said = Wrong::of(&error).ok_or(error)?;
            again(server, keeper, &said)
        }
    }
}

fn again(server: &Server, keeper: &Keeper, said: &Wrong) -> Answered {
    let frame = keeper.me.frame(server, Here::More);
    let page = asking(&frame, Done::default(), Some(said));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn asking(frame: &Frame, done: Done, said: Option<&Wrong>) -> Page {
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/people" { "People" } }
            h1 { "People from a file" }
            p { "You see what it would change before anything is changed. The same file twice changes nothing; nobody is taken "
                "out because a file does not name them." }
        }
        @if let Some(changed) = done.changed {
            p class="done" role="status" { "Done: " (changed) @if changed == 1 { " change." } @else { " changes." } " "
                a href="/people" { "See the list" } "." }
        }
        (wrong(said))
        form method="post" action="/people/file" enctype="multipart/form-data" class="drop" {
            label for="people" { "The file: choose it, or drop it here" }
            input id="people" name="people" type="file" required accept=".csv,text/csv";
            p { button class="first" { "Show what it would change" } }
        }
        section aria-labelledby="columns" {
            h2 id="columns" { "What stands in it" }
            p { "A CSV file, as a spreadsheet saves it, with commas or with semicolons between the columns: a header, then a row for each person. Only " code { "email" } " is required. "
                "It is the same file that " code { "steadfast audit --org" } " takes." }
            dl class="who-sees columns" {
                @for (column, what) in COLUMNS { div { dt { code { (column) } } dd { (what) } } }
            }
        }
    };
    page(frame, "People from a file", &main)
}

const COLUMNS: &[(&str, &str)] = &[
    ("email", "The main address."),
    ("name", "Their name."),
    (
        "manager",
        "The address of whom they report to. Several rows of one person are several lines.",
    ),
    (
        "from, to",
        "First and last day of that, as 2026-03-01 or 1.3.2026. Empty: the line that is known; for a new manager, as of today.",
    ),
    ("aliases", "Other addresses of theirs, with spaces between."),
    (
        "kind",
        "person, delegate, room or bot. A delegate’s manager is whom they act for.",
    ),
    ("time_zone", "As Europe/Paris."),
];

fn offered(
    frame: &Frame,
    offer: &Offer,
    text: &str,
    (today, said): (Date, Option<&Wrong>),
) -> Page {
    let many = offer.differences.len();
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/people/file" { "Another file" } }
            h1 { @if many == 0 { "It changes nothing" } @else { "What it would change" } }
            @if offer.not_named > 0 {
                p class="quiet" { "Not in the file, and left as they are: " (offer.not_named)
                    @if offer.not_named == 1 { " person." } @else { " people." } }
            }
        }
        (wrong(said))
        @if !offer.wrong.is_empty() {
            section aria-labelledby="wrong" {
                h2 id="wrong" { "Rows that cannot be taken in" }
                ul class="plain" {
                    @for row in offer.wrong.iter().take(SHOWN) {
                        li { b { "Line " (row.line) ": " } bdi { (row.what) } "; " span class="quiet" { (row.hint) } "." }
                    }
                }
                (and_more(offer.wrong.len()))
            }
        }
        @if !offer.unlisted.is_empty() { (unlisted(offer)) }
        @if !offer.left.is_empty() { (left(offer, text)) }
        @if many > 0 {
            section aria-labelledby="changes" {
                h2 id="changes" { (many) @if many == 1 { " change" } @else { " changes" } }
                form method="post" action="/people/file/apply" {
                    (file(offer, text))
                    @for one in offer.left.iter().filter(|one| one.stays) { input type="hidden" name="stays" value=(one.address); }
                    p { button class="first" { "Change it"
                        @if !offer.wrong.is_empty() { ", without those rows" } } }
                }
                ul class="plain changes" {
                    @for one in offer.differences.iter().take(SHOWN) { li { (difference(offer, one, today)) } }
                }
                (and_more(many))
            }
        }
    };
    page(frame, "What it would change", &main)
}

/// The file, and the state that it was held against.
fn file(offer: &Offer, text: &str) -> Markup {
    html! {
        input type="hidden" name="text" value=(text);
        input type="hidden" name="from" value=(offer.from.0);
    }
}

/// Whom the file names though they were taken out: that they stay is said and chosen, or not done.
fn left(offer: &Offer, text: &str) -> Markup {
    html! {
        section aria-labelledby="left" {
            h2 id="left" { "Named, though they were taken out" }
            p { "They leave, or have left, and a file does not undo that: what it says of them and of lines to them is not taken in. Whoever "
                "is to stay after all, tick; you see what that would change before anything is changed." }
            form method="post" action="/people/file/apply" {
                (file(offer, text))
                @for one in &offer.left {
                    p { label class="choice" { input type="checkbox" name="stays" value=(one.address) checked[one.stays];
                        " " bdi { (one.name) } ", last day " (dated::day(one.last)) } }
                }
                p { button name="look" value="yes" { "Show what it would change" } }
            }
        }
    }
}

/// Whom the file names and says nothing of.
fn unlisted(offer: &Offer) -> Markup {
    html! {
        section aria-labelledby="unlisted" {
            h2 id="unlisted" { "Named, without a row of their own" }
            p { "They are put on the list as people, as the file says. Where one is a slip of the pen, correct the file, and look again." }
            ul class="plain" { @for one in offer.unlisted.iter().take(SHOWN) { li { (perhaps(one)) } } }
            (and_more(offer.unlisted.len()))
        }
    }
}

/// "petra@exmaple.com is named as the manager of 2. It is near to petra@example.com: is it the same?"
pub(crate) fn perhaps(one: &Unlisted) -> Markup {
    html! {
        bdi { b { (one.address) } }
        @if one.manages > 0 { " is named as the manager of " (one.manages) "." } @else { " is named as whom a delegate acts for." }
        @if let Some(near) = &one.near { " It is near to " bdi { (near) } ": is it the same?" }
    }
}

fn and_more(all: usize) -> Markup {
    html! { @if all > SHOWN { p class="quiet" { "And " (all - SHOWN) " more of the kind." } } }
}

fn difference(offer: &Offer, one: &Difference, today: Date) -> Markup {
    let name = |address: &str| html! { bdi { (offer.name(address)) } };
    let line = |line: &steadfast_app::server::people::DatedLine| {
        html! { (name(&line.report)) " reports to " (name(&line.manager)) ", " (dated::span(line, today)) }
    };
    html! {
        @match one {
            Difference::Person(address, _) => { b { "New: " } (name(address)) " " span class="quiet" { (address) } },
            Difference::Stays(address) => { b { "Stays after all: " } (name(address)) " " span class="quiet" { (address) } },
            Difference::Described(address) => { b { "Changed: " } "name, kind or time zone of " (name(address)) },
            Difference::Line(new) => { b { "New line: " } (line(new)) },
            Difference::Ended(ended) => { b { "Line ends: " } (line(ended)) },
            Difference::Redated(before, after) => { b { "Other days: " } (line(after)) " " span class="quiet" {
                "(until now " (dated::span(before, today)) ")" } },
            Difference::Dropped(gone) => { b { "Line taken out: " } (line(gone)) },
            Difference::Address(person, address) => { b { "Another address: " } (address) " is " (name(person)) },
            Difference::Delegate(person, delegate) => { b { "Delegate: " } (name(delegate)) " may move 1:1s of " (name(person)) },
        }
    }
}
