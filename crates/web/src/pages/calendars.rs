//! Calendars: which are connected, when each was checked, what is wrong with it; and connecting one.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::limits::Tried;
use crate::mailing;
use crate::me::Me;
use crate::pages::by_key as key_words;
use crate::pages::freshness::{ago, checked};
use crate::pages::kept_of_it;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use crate::sync;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::sync::{Access, Connected, Key, Status, Tried as Offered};
use steadfast_calendar::Instant;

/// What was typed to connect one.
#[derive(Default, Deserialize)]
pub(crate) struct Typed {
    address: String,
    #[serde(default)]
    user: String,
    #[serde(default)]
    password: String,
    /// Another address that they say is theirs.
    #[serde(default)]
    also: String,
    /// The one that they are asked about.
    #[serde(skip)]
    offered: Option<String>,
}

/// A new password, or none to try with the old one.
#[derive(Deserialize)]
pub(crate) struct Mended {
    #[serde(default)]
    password: String,
}

/// What was just connected, told once.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(crate) struct Done {
    connected: Option<usize>,
    aside: Option<usize>,
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Query(done): Query<Done>,
) -> Answered {
    answer(&server, &me, done, &Typed::default(), None).await
}

pub(crate) async fn connect(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(mut typed) = typed.map_err(|_| Refusal::NotAForm)?;
    allow(&server, &me)?;
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let access = Access {
        address: typed.address.trim().to_owned(),
        user: text(&typed.user),
        password: Some(typed.password.clone()).filter(|password| !password.is_empty()),
    };
    if access.is_of_google() {
        // What stands for an account there is no address that anybody types.
        let said = Wrong::new("this is no address", "it begins with https://");
        return answer(&server, &me, Done::default(), &typed, Some(&said)).await;
    }
    let also_me = Some(typed.also.as_str()).filter(|also| !also.is_empty());
    match sync::connect(&server, &me, &access, also_me).await {
        Ok(Offered::PerhapsYours { address, without }) => {
            typed.offered = Some(address);
            again(&server, &me, &typed, without).await
        }
        Ok(Offered::Connected(connected)) => Ok(Redirect::to(&after(&connected)).into_response()),
        Err(error) => again(&server, &me, &typed, error).await,
    }
}

pub(crate) async fn mend(
    State(server): State<Server>,
    me: Me,
    Path(source): Path<String>,
    typed: Result<Form<Mended>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    allow(&server, &me)?;
    let password = Some(typed.password.as_str()).filter(|password| !password.is_empty());
    match sync::mend(&server, &me, &source, password).await {
        Ok(()) => Ok(Redirect::to("/calendars").into_response()),
        Err(error) => again(&server, &me, &Typed::default(), error).await,
    }
}

pub(crate) async fn disconnect(
    State(server): State<Server>,
    me: Me,
    Path(source): Path<String>,
) -> Answered {
    sync::disconnect(&server, &me, &source).await?;
    Ok(Redirect::to("/calendars").into_response())
}

/// The key of their organisation may open theirs.
pub(crate) async fn by_key(State(server): State<Server>, me: Me) -> Answered {
    sync::let_key(&server, &me).await?;
    Ok(Redirect::to("/calendars").into_response())
}

/// The page that tells what was just connected.
pub(crate) fn after(connected: &Connected) -> String {
    let aside = connected.set_aside.len();
    format!("/calendars?connected={}&aside={aside}", connected.calendars)
}

/// The page with what was wrong with something else than its form.
pub(crate) async fn told(server: &Server, me: &Me, said: &Wrong) -> Answered {
    answer(server, me, Done::default(), &Typed::default(), Some(said)).await
}

/// Whether somebody may try again already.
pub(crate) fn allow(server: &Server, me: &Me) -> Result<(), Refusal> {
    let tried = Tried::CalendarBy(me.0.account().to_owned());
    let shared = &server.0;
    if shared.limits.allow(tried, shared.world.now()) {
        Ok(())
    } else {
        Err(Refusal::TooOften)
    }
}

async fn again(server: &Server, me: &Me, typed: &Typed, error: ServerError) -> Answered {
    match Wrong::of(&error) {
        Some(said) => answer(server, me, Done::default(), typed, Some(&said)).await,
        None => Err(error.into()),
    }
}

async fn answer(
    server: &Server,
    me: &Me,
    done: Done,
    typed: &Typed,
    said: Option<&Wrong>,
) -> Answered {
    let statuses = sync::statuses(server, me).await?;
    let status = if said.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let frame = me.frame(server, Here::Calendars).shows("calendars");
    let now = server.0.world.instant();
    let has_handed_in = sync::has_handed_in(server, me).await?;
    let page = shown(
        &frame,
        &statuses,
        now,
        server.0.world.every,
        done,
        typed,
        said,
        Around {
            has_handed_in,
            is_mailed: mailing::is_sent(&server.0.world),
            has_google: server.0.world.google.is_some(),
            is_told: server.0.world.watches.is_some(),
            key: sync::about_key(server, me).await?,
        },
    );
    Ok((status, page).into_response())
}

