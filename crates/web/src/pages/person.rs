//! One person of the organisation, for whoever keeps it.

use crate::form::{Wrong, query, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::pages::{dated, people as list, person_account as account};
use crate::people::{self, Keeper};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::ServerError;
use steadfast_app::server::accounts::Knowers;
use steadfast_app::server::people::{Change, DatedLine, Kept, kept_organisation, key_of};

/// What is said of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    #[serde(rename = "do")]
    what: String,
    address: String,
    name: String,
    zone: String,
    from: String,
    last: String,
    instead: Option<String>,
    /// The address of which it was said that it is somebody else's.
    sure: String,
}

/// What was typed, with whom it may have been meant for and what was wrong with it.
type Again<'a> = (&'a Typed, Option<(String, String)>, Option<&'a Wrong>);

pub(crate) async fn show(
    State(server): State<Server>,
    keeper: Keeper,
    Path(key): Path<String>,
) -> Answered {
    let nothing = (&Typed::default(), None, None);
    Ok(answer(&server, &keeper, &key, nothing)
        .await?
        .into_response())
}

pub(crate) async fn say(
    State(server): State<Server>,
    keeper: Keeper,
    Path(key): Path<String>,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    if typed.what == "vouch" {
        people::vouch(&server, &keeper, &key).await?;
        return Ok(Redirect::to(&format!("/people/{key}")).into_response());
    }
    if typed.what == "open" {
        people::comes_back(&server, &keeper, &key).await?;
        return Ok(Redirect::to(&format!("/people/{key}")).into_response());
    }
    let meant = meant(&server, &keeper, &typed).await?;
    let said = match read(&key, &typed) {
        Ok(Some(_)) if meant.is_some() => {
            Wrong::new("this is nearly an address that is known", "see below")
        }
        Ok(Some(change)) => {
            let goes = matches!(change, Change::Leave { .. } | Change::Mistake { .. });
            match people::change(&server, &keeper, change).await {
                Ok(_) if goes => return Ok(Redirect::to("/people").into_response()),
                Ok(_) => return Ok(Redirect::to(&format!("/people/{key}")).into_response()),
                Err(error) => Wrong::of(&error).ok_or(error)?,
            }
        }
        Ok(None) => return Err(Refusal::NotAForm),
        Err(()) => list::no_day(),
    };
    let again = answer(&server, &keeper, &key, (&typed, meant, Some(&said))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

/// Whom an address of somebody new may have been meant for, unless it was said that it is somebody else's.
async fn meant(
    server: &Server,
    keeper: &Keeper,
    typed: &Typed,
) -> Result<Option<(String, String)>, ServerError> {
    if !matches!(typed.what.as_str(), "manager" | "delegate") {
        return Ok(None);
    }
    people::meant(server, &keeper.me, &typed.address, &typed.sure).await
}

/// The form as a change; `None` for no such form.
fn read(key: &str, typed: &Typed) -> Result<Option<Change>, ()> {
    let person = key.to_owned();
    let (address, from) = (typed.address.clone(), dated::typed(&typed.from)?);
    let last = || dated::typed(&typed.last)?.ok_or(());
    Ok(Some(match typed.what.as_str() {
        "describe" => Change::Describe {
            person,
            name: typed.name.clone(),
            zone: typed.zone.clone(),
        },
        "manager" => Change::Manager {
            person,
            manager: address,
            from,
            instead: typed.instead.is_some(),
        },
        "end" => Change::End {
            person,
            manager: address,
            from,
            last: last()?,
        },
        "never" => Change::Never {
            person,
            manager: address,
            from,
        },
        "also" => Change::Also { person, address },
        "not-also" => Change::NotAlso { person, address },
        "delegate" => Change::Delegate {
            person,
            delegate: address,
        },
        "no-delegate" => Change::NoDelegate {
            person,
            delegate: address,
        },
        "leave" => Change::Leave {
            person,
            last: last()?,
        },
        "stay" => Change::Stay { person },
        "mistake" => Change::Mistake { person },
        _ => return Ok(None),
    }))
}

async fn answer(
    server: &Server,
    keeper: &Keeper,
    key: &str,
    again: Again<'_>,
) -> Result<Page, Refusal> {
    let known = people::known(server, &keeper.me).await?;
    let now = server.0.world.instant();
    let kept = kept_organisation(&known, &keeper.administrator, key, now);
    let kept = kept.ok_or(Refusal::NotFound)?;
    let is_me = kept.address == keeper.me.0.viewer().person();
    let knowers = people::knowers(server, &keeper.me, &kept.address).await?;
    let shut = people::is_shut_out(server, keeper, &kept.address).await?;
    let frame = keeper.me.frame(server, Here::More);
    let today = people::today(server, &keeper.me, &known).await?;
    Ok(shown(
        &frame,
        key,
        &kept,
        (&knowers, shut),
        (is_me, today),
        &again,
    ))
}

fn shown(
    frame: &Frame,
    key: &str,
    kept: &Kept,
    (knowers, shut): (&Knowers, Option<bool>),
    (is_me, today): (bool, Date),
    again: &Again<'_>,
) -> Page {
    let action = format!("/people/{key}");
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/people" { "People" } }
            h1 { bdi { (kept.name) } }
            p class="quiet" { (kept.address) @if kept.known.kind != "person" { " · " (kept.known.kind) } }
        }
        (wrong(again.2))
        @if let Knowers::Alone(by) = knowers { (account::let_in_by(&action, by)) }
        @if shut == Some(true) { (account::shut_out(&action)) }
        @if shut.is_none() && kept.last.is_none() && kept.known.kind == "person" {
            p { "They have no account yet. " a href={ "/invite?" (query(&[("to", &kept.address), ("name", &kept.name)])) } { "Invite them" } }
        }
        @if let Some(last) = kept.last { (leaves_on(&action, last)) }
        section aria-labelledby="above" {
            h2 id="above" { "Whom they report to" }
            @if kept.above.is_empty() { p class="quiet" { "Nobody is known." } }
            @for (line, name) in &kept.above { (line_of(&action, line, name, today)) }
            @if kept.last.is_none() { (new_manager(&action, kept, again)) }
        }
        @if !kept.below.is_empty() {
            section aria-labelledby="below" {
                h2 id="below" { "Who reports to them" }
                ul class="plain people" {
                    @for (line, name) in &kept.below {
                        li { a href={ "/people/" (key_of(&line.report)) } { bdi { (name) } }
                            span class="quiet" { (dated::span(line, today)) } }
                    }
                }
            }
        }
        (describing(&action, kept))
        @if kept.last.is_none() {
            (addresses(&action, kept, (is_me, again)))
            (delegates(&action, kept, again))
            (leaving(&action, is_me))
            @if !is_me && shut.is_none() { (account::mistake(&action, kept)) }
        }
    };
    page(frame, &kept.name, &main)
}

