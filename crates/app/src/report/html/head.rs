//! Title and first lines: whose calendar, how that is known, the window, the evidence.

use super::super::model::{Report, Side};
use super::super::words::{head, sentence_case, who_sees::who_sees, zones};
use maud::{Markup, html};

/// The document's title.
pub(crate) fn title(report: &Report) -> String {
    let whose = report.me.as_ref().map_or_else(
        || "1:1s".to_owned(),
        |me| format!("1:1s in {}", lower(&head::calendar_of(me))),
    );
    format!("{whose} · {}", head::window(report))
}

fn lower(words: &str) -> String {
    words
        .strip_prefix("Your ")
        .map_or_else(|| words.to_owned(), |rest| format!("your {rest}"))
}

/// The page's header.
pub(crate) fn header(report: &Report) -> Markup {
    let own = report.me.as_ref().is_some_and(|me| me.side != Side::Both);
    let heading = if own {
        "What became of your 1:1s"
    } else {
        "What became of the 1:1s"
    };
    html! {
        header class="page-head" {
            h1 { (heading) }
            p class="quiet" {
                span dir="auto" { (head::whose(report)) }
                " · " span class="nowrap" { (head::window(report)) }
                " · " (zones::always_shown_in(report))
            }
            p class="quiet" { (sentence_case(&head::evidence(report))) "." }
            (seen(report))
        }
    }
}

/// Who sees what is told here.
fn seen(report: &Report) -> Markup {
    let said = who_sees(report);
    html! {
        @if !said.is_empty() {
            p class="seen" { (said.join(" ")) " Whoever you give this page to sees all of it." }
        }
    }
}