/// What else the page hangs on.
#[derive(Clone, Copy)]
struct Around {
    has_handed_in: bool,
    is_mailed: bool,
    /// Whether people can allow their calendars at Google.
    has_google: bool,
    /// Whether Google says by itself that something changed.
    is_told: bool,
    /// How the key of their organisation stands to them.
    key: Option<Key>,
}

#[expect(clippy::too_many_arguments, reason = "the page in one place")]
fn shown(
    frame: &Frame,
    statuses: &[Status],
    now: Instant,
    every: i64,
    done: Done,
    typed: &Typed,
    said: Option<&Wrong>,
    around: Around,
) -> Page {
    let Around {
        has_handed_in,
        is_mailed,
        has_google,
        is_told,
        key,
    } = around;
    let is_told = is_told && statuses.iter().any(|one| one.is_google || one.by_key);
    let main = html! {
        header class="page-head" {
            h1 { "Your calendars" }
            @if statuses.is_empty() {
                (of_others(has_handed_in))
                p { "None is connected. A connected calendar is kept up with: Steadfast then sees what moved, when, and how "
                    "early that was known. It writes only what you ask for, or what your guard may do: each of it stands in your log." }
            } @else {
                p { "Each is checked about every " (every / 60_000_000) " minutes" @if is_told { ", and also when Google says that something changed" } ". Steadfast writes to them only what you ask for, or what your guard may do." }
            }
        }
        (just_connected(done))
        (wrong(said))
        @for status in statuses { (one(status, now)) }
        (key_words::on_calendars(key))
        p class="quiet" {
            @if is_mailed { "What threatens a 1:1 is mailed to you as well: " a href="/mail" { "mail to you" } "." }
            @else { "This server sends no mail: what threatens a 1:1 stands on your page, and nowhere else." }
        }
        @if has_google { (at_google(statuses.is_empty())) }
        (connecting(typed, statuses.is_empty(), has_google))
        p class="quiet" { (kept_of_it::sentences()) }
        @if statuses.is_empty() {
            section aria-labelledby="hand-in" {
                h2 id="hand-in" { "Or hand in an export" }
                p { "One file, without connecting anything: " a href="/start" { "drop your calendar in" } ". It shows a calendar "
                    "as it is at that moment." }
            }
        }
    };
    page(frame, "Your calendars", &main)
}

/// Where what somebody sees comes from who connected nothing.
fn of_others(has_handed_in: bool) -> Markup {
    html! {
        p {
            @if has_handed_in { "What you see rests on the export that you handed in, and on the calendars of those you meet." }
            @else { "Nothing of yours is here. What you see of your 1:1s, if anything, comes from the calendar of the other one." }
        }
    }
}

fn just_connected(done: Done) -> Markup {
    html! {
        @if let Some(connected) = done.connected {
            div class="said" role="status" {
                p {
                    @if connected == 1 { "One calendar is connected" } @else { (connected) " calendars are connected" }
                    ", and read for the first time. "
                    @if done.aside.is_some_and(|aside| aside > 0) {
                        "What is nobody’s diary (holidays, birthdays, tasks) or somebody else’s was left out. "
                    }
                    a href="/one-on-ones" { "See your 1:1s" } "."
                }
            }
        }
    }
}

fn one(status: &Status, now: Instant) -> Markup {
    let heading = format!("source-{}", status.source);
    let at = |what: &str| format!("/calendars/{}/{what}", status.source);
    html! {
        section aria-labelledby=(heading) class="source" {
            h2 id=(heading) { bdi { (status.label) } }
            p {
                "It " (checked(status, now)) ". Connected " (ago(status.since, now)) "."
            }
            @if status.by_key { (key_words::of_source()) }
            @if let Some(problem) = &status.problem {
                div class="wrong" {
                    p { b { "It does not answer: " } (problem) "." }
                    @if status.is_stopped {
                        p { "It is not asked again until you have mended this. What happens meanwhile is unknown, and is said to be." }
                    } @else {
                        p { "It is asked again by itself, ever more seldom. What was not seen is unknown, and is said to be." }
                    }
                }
                @if status.is_google && status.is_stopped {
                    p { a class="button first" href=(self::google(status, status.writes)) { "Allow it again at Google" } }
                } @else { form method="post" action=(at("mend")) {
                    @if status.with_password {
                        p class="field" {
                            label for={ (heading) "-password" } { "A new password, if it changed" }
                            input id={ (heading) "-password" } name="password" type="password" autocomplete="off";
                        }
                    }
                    p { button { "Try now" } }
                } }
            }
            @if status.is_google && !status.is_stopped { (writing(status)) }
            @if status.by_key { (key_words::leaving(&at("disconnect"))) } @else { details {
                summary { "Disconnect it" }
                p { @if status.is_google { "What you allowed is erased here, and given back to Google unless you connected the same account here once more. " } @else { "How to get at it is erased. " } "What was seen stays in your ledger; what happens from now on is not known." }
                form method="post" action=(at("disconnect")) { p { button { "Disconnect" } } }
            } }
        }
    }
}