/// Whose last day is to come is there until then, and may stay after all.
fn leaves_on(action: &str, last: Date) -> Markup {
    html! {
        section aria-labelledby="leaves" {
            h2 id="leaves" { "They leave" }
            p { "Their last day is " (dated::day(last)) ". Until it is over they are here, and come in, as before." }
            form method="post" action=(action) class="acts" {
                input type="hidden" name="do" value="stay";
                button { "They stay" }
                span class="quiet small" { "Lines that end with that day go on then." }
            }
            (last_day(action, "Another last day", "It is that day"))
        }
    }
}

fn last_day(action: &str, label: &str, words: &str) -> Markup {
    html! {
        form method="post" action=(action) class="acts" {
            input type="hidden" name="do" value="leave";
            label for="leave-last" { (label) }
            input id="leave-last" name="last" type="date" required;
            button { (words) }
        }
    }
}

fn leaving(action: &str, is_me: bool) -> Markup {
    html! {
        section aria-labelledby="leave" {
            h2 id="leave" { "They leave" }
            details {
                summary { "Take them out of the list" }
                p { "Until their last day is over they stay in it as they are. Lines from and to them have that last day, and stay in the "
                    "ledgers of those they were between." }
                @if is_me { p { "Your own account stays: nobody else could look after this server." } } @else {
                    p { "After it they come in no more, programs of theirs neither, and their calendars are asked no more, of which how to "
                        "get at them is erased. What was seen of them stays as long as the organisation keeps it; whoever had a 1:1 with them "
                        "keeps their ledger." }
                }
                (last_day(action, "Last day", "Take out"))
            }
        }
    }
}

fn line_of(action: &str, line: &DatedLine, name: &str, today: Date) -> Markup {
    let from = line.from.map(|day| day.to_string()).unwrap_or_default();
    let id = format!("{}-{from}", key_of(&line.manager));
    let named = |what: &str| {
        html! {
            input type="hidden" name="do" value=(what);
            input type="hidden" name="address" value=(line.manager);
            input type="hidden" name="from" value=(from);
        }
    };
    html! {
        div class="dated" {
            h3 { bdi { (name) } ", " span class="quiet" { (dated::span(line, today)) } }
            details {
                summary { "End or correct it" span class="unseen" { ": " (name) } }
                form method="post" action=(action) class="acts" {
                    (named("end"))
                    label for={ "last-" (id) } { "Last day" }
                    input id={ "last-" (id) } name="last" type="date" required value=[line.to];
                    button { "Ends then" span class="unseen" { ": " (name) } }
                }
                form method="post" action=(action) class="acts" {
                    (named("never"))
                    button { "It never was so" span class="unseen" { ": " (name) } }
                    span class="quiet small" { "Takes the line out, with its dates." }
                }
            }
        }
    }
}

