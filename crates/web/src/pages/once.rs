//! What counts as once in a while: for everybody to read, for whoever set the server up to change.

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
use steadfast_app::policies::once_in_a_while;
use steadfast_app::report::OnceInAWhile;
use steadfast_app::server::once::{self, Once};

/// The choices.
const FORM: ForAll<'static> = ForAll {
    action: "/once-in-a-while",
    name: "once",
    legend: "Once in a while is up to",
    means: "Every 1:1 reads by it from then on, its past as well. What became of each one stays as it was told.",
};

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
    /// To that reader.
    pub(crate) fn to(me: &Me, once: Once) -> Self {
        Self {
            once,
            keeps: me.0.administrator().is_some(),
        }
    }

    /// The section of the page on what holds for everybody.
    pub(crate) fn section(self) -> Markup {
        let others = Once::ALL.into_iter().filter(|choice| *choice != self.once);
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
                (FORM.form(self.keeps, others.map(|choice| (choice.key().to_owned(), OnceInAWhile(choice).words()))))
            }
        }
    }
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    chosen: Result<Form<Chosen>, FormRejection>,
) -> Answered {
    let (admin, choice) = pressed(&me, chosen, |chosen| Once::named(&chosen.once))?;
    let now = server.0.world.instant();
    once::set(&server.0.store, &admin, now, choice).await?;
    Ok(Redirect::to("/policies#counts").into_response())
}
