//! What would read differently after a rule was changed: two records of the same occurrences, compared.
//!
//! A record is text, one occurrence a line: what it is (pair and slot), a tab, and its whole verdict on one line, as
//! `Verdict` displays it. Lines that begin with `#` are comments. Such a record is kept beside each golden history;
//! judging the history anew with a changed rule gives another one.

use std::collections::BTreeMap;
use std::fmt;
use steadfast_ledger::verdict::Verdict;

/// One occurrence whose verdict differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is: as named in the record.
    pub occurrence: String,
    /// The verdict recorded; `None`: the occurrence was not there.
    pub was: Option<String>,
    /// The verdict now; `None`: the occurrence is no longer there.
    pub now: Option<String>,
}

/// All differences, in the order of the occurrences' names.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Consequences {
    /// What differs.
    pub differences: Vec<Difference>,
    /// Number of occurrences compared.
    pub of: usize,
}

/// One line of a record.
pub fn line(occurrence: &str, verdict: &Verdict) -> String {
    format!("{}\t{verdict}\n", occurrence.replace(['\t', '\n'], " "))
}

/// Compares the recorded verdicts with those of now. Of two lines of one name the last counts.
pub fn compare(recorded: &str, now: &str) -> Consequences {
    let (recorded, now) = (read(recorded), read(now));
    let mut names: Vec<&str> = recorded.keys().chain(now.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    let differences = names
        .iter()
        .filter(|name| recorded.get(*name) != now.get(*name))
        .map(|name| Difference {
            occurrence: (*name).to_owned(),
            was: recorded.get(name).map(|verdict| (*verdict).to_owned()),
            now: now.get(name).map(|verdict| (*verdict).to_owned()),
        })
        .collect();
    Consequences {
        differences,
        of: names.len(),
    }
}

fn read(record: &str) -> BTreeMap<&str, &str> {
    record
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
}

impl fmt::Display for Consequences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.differences.is_empty() {
            return writeln!(f, "All {} occurrences read as before.", self.of);
        }
        for difference in &self.differences {
            let nothing = "(not there)".to_owned();
            writeln!(f, "{}", difference.occurrence)?;
            writeln!(f, "  was  {}", difference.was.as_ref().unwrap_or(&nothing))?;
            writeln!(f, "  now  {}", difference.now.as_ref().unwrap_or(&nothing))?;
        }
        writeln!(
            f,
            "{} of {} occurrences would read differently.",
            self.differences.len(),
            self.of
        )
    }
}

#[cfg(test)]
#[test]
fn what_would_read_differently_is_told_by_occurrence() {
    let recorded =
        "# made by hand\nben 2026-03-03\tkept\nben 2026-03-10\tmoved q:0.5\nben 2026-03-17\tkept\n";
    let now = "ben 2026-03-03\tkept\nben 2026-03-10\tnudged q:0.5\nben 2026-03-24\tkept\n";
    assert_eq!(
        compare(recorded, now).to_string(),
        "\
ben 2026-03-10
  was  moved q:0.5
  now  nudged q:0.5
ben 2026-03-17
  was  kept
  now  (not there)
ben 2026-03-24
  was  (not there)
  now  kept
3 of 4 occurrences would read differently.
"
    );
    assert_eq!(
        compare(recorded, recorded).to_string(),
        "All 3 occurrences read as before.\n"
    );
}
