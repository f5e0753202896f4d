//! The repository stands alone: a clone on any machine is complete, and names nothing outside itself that
//! a reader cannot have.

use super::{Check, Finding};
use crate::failure::{Done, at};
use crate::workspace;

pub(super) const CHECK: Check = Check {
    law: "no file points outside the repository",
    hint: "say it in our own words, or copy our own data into the repository",
    find,
};

/// What no file may contain. Written in pieces, so that this file does not contain it either.
const FOREIGN: &[(&str, &str)] = &[
    (concat!("/wo", "rk/"), "a path of one particular machine"),
    (concat!("..", "/shared/"), "a folder outside the repository"),
    (concat!("static.", "crates", ".io"), "a registry's host"),
    (concat!("index.", "crates", ".io"), "a registry's host"),
    (concat!("registry.", "npmjs", ".org"), "a registry's host"),
    (concat!("registry.", "yarnpkg", ".com"), "a registry's host"),
    (
        concat!("files.", "pythonhosted", ".org"),
        "a registry's host",
    ),
    (concat!("pypi", ".org/simple"), "a registry's host"),
    (concat!("deb.", "debian", ".org"), "a registry's host"),
];

/// Lock files that cargo writes name the index by its address; that is cargo's own form.
fn is_cargo_lock(name: &str) -> bool {
    name == "Cargo.lock" || name.ends_with("/Cargo.lock")
}

fn find() -> Done<Vec<Finding>> {
    let mut findings = Vec::new();
    for name in workspace::files()? {
        if is_cargo_lock(&name) {
            continue;
        }
        let path = workspace::root().join(&name);
        let bytes = std::fs::read(&path).map_err(at(&path))?;
        // Pictures and archives are not text; their bytes cannot be read as a path by accident of a few letters.
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        findings.extend(in_text(&name, &text));
    }
    Ok(findings)
}

fn in_text(name: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for (pattern, what) in FOREIGN {
            if begins_with_it_somewhere(line, pattern) {
                findings.push(Finding::new(
                    format!("{name}:{number}"),
                    format!("{what}: {pattern}"),
                ));
            }
        }
    }
    findings
}

/// Whether `pattern` stands in `line` other than as the continuation of a longer path or name.
fn begins_with_it_somewhere(line: &str, pattern: &str) -> bool {
    line.match_indices(pattern).any(|(at, _)| {
        !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_path_is_found_with_its_line() {
        let text = format!("fine\nsee {}x\n", FOREIGN[0].0);
        let found = in_text("a.md", &text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "a.md:2");
    }

    #[test]
    fn what_only_looks_alike_is_not_foreign() {
        for text in [
            "we work/rest",
            "shared/ is a folder",
            "docs/work.md",
            "../shards/a",
        ] {
            assert_eq!(in_text("a.md", text), [], "{text}");
        }
    }
}
