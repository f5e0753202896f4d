//! My own place: whom I report to and who to me, my addresses, and who may move my 1:1s.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::me::Me;
use crate::pages::dated::span;
use crate::pages::hours;
use crate::pages::people::did_you_mean;
use crate::people;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::Knowers;
use steadfast_app::server::ledger::Declared;
use steadfast_app::server::people::{
    AboutMe, Hours, Organisation, about_me, forget_address, my_place, name_delegate,
    today_among_own, unname_delegate,
};

/// One address, and what about it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(rename = "do")]
    what: String,
    #[serde(default)]
    address: String,
    /// The address of which it was said that it is somebody else's.
    #[serde(default)]
    sure: String,
}

/// What was typed, with whom it may have been meant for and what was wrong with it.
#[derive(Default)]
struct Again<'a> {
    typed: &'a str,
    meant: Option<(String, String)>,
    wrong: Option<&'a Wrong>,
}

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let again = Again::default();
    Ok(answer(&server, &me, &again).await?.into_response())
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let (store, viewer) = (&server.0.store, me.0.viewer());
    let (now, address) = (server.0.world.instant(), typed.address.as_str());
    let meant = match typed.what.as_str() {
        "delegate" => people::meant(&server, &me, address, &typed.sure).await?,
        _ => None,
    };
    let done: Result<(), ServerError> = match typed.what.as_str() {
        "delegate" if meant.is_some() => Err(ServerError::Input(
            "this is nearly an address that is known".to_owned(),
            "see below".to_owned(),
        )),
        "delegate" => name_delegate(store, viewer, now, address).await,
        "no-delegate" => unname_delegate(store, viewer, now, address).await,
        "not-mine" => forget_address(store, viewer, now, address).await,
        _ => return Err(Refusal::NotAForm),
    };
    match done {
        Ok(()) => Ok(Redirect::to("/people/me").into_response()),
        Err(error) => {
            let said = Wrong::of(&error).ok_or(error)?;
            let again = Again {
                typed: address,
                meant,
                wrong: Some(&said),
            };
            let again = answer(&server, &me, &again).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

/// The page, with what was wrong with what was said on it.
pub(super) async fn with_wrong(server: &Server, me: &Me, said: &Wrong) -> Answered {
    let again = Again {
        wrong: Some(said),
        ..Again::default()
    };
    let again = answer(server, me, &again).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

async fn answer(server: &Server, me: &Me, again: &Again<'_>) -> Result<Page, Refusal> {
    let known = people::known(server, me).await?;
    let mine = about_me(&known, me.0.viewer());
    let frame = me.frame(server, Here::More);
    let (store, now) = (&server.0.store, server.0.world.instant());
    let place = my_place(store, me.0.viewer()).await?;
    let today = today_among_own(store, &known, me.0.viewer(), now).await?;
    let between = Said::of(&known, &place.declared);
    Ok(shown(
        &frame,
        me.0.viewer().person(),
        (&mine, place.hours),
        &place.knowers,
        (&between, today),
        again,
    ))
}

/// Whom somebody reports to, and who to them, as one of the two said and the list does not.
#[derive(Debug, Default)]
pub(crate) struct Said {
    above: Vec<String>,
    below: Vec<String>,
}

impl Said {
    /// What the reader is told of at their 1:1s.
    pub(crate) fn of(known: &Organisation, declared: &Declared) -> Self {
        let called = |address: &String| known.called(address);
        Self {
            above: declared.manager.iter().map(called).collect(),
            below: declared.reports.iter().map(called).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.above.is_empty() && self.below.is_empty()
    }
}

/// Whom somebody reports to, and who to them, with dates: theirs to see, as they are part of it.
pub(crate) fn lines(mine: &AboutMe, said: &Said, today: Date) -> Markup {
    html! {
        @if mine.above.is_empty() && mine.below.is_empty() && said.is_empty() {
            p class="quiet" { "The list says of nobody that you report to them, or they to you." }
        } @else {
            dl class="who-sees" {
                @for (now, then, lines) in [
                    ("You report to", "You reported to", &mine.above),
                    ("Reports to you", "Reported to you", &mine.below),
                ] {
                    @for (line, name) in lines {
                        @let is_over = line.to.is_some_and(|to| to < today);
                        div { dt { @if is_over { (then) } @else { (now) } }
                            dd { bdi { (name) } ", " span class="quiet" { (span(line, today)) } } }
                    }
                }
                @for (term, names) in [("You report to", &said.above), ("Reports to you", &said.below)] {
                    @for name in names {
                        div { dt { (term) } dd { bdi { (name) } ", " span class="quiet" { "as one of you two said at the 1:1s; the list says nothing of it" } } }
                    }
                }
            }
        }
    }
}

fn shown(
    frame: &Frame,
    address: &str,
    (mine, works): (&AboutMe, Option<Hours>),
    knowers: &Knowers,
    (between, today): (&Said, Date),
    again: &Again<'_>,
) -> Page {
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/people" { "People" } }
            h1 { "Your place" }
            p { "Lines, addresses and delegates are for you, and for whoever keeps the list of people; those you have a 1:1 with see the "
                "dates of what is between the two of you. When you work is shown to nobody, not to whoever keeps the list either." }
        }
        (wrong(again.wrong))
        @if let Knowers::Alone(by) = knowers {
            p { "You came in by an invitation of " bdi { (by) } ". Until whoever set this server up says, on your page in the list of "
                "people, that it is you, you are shown of others’ calendars only what is on theirs." }
        }
        section aria-labelledby="lines" {
            h2 id="lines" { "Who reports to whom" }
            (lines(mine, between, today))
            p class="quiet" { "Whoever set this server up can correct it. When somebody gets a new manager, the new one sees the 1:1s "
                "from that day on; the one before keeps what was theirs until then; whoever they managed sees all." }
        }
        (hours::shown(works))
        section aria-labelledby="delegates" {
            h2 id="delegates" { "Who may move your 1:1s for you" }
            p { "An assistant, say. A change that your calendar shows in their name is told as theirs, on your side; it counts "
                "as every change from your side does." }
            ul class="plain people" {
                @for delegate in &mine.delegates {
                    li { span { (delegate) } (one("no-delegate", delegate, "Not any more")) }
                }
            }
            form method="post" action="/people/me" class="fields" {
                input type="hidden" name="do" value="delegate";
                p class="field" {
                    label for="delegate" { "Their e-mail address" }
                    input id="delegate" name="address" type="email" required autocomplete="off" value=(again.typed);
                }
                (did_you_mean(again.meant.as_ref(), ("sure", again.typed)))
                p { button { "They may" } }
            }
        }
        section aria-labelledby="addresses" {
            h2 id="addresses" { "Your addresses" }
            ul class="plain people" {
                li { span { (address) } span class="quiet" { "you sign in with it" } }
                @for (other, is_known) in &mine.others {
                    li {
                        span { (other) " " span class="quiet small" {
                            @if *is_known { "Known to be yours: meetings under it are yours for everybody who is in them." }
                            @else { "You said so: it counts on your own calendars, and nowhere else." }
                        } }
                        (one("not-mine", other, "Not mine"))
                    }
                }
            }
            p class="quiet" { "An old domain, or a name from before: where a calendar that you connect names another address, you are "
                "asked whether it is you. For others to see you as one person, whoever set this server up says so." }
        }
    };
    page(frame, "Your place", &main)
}

fn one(what: &str, address: &str, words: &str) -> Markup {
    html! {
        form method="post" action="/people/me" {
            input type="hidden" name="do" value=(what);
            input type="hidden" name="address" value=(address);
            button { (words) span class="unseen" { ": " (address) } }
        }
    }
}
