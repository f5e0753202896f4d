//! Files stay small enough to be read in one go.

use super::{Check, Finding};
use crate::failure::{Done, at};
use crate::workspace;

/// Lines a source file may have. The codebases that are easiest to enter keep nine files in ten under this,
/// with a median near a hundred; here it is a limit, and exceptions are named.
const LIMIT: usize = 450;

/// Longer files, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[];

pub(super) const CHECK: Check = Check {
    law: "no source file is longer than 450 lines",
    hint: "split the file along what it decides; or name it, with the reason, in xtask/src/checks/file_length.rs",
    find,
};

fn find() -> Done<Vec<Finding>> {
    let mut findings = Vec::new();
    for name in workspace::files()? {
        if !is_source(&name) || EXCEPTIONS.iter().any(|(excepted, _)| *excepted == name) {
            continue;
        }
        let path = workspace::root().join(&name);
        let text = std::fs::read_to_string(&path).map_err(at(&path))?;
        findings.extend(too_long(&name, text.lines().count()));
    }
    Ok(findings)
}

fn is_source(name: &str) -> bool {
    [".rs", ".mjs", ".js", ".c", ".py", ".sh"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

fn too_long(name: &str, lines: usize) -> Option<Finding> {
    (lines > LIMIT).then(|| Finding::new(format!("{name}:{lines}"), format!("{lines} lines")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_itself_is_allowed_and_one_more_is_not() {
        assert_eq!(too_long("a.rs", LIMIT), None);
        assert!(too_long("a.rs", LIMIT + 1).is_some());
    }
}
