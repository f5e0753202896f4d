//! What the compiler cannot see about the house, one file per check. Each gives its findings; none is best.

mod arrows;
mod file_length;
mod licences;
mod links;
mod names;
mod purity;
mod stands_alone;

use crate::failure::{Done, Failure};

/// One thing that is not as it should be: where, and what.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Finding {
    /// `file:line`, or a package.
    pub(crate) place: String,
    /// What is wrong there.
    pub(crate) what: String,
}

impl Finding {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }
}

/// One check.
pub(crate) struct Check {
    /// What holds when nothing is found, as a sentence.
    law: &'static str,
    /// What to do about a finding.
    hint: &'static str,
    /// Looks.
    find: fn() -> Done<Vec<Finding>>,
}

/// All checks, quickest first.
const ALL: &[Check] = &[
    stands_alone::CHECK,
    links::CHECK,
    names::CHECK,
    file_length::CHECK,
    purity::CHECK,
    arrows::CHECK,
    licences::CHECK,
];

/// Runs them all; prints every finding of every check before it fails.
pub(crate) fn run_all() -> Done {
    let mut broken = Vec::new();
    for check in ALL {
        let findings = (check.find)()?;
        for Finding { place, what } in &findings {
            eprintln!("{place}: {what}");
        }
        if findings.is_empty() {
            eprintln!("holds: {}", check.law);
        } else {
            eprintln!("BROKEN: {} ({} found)", check.law, findings.len());
            broken.push(check);
        }
    }
    match broken.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(Failure::new(
            format!(
                "{} of {} laws of the house are broken",
                broken.len(),
                ALL.len()
            ),
            first.hint,
        )),
    }
}
