//! What holds for everybody: for everybody to read, for whoever keeps the organisation to change.

use super::bounds_form::{self, Typed};
use super::{again, done, verb};
use crate::me::Me;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use maud::{Markup, html};
use steadfast_app::server::guard::policies::{
    ACTIONS_A_DAY, Chosen, Level, Limits, limits_in_words, set_bounds, set_level, set_limits,
};

/// The part of the section.
pub(super) fn part(chosen: &Chosen, keeps: bool) -> Markup {
    let usual = chosen.organisation.level;
    html! {
        h3 id="g-organisation" { "What holds for everybody here" }
        p { "Who chose nothing has “" (usual.as_str()) "”. The limits, whatever anybody chooses:" }
        ul class="why" { @for line in limits_in_words(&chosen.set_limits) { li { (line) } } }
        @if keeps { (forms(chosen)) } @else { p class="quiet" { "Whoever set this server up chooses it, for everybody." } }
    }
}

fn forms(chosen: &Chosen) -> Markup {
    let limits = &chosen.set_limits;
    html! {
        details {
            summary { "Change how far it goes for who chose nothing" }
            form method="post" action="/guard/default/level" class="acts" {
                @for level in Level::ALL.into_iter().filter(|one| *one != chosen.organisation.level && *one <= limits.level) {
                    button name="level" value=(level.as_str()) { (verb(level)) span class="unseen" { ": for everybody who chose nothing" } }
                }
            }
        }
        details {
            summary { "Change the bounds of who chose none" }
            form method="post" action="/guard/default/bounds" class="bounds" {
                (bounds_form::fields("all", &chosen.organisation.bounds, limits))
                p { button { "Keep them for everybody who chose none" } }
            }
        }
        details {
            summary { "Change beyond what nobody goes" }
            p class="quiet" { "What people chose stays as they chose it, and holds within these limits from now on." }
            form method="post" action="/guard/limits" class="bounds" {
                p class="field" {
                    label for="limit-level" { "How far anybody’s guard goes" }
                    select id="limit-level" name="level" {
                        @for level in Level::ALL { option value=(level.as_str()) selected[level == limits.level] { (level.as_str()) } }
                    }
                }
                p class="field" {
                    label for="limit-freeze" { "How close to a start nothing moves by itself, at least" }
                    (bounds_form::freeze("limit-freeze", limits.freeze_minutes))
                }
                p class="field" {
                    label for="limit-actions" { "How much it may do by itself on one day, at most" }
                    (bounds_form::actions("limit-actions", limits.actions_a_day, *ACTIONS_A_DAY.end()))
                }
                p class="field" {
                    label for="limit-sure" { "How sure it has to be of what sort of meeting something is, at least" }
                    (bounds_form::how_sure("limit-sure", bounds_form::percent(limits.least_confidence), 50))
                }
                fieldset class="choices" {
                    legend { "Whom anybody’s guard may reach by itself" }
                    (bounds_form::tick("limit", "up_the_line", limits.up_the_line, true, "people above its owner"))
                    (bounds_form::tick("limit", "outside", limits.outside, true, "people outside"))
                }
                p { button { "Set these limits for everybody" } }
            }
        }
    }
}

/// How far it goes for those who chose nothing.
pub(crate) async fn say_level(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let admin = me.0.administrator().ok_or(Refusal::NotFound)?;
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let level = level(&typed)?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    let result = set_level(store, &admin, now, level).await;
    done(&server, &me, result, "/policies#g-organisation").await
}

/// Within which bounds.
pub(crate) async fn say_bounds(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let admin = me.0.administrator().ok_or(Refusal::NotFound)?;
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let bounds = match bounds_form::read(&typed)? {
        Ok(bounds) => bounds,
        Err(said) => return again(&server, &me, &said).await,
    };
    let (store, now) = (&server.0.store, server.0.world.instant());
    let result = set_bounds(store, &admin, now, &bounds).await;
    done(&server, &me, result, "/policies#g-organisation").await
}

/// Beyond what nobody goes.
pub(crate) async fn say_limits(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let admin = me.0.administrator().ok_or(Refusal::NotFound)?;
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let Some(actions_a_day) = bounds_form::actions_typed(&typed)? else {
        return again(&server, &me, &bounds_form::no_number()).await;
    };
    let limits = Limits {
        level: level(&typed)?,
        freeze_minutes: bounds_form::number(&typed, "freeze")?,
        actions_a_day,
        up_the_line: bounds_form::is_on(&typed, "up_the_line"),
        outside: bounds_form::is_on(&typed, "outside"),
        least_confidence: bounds_form::number(&typed, "sure")? as f64 / 100.0,
    };
    let (store, now) = (&server.0.store, server.0.world.instant());
    let result = set_limits(store, &admin, now, &limits).await;
    done(&server, &me, result, "/policies#g-organisation").await
}

fn level(typed: &Typed) -> Result<Level, Refusal> {
    let word = bounds_form::value(typed, "level");
    word.and_then(Level::named).ok_or(Refusal::NotAForm)
}
