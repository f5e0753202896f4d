//! One question of the proof, to be answered.

use crate::form::{Wrong, wrong};
use crate::layout::{Frame, Here, Page, page};
use crate::me::Me;
use crate::refusal::{Answered, Refusal};
use crate::server::Server;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use maud::html;
use serde::Deserialize;
use steadfast_app::proof::{Answers, Question};
use steadfast_app::server::proof::{self, LONGEST_WORDS};

/// Where a question is.
pub(crate) fn address(question: Question) -> String {
    format!("/proof/{}", question.key())
}

/// What is sent: a choice and words, or that the answer is taken back.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    choice: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    say: String,
}

/// What the form shows.
struct Shown<'a> {
    question: Question,
    choice: &'a str,
    words: &'a str,
    is_answered: bool,
    next: Option<Question>,
}

pub(crate) async fn show(
    State(server): State<Server>,
    me: Me,
    Path(key): Path<String>,
) -> Answered {
    let question = Question::named(&key).ok_or(Refusal::NotFound)?;
    let answers = proof::answers(&server.0.store, me.0.viewer()).await?;
    let answer = answers.to(question);
    let shown = Shown {
        question,
        choice: answer.map_or("", |answer| answer.choice.key),
        words: answer.map_or("", |answer| &answer.words),
        is_answered: answer.is_some(),
        next: next(&answers, question),
    };
    Ok(form(&me.frame(&server, Here::More), &shown, None).into_response())
}

pub(crate) async fn send(
    State(server): State<Server>,
    me: Me,
    Path(key): Path<String>,
    typed: Result<Form<Typed>, FormRejection>,
) -> Answered {
    let question = Question::named(&key).ok_or(Refusal::NotFound)?;
    let Form(typed) = typed.map_err(|_| Refusal::NotAForm)?;
    let (store, viewer) = (&server.0.store, me.0.viewer());
    let said = (typed.say != "nothing").then_some((typed.choice.as_str(), typed.words.as_str()));
    let now = server.0.world.instant();
    let done = proof::answer(store, viewer, now, question, said).await;
    let answers = proof::answers(store, viewer).await?;
    match done {
        Ok(()) => {
            let to = match (said, next(&answers, question)) {
                (Some(_), Some(next)) => address(next),
                (Some(_), None) => format!("/proof#{}", question.key()),
                (None, _) => "/proof".to_owned(),
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let Some(said) = Wrong::of(&error) else {
                return Err(error.into());
            };
            let shown = Shown {
                question,
                choice: &typed.choice,
                words: &typed.words,
                is_answered: answers.to(question).is_some(),
                next: next(&answers, question),
            };
            let again = form(&me.frame(&server, Here::More), &shown, Some(&said));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
    }
}

/// The question that comes next: the one right after it, if that has no answer yet.
fn next(answers: &Answers, question: Question) -> Option<Question> {
    let after = Question::ALL.into_iter().find(|one| *one > question)?;
    answers.to(after).is_none().then_some(after)
}

fn form(frame: &Frame, shown: &Shown<'_>, said: Option<&Wrong>) -> Page {
    let question = shown.question;
    let number = Question::ALL
        .iter()
        .take_while(|one| **one != question)
        .count()
        + 1;
    let hint =
        format!("For you alone, as all of it. Up to {LONGEST_WORDS} characters; empty is fine.");
    let main = html! {
        header class="page-head" {
            p class="back" { a href="/proof" { "Convince yourself" } }
            p class="quiet" { "Question " (number) " of " (Question::ALL.len()) }
            h1 { (question.ask()) }
        }
        (wrong(said))
        form method="post" action=(address(question)) class="fields" {
            fieldset class="choices" {
                legend class="unseen" { (question.ask()) }
                @for choice in question.choices() {
                    label {
                        input type="radio" name="choice" value=(choice.key) required checked[choice.key == shown.choice];
                        span { (choice.words) }
                    }
                }
            }
            p class="field" {
                label for="words" { "In your own words" }
                textarea id="words" name="words" rows="3" aria-describedby="words-hint" { (shown.words) }
                span class="quiet small" id="words-hint" { (hint) }
            }
            p class="acts" {
                button class="first" { @if shown.next.is_some() { "Keep it, and go on" } @else { "Keep it" } }
                @if shown.is_answered {
                    button name="say" value="nothing" formnovalidate { "Take it back" }
                }
                @if let Some(next) = shown.next { a href=(address(next)) { "Skip it" } }
            }
        }
    };
    page(frame, question.ask(), &main)
}
