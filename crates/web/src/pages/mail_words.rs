//! Mail to the reader, as their log tells of it.

use maud::{Markup, html};
use steadfast_app::server::log::{MailTold, Mailed};
use steadfast_calendar::Instant;

/// What became of a mail, and what it told of; `moment` puts a time on the reader's clock.
pub(crate) fn mailed(
    about: &[MailTold],
    how: Mailed,
    moment: impl Fn(Instant) -> String,
) -> Markup {
    html! {
        @match how {
            Mailed::Sent => "A mail went to you: ",
            Mailed::OnItsWay => "A mail is on its way to you: ",
            Mailed::Dropped => "A mail to you was dropped before it went, because it was not so any more: ",
            Mailed::Refused(_) => "A mail to you was refused by the mail server: ",
        }
        @for (number, one) in about.iter().enumerate() {
            @if number > 0 { "; " }
            (topic(&one.topic)) " the 1:1"
            @if let Some(with) = &one.with { " with " bdi { (with.name) } }
            " of " (moment(one.promised))
        }
        "."
        @if let Mailed::Refused(code) = how {
            " " (refused(code)) " "
            a href="/mail" { "Mail to you" } "."
        }
    }
}

/// What somebody can do about a refusal.
pub(crate) fn refused(code: Option<u16>) -> String {
    let code = code.map_or_else(String::new, |code| format!(" (it answered {code})"));
    format!(
        "The mail server does not take mail to the address you sign in with{code}: ask whoever runs this server."
    )
}

fn topic(topic: &str) -> &'static str {
    match topic {
        "threat" => "what threatens",
        "offer" => "times offered for",
        _ => "what became of",
    }
}
