//! Mail to the reader, as their log tells of it.

use crate::pages::tell;
use maud::{Markup, html};
use steadfast_app::server::guard;
use steadfast_app::server::log::{InName, MailTold, Mailed, Named};
use steadfast_app::server::mail::Channel;
use steadfast_calendar::Instant;

/// What became of a mail, and what it told of; `moment` puts a time on the reader's clock.
pub(crate) fn mailed(
    about: &[MailTold],
    by: Channel,
    how: Mailed,
    moment: impl Fn(Instant) -> String,
) -> Markup {
    html! {
        @match by {
            Channel::Mail => "A mail",
            Channel::Chat => "A message to your chat",
        }
        @match how {
            Mailed::Sent => " went to you: ",
            Mailed::OnItsWay => " is on its way to you: ",
            Mailed::Dropped => " was dropped before it went, because it was not so any more: ",
            Mailed::Refused(_) => " was refused: ",
        }
        @for (number, one) in about.iter().enumerate() {
            @if number > 0 { "; " }
            (topic(&one.topic)) " the 1:1"
            @if let Some(with) = &one.with { " with " bdi { (with.name) } }
            " of " (moment(one.promised))
        }
        "."
        @if let Mailed::Refused(code) = how {
            " " (refused(by, code)) " "
            a href="/mail" { "Mail or chat to you" } "."
        }
    }
}

/// What became of a mail to somebody in a meeting, in the reader's name.
pub(crate) fn in_name(deed: &str, to: &Named, how: &InName) -> Markup {
    html! {
        @match how {
            InName::Sent => { "A mail went in your name to " bdi { (to.name) } ", as you read it: " },
            InName::OnItsWay => { "A mail is on its way in your name to " bdi { (to.name) } ": " },
            not => { "A mail in your name to " bdi { (to.name) } " did not go. " (tell::not_sent(not)) " It was about " },
        }
        @match guard::picks_for(deed) {
            Some(pair) => { a href={ "/one-on-ones/" (pair) "#between" } { "times to pick from" } },
            None => a href=(tell::address(deed)) { "what was done" },
        }
        "."
    }
}

/// What somebody can do about a refusal.
pub(crate) fn refused(by: Channel, code: Option<u16>) -> String {
    let code = code.map_or_else(String::new, |code| format!(" (it answered {code})"));
    match by {
        Channel::Mail => format!(
            "The mail server does not take mail to the address you sign in with{code}: ask whoever runs this server."
        ),
        Channel::Chat => format!(
            "The chat does not take messages at the address you gave{code}: make a new webhook there, and paste its address."
        ),
    }
}

fn topic(topic: &str) -> &'static str {
    match topic {
        "threat" => "what threatens",
        "offer" => "times offered for",
        _ => "what became of",
    }
}
