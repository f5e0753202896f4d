//! Pages do not point at files that are not there: links, and paths in backquotes.

use super::{Check, Finding};
use crate::failure::{Done, at};
use crate::workspace;
use std::path::{Component, Path, PathBuf};

pub(super) const CHECK: Check = Check {
    law: "every file that a page points at is there",
    hint: "point at the file's new place, or take the line out",
    find,
};

/// Folders that paths in backquotes start with; other words in backquotes are not paths.
const FOLDERS: &[&str] = &[
    "benches/",
    "crates/",
    "docs/",
    "e2e/",
    "examples/",
    "fuzz/",
    "xtask/",
];

fn find() -> Done<Vec<Finding>> {
    let root = workspace::root();
    let mut findings = Vec::new();
    for name in workspace::files()? {
        if !name.ends_with(".md") {
            continue;
        }
        let path = root.join(&name);
        let text = std::fs::read_to_string(&path).map_err(at(&path))?;
        for (line, target) in targets(&text) {
            let resolved = match target {
                Target::Link(to) => path.parent().unwrap_or(&root).join(to),
                Target::Path(to) => root.join(to),
            };
            if !is_there(&resolved) {
                let shown = resolved
                    .strip_prefix(&root)
                    .unwrap_or(&resolved)
                    .display()
                    .to_string();
                findings.push(Finding::new(
                    format!("{name}:{line}"),
                    format!("{shown} is not there"),
                ));
            }
        }
    }
    Ok(findings)
}

fn is_there(path: &Path) -> bool {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain.exists()
}

/// Something that a page points at.
#[derive(PartialEq, Eq, Debug)]
enum Target<'a> {
    /// `[…](to)`, from the page's own folder.
    Link(&'a str),
    /// `` `to` ``, from the root.
    Path(&'a str),
}

/// What a page points at within the repository, with line numbers. Fenced blocks are examples and left alone.
fn targets(text: &str) -> Vec<(usize, Target<'_>)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let links = line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split([')', '#', ' ']).next());
        let outside = |to: &&str| !to.is_empty() && !to.contains(':');
        found.extend(links.filter(outside).map(|to| (number, Target::Link(to))));
        // Every second piece between backquotes is inside a pair of them.
        let quoted = line.split('`').skip(1).step_by(2);
        let is_path = |said: &&str| FOLDERS.iter().any(|folder| said.starts_with(folder));
        let is_pattern =
            |said: &&str| said.contains("node_modules") || said.contains(['<', '*', '{', '…', ' ']);
        let paths = quoted.filter(is_path).filter(|said| !is_pattern(said));
        found.extend(paths.map(|to| (number, Target::Path(to.trim_end_matches('/')))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_paths_are_found_and_examples_are_not() {
        let text = "a [b](c.md#d) and `crates/x/y.rs`, `cargo test`, `docs/<page>.md`\n```\n[no](no.md)\n```\n[far](https://example.com)";
        assert_eq!(
            targets(text),
            [
                (1, Target::Link("c.md")),
                (1, Target::Path("crates/x/y.rs"))
            ]
        );
    }
}
