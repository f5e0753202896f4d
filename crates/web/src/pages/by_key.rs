//! What somebody is told of the key of their organisation, which opens their Google Calendar here.

use maud::{Markup, html};
use steadfast_app::server::sync::Key;

/// Beside their calendars, where none is opened by it.
pub(crate) fn on_calendars(key: Option<Key>) -> Markup {
    html! {
        @match key {
            Some(Key::Asks) => section aria-labelledby="by-key" {
                h2 id="by-key" { "Your organisation’s key" }
                p { "Whoever set this server up gave it a key of your organisation’s to the Google Calendars of its people. Nothing of yours is "
                    "read with it unless you let it; " a href="/privacy#by-key" { "who would see what of it" } "." }
                (letting())
            },
            Some(Key::Let) => section aria-labelledby="by-key" {
                h2 id="by-key" { "Your organisation’s key" }
                p { "You let it read your Google Calendar: within some minutes you find it here. You can leave it at any time." }
            },
            Some(Key::Left) => section aria-labelledby="by-key" {
                h2 id="by-key" { "Your organisation’s key" }
                p { "You left: your Google Calendar is not read by the key of your organisation, and will not be unless you let it. You can "
                    "connect a calendar yourself." }
                (letting())
            },
            Some(Key::Reads | Key::Shut | Key::Not) | None => {}
        }
    }
}

/// How somebody lets it.
fn letting() -> Markup {
    html! {
        form method="post" action="/calendars/by-key" { p { button { "Let it read my calendar" } } }
    }
}

/// On the calendar that it opens.
pub(crate) fn of_source() -> Markup {
    html! {
        p { "Connected by a key of your organisation’s that whoever set this server up gave it, because you let it. It is read as one that you "
            "connect yourself, and nothing can be changed with it: " a href="/privacy#by-key" { "who sees what of it" } "." }
    }
}

/// How somebody leaves.
pub(crate) fn leaving(action: &str) -> Markup {
    html! {
        details {
            summary { "Leave it" }
            p { "Your calendar is then not read any more, nor again by this key unless you let it; you can connect one yourself. What was "
                "seen stays in your ledger; what happens from now on is not known." }
            form method="post" action=(action) { p { button { "Leave" } } }
        }
    }
}

/// Among who sees what.
pub(crate) fn on_privacy(key: Option<Key>) -> Markup {
    html! {
        @if let Some(key) = key {
            section aria-labelledby="by-key" {
                h2 id="by-key" { "Your organisation’s key" }
                p {
                    "Whoever set this server up gave it a key of your organisation’s to the Google Calendars of its people. "
                    @match key {
                        Key::Reads => { "It opens yours, because you let it; you can " a href="/calendars" { "leave" } ", and are not taken in again then unless you let it." },
                        Key::Shut => { "It opened yours, and does not now: it is not for your address any more, or not here. Nothing is read; you can " a href="/calendars" { "leave" } "." },
                        Key::Let => { "You let it open yours; within some minutes it does. You can " a href="/calendars" { "leave" } " then." },
                        Key::Left => { "You left: it does not open yours, and will not unless you let it." },
                        Key::Asks => { "It does not open yours unless " a href="/calendars#by-key" { "you let it" } "." },
                        Key::Not => { "It does not open yours: you connected a calendar yourself, or nobody but whoever invited you knows that this is you." },
                    }
                }
                dl class="who-sees" {
                    div { dt { "What it reads" } dd { "The calendars that you own, as if you had connected them. Nothing can be changed with it; descriptions, "
                        "places and attachments are not asked for." } }
                    div { dt { "Who sees that" } dd { "As above: you, and of your 1:1s the other one of the two. Whoever set this server up is shown nothing of it." } }
                    div { dt { "Whose calendar it opens" } dd { "Only that of people who have joined, who let it on their own page, and whom whoever set this server up let in or says that they know." } }
                }
            }
        }
    }
}
