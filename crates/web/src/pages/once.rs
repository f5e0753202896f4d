//! What counts as once in a while: for everybody to read, for whoever set the server up to change.

use crate::me::Me;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::policies::once_in_a_while;
use steadfast_app::report::OnceInAWhile;
use steadfast_app::server::ServerError;
use steadfast_app::server::once::{self, Once};

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub(crate) struct Chosen {
    once: String,
}

/// What is set, and whether the reader may change it.
#[derive(Clone, Copy)]
pub(crate) struct Counts {
    once: Once,
    keeps: bool,
}

impl Counts {
    pub(crate) async fn of(server: &Server, me: &Me) -> Result<Self, ServerError> {
        Ok(Self {
            once: once::once(&server.0.store, me.0.viewer().org()).await?,
            keeps: me.0.administrator().is_some(),
        })
    }

    /// The section of the page on what holds for everybody.
    pub(crate) fn section(self) -> Markup {
        html! {
            section aria-labelledby="counts" {
                h2 id="counts" { "What counts as once in a while" }
                p { "The same for everybody on this server, and no single manager chooses it. How sure a reading is was worked out for "
                    "each choice by itself: whichever holds, somebody who is exactly at its limit reads as a habit in at most one year of "
                    "twenty." }
                dl class="who-sees" {
                    @for fixed in once_in_a_while(self.once) {
                        div { dt { (fixed.what) } dd { b { (fixed.value) } ". " span class="quiet" { (fixed.why) } } }
                    }
                }
                @if self.keeps {
                    details {
                        summary { "Change it for everybody" }
                        p class="quiet" { "Every 1:1 reads by it from then on, its past as well. What became of each one stays as it was told." }
                        form method="post" action="/once-in-a-while" {
                            fieldset class="acts" {
                                legend class="quiet" { "Once in a while is up to" }
                                @for choice in Once::ALL.into_iter().filter(|choice| *choice != self.once) {
                                    button name="once" value=(choice.key()) { (OnceInAWhile(choice).words()) }
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
    let choice = Once::named(&chosen.once).ok_or(Refusal::NotAForm)?;
    let now = server.0.world.instant();
    once::set(&server.0.store, &admin, now, choice).await?;
    Ok(Redirect::to("/policies#counts").into_response())
}
