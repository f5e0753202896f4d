//! Mail to the reader: what is told by it, when nothing is, and whether the mail server takes it.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::mailing;
use crate::me::Me;
use crate::pages::hours::{clock, minute};
use crate::pages::{chat, log, log_words, mail_words, more};
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
use steadfast_app::server::mail::{self, Channel, Chosen, Quiet, Topic, Wish};
use steadfast_calendar::Instant;

/// What was chosen; boxes that are not ticked are not sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    on: Option<String>,
    #[serde(default)]
    threat: Option<String>,
    #[serde(default)]
    offer: Option<String>,
    #[serde(default)]
    outcome: Option<String>,
    from: String,
    to: String,
    #[serde(default)]
    weekends: Option<String>,
    #[serde(default)]
    urgent: Option<String>,
}

/// It was just chosen.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    kept: Option<String>,
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    done: Result<Query<Done>, QueryRejection>,
) -> Answered {
    let is_kept = done.is_ok_and(|Query(done)| done.kept.is_some());
    told(&server, &me, None, is_kept).await
}

pub(crate) async fn say(
    State(server): State<Server>,
    me: Me,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let (store, now) = (&server.0.store, server.0.world.instant());
    let by = mail::chosen(store, me.0.viewer()).await?.wish.by;
    let Some(wish) = wish(&typed, by) else {
        let said = Wrong::new(
            "these are no hours",
            "write them as 19:00 and 08:00; for no quiet hours, the same twice",
        );
        return answer(&server, &me, Some(&said)).await;
    };
    match mail::choose(store, me.0.viewer(), now, &wish).await {
        Ok(()) => Ok(Redirect::to("/mail?kept=yes").into_response()),
        Err(error) => match Wrong::of(&error) {
            Some(said) => answer(&server, &me, Some(&said)).await,
            None => Err(error.into()),
        },
    }
}

/// What was chosen; by which way is chosen elsewhere.
fn wish(typed: &Typed, by: Channel) -> Option<Wish> {
    let ticked = [
        (Topic::Threat, &typed.threat),
        (Topic::Offer, &typed.offer),
        (Topic::Outcome, &typed.outcome),
    ];
    let without = ticked.into_iter().filter(|(_, box_)| box_.is_none());
    Some(Wish {
        on: typed.on.is_some(),
        by,
        without: without.map(|(topic, _)| topic).collect(),
        quiet: Quiet {
            from: minute(&typed.from)?,
            to: minute(&typed.to)?,
            weekends: typed.weekends.is_some(),
        },
        urgent_comes_through: typed.urgent.is_some(),
    })
}

/// The page, with what was wrong where something was.
pub(super) async fn answer(server: &Server, me: &Me, said: Option<&Wrong>) -> Answered {
    told(server, me, said, false).await
}

async fn told(server: &Server, me: &Me, said: Option<&Wrong>, is_kept: bool) -> Answered {
    let viewer = me.0.viewer();
    let chosen = mail::chosen(&server.0.store, viewer).await?;
    let zone = ledger::kept(server, viewer).await?.zone();
    let frame = me.frame(server, Here::More);
    let status = if said.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let is_sent = mailing::is_sent(&server.0.world);
    let chat = chat::Standing::of(server, me).await?;
    let shown = shown(
        &frame,
        &chosen,
        (viewer.person(), is_sent, &chat),
        (&zone, server.0.world.instant()),
        (said, is_kept),
    );
    Ok((status, shown).into_response())
}

fn shown(
    frame: &Frame,
    chosen: &Chosen,
    (address, is_sent, chat): (&str, bool, &chat::Standing),
    (zone, now): (&TimeZone, Instant),
    (said, is_kept): (Option<&Wrong>, bool),
) -> Page {
    let moment = |at: Instant| log_words::moment(at, zone, now.date(zone).year());
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "Mail or chat to you" }
            @if let Some(chat) = chat.name(chosen.wish.by) {
                p { "What your page says is told to you in " b { (chat) } " as well, as soon as it is so: each thing once, without names." }
            } @else if is_sent {
                p { "What your page says is mailed to " b { bdi { (address) } } " as well, as soon as it is so: each thing once." }
            } @else {
                p { b { "This server sends no mail." } " Whoever runs it has not given it a mail server. What you choose here holds from the day it has one." }
            }
            p class="quiet" { "No mail holds a meeting’s title, a note, or a reason that somebody gave: those stand on your page. "
                "A mail does nothing by being opened, and nothing tells anybody that you opened it." }
        }
        (wrong(said))
        @if is_kept { p class="done" role="status" { (does(&chosen.wish, chat.name(chosen.wish.by))) } }
        @if let Some((at, code)) = chosen.refused {
            div class="wrong" role="alert" { p { b { "The last one did not go out" } ", on " (moment(at)) ". " (mail_words::refused(chosen.wish.by, code)) } }
        }
        @if let Some(last) = chosen.last { p class="quiet" { "The last one went out on " (moment(last)) ". Each stands in your " a href="/log" { "log" } "." } }
        (form(&chosen.wish, zone))
        (chat.shown(chosen.wish.by))
    };
    page(frame, "Mail or chat to you", &main)
}

