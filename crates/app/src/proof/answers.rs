//! What somebody answered.

use super::{Choice, Question};

/// One answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// To which question.
    pub question: Question,
    /// What was chosen.
    pub choice: Choice,
    /// In their own words; may be empty.
    pub words: String,
}

/// What one person answered, a question at most once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers(pub(crate) Vec<Answer>);

impl Answers {
    /// The answer to that question.
    pub fn to(&self, question: Question) -> Option<&Answer> {
        self.0.iter().find(|answer| answer.question == question)
    }

    /// How many questions were answered.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The first question after `question` (from the beginning for `None`) that has no answer yet.
    pub fn next_open(&self, question: Option<Question>) -> Option<Question> {
        Question::ALL
            .into_iter()
            .filter(|one| question.is_none_or(|question| *one > question))
            .find(|one| self.to(*one).is_none())
    }

    /// Puts an answer in the place of the last one to the same question.
    pub(crate) fn put(&mut self, answer: Answer) {
        self.take(answer.question);
        self.0.push(answer);
        self.0.sort_by_key(|one| one.question);
    }

    /// Takes an answer away; gives whether there was one.
    pub(crate) fn take(&mut self, question: Question) -> bool {
        let before = self.0.len();
        self.0.retain(|one| one.question != question);
        self.0.len() < before
    }
}
