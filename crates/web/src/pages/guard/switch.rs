//! The switch that stops everything, wherever the guard shows: its words, its button, and what pressing it does.

use crate::me::Me;
use crate::pages::log_words;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::guard::policies::{self, Switches};
use steadfast_calendar::Instant;

/// How the switches stand, to whoever reads a page.
#[derive(Clone, Debug)]
pub(crate) struct Switch {
    switches: Switches,
    /// Whether the reader may stop it for everybody.
    keeps: bool,
    zone: TimeZone,
    year: i16,
}

impl Switch {
    /// How they stand; moments are told on the clock of `zone`.
    pub(crate) async fn of(server: &Server, me: &Me, zone: TimeZone) -> Result<Self, Refusal> {
        let switches = policies::switches(&server.0.store, me.0.viewer()).await?;
        Ok(Self::told(server, me, zone, switches))
    }

    /// The same of `switches` that were asked for already.
    pub(crate) fn told(server: &Server, me: &Me, zone: TimeZone, switches: Switches) -> Self {
        Self {
            switches,
            keeps: me.0.administrator().is_some(),
            year: server.0.world.instant().date(&zone).year(),
            zone,
        }
    }

    /// Whether anything is stopped for the reader.
    pub(crate) fn is_stopped(&self) -> bool {
        self.switches.since().is_some()
    }

    /// How it stands, and the button; `page` is where the reader comes back to, `policies` or `one-on-ones`.
    pub(crate) fn partial(&self, page: &str) -> Markup {
        let since = |at: Instant| log_words::moment(at, &self.zone, self.year);
        html! {
            div class="switch" {
                @if let Some(at) = self.switches.all {
                    p { b { "Stopped for everybody" } ", since " (since(at)) ". Nothing is written to anybody’s calendar." }
                }
                @match self.switches.mine {
                    Some(at) => {
                        p { b { "Stopped for you" } ", since " (since(at)) ". Nothing is written to your calendar, also not what you ask for. "
                            "What was stopped stays undone." }
                        (form("/guard/switch", page, "go-on", "Let it go on for me"))
                    },
                    None => {
                        (form("/guard/switch", page, "stop", "Stop everything the guard does for me"))
                        p class="quiet small" { (STOPS) }
                    },
                }
                @if self.keeps {
                    @if self.switches.all.is_some() { (form("/guard/switch/all", page, "go-on", "Let it go on for everybody")) }
                    @else { details { summary { "Stop it for everybody" }
                        p class="quiet small" { "The same for everybody here, whatever they chose. Everybody is told that it is stopped." }
                        (form("/guard/switch/all", page, "stop", "Stop everything the guard does for everybody")) } }
                }
            }
        }
    }
}

/// Before the tap.
const STOPS: &str = "From then on nothing is written to your calendar from here: not what the guard decides, not what you tap, and not what \
                     is on its way. Nothing is mailed to you either. It does not stop that your calendar is read, that your 1:1s are counted, and \
                     that this page tells what threatens them; what is held on your calendar stays there. You can let it go on at any time; \
                     what was stopped stays undone.";

fn form(action: &str, page: &str, value: &str, words: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name="page" value=(page);
            button name="do" value=(value) { (words) }
        }
    }
}

/// The button that was pressed, and where.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    #[serde(rename = "do")]
    what: String,
    #[serde(default)]
    page: String,
}

impl Pressed {
    fn stops(&self) -> Result<bool, Refusal> {
        match self.what.as_str() {
            "stop" => Ok(true),
            "go-on" => Ok(false),
            _ => Err(Refusal::NotAForm),
        }
    }

    fn back(&self) -> Redirect {
        Redirect::to(match self.page.as_str() {
            "one-on-ones" => "/one-on-ones",
            _ => "/policies#guard",
        })
    }
}

/// For the reader.
pub(crate) async fn turn(
    State(server): State<Server>,
    me: Me,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    let viewer = me.0.viewer();
    if pressed.stops()? {
        policies::stop(store, viewer, now).await?;
    } else {
        policies::go_on(store, viewer, now).await?;
    }
    Ok(pressed.back().into_response())
}

/// For everybody, by whoever keeps the organisation.
pub(crate) async fn turn_for_all(
    State(server): State<Server>,
    me: Me,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let admin = me.0.administrator().ok_or(Refusal::NotFound)?;
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    if pressed.stops()? {
        policies::stop_for_all(store, &admin, now).await?;
    } else {
        policies::go_on_for_all(store, &admin, now).await?;
    }
    Ok(pressed.back().into_response())
}
