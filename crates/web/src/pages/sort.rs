//! What sort of meeting lies over a 1:1: its owner says it by a tap, and from then on what the guard does by itself may rest on it.

use crate::form::Wrong;
use crate::guard;
use crate::me::Me;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::guard::Proposed;
use steadfast_app::server::guard::policies::{CLASSES, class_named, class_words};

/// The form: the meeting, and what it is.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    over: String,
    /// The word of a class; empty: what was said is taken back.
    class: String,
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    Path(pair): Path<String>,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let class = match pressed.class.as_str() {
        "" => None,
        word => Some(class_named(word).ok_or(Refusal::NotAForm)?),
    };
    match guard::say_class(&server, &me, &pressed.over, class).await {
        Ok(()) => {
            let to = format!("/one-on-ones/{pair}#threats");
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => match Wrong::of(&error) {
            Some(said) => super::one_on_ones::with_wrong(&server, &me, &said).await,
            None => Err(error.into()),
        },
    }
}

/// What it is taken for, and what it takes for the guard to act on that.
pub(crate) fn of_card(one: &Proposed) -> Markup {
    let Some(over) = &one.over_it else {
        return html! {};
    };
    let id = format!("sort-{}-{}", one.pair, over.meeting.1.seconds());
    html! {
        form method="post" action={ "/one-on-ones/" (one.pair) "/sort" } class="reply" {
            input type="hidden" name="over" value=(over.meeting.0);
            div class="way" {
                span {
                    label for=(id) { "What sort of meeting is it?" }
                    " "
                    span class="quiet small" {
                        @if over.is_said { "You said that it is " (class_words(over.class)) "." }
                        @else if over.is_sure { "It is taken to be " (class_words(over.class)) ", by who is in it." }
                        @else {
                            "That is a guess: " (class_words(over.class)) ". “Defend” does nothing by itself on a guess; once you "
                            "say what it is, it may, within your bounds."
                        }
                    }
                }
                span class="slots" {
                    select id=(id) name="class" {
                        @for class in CLASSES {
                            option value=(class.as_str()) selected[class == over.class] { (class_words(class)) }
                        }
                        @if over.is_said { option value="" { "(I take that back)" } }
                    }
                    button { "That is what it is" }
                }
            }
        }
    }
}
