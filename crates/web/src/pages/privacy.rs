//! Who can see what about me, plainly; and all of it to take home.

use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::limits::Tried;
use crate::mailing;
use crate::me::Me;
use crate::pages::auditor::Auditing;
use crate::pages::by_key;
use crate::pages::kept_of_it;
use crate::pages::looks;
use crate::pages::retention::Retention;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use crate::sync;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use maud::html;
use steadfast_app::server::holds::Holds;
use steadfast_app::server::looked::{Looked, about_me};
use steadfast_app::server::sync::Key;

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let frame = me.frame(&server, Here::Privacy);
    let shared = &server.0;
    let looks = about_me(&shared.store, me.0.viewer(), shared.world.now()).await?;
    let who = (me.0.name(), me.0.viewer().person());
    let holds = Holds::of(&server.0.store, me.0.viewer().org()).await?;
    let kept = Retention::to(&me, holds.window);
    let auditor = Auditing::to(&me, holds.auditor);
    let kept = (kept, mailing::is_sent(&shared.world));
    let key = sync::about_key(&server, &me).await?;
    Ok(shown(&frame, who, (&looks, &auditor), kept, key).into_response())
}

/// Everything about whoever asks, in one file.
pub(crate) async fn export(State(server): State<Server>, me: Me) -> Answered {
    let asked = Tried::ExportBy(me.0.account().to_owned());
    if !server.0.limits.allow(asked, server.0.world.now()) {
        return Err(Refusal::TooOften);
    }
    let zip = ledger::export(&server, &me).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"steadfast.zip\"",
        ),
    ];
    Ok((headers, zip).into_response())
}

