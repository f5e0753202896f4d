//! What is not looked at every week: a page of links, so that the menu fits a phone.

use crate::layout::{Frame, Here, Page, page};
use crate::me::Me;
use crate::refusal::Answered;
use crate::server::Server;
use axum::extract::State;
use axum::response::IntoResponse;
use maud::{Markup, html};
use steadfast_app::server::looked::Auditor;

const ENTRIES: &[(&str, &str, &str)] = &[
    (
        "/proof",
        "Convince yourself",
        "Eight questions about your work; your answers, beside your own calendar. For you alone.",
    ),
    (
        "/cost",
        "What it costs when somebody leaves",
        "A sum of your own figures, with where each default comes from. Nothing is kept.",
    ),
    (
        "/people",
        "People",
        "Who reports to whom; your own addresses, and who may move your 1:1s for you.",
    ),
    ("/passkeys", "Passkeys", "Sign in without a password."),
    (
        "/policies",
        "What is agreed, and what counts",
        "How far the guard goes for you; how often you and each of the others want to meet; and where once in a while ends, for everybody.",
    ),
    (
        "/mail",
        "Mail or chat to you",
        "What is told to you by mail or in a chat as well, and when nothing is.",
    ),
    (
        "/held",
        "A feed of what is held",
        "For a calendar that Steadfast does not write to: subscribe to the times that are held for your 1:1s.",
    ),
    (
        "/log",
        "What happened here",
        "What Steadfast did for you and with your calendars, and what you and others told it. For you alone.",
    ),
    (
        "/programs",
        "Programs of your own",
        "Let a script of yours ask for what your pages show.",
    ),
];

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let may = Auditor::of(&server.0.store, me.0.viewer()).await?;
    Ok(shown(&me.frame(&server, Here::More), may.is_some()).into_response())
}

/// The way back, for pages that are reached from here.
pub(crate) fn back() -> Markup {
    html! { p class="back" { a href="/more" { "More" } } }
}

fn shown(frame: &Frame, is_auditor: bool) -> Page {
    let looks = is_auditor.then_some((
        "/looks",
        "Who looked at what",
        "Every look at what is about somebody else, by the day. For you as the auditor.",
    ));
    let main = html! {
        header class="page-head" { h1 { "More" } }
        ul class="plain ways" {
            @for (address, name, what) in ENTRIES.iter().copied().chain(looks) {
                li { h2 { a href=(address) { (name) } } p class="quiet" { (what) } }
            }
        }
    };
    page(frame, "More", &main)
}
