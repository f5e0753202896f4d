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
use steadfast_app::server::guard::policies::{CLASSES, Class, class_named, class_words};

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

/// What it is taken for, and what it takes for the guard to act on that; nothing for a 1:1, which is known to be one. `number`:
/// of the card on the page, on which one meeting may lie over several.
pub(crate) fn of_card(one: &Proposed, number: usize) -> Markup {
    let is_one_on_one = |class| matches!(class, Class::OneOnOne | Class::BossOneOnOne);
    let over = one.over_it.as_ref();
    let Some(over) = over.filter(|over| over.is_said || !is_one_on_one(over.class)) else {
        return html! {};
    };
    let id = format!("sort-{number}");
    let is_known = (over.is_said || over.is_sure) && CLASSES.contains(&over.class);
    html! {
        form method="post" action={ "/one-on-ones/" (one.pair) "/sort" } class="reply" {
            input type="hidden" name="over" value=(over.meeting.0);
            div class="way" {
                span {
                    label for=(id) { "What sort of meeting is it?" }
                    " "
                    span class="quiet small" {
                        @if over.is_said { "You said that it is " (class_words(over.class)) "." }
                        @else if over.is_sure { "It is taken to be " (class_words(over.class)) "." }
                        @else {
                            "That is a guess: " (class_words(over.class)) ". “Defend” does nothing by itself on a guess; once you "
                            "say what it is, it may, within your bounds."
                        }
                    }
                }
                span class="slots" {
                    select id=(id) name="class" required[!is_known] {
                        @if !is_known { option value="" selected disabled { "choose" } }
                        @for class in CLASSES {
                            option value=(class.as_str()) selected[is_known && class == over.class] { (class_words(class)) }
                        }
                        @if over.is_said { option value="" { "(I take that back)" } }
                    }
                    button { "That is what it is" }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use steadfast_app::server::guard::OverIt;
    use steadfast_calendar::{Instant, Slot};

    fn card(class: Class, is_sure: bool, is_said: bool) -> String {
        let at = Instant::from_seconds(0);
        let slot = Slot::new(at, at.plus_minutes(30));
        let one = Proposed {
            pair: "p".to_owned(),
            promised: Some(slot),
            stands: Some(slot),
            kind: "overlap",
            event: String::new(),
            because: String::new(),
            over_it: Some(OverIt {
                meeting: ("u".to_owned(), at),
                title: String::new(),
                slot,
                from: None,
                class,
                is_said,
                is_sure,
            }),
            held_back: None,
            as_manager: true,
            other_joined: true,
            may_be_agreed: false,
            ways: Vec::new(),
            tapped: None,
        };
        of_card(&one, 7).into_string()
    }

    #[test]
    fn a_guess_is_not_chosen_already_and_a_one_on_one_is_not_asked_about() {
        let guess = card(Class::Status, false, false);
        assert!(guess.contains(r#"id="sort-7""#), "{guess}");
        assert!(guess.contains(r#"<option value="status">"#), "{guess}");
        assert!(guess.contains(" required"), "{guess}");
        let sure = card(Class::Status, true, false);
        assert!(
            sure.contains(r#"<option value="status" selected>"#),
            "{sure}"
        );
        assert!(!sure.contains("by who is in it"), "{sure}");
        // Taking it back stays possible.
        let said = card(Class::Team, true, true);
        assert!(!said.contains(" required"), "{said}");
        assert!(said.contains("(I take that back)"), "{said}");
        for class in [Class::OneOnOne, Class::BossOneOnOne] {
            assert_eq!(card(class, true, false), "");
        }
    }
}