/// Google's page for a calendar that is connected.
fn google(status: &Status, writes: bool) -> String {
    let more = if writes { "&write=1" } else { "" };
    format!("/calendars/google?source={}{more}", status.source)
}

/// Whether it may be written to, and how it may.
fn writing(status: &Status) -> Markup {
    html! {
        @if status.writes {
            p { "Steadfast may write to it: what you tap, and what your guard may do. Google tells everybody else in it." }
        } @else {
            p {
                "Steadfast reads it, and cannot write to it: what your guard proposes is yours to do. If you let it write, one tap does it. "
                "Google then asks you once more, for changing events on calendars that you own."
            }
            p { a class="button" href=(google(status, true)) { "Let Steadfast write" } }
        }
    }
}

/// The way through Google's own page.
fn at_google(is_first: bool) -> Markup {
    html! {
        section aria-labelledby="google" {
            h2 id="google" { @if is_first { "Connect your Google Calendar" } @else { "Connect a Google Calendar" } }
            p { "Google asks you on a page of its own. Allow both things it names: to see which calendars there are, and the events on "
                "those that you own. Nothing can be changed with that; calendars that others share with you are not read, and "
                "descriptions, places and attachments are not asked for." }
            p { a class="button first" href="/calendars/google" { "Go on to Google" } }
        }
    }
}

/// For the first page: naming a feed or an account, and the way to Google where there is one.
pub(crate) fn naming(has_google: bool) -> Markup {
    html! {
        @if has_google { (at_google(true)) }
        (connecting(&Typed::default(), true, has_google))
    }
}

fn connecting(typed: &Typed, is_first: bool, has_google: bool) -> Markup {
    html! {
        section aria-labelledby="connect" {
            h2 id="connect" { @if has_google { "Connect one elsewhere" } @else if is_first { "Connect your calendar" } @else { "Connect another one" } }
            form method="post" action="/calendars" {
                p class="field" {
                    label for="address" { "Its address" }
                    input id="address" name="address" type="url" required value=(typed.address) autocomplete="off"
                        placeholder="https://…" aria-describedby="address-hint";
                    span class="quiet small" id="address-hint" {
                        "A private iCal address, or a CalDAV server or account. See below where to find it."
                    }
                }
                p class="field" {
                    label for="user" { "User name, where it asks for one" }
                    input id="user" name="user" type="text" value=(typed.user) autocomplete="off" autocapitalize="none" spellcheck="false";
                }
                p class="field" {
                    label for="password" { "Password" }
                    input id="password" name="password" type="password" autocomplete="off" aria-describedby="password-hint";
                    span class="quiet small" id="password-hint" {
                        "Best one made for this alone (an app password). It is kept sealed, with a key that is not in the database."
                    }
                }
                @if let Some(address) = &typed.offered {
                    div class="wrong" {
                        p { label class="choice" { input type="checkbox" name="also" value=(address); " I am " (address) " as well" } }
                        p { "Tick it if this is you under another address, an old one perhaps, and connect it once more. It then counts "
                            "as yours on your own calendars, and nowhere else. If it is somebody else’s calendar, leave it: they can "
                            "connect it themselves." }
                    }
                }
                p { button class="first" { "Connect, and read it now" } }
            }
            (where_to_find())
        }
    }
}

fn where_to_find() -> Markup {
    html! {
        details {
            summary { "Where to find the address" }
            dl class="how" {
                div {
                    dt { "Google Calendar" }
                    dd { "On a computer: the gear, Settings, your calendar’s name, “Secret address in iCal format”. No user name, no password." }
                }
                div {
                    dt { "Outlook" }
                    dd { "On the web: Settings, Calendar, Shared calendars, Publish a calendar, “Can view all details”: the ICS link. "
                        "Some organisations do not allow it." }
                }
                div {
                    dt { "iCloud, Fastmail, Nextcloud and other CalDAV servers" }
                    dd { "The server’s address (for iCloud https://caldav.icloud.com), your user name, and an app password." }
                }
            }
        }
    }
}
