//! The right of reply: a word in one tap, each button saying who will see it.

use crate::pages::occurrence;
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ledger::{Said, Word};
use steadfast_ledger::occurrence::Occurrence;

/// What a report can say, and what a manager can; with the words of it.
fn words(report: &Report, pair: &Pair, name: &str) -> Vec<(Word, String)> {
    if parts::reads_as_report(report, pair) {
        vec![
            (Word::Asked, "I asked for it".to_owned()),
            (Word::Agreed, "We agreed on it".to_owned()),
            (Word::NoManager, format!("{name} did not come")),
            (Word::NotHeld, "It did not happen".to_owned()),
            (Word::NoMe, "I could not come".to_owned()),
        ]
    } else {
        vec![
            (Word::Agreed, "We agreed on it".to_owned()),
            (Word::Held, "It took place".to_owned()),
        ]
    }
}

/// What was said, as the one who reads would say it.
pub(crate) fn spoken(said: &Said, name: &str) -> String {
    let mine = said.mine;
    match said.word {
        Word::Asked if mine => "You asked for it".to_owned(),
        Word::Asked => format!("{name} asked for it"),
        Word::Agreed => "You both agreed on it".to_owned(),
        Word::Held => "It took place".to_owned(),
        Word::NoManager if mine => format!("{name} did not come"),
        Word::NoManager => "You did not come".to_owned(),
        Word::NotHeld => "It did not happen".to_owned(),
        Word::NoMe if mine => "You could not come".to_owned(),
        Word::NoMe => format!("{name} could not come"),
    }
}

/// What was said about it, and the buttons; nothing about one that is still to come, or between two of whom neither
/// reports to the other.
pub(crate) fn section(
    report: &Report,
    pair: &Pair,
    occurrence: &Occurrence,
    said: &[Said],
) -> Markup {
    let name = parts::name(parts::partner(report, pair));
    let day = occurrence.promised.start.date(&report.zone);
    let about: Vec<&Said> = said.iter().filter(|one| one.date == day).collect();
    if parts::is_to_come(occurrence) || pair.manager.is_none() {
        return html! {};
    }
    html! {
        @for one in &about { (heard(one, &name)) }
        form method="post" action={ (occurrence::address(report, pair, occurrence)) "/word" } class="reply" {
            fieldset {
                legend { "Was it otherwise? You can say so." }
                p class="quiet small" {
                    "“Only for me” is shown to nobody else. “Share with " bdi { (name) } "” shows it to " bdi { (name) }
                    ", and to nobody else. You can take it back later; then it is no longer shown. What you asked for, or could not come to, "
                    "counts neither way: in what you see, and once shared in what both of you see."
                }
                @for (word, words) in words(report, pair, &name) {
                    div {
                        span { (words) }
                        button name="say" value={ (word.as_str()) ".private" } { span class="unseen" { (words) ": " } "only for me" }
                        button name="say" value={ (word.as_str()) ".shared" } {
                            span class="unseen" { (words) ": " } "share with " bdi { (name) }
                        }
                    }
                }
                @if about.iter().any(|one| one.mine) {
                    div { span class="quiet" { "None of these after all" } button name="say" value="nothing" { "take it back" } }
                }
            }
        }
    }
}

fn heard(said: &Said, name: &str) -> Markup {
    let who = if said.mine { "You said" } else { name };
    let seen = match (said.mine, said.shared) {
        (true, false) => "you alone see it".to_owned(),
        (true, true) => format!("{name} sees it too"),
        (false, _) => "shared with you".to_owned(),
    };
    html! { p class="said" { bdi { (who) } ": “" (spoken(said, name)) "” " span class="quiet" { "(" (seen) ")" } } }
}
