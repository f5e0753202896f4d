//! The account of one person of the organisation, or that nobody goes by that address.

use maud::{Markup, html};
use steadfast_app::server::people::Kept;

/// Whom nobody ever signed in as may be nobody.
pub(crate) fn mistake(action: &str, kept: &Kept) -> Markup {
    let lines = kept.above.len() + kept.below.len();
    html! {
        section aria-labelledby="mistake" {
            h2 id="mistake" { "Mistyped?" }
            details {
                summary { "Nobody goes by that address" }
                p { "It goes out of the list at once, as if it had never been there"
                    @if lines == 1 { ", and with it the line that names it" }
                    @else if lines > 1 { ", and with it the " (lines) " lines that name it" }
                    "."
                    @if !kept.below.is_empty() { " Whoever follows in such a line the day after had it from its beginning." } }
                form method="post" action=(action) class="acts" {
                    input type="hidden" name="do" value="mistake";
                    button { "It was a mistake: take it out" }
                }
            }
        }
    }
}

pub(crate) fn let_in_by(action: &str, by: &str) -> Markup {
    html! {
        section aria-labelledby="account" {
            h2 id="account" { "Their account" }
            p { "They came in by an invitation of " bdi { (by) } ". As long as nobody else knows that it is them, they are shown what is on "
                "their own calendars and on those of " bdi { (by) } ", and nothing of anybody else’s." }
            form method="post" action=(action) class="acts" {
                input type="hidden" name="do" value="vouch";
                button { "I know that it is them" }
            }
        }
    }
}

pub(crate) fn shut_out(action: &str) -> Markup {
    html! {
        section aria-labelledby="shut" {
            h2 id="shut" { "Their account is closed" }
            p { "They left, and come in no more. Opened again, they sign in as before, and connect their calendars anew." }
            form method="post" action=(action) class="acts" {
                input type="hidden" name="do" value="open";
                button { "Open it again" }
            }
        }
    }
}