/// What a choice does, in a sentence; `chat`: where it goes instead of mail.
fn does(wish: &Wish, chat: Option<&str>) -> String {
    let way = chat.map_or_else(|| "by mail".to_owned(), |chat| format!("in {chat}"));
    let all = [
        (Topic::Threat, "of what threatens a 1:1 that you lead"),
        (Topic::Offer, "of times that are offered"),
        (Topic::Outcome, "of what became of them"),
    ];
    let topics = all
        .iter()
        .filter(|(topic, _)| !wish.without.contains(topic));
    let topics: Vec<&str> = topics.map(|(_, words)| *words).collect();
    let told = match topics.as_slice() {
        _ if !wish.on => return "From now on nothing is told to you besides: what there is stands on your page.".to_owned(),
        [] => return "From now on you are told of none of it besides: what there is stands on your page.".to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    let Quiet { from, to, weekends } = wish.quiet;
    let quiet = match (from == to, weekends) {
        (true, false) => return format!("From now on you are told {way} {told}, at any hour."),
        (true, true) => "on Saturdays and Sundays".to_owned(),
        (false, true) => format!(
            "from {} to {} and on Saturdays and Sundays",
            clock(from),
            clock(to)
        ),
        (false, false) => format!("from {} to {}", clock(from), clock(to)),
    };
    let but = if wish.urgent_comes_through {
        ", but for a 1:1 that begins before that ends"
    } else {
        ""
    };
    format!("From now on you are told {way} {told}; {quiet} it waits{but}.")
}

fn form(wish: &Wish, zone: &TimeZone) -> Markup {
    let wants = |topic: Topic| !wish.without.contains(&topic);
    html! {
        form method="post" action="/mail" class="guard mail" {
            fieldset class="choices" {
                legend { "Tell me" }
                (tick("on", wish.on, "at all"))
                (tick("threat", wants(Topic::Threat), "when a 1:1 that I lead was moved, cut or taken off, or something lies over it"))
                (tick("offer", wants(Topic::Offer), "when other times are offered to me, or somebody wants none of those I offered"))
                (tick("outcome", wants(Topic::Outcome), "when a time that was picked stands, or none could be found"))
            }
            fieldset class="choices" {
                legend { "When nothing is sent" }
                p class="field" {
                    label for="from" { "From" }
                    input id="from" name="from" type="time" value=(clock(wish.quiet.from)) required;
                }
                p class="field" {
                    label for="to" { "To" }
                    input id="to" name="to" type="time" value=(clock(wish.quiet.to)) required aria-describedby="to-hint";
                    span class="quiet small" id="to-hint" { "On your clock (" (log::zone_name(zone)) "). What comes then waits for the end, "
                        "and is dropped if it is not so any more." }
                }
                (tick("weekends", wish.quiet.weekends, "nor on Saturdays and Sundays"))
                (tick("urgent", wish.urgent_comes_through, "but wake me for a 1:1 that begins before that ends"))
            }
            button class="first" { "Keep it so" }
        }
    }
}

fn tick(name: &str, is_on: bool, words: &str) -> Markup {
    html! {
        label for=(name) {
            input type="checkbox" id=(name) name=(name) value="yes" checked[is_on];
            span { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_answered_by_what_it_does() {
        let check = |change: fn(&mut Wish), chat: Option<&str>, expected: &str| {
            let mut wish = Wish {
                on: true,
                by: Channel::Mail,
                without: Vec::new().into_iter().collect(),
                quiet: Quiet {
                    from: 1140,
                    to: 480,
                    weekends: true,
                },
                urgent_comes_through: false,
            };
            change(&mut wish);
            assert_eq!(does(&wish, chat), expected);
        };
        check(
            |_| {},
            None,
            "From now on you are told by mail of what threatens a 1:1 that you lead, of times that are offered and of what \
             became of them; from 19:00 to 08:00 and on Saturdays and Sundays it waits.",
        );
        check(
            |wish| {
                wish.without = [Topic::Threat, Topic::Outcome].into_iter().collect();
                wish.quiet.weekends = false;
                wish.urgent_comes_through = true;
            },
            Some("your Slack"),
            "From now on you are told in your Slack of times that are offered; from 19:00 to 08:00 it waits, but for a 1:1 that \
             begins before that ends.",
        );
        check(
            |wish| {
                wish.without = [Topic::Offer].into_iter().collect();
                wish.quiet.to = wish.quiet.from;
                wish.quiet.weekends = false;
            },
            None,
            "From now on you are told by mail of what threatens a 1:1 that you lead and of what became of them, at any hour.",
        );
        let nothing =
            "From now on nothing is told to you besides: what there is stands on your page.";
        check(|wish| wish.on = false, None, nothing);
    }
}