/// What was typed in that form, to be corrected there.
fn typed_in<'a>((typed, ..): &Again<'a>, what: &str) -> Option<&'a Typed> {
    Some(*typed).filter(|typed| typed.what == what)
}

/// Asks whether somebody else was meant in that form.
fn asked((typed, meant, _): &Again<'_>, what: &str) -> Markup {
    let meant = meant.as_ref().filter(|_| typed.what == what);
    list::did_you_mean(meant, ("sure", &typed.address))
}

fn new_manager(action: &str, kept: &Kept, again: &Again<'_>) -> Markup {
    let is_first = kept.above.is_empty();
    let typed = typed_in(again, "manager");
    html! {
        details open[typed.is_some()] {
            summary { @if is_first { "Say whom" } @else { "A new manager" } }
            form method="post" action=(action) class="fields" {
                input type="hidden" name="do" value="manager";
                p class="field" {
                    label for="manager" { "Their e-mail address" }
                    input id="manager" name="address" type="email" required autocomplete="off" value=[typed.map(|typed| &typed.address)];
                }
                (asked(again, "manager"))
                p class="field" {
                    label for="manager-from" { "From" }
                    input id="manager-from" name="from" type="date" required[!is_first] aria-describedby="manager-hint"
                        value=[typed.map(|typed| &typed.from)];
                    span class="quiet small" id="manager-hint" {
                        @if is_first { "Empty: as far back as is known." }
                        @else { "The new manager sees their 1:1s from this day on, and nothing from before." }
                    }
                }
                @if !is_first {
                    p { label class="choice" { input type="checkbox" name="instead" value="yes" checked[typed.is_none_or(|typed| typed.instead.is_some())];
                        " Whom they report to until then, they report to no more" } }
                }
                p { button class="first" { "Say so" } }
            }
        }
    }
}

fn addresses(action: &str, kept: &Kept, (is_me, again): (bool, &Again<'_>)) -> Markup {
    html! {
        section aria-labelledby="addresses" {
            h2 id="addresses" { "Other addresses" }
            p { "An old domain, or a name from before. Meetings under it are then theirs, in their ledger and in everybody’s: say it only "
                "where you know it, as with an invitation. They see it, and can say that it is not theirs." }
            @if is_me { p { "For yourself you cannot vouch: what you say of your own addresses counts on your own calendars alone." } }
            ul class="plain people" {
                @for (address, own_word) in &kept.others {
                    li {
                        span { (address) @if *own_word { " " span class="quiet small" { "By their own word: it counts on their own calendars alone." } } }
                        span class="acts" {
                            @if *own_word && !is_me { (one(action, "also", address, "I know it is")) }
                            (one(action, "not-also", address, "Not theirs"))
                        }
                    }
                }
            }
            (another(action, ("also", "Another address", "Add it"), again))
        }
    }
}

fn delegates(action: &str, kept: &Kept, again: &Again<'_>) -> Markup {
    html! {
        section aria-labelledby="delegates" {
            h2 id="delegates" { "Who may move their 1:1s" }
            ul class="plain people" {
                @for delegate in &kept.delegates {
                    li { span { (delegate) } (one(action, "no-delegate", delegate, "Not any more")) }
                }
            }
            (another(action, ("delegate", "Address of a delegate", "They may"), again))
        }
    }
}

fn one(action: &str, what: &str, address: &str, words: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name="do" value=(what);
            input type="hidden" name="address" value=(address);
            button { (words) span class="unseen" { ": " (address) } }
        }
    }
}

fn another(action: &str, (what, label, words): (&str, &str, &str), again: &Again<'_>) -> Markup {
    let typed = typed_in(again, what);
    html! {
        form method="post" action=(action) class="find" {
            input type="hidden" name="do" value=(what);
            label for={ "new-" (what) } { (label) }
            input id={ "new-" (what) } name="address" type="email" required autocomplete="off" value=[typed.map(|typed| &typed.address)];
            (asked(again, what))
            button { (words) }
        }
    }
}

fn describing(action: &str, kept: &Kept) -> Markup {
    html! {
        section aria-labelledby="describe" {
            h2 id="describe" { "Name and time zone" }
            form method="post" action=(action) class="fields" {
                input type="hidden" name="do" value="describe";
                p class="field" {
                    label for="name" { "Name" }
                    input id="name" name="name" type="text" value=(kept.known.name) autocomplete="off";
                }
                p class="field" {
                    label for="zone" { "Time zone" }
                    input id="zone" name="zone" type="text" value=(kept.known.zone.as_deref().unwrap_or_default())
                        autocomplete="off" aria-describedby="zone-hint";
                    span class="quiet small" id="zone-hint" { "As Europe/Paris. Their days and weeks are counted in it; empty: as their calendar says." }
                }
                p { button { "Change" } }
            }
        }
    }
}
