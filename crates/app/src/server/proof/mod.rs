//! What somebody answered to the questions of the proof: theirs alone, changed and erased as they like.
//!
//! Only the last answers are kept: what was said before is deleted, not covered. No use case reads them for anybody else.

#[cfg(test)]
mod tests;

use super::ledger::whole_stream;
use super::{
    ServerError, Viewer,
    facts::{self, PROOF, ProofAnswer, ProofAnswered},
};
use crate::proof::{Answer, Answers, Question};
use steadfast_calendar::Instant;
use steadfast_store::{Expected, Facts, StoreError, Version};

/// Longest answer in one's own words, in characters.
pub const LONGEST_WORDS: usize = 1_000;

/// What the viewer answered.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub async fn answers<S: Facts>(store: &S, viewer: &Viewer) -> Result<Answers, ServerError> {
    let stream = facts::proof_of(viewer.person());
    let mut answers = Answers::default();
    if let Some(fact) = whole_stream(store, viewer.org(), &stream).await?.last() {
        let kept: ProofAnswered = facts::what_was_said(fact, PROOF)?;
        for one in kept.answers {
            // A question or a choice that is asked no more is nothing to show.
            let Some(question) = Question::named(&one.question) else {
                continue;
            };
            if let Some(choice) = question.choice(&one.choice) {
                answers.put(Answer {
                    question,
                    choice,
                    words: one.words,
                });
            }
        }
    }
    Ok(answers)
}

/// Keeps the viewer's answer in the place of the last one; `None` takes it back.
///
/// # Errors
/// [`ServerError::Input`] for what is no answer; [`ServerError::Busy`] when two are given at once;
/// [`ServerError::Store`].
pub async fn answer<S: Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    question: Question,
    said: Option<(&str, &str)>,
) -> Result<(), ServerError> {
    let stream = facts::proof_of(viewer.person());
    let version = store.version(viewer.org(), &stream).await?;
    let mut answers = answers(store, viewer).await?;
    match said {
        Some((choice, words)) => answers.put(read(question, choice, words)?),
        None if !answers.take(question) => return Ok(()),
        None => {}
    }
    let kept = ProofAnswered {
        answers: answers.0.iter().map(kept).collect(),
    };
    let fact = facts::said(PROOF, &kept, viewer.person(), now);
    let expected = Expected::Exactly(version);
    store
        .append(viewer.org(), &stream, expected, &[fact], &[])
        .await?;
    forget(store, viewer, &stream, version).await
}

/// Deletes everything the viewer answered.
///
/// # Errors
/// [`ServerError::Store`].
pub async fn erase<S: Facts>(store: &S, viewer: &Viewer) -> Result<(), ServerError> {
    let stream = facts::proof_of(viewer.person());
    let version = store.version(viewer.org(), &stream).await?;
    forget(store, viewer, &stream, version).await
}

/// Deletes what was answered up to `version`.
async fn forget<S: Facts>(
    store: &S,
    viewer: &Viewer,
    stream: &str,
    version: Version,
) -> Result<(), ServerError> {
    if version == Version(0) {
        return Ok(());
    }
    match store.fold(viewer.org(), stream, version, None).await {
        // It went before.
        Err(StoreError::Missing(_)) => Ok(()),
        other => Ok(other.map(|_| ())?),
    }
}

fn read(question: Question, choice: &str, words: &str) -> Result<Answer, ServerError> {
    let no = |what: &str, hint: &str| ServerError::Input(what.to_owned(), hint.to_owned());
    let choice = question
        .choice(choice)
        .ok_or_else(|| no("nothing was chosen", "choose one of the three answers"))?;
    let words = words.trim().replace("\r\n", "\n");
    if words.chars().count() > LONGEST_WORDS {
        return Err(no(
            "your own words are longer than 1,000 characters",
            "write less",
        ));
    }
    Ok(Answer {
        question,
        choice,
        words,
    })
}

fn kept(answer: &Answer) -> ProofAnswer {
    ProofAnswer {
        question: answer.question.key().to_owned(),
        choice: answer.choice.key.to_owned(),
        words: answer.words.clone(),
    }
}
