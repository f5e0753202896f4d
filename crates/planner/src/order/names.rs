//! Who goes first of those who are alike in everything else.

use super::content;
use crate::problem::Problem;

/// Where a pair stands among others: by the report's name, a number at its end read as one (`07` before `7`), then by the
/// manager's, then by id.
pub(crate) fn key(problem: &Problem, pair: usize) -> (&str, u64, &str, &str, u32) {
    let pair = &problem.pairs()[pair];
    let name = problem.people()[pair.report].name.as_str();
    let letters = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = &name[letters.len()..];
    let manager = problem.people()[pair.manager].name.as_str();
    let number = match digits {
        "" => 0,
        digits => digits.parse().unwrap_or(u64::MAX),
    };
    (letters, number, digits, manager, pair.id)
}

/// The rank of each pair by name.
pub(crate) fn ranks(problem: &Problem) -> Vec<usize> {
    let keys: Vec<_> = (0..problem.pairs().len())
        .map(|pair| key(problem, pair))
        .collect();
    content::ranks(keys.len(), |one, other| keys[one].cmp(&keys[other]))
}
