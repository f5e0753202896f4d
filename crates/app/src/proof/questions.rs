//! The chain: eight questions, in this order.

use crate::report::proof::known::{self, Known};

/// One question of the chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Question {
    /// How do you get your work done?
    Work,
    /// How are you measured?
    Measured,
    /// Could you do it alone?
    Alone,
    /// Who is the team?
    Team,
    /// Is the whole greater than its parts, and would the growth of each raise it?
    Whole,
    /// How disruptive is it when one leaves?
    Leaving,
    /// Could it cost you your goals?
    Goals,
    /// How important was your own boss to you?
    Boss,
}

/// One thing that can be answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// How it is kept: never changes.
    pub key: &'static str,
    /// As it is read.
    pub words: &'static str,
    /// Whether it leans on others: only then can a calendar differ from it.
    pub leans: bool,
}

const fn choice(key: &'static str, words: &'static str, leans: bool) -> Choice {
    Choice { key, words, leans }
}

impl Question {
    /// All of them, as they are asked.
    pub const ALL: [Self; 8] = [
        Self::Work,
        Self::Measured,
        Self::Alone,
        Self::Team,
        Self::Whole,
        Self::Leaving,
        Self::Goals,
        Self::Boss,
    ];

    /// How it is kept and addressed: never changes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Measured => "measured",
            Self::Alone => "alone",
            Self::Team => "team",
            Self::Whole => "whole",
            Self::Leaving => "leaving",
            Self::Goals => "goals",
            Self::Boss => "boss",
        }
    }

    /// The question of that key.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }

    /// As it is asked.
    pub const fn ask(self) -> &'static str {
        match self {
            Self::Work => "How do you get your work done?",
            Self::Measured => "How are you measured?",
            Self::Alone => "Could you do it alone?",
            Self::Team => "Who is your team?",
            Self::Whole => {
                "Is the whole greater than its parts, and would the growth of each one raise it?"
            }
            Self::Leaving => "How disruptive is it when one of them leaves?",
            Self::Goals => "Could it cost you your goals?",
            Self::Boss => "How important was your own boss to you?",
        }
    }

    /// What can be answered.
    pub const fn choices(self) -> [Choice; 3] {
        match self {
            Self::Work => [
                choice("people", "Mostly through the people who report to me", true),
                choice("both", "Partly through them, partly myself", true),
                choice("self", "Mostly myself", false),
            ],
            Self::Measured => [
                choice("people", "By what we get done together", true),
                choice("both", "By both", true),
                choice("self", "By what I do myself", false),
            ],
            Self::Alone => [
                choice("no", "No", true),
                choice("while", "For a while", true),
                choice("yes", "Yes", false),
            ],
            Self::Team => [
                choice("each", "Each of those who report to me", true),
                choice("some", "Some of them more than others", false),
                choice("group", "The group; I do not think of each", false),
            ],
            Self::Whole => [
                choice(
                    "each",
                    "Yes, and when one of them grows, the whole does",
                    true,
                ),
                choice("whole", "Yes, but it does not hang on each of them", false),
                choice("no", "No", false),
            ],
            Self::Leaving => [
                choice("months", "For months", true),
                choice("weeks", "For weeks", true),
                choice("hardly", "Hardly", false),
            ],
            Self::Goals => [
                choice("yes", "Yes", true),
                choice("perhaps", "Perhaps", true),
                choice("no", "No", false),
            ],
            Self::Boss => [
                choice("very", "Very", true),
                choice("somewhat", "Somewhat", false),
                choice("hardly", "Hardly", false),
            ],
        }
    }

    /// The choice of that key.
    pub fn choice(self, key: &str) -> Option<Choice> {
        self.choices().into_iter().find(|one| one.key == key)
    }

    /// What research knows about it, each with how well.
    pub fn known(self) -> Vec<(&'static str, &'static str)> {
        let known: &[Known] = match self {
            Self::Work => &[known::WAITING],
            Self::Measured => &[known::WORDS_AND_DEEDS, known::A_REASON],
            Self::Alone => &[],
            Self::Team => &[known::WITHOUT, known::QUALITY],
            Self::Whole => &[known::NOW_AND_THEN, known::ALIKE],
            Self::Leaving => &[known::COST],
            Self::Goals => &[known::TURNOVER],
            Self::Boss => &[known::THE_BOSS],
        };
        known
            .iter()
            .map(|(support, words)| (support.words(), *words))
            .collect()
    }
}
