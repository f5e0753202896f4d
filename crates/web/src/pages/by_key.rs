//! What somebody is told of the key of their organisation, which opens their Google Calendar here.

use maud::{Markup, html};
use steadfast_app::server::sync::Key;

/// Beside their calendars, where none is opened by it.
pub(crate) fn on_calendars(key: Option<Key>) -> Markup {
    html! {
        @match key {
            Some(Key::May) => section aria-labelledby="by-key" {
                h2 id="by-key" { "Your organisation’s key" }
                p { "Whoever set this server up gave it a key of your organisation’s to the Google Calendars of its people. Within "
                    "some minutes it opens yours, and you find it here. You can leave it then at any time." }
            },
            Some(Key::Left) => section aria-labelledby="by-key" {
                h2 id="by-key" { "Your organisation’s key" }
                p { "You left: your Google Calendar is not read by the key of your organisation, and will not be again. You can "
                    "connect a calendar yourself." }
            },
            Some(Key::Reads | Key::Not) | None => {}
        }
    }
}

/// On the calendar that it opens.
pub(crate) fn of_source() -> Markup {
    html! {
        p { "Connected for you, with a key of your organisation’s that whoever set this server up gave it. It is read as one that you "
            "connect yourself, and nothing can be changed with it: " a href="/privacy#by-key" { "who sees what of it" } "." }
    }
}

/// How somebody leaves.
pub(crate) fn leaving(action: &str) -> Markup {
    html! {
        details {
            summary { "Leave it" }
            p { "Your calendar is then not read any more, and never again by this key; you can still connect one yourself. What was "
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
                        Key::Reads => { "It opens yours; you can " a href="/calendars" { "leave" } ", and are not taken in again then." },
                        Key::Left => { "You left: it does not open yours, and will not again." },
                        Key::May => { "Within some minutes it opens yours; you can " a href="/calendars" { "leave" } " then, and are not taken in again." },
                        Key::Not => { "It does not open yours: you connected a calendar yourself, or nobody but whoever invited you knows that this is you." },
                    }
                }
                dl class="who-sees" {
                    div { dt { "What it reads" } dd { "The calendars that you own, as if you had connected them. Nothing can be changed with it; descriptions, "
                        "places and attachments are not asked for." } }
                    div { dt { "Who sees that" } dd { "As above: you, and of your 1:1s the other one of the two. Whoever set this server up is shown nothing of it." } }
                    div { dt { "Whose calendar it opens" } dd { "Only that of people who have joined, and whom whoever set this server up let in or says that they know." } }
                }
            }
        }
    }
}
