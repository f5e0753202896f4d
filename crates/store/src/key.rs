//! Names, numbers and moments as the store keeps them.

use crate::error::StoreError;
use std::fmt;

/// The longest name in bytes: PostgreSQL indexes rows up to about 2,700 bytes, and a key has up to three names.
const LONGEST: usize = 500;

/// Ends every range of names with a common beginning; therefore no name may contain it.
pub(crate) const LAST: char = '\u{10FFFF}';

/// An organisation: the first part of every key. Nothing is shared between two of them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Org(String);

impl Org {
    /// Takes a name for an organisation: 1 to 500 bytes without control characters.
    ///
    /// # Errors
    /// [`StoreError::BadName`] when it is none.
    pub fn new(name: impl Into<String>) -> Result<Self, StoreError> {
        let name = name.into();
        check_name("organisation", &name)?;
        Ok(Self(name))
    }

    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Org {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A moment: microseconds since 1970-01-01T00:00:00Z. The store has no clock; every moment is the caller's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Micros(pub i64);

impl Micros {
    /// So many microseconds later (earlier when negative), as far as there are numbers.
    #[must_use]
    pub fn plus(self, microseconds: i64) -> Self {
        Self(self.0.saturating_add(microseconds))
    }
}

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// A day in UTC, by days since 1970-01-01: for what is to be known no finer than that.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Day(pub i64);

impl Day {
    /// The day in which a moment lies.
    #[must_use]
    pub fn of(moment: Micros) -> Self {
        Self(moment.0.div_euclid(DAY))
    }

    /// So many days later (earlier when negative).
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The moment at which it begins.
    #[must_use]
    pub fn begins(self) -> Micros {
        Micros(self.0.saturating_mul(DAY))
    }
}

/// How many facts a stream has had, folded ones included: 0 before the first, and the number of its last fact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Version(pub u64);

/// Where a fact stands in the one order of its organisation: the first is 1, and 0 is before all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Position(pub u64);

impl Version {
    pub(crate) fn stored(self) -> i64 {
        stored(self.0)
    }
}

impl Position {
    pub(crate) fn stored(self) -> i64 {
        stored(self.0)
    }
}

/// A count as the databases keep it; what is beyond their numbers becomes their last.
pub(crate) fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A count as it was stored; never negative.
pub(crate) fn counted(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

/// Refuses what one of the engines could not keep or find again.
pub(crate) fn check_name(what: &'static str, name: &str) -> Result<(), StoreError> {
    let why = if name.is_empty() {
        "it is empty"
    } else if name.len() > LONGEST {
        "it is longer than 500 bytes"
    } else if name.chars().any(char::is_control) {
        "it has a control character"
    } else if name.contains(LAST) {
        "it has the character U+10FFFF"
    } else {
        return Ok(());
    };
    Err(StoreError::BadName { what, why })
}

/// Refuses text that PostgreSQL cannot keep.
pub(crate) fn check_text(what: &'static str, text: &str) -> Result<(), StoreError> {
    if text.contains('\0') {
        return Err(StoreError::BadName {
            what,
            why: "it has the character U+0000",
        });
    }
    Ok(())
}

/// The first name after all that begin with `prefix`.
pub(crate) fn end_of(prefix: &str) -> String {
    let mut end = String::with_capacity(prefix.len() + LAST.len_utf8());
    end.push_str(prefix);
    end.push(LAST);
    end
}
