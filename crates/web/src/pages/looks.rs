//! Who looked at what is about the reader: a part of the page Privacy.

use crate::pages::auditor::Auditing;
use jiff::civil::Date;
use maud::{Markup, html};
use steadfast_app::server::looked::{Kind, Looked, SHOWN_DAYS};

/// Days that are named at once; more are one step away.
const NAMED: usize = 3;

/// The section; it also says how long looks are kept, and who else may read them.
pub(crate) fn section(looks: &[Looked], auditor: &Auditing) -> Markup {
    html! {
        section aria-labelledby="looks" {
            h2 id="looks" { "Who looked at it" }
            p { "Looks at what is about you are written down: who, at what, on which day. " (auditor.words()) " After "
                (SHOWN_DAYS) " days it is deleted. What time of the day it was, and how often, is not kept. "
                "What you look at about those who report to you is written down for them in the same way; what somebody looks at, or "
                "takes home, of their own 1:1s with their manager is written down for nobody." }
            @if looks.is_empty() {
                p { "Nobody has looked in these " (SHOWN_DAYS) " days." }
            } @else {
                dl class="who-sees looks" { @for look in looks { div { dt { (who(look)) } dd { (at(look)) } } } }
                p class="quiet small" { "Days begin and end in UTC. Whoever has the server’s disk can read it without a look being written down." }
            }
        }
    }
}

pub(super) fn who(look: &Looked) -> Markup {
    let name = look.name.as_deref().or(look.by.as_deref());
    html! {
        @match name {
            Some(name) => bdi { (name) },
            None => "Whoever runs this server",
        }
    }
}

fn at(look: &Looked) -> Markup {
    let (named, more) = look.days.split_at(look.days.len().min(NAMED));
    html! {
        p { (what(look.kind)) ": " (list(named)) @if more.is_empty() { "." } @else { ", and on " (more.len()) " more." } }
        @if !more.is_empty() {
            details {
                summary { "All of these days" span class="unseen" { ": " (who(look)) ", " (what(look.kind)) } }
                p { (list(&look.days)) "." }
            }
        }
    }
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Together => "All their 1:1s on one page, yours among them",
        Kind::OneOnOne => "Your 1:1 with them",
        Kind::Agreed => "What you two propose and agree on",
        Kind::Log => "What you said to them, in their log",
        Kind::Mailed => "What a mail to them said of your 1:1 with them",
        Kind::Export => "What they took home, your 1:1 in it",
        Kind::Audited => "Who looked at what is about you, as the auditor",
        Kind::Opened => "A link with which your account gets another password, for whoever has it",
        Kind::TakenOut => "What is kept about you, or about somebody you have a 1:1 with",
    }
}

/// "22 November, 21 November".
fn list(days: &[Date]) -> Markup {
    html! {
        @for (number, day) in days.iter().enumerate() {
            @if number > 0 { ", " }
            time class="nowrap" datetime=(day) { (day.strftime("%-d %B")) }
        }
    }
}