fn shown(
    frame: &Frame,
    (name, address): (&str, &str),
    (looks, auditor): (&[Looked], &Auditing),
    (kept, is_mailed): (Retention, bool),
    key: Option<Key>,
) -> Page {
    let main = html! {
        header class="page-head" {
            h1 { "Who can see what about you" }
            p class="quiet" { "You are signed in as " bdi { (name) } " (" (address) ")." }
        }
        section aria-labelledby="calendar" {
            h2 id="calendar" { "Your calendar" }
            dl class="who-sees" {
                div { dt { "The meetings on it" } dd { "You alone." } }
                div { dt { "The 1:1s on it" } dd { "You, and the other one of the two: when it was promised, when it stood, "
                    "how early a change was known. Nobody else." } }
                div { dt { "What took the place of a 1:1" } dd { "You alone, as the owner of the calendar. "
                    "The other one sees that it moved, never for what." } }
                div { dt { "When you are free" } dd { "Whoever has a 1:1 with you that you once accepted sees some times at which both of you are free: those that are "
                    "offered for a lost one, and a better slot. Never what takes the others." } }
                div { dt { "Leave and holidays" } dd { "Whoever has a 1:1 with you sees that one fell into your leave." } }
                (kept_of_it::on_privacy())
            }
        }
        (by_key::on_privacy(key))
        section aria-labelledby="how-long" {
            h2 id="how-long" { "How long it is kept" }
            (kept.words())
            p class="quiet" { "What you say, and what two of you agree on, stays until you take it away. " a href="/policies#retention" { "Who "
                "chooses that" } "." }
        }
        section aria-labelledby="words" {
            h2 id="words" { "What you say about a 1:1" }
            dl class="who-sees" {
                div { dt { "Said for you alone" } dd { "You alone. It changes what you see, and nothing that anybody else sees." } }
                div { dt { "Shared" } dd { "You, and the other one of the two. Nobody else." } }
                div { dt { "Whether it mattered" } dd { "You alone, of 1:1s with whom you report to. It cannot be shared, and changes no count." } }
                div { dt { "“Is it only me?”" } dd { "You alone are answered, and nobody is told that you asked. Your own 1:1 is among the five or more "
                    "that another report of the same manager is compared with, without name or figure." } }
                div { dt { "Taken back" } dd { "Nobody: it is no longer shown, and counts no more." } }
            }
        }
        section aria-labelledby="place" {
            h2 id="place" { "Your place among the " a href="/people" { "people" } " here" }
            dl class="who-sees" {
                div { dt { "Your name, and whom you report to today" } dd { "Everybody with an account." } }
                div { dt { "From when to when" } dd { "You, the other one of the two, and whoever keeps the list." } }
                div { dt { "Your other addresses" } dd { "You, and whoever keeps the list. Whoever has a 1:1 with you under two addresses "
                    "sees it as one." } }
                div { dt { "Who may move your 1:1s" } dd { "You, and whoever keeps the list. Whoever has a 1:1 with you sees where one was moved "
                    "by a delegate." } }
            }
        }
        section aria-labelledby="rhythm" {
            h2 id="rhythm" { "What two of you " a href="/policies" { "agree on" } }
            dl class="who-sees" {
                div { dt { "How often you want to meet" } dd { "You, and the other one of the two: who proposed it, who agreed, when. "
                    "Nobody else." } }
            }
        }
        section aria-labelledby="guard" {
            h2 id="guard" { "How far you let " a href="/policies#guard" { "the guard" } " go" }
            dl class="who-sees" {
                div { dt { "What you choose, for all your 1:1s and for each" } dd { "You alone: the other one of the two is not told, nor is "
                    "whoever set this server up." } }
                div { dt { "That you stopped everything" } dd { "You alone." } }
                div { dt { "What holds for who chose nothing, and beyond what nobody goes" } dd { "Everybody with an account." } }
            }
        }
        section aria-labelledby="between" {
            h2 id="between" { "What two of you say about a 1:1 to come" }
            dl class="who-sees" {
                div { dt { "That you ask for another time, or ask no more" } dd { "You, and whoever leads that 1:1: on their page, in their log, and in a mail "
                    "or chat if they get any. No reason goes with it. Nobody else: not those above, not the others in your team." } }
                div { dt { "Times that are offered, and what is picked of them" } dd { "The two of you, also where none of them is wanted; of what goes by mail to somebody who is not here, whoever has the link in it, until it is answered or over. Which meetings made a time free or taken "
                    "neither of you sees of the other." } }
                div { dt { "Why one was changed, where you say so" } dd { "The other one of the two, in your words, until you take it back." } }
            }
        }
        section aria-labelledby="mail" {
            h2 id="mail" { a href="/mail" { "Mail or chat to you" } }
            dl class="who-sees" {
                div { dt { "When you work, where you said so" } dd { "Nobody is shown it; those you meet alone notice that no time before or after is offered, and that one was put there." } }
                div { dt { "Your chat’s webhook" } dd { "Nobody is shown it, not even you: it is kept sealed, and written to until you take it away." } }
                div { dt { "The " a href="/held" { "feed of what is held" } " for you" } dd { "Whoever has its address, until you take it away: when, and nothing of whom or what." } }
                div { dt { "What you chose, and what was told" } dd { "You alone. What was said is not kept; whoever it was about is told that it told you of your 1:1." } }
                div { dt { "Mail in your name, to others in a meeting" } dd { "You, and each of them their own. It goes only when you have read it and send it, "
                    "and says what the meeting is: when, who is in it, its title." } }
            }
        }
        section aria-labelledby="answers" {
            h2 id="answers" { "What you answer when you " a href="/proof" { "convince yourself" } }
            dl class="who-sees" {
                div { dt { "Your answers" } dd { "You alone: nobody else is shown them, nor whether there are any." } }
                div { dt { "Changed or erased" } dd { "Nobody: what you answered before is deleted." } }
            }
        }
        section aria-labelledby="log" {
            h2 id="log" { a href="/log" { "What happened here" } }
            dl class="who-sees" {
                div { dt { "Your log" } dd { "You alone. Whoever set this server up sees what work it gave up, and not whose." } }
            }
        }
        section aria-labelledby="reading" {
            h2 id="reading" { "How it reads" }
            dl class="who-sees" {
                div { dt { "For a manager" } dd { "How their 1:1s read, beside their other meetings, is shown to them alone. "
                    "Not to their manager, not to people operations, not to whoever set this server up." } }
                div { dt { "For a report" } dd { "The same facts about their own 1:1; how it reads only when they ask." } }
            }
        }
        (looks::section(looks, auditor))
        section aria-labelledby="programs" {
            h2 id="programs" { a href="/programs" { "Programs of your own" } }
            dl class="who-sees" {
                div { dt { "A program with a token of yours" } dd { "Sees what you see, until you take the token back or it ends. "
                    "What it looks at counts as looked at by you." } }
            }
        }
        section aria-labelledby="server" {
            h2 id="server" { "This server" }
            p { @if is_mailed { "It sends mail to people who have joined, and to others what somebody in a meeting with them has read and sent, through the mail server that whoever runs it chose, which can read it; " a href="/mail" { "what stands in it" } ". " } @else { "It sends no mail. " } "Where somebody gave it the webhook of a chat, it writes there, without names. It counts no visits. It asks the calendars that people connected, and writes to them what they or their guard decided; no other service hears anything. Its log has no names and no "
                "addresses. Whoever has its disk can read what is on it." }
        }
        section aria-labelledby="export" {
            h2 id="export" { "Everything about you, to take home" }
            p { "Your account, your calendars as they are kept, what you said, and your 1:1s as you see them: "
                "for reading, for calendar programs, and for others." }
            p { a class="button" href="/privacy/export" download { "Download" } }
        }
        section aria-labelledby="leave" {
            h2 id="leave" { "Signing out" }
            form method="post" action="/sign-out" class="acts" {
                button { "Sign out" }
                button name="everywhere" value="yes" { "Sign out everywhere" }
            }
            p class="quiet" { "Everywhere: on every device, here too. Programs keep their tokens until you take them back." }
        }
        section aria-labelledby="leaving" {
            h2 id="leaving" { "Leaving" }
            p { "What is yours alone goes for good, and nobody comes in as you any more. What became of the 1:1s you promised each "
                "other stays with the other one of the two. " a href="/privacy/leave" { "What goes, and what stays" } "." }
        }
    };
    page(frame, "Privacy", &main)
}
