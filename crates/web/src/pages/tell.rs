//! Telling those in a meeting by mail, where no calendar server told them what was done: all of it, as it goes out, and one
//! button.

use crate::form::{Wrong, query, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::mailing;
use crate::me::Me;
use crate::pages::{log, log_words};
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use serde::Deserialize;
use steadfast_app::server::imip::{self, Addressee, Adds, Heard, NotSent, Preview};
use steadfast_app::server::log::InName;
use steadfast_app::server::mail::Office;
use steadfast_app::server::mail::Post as _;
use steadfast_calendar::Instant;

/// Of what was done.
#[derive(Debug, Deserialize)]
pub(crate) struct Of {
    deed: String,
    /// It was just approved.
    #[serde(default)]
    sent: Option<String>,
}

/// What was approved: the mark of what was shown.
#[derive(Debug, Deserialize)]
pub(crate) struct Pressed {
    deed: String,
    mark: String,
}

/// The page about one thing that was done.
pub(crate) fn address(deed: &str) -> String {
    format!("/log/tell?{}", query(&[("deed", deed)]))
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    of: Result<Query<Of>, QueryRejection>,
) -> Answered {
    let Query(of) = of.map_err(|_| Refusal::NotFound)?;
    let shown = answer(&server, &me, &of.deed, of.sent.is_some(), None).await?;
    Ok(shown.into_response())
}

/// Has it sent. What comes of it stands on the page, and in the log.
pub(crate) async fn send(
    State(server): State<Server>,
    me: Me,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Answered {
    let Form(pressed) = pressed.map_err(|_| Refusal::NotAForm)?;
    let about = (pressed.deed.as_str(), pressed.mark.as_str());
    match mailing::approve(&server, &me, about).await {
        Ok(_) => {
            let to = format!("{}&sent=yes", address(&pressed.deed));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let said = Wrong::of(&error).ok_or(error)?;
            let again = answer(&server, &me, &pressed.deed, false, Some(&said)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

async fn answer(
    server: &Server,
    me: &Me,
    deed: &str,
    is_sent: bool,
    said: Option<&Wrong>,
) -> Result<Page, Refusal> {
    let (store, now, viewer) = (&server.0.store, server.0.world.instant(), me.0.viewer());
    let way = server.0.world.mail.as_ref();
    let office = way.filter(|way| way.has_mail()).map(|way| &way.office);
    let sender = office.map(|office| office.from.as_str());
    let preview = imip::preview(store, viewer, deed, sender, now).await?;
    let zone = ledger::kept(server, viewer).await?.zone();
    let frame = me.frame(server, Here::More);
    Ok(shown(
        &frame,
        &preview,
        office,
        (&zone, now),
        (is_sent, said),
    ))
}

fn shown(
    frame: &Frame,
    preview: &Preview,
    office: Option<&Office>,
    (zone, now): (&TimeZone, Instant),
    (is_sent, said): (bool, Option<&Wrong>),
) -> Page {
    let moment = |at: Instant| log_words::moment(at, zone, now.date(zone).year());
    let open: Vec<&Addressee> = preview.open().collect();
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/log" { "What happened here" } }
            h1 { "Tell them by mail" }
            p { (log_words::did(&preview.did)) ". " (added(preview.adds)) " "
                "Here is what Steadfast can mail them for you, to the word: nothing goes before you send it, and nothing else does." }
            p class="quiet" { "Times in " (log::zone_name(zone)) "." }
        }
        (wrong(said))
        @if is_sent {
            p class="done" role="status" { "It is on its way. Right before it goes, your calendar is looked at once more: if the meeting was changed since, "
                "nothing is sent. What came of it stands here, and in your log." }
        }
        section aria-labelledby="whom" {
            h2 id="whom" { "To whom" }
            dl class="who-sees" {
                @for one in &preview.whom {
                    div {
                        dt { bdi { (one.name) } @if one.name != one.address { " " span class="quiet small" { bdi { (one.address) } } } }
                        dd { (heard(one, moment)) }
                    }
                }
            }
        }
        section aria-labelledby="what" {
            h2 id="what" { "What they read" }
            dl class="who-sees" {
                div { dt { "Subject" } dd { (preview.subject) } }
                div { dt { "From" } dd { @match office { Some(office) => { bdi { (office.from) } ", which is this server" }, None => "this server" } } }
                div { dt { "Answers go to" } dd { bdi { (preview.reply_to) } ", which is you" } }
            }
            p class="letter" { (preview.text) }
            details {
                summary { "What their calendar program reads" }
                p class="quiet small" { "The same as an entry (text/calendar, " (preview.method) "): when, who is in it, and its title. No notes, and nothing of your other meetings. It is attached as a file besides (invite.ics)." }
                pre class="letter small" { (preview.calendar) }
            }
        }
        (send_form(preview, office, &open))
    };
    page(frame, "Tell them by mail", &main)
}

/// What the mail adds to what they know.
fn added(adds: Adds) -> &'static str {
    match adds {
        Adds::Deed => "Your calendar server does not say that everybody in it was told.",
        Adds::Proposal => {
            "Your calendar server told them that. Another time is not said from calendar to calendar; it goes by mail."
        }
        Adds::Withdrawal => {
            "Your calendar server told them that. That the time which you proposed by mail is not meant any more goes by mail as well."
        }
    }
}

fn send_form(preview: &Preview, office: Option<&Office>, open: &[&Addressee]) -> Markup {
    let names: Vec<&str> = open.iter().map(|one| one.name.as_str()).collect();
    html! {
        @if let Some(why) = preview.over {
            p { "Nothing more is sent: " (why) "." }
        } @else if open.is_empty() {
            p class="quiet" { "There is nothing left to send." }
        } @else if office.is_none() {
            p { b { "This server sends no mail." } " Whoever runs it has not given it a mail server: ask them, or tell "
                (names.join(", ")) " yourself." }
        } @else {
            form method="post" action="/log/tell" {
                input type="hidden" name="deed" value=(preview.deed);
                input type="hidden" name="mark" value=(preview.mark);
                button class="first" { "Send it to " (names.join(", ")) }
            }
            @if preview.method == "COUNTER" {
                p class="quiet small" { "Their calendar program may offer to move the meeting to the time you propose. One that knows no proposals shows the mail alone"
                    @if preview.adds == Adds::Deed { ", and your answer stays open in their calendar: the words say it" }
                    ". It cannot be called back; if you take your answer back, you can mail them that." }
            }
            p class="quiet small" { "One mail to each. Whoever has not joined gets it as well: it is your word, and you have read it." }
        }
    }
}

fn heard(one: &Addressee, moment: impl Fn(Instant) -> String) -> Markup {
    html! {
        @match &one.heard {
            Heard::NotYet => "Nothing was mailed yet.",
            Heard::OnItsWay => "It is on its way.",
            Heard::Sent(at) => { "Mailed on " (moment(*at)) "." },
            Heard::NeedNot => "Nothing to tell: what this takes back never reached them from here.",
            Heard::NotSent(at, why) => {
                (moment(*at)) ": "
                @match why {
                    NotSent::Refused(code) => (not_sent(&InName::Refused(*code))),
                    NotSent::Dropped(why) => (not_sent(&InName::Dropped(why.clone()))),
                    NotSent::GivenUp => (not_sent(&InName::GivenUp)),
                }
            },
        }
    }
}

/// Why a mail in somebody's name did not go, and what to do.
pub(crate) fn not_sent(how: &InName) -> String {
    match how {
        InName::OnItsWay | InName::Sent => String::new(),
        InName::Refused(code) => {
            let code = code.map_or_else(String::new, |code| format!(" (it answered {code})"));
            format!("The mail server does not take mail to that address{code}: tell them yourself.")
        }
        InName::Dropped(why) => format!("It was not sent: {why}."),
        InName::GivenUp => {
            "It was tried for a day and given up: as far as is known it did not go, but one may have arrived. Ask them.".to_owned()
        }
    }
}
