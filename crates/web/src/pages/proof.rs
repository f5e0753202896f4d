//! The proof: the reader's own answers, each beside their own calendar.

use crate::layout::{Frame, Here, Page, page};
use crate::ledger;
use crate::me::Me;
use crate::pages::{freshness, more, question};
use crate::refusal::Answered;
use crate::server::Server;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use steadfast_app::proof::{Against, Answer, Answers, Held, NOT_PROVED, Question, held};
use steadfast_app::report::html::parts;
use steadfast_app::server::looked::{Kind, Look, Shown};
use steadfast_app::server::proof;

pub(crate) async fn show(State(server): State<Server>, me: Me) -> Answered {
    let answers = proof::answers(&server.0.store, me.0.viewer()).await?;
    let seen = ledger::see(&server, &me, Look::All(Kind::Together)).await?;
    let frame = me.frame(&server, Here::More);
    let against = Against::of(seen.as_ref().map(Shown::report));
    let fresh = freshness::told(&server, &me).await?;
    Ok(shown(&frame, &answers, against, &fresh).into_response())
}

pub(crate) async fn erase(State(server): State<Server>, me: Me) -> Answered {
    proof::erase(&server.0.store, me.0.viewer()).await?;
    Ok(Redirect::to("/proof").into_response())
}

fn shown(frame: &Frame, answers: &Answers, against: Against<'_>, fresh: &Markup) -> Page {
    let main = html! {
        header class="page-head" {
            (more::back())
            h1 { "Convince yourself" }
            p { "How much do your 1:1s matter? Eight questions about your own work. Your answers are put beside your own calendar; "
                "what follows from it is yours to say." }
            p class="quiet" { "For you alone: nobody else is shown what you answer, nor whether you did. You can change and erase it." }
        }
        @if matches!(against, Against::Nobody) && answers.count() == 0 { (for_who_leads()) } @else {
            (go_on(answers))
            (without(against))
        }
        @if answers.count() > 0 {
            section aria-labelledby="answers" class="proof" {
                h2 id="answers" { "Your answers, and your calendar" }
                @if let Against::Calendar(report) = against { (parts::rests_on(report)) (fresh) }
                ol { @for question in Question::ALL { (one(question, answers.to(question), against)) } }
            }
            section aria-labelledby="not" {
                h2 id="not" { "What this does not prove" }
                ul class="why" { @for sentence in NOT_PROVED { li { (sentence) } } }
            }
            section aria-labelledby="erase" {
                h2 id="erase" { "Erase your answers" }
                p { "They are deleted from this server at once. Backups that were made of it before still have them." }
                form method="post" action="/proof/erase" { button { "Erase all of them" } }
            }
        }
    };
    page(frame, "Convince yourself", &main)
}

/// The one thing to do: the next question, as long as there is one.
fn go_on(answers: &Answers) -> Markup {
    let count = answers.count();
    html! {
        @if let Some(next) = answers.next_open(None) {
            p class="next" {
                a class="button first" href=(question::address(next)) {
                    @if count == 0 { "Begin: the first question" } @else { "Go on: " (next.ask()) }
                }
            }
            @if count > 0 { p class="quiet" { (count) " of " (Question::ALL.len()) " answered." } }
        }
    }
}

/// To whom nobody reports: what there is for them is their own 1:1s.
fn for_who_leads() -> Markup {
    html! {
        p { "The questions are for whoever leads others, and on your calendar nobody is known to report to you. What became of the 1:1s that "
            "are promised to you stands " a href="/one-on-ones" { "at your 1:1s" } "." }
        p class="quiet" { "If somebody does report to you, " a href="/one-on-ones#who" { "say so there" } ". If somebody will, you can "
            @if let Some(first) = Question::ALL.first() { a href=(question::address(*first)) { "answer them all the same" } }
            ": then there is nothing of a calendar to put beside it." }
    }
}

/// Where there is no calendar to put answers beside.
fn without(against: Against<'_>) -> Markup {
    html! {
        @match against {
            Against::Calendar(_) => {},
            Against::Nothing => p { "No calendar of yours is read yet, so there is nothing to put your answers beside. "
                a href="/start" { "Add your calendar" } "." },
            Against::Nobody => p { "On your calendar nobody is known to report to you, so there is nothing to put your answers beside. "
                "If somebody does, " a href="/one-on-ones#who" { "say so at your 1:1s" } "." },
        }
    }
}

fn one(question: Question, answer: Option<&Answer>, against: Against<'_>) -> Markup {
    html! {
        li id=(question.key()) {
            h3 { (question.ask()) }
            @match answer {
                Some(answer) => (answered(answer, against)),
                None => p { a href=(question::address(question)) {
                    "Not answered yet" span class="unseen" { ": " (question.ask()) }
                } },
            }
        }
    }
}

fn answered(answer: &Answer, against: Against<'_>) -> Markup {
    let question = answer.question;
    let held = match against {
        Against::Calendar(report) => Some(held(answer, report)),
        Against::Nobody | Against::Nothing => None,
    };
    let known = question.known();
    html! {
        p { "You: " b { "“" (answer.choice.words) "”" } " "
            a class="small" href=(question::address(question)) {
                "Change" span class="unseen" { ": " (question.ask()) }
            }
        }
        @if !answer.words.is_empty() { p class="letter quiet" dir="auto" { (answer.words) } }
        @if let Some(held) = &held { (beside(held)) }
        @if question == Question::Leaving { p { a href="/cost" { "Reckon it with your own figures" } } }
        @if !known.is_empty() {
            details {
                summary { "What research knows" span class="unseen" { " about: " (question.ask()) } }
                dl class="known" { @for (support, words) in known { div { dt { (support) } dd { (words) } } } }
            }
        }
    }
}

fn beside(held: &Held) -> Markup {
    html! {
        div class=(if held.differs { "beside differs" } else { "beside" }) {
            @if held.differs { p { b { "Here your calendar differs from your answer." } } }
            @for sentence in &held.says { p dir="auto" { (sentence) } }
        }
    }
}
