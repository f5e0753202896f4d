//! The proof: question, this calendar's answer, what is known, what is not.

use super::super::model::Report;
use super::super::proof::{Question, chain};
use maud::{Markup, html};

/// The chain of questions.
pub(crate) fn section(report: &Report) -> Markup {
    let chain = chain(report);
    html! {
        @if !chain.is_empty() {
            section aria-labelledby="proof" class="proof" {
                h2 id="proof" { "Convince yourself" }
                p { "One question at a time, answered from this calendar, and held against what research knows and does not know." }
                ol { @for question in &chain { (one(question)) } }
                p { "What follows from these answers is yours to say." }
            }
        }
    }
}

fn one(question: &Question) -> Markup {
    html! {
        li {
            h3 { (question.ask) }
            div class="answer" { @for sentence in &question.answer { p dir="auto" { (sentence) } } }
            dl class="known" {
                @for (support, what) in &question.known { div { dt { (support.words()) } dd { (what) } } }
                div { dt { "Not known" } dd { (question.not_known) } }
            }
        }
    }
}
