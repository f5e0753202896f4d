//! The pure crates touch nothing but their arguments. Clippy forbids hidden clocks by method
//! (`clippy.toml`); this looks for the rest of the outside world by name.

use super::{Check, Finding};
use crate::failure::{Done, at};
use crate::workspace;

/// Crates whose results depend on their arguments alone.
pub(super) const PURE: &[&str] = &[
    "calendar", "ledger", "signal", "planner", "guard", "life", "rehearse",
];

/// Names by which the outside world is reached from Rust's standard library.
const OUTSIDE: &[(&str, &str)] = &[
    ("fs::", "the file system"),
    ("env::", "the environment"),
    ("net::", "the network"),
    ("process::", "other programs"),
    ("thread::", "threads"),
    ("SystemTime", "the clock"),
    ("Instant::now", "the clock"),
    ("io::stdin", "standard input"),
];

pub(super) const CHECK: Check = Check {
    law: "pure crates reach no file, environment, network, program or clock",
    hint: "take it as a parameter; crates/cli and crates/connect are where the outside world comes in",
    find,
};

fn find() -> Done<Vec<Finding>> {
    let mut findings = Vec::new();
    for name in workspace::files()? {
        let is_pure = PURE
            .iter()
            .any(|krate| name.starts_with(&format!("crates/{krate}/src/")));
        if !is_pure || !name.ends_with(".rs") || is_test_file(&name) {
            continue;
        }
        let path = workspace::root().join(&name);
        let text = std::fs::read_to_string(&path).map_err(at(&path))?;
        findings.extend(in_text(&name, &text));
    }
    Ok(findings)
}

fn is_test_file(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/")
}

/// Findings up to the file's unit tests, which may read vectors.
fn in_text(name: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with("#[cfg(test)]") {
            break;
        }
        let code = line.split("//").next().unwrap_or_default();
        for (pattern, what) in OUTSIDE {
            if has_word(code, pattern) {
                findings.push(Finding::new(
                    format!("{name}:{number}"),
                    format!("reaches {what}: {pattern}"),
                ));
            }
        }
    }
    findings
}

/// Whether `pattern` stands in `code` and does not continue a longer name.
fn has_word(code: &str, pattern: &str) -> bool {
    code.match_indices(pattern).any(|(at, _)| {
        !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_outside_is_found_and_what_looks_alike_is_not() {
        for (code, expected) in [
            ("let a = std::fs::read(path);", 1),
            ("use std::env::var;", 1),
            ("let now = SystemTime::now();", 1),
            ("let a = offs::read();", 0),
            ("let v = env!(\"CARGO_PKG_VERSION\");", 0),
            ("// std::fs::read would be wrong here", 0),
            ("let i = steadfast_calendar::Instant::from_seconds(0);", 0),
        ] {
            assert_eq!(in_text("x.rs", code).len(), expected, "{code}");
        }
    }

    #[test]
    fn unit_tests_at_the_end_may_read_files() {
        assert_eq!(
            in_text(
                "x.rs",
                "fn a() {}\n#[cfg(test)]\nmod tests { use std::fs::read; }"
            ),
            []
        );
    }
}
