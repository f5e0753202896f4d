//! What every page has around it.

use crate::{assets, demo_bar};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use steadfast_app::server::accounts::SignedIn;

/// A ring, as the ribbon draws it: the tab's picture, without a request.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6' fill='%230b6b66'/%3E%3C/svg%3E";

/// A whole page.
pub(crate) struct Page(Markup);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        Html(self.0.into_string()).into_response()
    }
}

/// Which entry of the menu the page is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Here {
    /// None of them.
    Elsewhere,
    /// My 1:1s.
    OneOnOnes,
    /// Calendars, and adding one.
    Calendars,
    /// Privacy.
    Privacy,
    /// What is not looked at every week.
    More,
}

/// Who looks, and from where.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Whether somebody is signed in: then there is a menu.
    pub(crate) is_signed_in: bool,
    /// In a demo: everybody one can be, who one is, and what day it is.
    pub(crate) demo: Option<demo_bar::Cast>,
    /// The menu's entry.
    pub(crate) here: Here,
    /// What the page shows that may change while it is looked at; see `live.js`.
    live: Option<&'static str>,
}

impl Frame {
    /// Around pages for people who are not signed in.
    pub(crate) fn nobody() -> Self {
        Self {
            is_signed_in: false,
            demo: None,
            here: Here::Elsewhere,
            live: None,
        }
    }

    /// Around a page that shows something that may change while it is looked at: `ledger`, `calendars`, or both.
    pub(crate) fn shows(self, live: &'static str) -> Self {
        Self {
            live: Some(live),
            ..self
        }
    }

    /// Around the pages of somebody.
    pub(crate) fn of(me: &SignedIn, demo: Option<&crate::Demo>, here: Here) -> Self {
        Self {
            is_signed_in: true,
            demo: demo.map(|demo| demo_bar::Cast::of(me, demo)),
            here,
            live: None,
        }
    }
}

/// A page.
pub(crate) fn page(frame: &Frame, title: &str, main: &Markup) -> Page {
    Page(html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " · Steadfast" }
                link rel="icon" href=(ICON);
                link rel="stylesheet" href={ "/assets/" (assets::STYLE.name) };
                script src={ "/assets/" (assets::SCRIPT.name) } defer {}
            }
            body {
                a class="skip" href="#main" { "To the page" }
                @if let Some(cast) = &frame.demo { (cast.bar()) }
                (menu(frame))
                main id="main" data-live=[frame.live] { (main) }
            }
        }
    })
}

fn menu(frame: &Frame) -> Markup {
    let entries = [
        (Here::OneOnOnes, "/one-on-ones", "My 1:1s"),
        (Here::Calendars, "/calendars", "Calendars"),
        (Here::Privacy, "/privacy", "Privacy"),
        (Here::More, "/more", "More"),
    ];
    html! {
        header class="top" {
            @if frame.is_signed_in {
                a class="name" href="/" { "Steadfast" }
                nav aria-label="Pages" {
                    @for (here, address, words) in entries {
                        a href=(address) aria-current=[(frame.here == here).then_some("page")] { (words) }
                    }
                }
            } @else {
                span class="name" { "Steadfast" }
            }
        }
    }
}
