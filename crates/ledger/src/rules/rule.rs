//! What a rule says about itself; feeds `rules list`, `rules explain` and `docs/reference/rules.md`.

use std::fmt;

/// One rule: what it means, what it decides, and the limits it decides by.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Name used in verdicts and on the command line, e.g. `one_on_one.moved`.
    pub id: &'static str,
    /// A few words.
    pub title: &'static str,
    /// The rule in plain prose.
    pub meaning: &'static str,
    /// Its limits, each with the reason for its value.
    pub thresholds: &'static [Threshold],
    /// The part of the verdict it decides, e.g. `outcome`.
    pub decides: &'static str,
    /// The source file that holds it, from the repository's root.
    pub file: &'static str,
}

/// One limit of a rule.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// What it limits, in a few words.
    pub name: &'static str,
    /// Its value.
    pub value: Value,
    /// Why this value and no other.
    pub why: &'static str,
}

/// A limit with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Minutes.
    Minutes(i64),
    /// Days of 24 hours, or calendar days where the rule says so.
    Days(i64),
    /// Monday-to-Friday dates.
    WorkingDays(i64),
    /// Weeks.
    Weeks(i64),
    /// A plain count.
    Count(i64),
    /// A share, as numerator and denominator.
    Share(i64, i64),
    /// A weight or a probability.
    Number(f64),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Minutes(n) => write!(f, "{n} min"),
            Self::Days(1) => write!(f, "1 day"),
            Self::Days(n) => write!(f, "{n} days"),
            Self::WorkingDays(n) => write!(f, "{n} working days"),
            Self::Weeks(n) => write!(f, "{n} weeks"),
            Self::Count(n) => write!(f, "{n}"),
            Self::Share(of, whole) => write!(f, "{of}/{whole}"),
            Self::Number(n) => write!(f, "{n}"),
        }
    }
}
