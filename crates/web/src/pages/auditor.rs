//! The auditor: who it is, for everybody to read and for whoever keeps the organisation to say; and the list of looks, for
//! the auditor alone.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::me::Me;
use crate::pages::{looks, more};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::log::AuditorTurn;
use steadfast_app::server::looked::{
    Auditor, Kind, Line, Lines, SHOWN_DAYS, auditor, name_auditor,
};

/// Who the auditor is, to whoever reads a page.
#[derive(Clone, Debug)]
pub(crate) struct Auditing {
    person: Option<String>,
    is_me: bool,
    /// Whether the reader may name them.
    keeps: bool,
}

impl Auditing {
    pub(crate) async fn of(server: &Server, me: &Me) -> Result<Self, ServerError> {
        let person = auditor(&server.0.store, me.0.viewer().org()).await?;
        Ok(Self::to(me, person))
    }

    /// To that reader.
    pub(crate) fn to(me: &Me, person: Option<String>) -> Self {
        Self {
            is_me: person.as_deref() == Some(me.0.viewer().person()),
            person,
            keeps: me.0.administrator().is_some(),
        }
    }

    /// Who is shown looks at what is about the reader.
    pub(crate) fn words(&self) -> Markup {
        html! {
            @match &self.person {
                None => "Only you are shown it.",
                Some(_) if self.is_me => { "You are shown it, and, as the auditor, " a href="/looks" { "all others" } "." },
                Some(person) => { "You are shown it, and so is the auditor, " bdi { (person) } ": who, whose, what kind of thing and on "
                    "which day, never what was seen. That they read it is written down as well." },
            }
        }
    }

    /// The section of the page on what holds for everybody.
    pub(crate) fn section(&self, said: Option<&Wrong>) -> Markup {
        html! {
            section aria-labelledby="auditor" {
                h2 id="auditor" { "Who may read who looked at what" }
                (wrong(said))
                @match &self.person {
                    Some(person) => p { "Whoever is looked at, and the auditor: " bdi { b { (person) } } ". They see who looked, at what kind of "
                        "thing, whose it was, and on which day; never what was seen. Whoever stands in the list is told that they read it." },
                    None => p { "Whoever is looked at, and nobody else: there is no auditor." },
                }
                @if self.keeps { (self.form()) } @else { p class="quiet" { "Whoever set this server up names the auditor, and cannot be it." } }
            }
        }
    }

    fn form(&self) -> Markup {
        html! {
            details {
                summary { @if self.person.is_some() { "Change it for everybody" } @else { "Name an auditor" } }
                p class="quiet" { "Somebody else than you, with an account here. Everybody reads who it is on this page." }
                form method="post" action="/auditor" {
                    p class="field" {
                        label for="auditor-address" { "Their address" }
                        input id="auditor-address" name="address" type="email" autocomplete="off" value=(self.person.as_deref().unwrap_or_default());
                    }
                    p class="acts" {
                        button { "Name them" }
                        @if self.person.is_some() { button name="nobody" value="yes" { "Have no auditor" } }
                    }
                }
            }
        }
    }
}

/// In the log of whom it is about.
pub(crate) fn said(turn: &AuditorTurn) -> Markup {
    html! {
        @match turn {
            AuditorTurn::Named { person: Some(person) } => {
                "You named the auditor: " bdi { (person) } ". They see who looked at what and whose it was, never what was seen."
            },
            AuditorTurn::Named { person: None } => { "You said that there is no auditor: nobody but whoever is looked at sees who looked." },
            AuditorTurn::Refused { person, why } => {
                "You wanted " bdi { (person) } " to be the auditor, and nothing was changed: " (why) "."
            },
            AuditorTurn::Became => {
                "You were named the auditor: you see " a href="/looks" { "who looked at what" } ", never what was seen, and that you read it is "
                "written down as well."
            },
            AuditorTurn::Ceased => { "You are the auditor no more." },
        }
    }
}

/// What was sent: an address, or that there is to be none.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    address: String,
    nobody: Option<String>,
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    named: Result<Form<Named>, FormRejection>,
) -> Answered {
    let keeper = me.0.administrator().ok_or(Refusal::NotFound)?;
    let Form(named) = named.map_err(|_| Refusal::NotAForm)?;
    let person = named.nobody.is_none().then_some(&*named.address);
    let now = server.0.world.instant();
    match name_auditor(&server.0.store, &keeper, now, person).await {
        Ok(()) => Ok(Redirect::to("/policies#auditor").into_response()),
        Err(error) => {
            let Some(said) = Wrong::of(&error) else {
                return Err(error.into());
            };
            let auditing = Auditing::of(&server, &me).await?;
            let main = html! {
                header class="page-head" { p class="back" { a href="/policies" { "What is agreed, and what counts" } } h1 { "The auditor" } }
                (auditing.section(Some(&said)))
            };
            let again = page(&me.frame(&server, Here::More), "The auditor", &main);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

/// From where the list goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Earlier {
    before: Option<u64>,
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    from: Result<Query<Earlier>, QueryRejection>,
) -> Answered {
    let Query(from) = from.map_err(|_| Refusal::NotFound)?;
    let shared = &server.0;
    let may = Auditor::of(&shared.store, me.0.viewer()).await?;
    let may = may.ok_or(Refusal::NotFound)?;
    let now = shared.world.instant();
    let lines = may
        .read(&shared.store, &shared.noted, now, from.before)
        .await?;
    Ok(shown(&me.frame(&server, Here::More), &lines).into_response())
}

fn shown(frame: &Frame, lines: &Lines) -> Page {
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "Who looked at what" }
            p { "Every look at what is about somebody else, by the day, for " (SHOWN_DAYS) " days. What was seen is not in it." }
            p class="quiet" { "For the auditor alone. That you read it is written down for everybody in it, and stands here too. "
                "Days begin and end in UTC." }
        }
        @if lines.lines.is_empty() { p { "Nobody has looked at anything of anybody else’s." } } @else { (table(&lines.lines)) }
        @if let Some(before) = lines.before { p { a class="button" href={ "/looks?before=" (before) } { "Earlier ones" } } }
    };
    page(frame, "Who looked at what", &main)
}

fn table(lines: &[Line]) -> Markup {
    html! {
        table class="all-looks" {
            thead { tr { th scope="col" { "Who" } th scope="col" { "At what" } th scope="col" { "Whose" } } }
            @for of_day in lines.chunk_by(|one, next| one.look.days == next.look.days) {
                tbody {
                    @if let Some(day) = of_day.first().and_then(|line| line.look.days.first()) {
                        tr { th scope="rowgroup" colspan="3" { time datetime=(day) { (day.strftime("%A, %-d %B")) } } }
                    }
                    @for line in of_day { tr {
                        td { (looks::who(&line.look)) }
                        td { (what(line.look.kind)) }
                        td { bdi { (line.whose.1.as_deref().unwrap_or(&line.whose.0)) } }
                    } }
                }
            }
        }
    }
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Together => "1:1s, all on one page",
        Kind::OneOnOne => "a 1:1",
        Kind::Agreed => "what is agreed",
        Kind::Log => "words shared, in a log",
        Kind::Mailed => "a 1:1, in a mail",
        Kind::Export => "a 1:1, taken home",
        Kind::TakenOut => "everything kept, taken out",
        Kind::Opened => "a link for another password",
        Kind::Audited => "this list",
    }
}
