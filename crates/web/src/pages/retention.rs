//! How long observations are kept: for everybody to read, for whoever set the server up to change.

use crate::me::Me;
use crate::pages::for_all::{ForAll, pressed};
use crate::refusal::Answered;
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::retention::{self, Window};

/// The choices.
const FORM: ForAll<'static> = ForAll {
    action: "/retention",
    name: "keep",
    legend: "Keep it",
    means: "A shorter time deletes what is older, within the hour and for good; a longer one brings nothing back. Backups hold what was \
            there when they were made.",
};

/// As a button says it.
fn words(choice: Window) -> String {
    let words = choice.words();
    if choice.is_bounded() {
        format!("for {words}")
    } else {
        words.to_owned()
    }
}

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    keep: String,
}

/// What is set, and whether the reader may change it.
#[derive(Clone, Copy)]
pub(crate) struct Retention {
    window: Window,
    keeps: bool,
}

impl Retention {
    /// To that reader.
    pub(crate) fn to(me: &Me, window: Window) -> Self {
        Self {
            window,
            keeps: me.0.administrator().is_some(),
        }
    }

    /// What it means, in plain words.
    pub(crate) fn words(self) -> Markup {
        html! {
            @if self.window.is_bounded() {
                p { "What was seen on calendars is kept for " b { (self.window.words()) } ", by the month. Then titles, who else was "
                    "there, and where a meeting stood before are deleted, and what ended before that is not kept either. What became of "
                    "each 1:1, how early that was known, whose change it was and how that is known stays exactly as it was judged." }
            } @else {
                p { "What was seen on calendars is kept for good: nothing of it is deleted by itself." }
            }
        }
    }

    /// The section of the page on what holds for everybody.
    pub(crate) fn section(self) -> Markup {
        let others = Window::CHOICES
            .into_iter()
            .filter(|choice| *choice != self.window);
        html! {
            section aria-labelledby="retention" {
                h2 id="retention" { "How long what was seen is kept" }
                (self.words())
                (FORM.form(self.keeps, others.map(|choice| (choice.key(), words(choice)))))
            }
        }
    }
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    chosen: Result<Form<Chosen>, FormRejection>,
) -> Answered {
    let (admin, window) = pressed(&me, chosen, |chosen| Window::named(&chosen.keep))?;
    let now = server.0.world.instant();
    retention::set(&server.0.store, &admin, now, window).await?;
    Ok(Redirect::to("/policies#retention").into_response())
}
