//! What can be wrong with a rule.

use std::fmt;

/// Why a rule could not be read at all; its event then stands on DTSTART and RDATE alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuleError {
    /// No FREQ, or one nobody knows.
    NoFrequency,
    /// A part whose value makes no sense.
    Part {
        /// The part's name.
        name: String,
        /// Its value.
        value: String,
    },
    /// COUNT of nought or less, and no UNTIL.
    CountNotPositive,
    /// A calendar scale other than the Gregorian (RFC 7529).
    Scale(String),
    /// The recurrence library refused it.
    Refused(String),
}

impl RuleError {
    pub(crate) fn of(name: &str, value: &str) -> Self {
        Self::Part {
            name: name.to_owned(),
            value: value.chars().take(40).collect(),
        }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFrequency => f.write_str("it names no known FREQ"),
            Self::Part { name, value } => write!(f, "{name}={value} makes no sense"),
            Self::CountNotPositive => f.write_str("COUNT is not positive and there is no UNTIL"),
            Self::Scale(name) => write!(f, "RSCALE={name} is not supported"),
            Self::Refused(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for RuleError {}

/// Something odd in a rule that is still followed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RuleProblem {
    /// INTERVAL of nought or less: taken as 1.
    IntervalNotPositive,
    /// COUNT of nought or less beside an UNTIL: ignored.
    CountIgnored,
    /// A part that RFC 5545 forbids there, in words: ignored.
    IllegalPart(String),
}

impl fmt::Display for RuleProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IntervalNotPositive => f.write_str("INTERVAL is not positive; taken as 1"),
            Self::CountIgnored => f.write_str("COUNT is not positive; ignored beside UNTIL"),
            Self::IllegalPart(why) => write!(f, "{why}; the part is ignored"),
        }
    }
}
