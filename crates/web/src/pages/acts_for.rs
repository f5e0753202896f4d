//! Who may move whose 1:1s, as a sentence of the log.

use maud::{Markup, html};
use steadfast_app::server::log::Named;

/// "You said that Sol may move your 1:1s for you."
pub(crate) fn said(
    (by, by_list): (&Named, bool),
    person: &Named,
    delegate: &Named,
    holds: bool,
) -> Markup {
    let (may, end) = if holds {
        ("may", "")
    } else {
        ("may not", " any more")
    };
    let who = html! { @if delegate.is_me { "you" } @else { bdi { (delegate.name) } } };
    let whose = if person.is_me { "your" } else { "their" };
    let them = if person.is_me { "you" } else { "them" };
    html! {
        @if by.is_me { "You said that " (who) }
        @else if by_list { "By the list of people " (who) }
        @else { bdi { (by.name) } " said that " (who) }
        " " (may) " move "
        @if by_list && !person.is_me { "the 1:1s of " bdi { (person.name) } (end) "." }
        @else { (whose) " 1:1s for " (them) (end) "." }
    }
}
