//! The guard, on the page of what holds: how far it goes, for all of the reader's 1:1s and for each; within which bounds; the
//! switch; and for whoever keeps the organisation, what holds for everybody.

pub(crate) mod bounds;
mod bounds_form;
pub(crate) mod level;
pub(crate) mod organisation;
pub(crate) mod switch;

use crate::form::Wrong;
use crate::me::Me;
use crate::pages::policies;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ServerError;
use steadfast_app::server::guard::policies::{
    Chosen, Level, TODAY, bounds_in_words, policies as chosen, written,
};
use switch::Switch;

/// What holds for the reader.
pub(crate) struct Guard {
    chosen: Chosen,
    switch: Switch,
    /// Whether the reader keeps the organisation.
    keeps: bool,
}

/// What a form that chooses something ends with: the page that it stands on, with what was wrong on top.
pub(crate) async fn done(
    server: &Server,
    me: &Me,
    result: Result<(), ServerError>,
    to: &str,
) -> Answered {
    match result {
        Ok(()) => Ok(Redirect::to(to).into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => again(server, me, &said).await,
            None => Err(error.into()),
        },
    }
}

/// The page once more, with what was wrong.
async fn again(server: &Server, me: &Me, said: &Wrong) -> Answered {
    let page = policies::answer(server, me, Some(said)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

impl Guard {
    /// How it stands; moments are told on the clock of `zone`.
    pub(crate) async fn of(server: &Server, me: &Me, zone: TimeZone) -> Result<Self, Refusal> {
        Ok(Self {
            chosen: chosen(&server.0.store, me.0.viewer()).await?,
            switch: Switch::of(server, me, zone).await?,
            keeps: me.0.administrator().is_some(),
        })
    }

    /// The section, with the running 1:1s of the reader.
    pub(crate) fn section(&self, report: Option<&Report>, pairs: &[&Pair]) -> Markup {
        html! {
            section aria-labelledby="guard" class="guard" {
                h2 id="guard" { "The guard: how far it goes for you" }
                @if self.switch.is_stopped() { (self.switch.partial("policies")) }
                @if self.chosen.is_careful {
                    p { "Something about the guard was chosen with a newer version of this program, and this one cannot read it. As long "
                        "as that is so it only advises you." }
                }
                (levels())
                (self.written())
                p { (TODAY) }
                p class="quiet" { "It is about your own calendar, as manager and as report alike. The other one of the two chooses for theirs, "
                    "and neither of you is told what the other chose." }
                @if let Some(report) = report { @for pair in pairs { (self.one(report, pair)) } }
                (self.all())
                @if !self.switch.is_stopped() { (self.switch.partial("policies")) }
                (self.bounds())
                (organisation::part(&self.chosen, self.keeps))
            }
        }
    }

    /// What “defend” writes to others by itself, to be read before it is chosen.
    fn written(&self) -> Markup {
        let (policy, _) = self.chosen.elsewhere();
        let written = written("(your name)", &policy.bounds);
        html! {
            p id="written" { "With “defend” it writes this to others by itself, and nothing else. Whoever presses it has read it." }
            dl class="who-sees" {
                div { dt { "to your report" } dd {
                    "When a 1:1 was lost, or has to go elsewhere: " q { (written.to_report.join(" ")) }
                    " Where there is none: " q { (written.no_time) }
                    @if let Some(booked) = &written.booked { " Once it was booked so: " q { (booked) } }
                } }
                div { dt { "to a booker" } dd {
                    "To whoever invites you over a 1:1, once you declined an invitation of theirs by your own tap: "
                    q { (written.to_booker) }
                } }
            }
        }
    }

    fn one(&self, report: &Report, pair: &Pair) -> Markup {
        let name = parts::name(parts::partner(report, pair));
        let choice = self.chosen.one_on_ones.get(&pair.id);
        let own = choice.and_then(|choice| choice.level);
        let as_role = match parts::role(report, pair) {
            "unknown" => "",
            "manager" => ", your report",
            _ => ", your manager",
        };
        let holds = self.chosen.of(&pair.id).0.level;
        let has_bounds = choice.is_some_and(|choice| choice.bounds.is_some());
        html! {
            article class="rhythm" id={ "g" (pair.id) } {
                h3 { bdi { (name) } span class="quiet" { (as_role) } }
                div {
                    (self.now(holds, own, self.one_left_open()))
                    form method="post" action={ "/guard/one-on-ones/" (pair.id) } {
                        (self.buttons(holds, own, &name))
                    }
                    p class="quiet small" {
                        @if has_bounds { "It has bounds of its own: " } @else { "Your bounds hold here too: " }
                        a href={ "/guard/one-on-ones/" (pair.id) } { "bounds for this 1:1" span class="unseen" { " with " (name) } } "."
                    }
                }
            }
        }
    }

    fn all(&self) -> Markup {
        let own = self.chosen.mine.level;
        let holds = self.chosen.elsewhere().0.level;
        html! {
            article class="rhythm" id="g-all" {
                h3 { "All your other 1:1s, and new ones" }
                div {
                    (self.now(holds, own, "as your organisation chose"))
                    form method="post" action="/guard/level" { (self.buttons(holds, own, "all others")) }
                }
            }
        }
    }

    /// Whose choice it is where nothing was chosen for a single one.
    fn one_left_open(&self) -> &'static str {
        if self.chosen.mine.level.is_some() {
            "as you chose for all"
        } else {
            "as your organisation chose"
        }
    }

    fn now(&self, holds: Level, own: Option<Level>, left_open: &str) -> Markup {
        let most = self.chosen.limits().level;
        html! {
            p { "Now: " b { (holds.as_str()) } ", " @if own.is_some() { "as you chose" } @else { (left_open) } "." }
            @if let Some(own) = own.filter(|own| *own > most) {
                p class="quiet" { "You chose “" (own.as_str()) "”; " @if self.chosen.is_careful { "for now" } @else { "your organisation" }
                    @if self.chosen.is_careful { " it is" } @else { " allows" } " “" (most.as_str()) "” at most." }
            }
        }
    }

    /// A button for each level that can be chosen and is not; the furthest is the first to be reached.
    fn buttons(&self, holds: Level, own: Option<Level>, whose: &str) -> Markup {
        let most = self.chosen.set_limits.level;
        let mut levels: Vec<Level> = Level::ALL.into_iter().filter(|one| *one <= most).collect();
        levels.reverse();
        let is_open = |level: &&Level| own != Some(**level) && (own.is_some() || holds != **level);
        html! {
            input type="hidden" name="read" value="yes";
            p class="acts" {
                @for level in levels.iter().filter(is_open) {
                    button name="level" value=(level.as_str()) {
                        (verb(*level)) span class="unseen" { ": " (whose) }
                    }
                }
                @if own.is_some() {
                    button name="level" value="open" { "Leave it open" span class="unseen" { ": " (whose) } }
                }
            }
            @if most < Level::Defend {
                p class="quiet small" { "Your organisation allows “" (most.as_str()) "” at most." }
            }
        }
    }

    fn bounds(&self) -> Markup {
        let (policy, _) = self.chosen.elsewhere();
        html! {
            h3 id="bounds" { "Within which bounds it may act by itself" }
            ul class="why" { @for line in bounds_in_words(&policy.bounds) { li { (line) } } }
            p class="quiet" { @if self.chosen.mine.bounds.is_some() { "As you chose, within your organisation’s limits." }
                @else { "As your organisation chose." } }
            details {
                summary { "Change your bounds" }
                form method="post" action="/guard/bounds" class="bounds" {
                    (bounds_form::fields("mine", self.chosen.mine.bounds.as_ref().unwrap_or(&policy.bounds), &self.chosen.set_limits))
                    p class="acts" {
                        button class="first" { "Keep these bounds" }
                        @if self.chosen.mine.bounds.is_some() { button name="open" value="yes" formnovalidate { "Leave them open" } }
                    }
                }
            }
        }
    }
}

/// What each level means.
fn levels() -> Markup {
    html! {
        dl class="who-sees" {
            div { dt { "watch" } dd { "What became of every 1:1 is told, and nothing else: nothing is proposed, nothing is done." } }
            div { dt { "advise" } dd { "It proposes what could be done for a 1:1 whose time something else wants, or that was lost. Nothing is "
                "written without you. A new 1:1 begins so, unless your organisation chose otherwise." } }
            div { dt { "defend" } dd { "It may act by itself, on your own calendar and within your bounds. Each thing it does stands in "
                a href="/log" { "What happened here" } ", with its reason, and can be taken back from there as long as its time has not come." } }
        }
    }
}

fn verb(level: Level) -> &'static str {
    match level {
        Level::Watch => "Only watch",
        Level::Advise => "Advise",
        Level::Defend => "Defend",
    }
}
