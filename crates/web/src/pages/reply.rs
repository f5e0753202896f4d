//! The right of reply: a word in one tap, each button saying who will see it.

use crate::pages::occurrence;
use maud::{Markup, html};
use steadfast_app::report::Report;
use steadfast_app::report::html::parts;
use steadfast_app::report::model::Pair;
use steadfast_app::server::ledger::{Said, Word, offered};
use steadfast_ledger::occurrence::Occurrence;
use steadfast_ledger::reply::Effect;

/// A word on its button, as the one who reads would say it of `name`.
fn on_the_button(word: Word, name: &str) -> String {
    match word {
        Word::Asked => "I asked for it".to_owned(),
        Word::Agreed => "We agreed on it".to_owned(),
        Word::Held => "It took place".to_owned(),
        Word::NoManager => format!("{name} did not come"),
        Word::NotHeld => "It did not happen".to_owned(),
        Word::NoMe => "I could not come".to_owned(),
    }
}

/// What a word changes in the counts, said before it is given.
fn changes((word, effect): (Word, Effect), name: &str, kept: &str) -> String {
    match effect {
        Effect::Nothing => "changes no count; no calendar knows it".to_owned(),
        Effect::NotForetold => "in place of what you said".to_owned(),
        Effect::NeitherWay => "then counts neither way".to_owned(),
        Effect::NeitherWayOnceBoth => format!("counts neither way once {name} says so too"),
        Effect::Lost if word == Word::NoManager => format!(
            "then counts as lost, from {name}’s side, unless another meeting of you two made it good; if {name} says \
             that it took place, it is in no count"
        ),
        Effect::Lost => format!(
            "then counts as lost, from nobody’s side in particular, unless another meeting of you two made it good; \
             if {name} says that it took place, it is in no count"
        ),
        Effect::Kept => format!("then counts as {kept}"),
        Effect::KeptOnceBoth => format!("counts as {kept} once {name} says so too"),
        Effect::Disputed => {
            "then the two of you say different things, and it is in no count".to_owned()
        }
    }
}

/// What was said: one's own words as they stood on the button, the other one's told.
pub(crate) fn spoken(said: &Said, name: &str) -> String {
    if said.mine {
        return on_the_button(said.word, name);
    }
    match said.word {
        Word::Asked => format!("{name} asked for it"),
        Word::Agreed => "You both agreed on it".to_owned(),
        Word::Held => "It took place".to_owned(),
        Word::NoManager => "You did not come".to_owned(),
        Word::NotHeld => "It did not happen".to_owned(),
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
    let reader = report.me.as_ref().map_or("", |me| &*me.address);
    let words = offered(pair, occurrence, reader);
    let is_mine = about.iter().any(|one| one.mine);
    html! {
        @for one in &about { (heard(one, &name)) }
        @if !words.is_empty() || is_mine {
            form method="post" action={ (occurrence::address(report, pair, occurrence)) "/word" } class="reply" {
                fieldset {
                    legend { "Was it otherwise? You can say so." }
                    p class="quiet small" {
                        "“Only for me” is shown to nobody else; what it changes is changed for you alone. “Share with " bdi { (name) }
                        "” shows it to " bdi { (name) } " and to nobody else, also in their log; what it changes is changed for both. "
                        "You can take it back later; then it is no longer shown."
                    }
                    @for (word, effect) in words { (choice((word, effect), &name, parts::kept(report))) }
                    @if is_mine {
                        div { span class="quiet" { "None of these after all" } button name="say" value="nothing" { "take it back" } }
                    }
                }
            }
        }
    }
}

/// One word, with what it changes, to be kept or shared.
fn choice((word, effect): (Word, Effect), name: &str, kept: &str) -> Markup {
    let words = on_the_button(word, name);
    let changes = changes((word, effect), name, kept);
    html! {
        div {
            span { (words) @if !changes.is_empty() { span class="quiet small" { ": " (changes) } } }
            button name="say" value={ (word.as_str()) ".private" } { span class="unseen" { (words) ": " } "only for me" }
            button name="say" value={ (word.as_str()) ".shared" } {
                span class="unseen" { (words) ": " } "share with " bdi { (name) }
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
