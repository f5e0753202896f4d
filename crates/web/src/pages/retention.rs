//! How long observations are kept: for everybody to read, for whoever set the server up to change.

use crate::me::Me;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::retention::{self, Window};

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
    pub(crate) async fn of(server: &Server, me: &Me) -> Result<Self, ServerError> {
        Ok(Self {
            window: retention::window(&server.0.store, me.0.viewer().org()).await?,
            keeps: me.0.administrator().is_some(),
        })
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
        html! {
            section aria-labelledby="retention" {
                h2 id="retention" { "How long what was seen is kept" }
                (self.words())
                @if self.keeps {
                    details {
                        summary { "Change it for everybody" }
                        p class="quiet" { "A shorter time deletes what is older, within the hour and for good; a longer one brings nothing "
                            "back. Backups hold what was there when they were made." }
                        form method="post" action="/retention" {
                            fieldset class="acts" {
                                legend class="quiet" { "Keep it" }
                                @for choice in Window::CHOICES.into_iter().filter(|choice| *choice != self.window) {
                                    button name="keep" value=(choice.key()) {
                                        @if choice.is_bounded() { "for " } (choice.words())
                                    }
                                }
                            }
                        }
                    }
                } @else {
                    p class="quiet" { "Whoever set this server up chooses it, for everybody." }
                }
            }
        }
    }
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    chosen: Result<Form<Chosen>, FormRejection>,
) -> Answered {
    let admin = me.0.administrator().ok_or(Refusal::NotFound)?;
    let Form(chosen) = chosen.map_err(|_| Refusal::NotAForm)?;
    let window = Window::named(&chosen.keep).ok_or(Refusal::NotAForm)?;
    let now = server.0.world.instant();
    retention::set(&server.0.store, &admin, now, window).await?;
    Ok(Redirect::to("/policies#retention").into_response())
}
