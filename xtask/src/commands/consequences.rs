//! `cargo xtask consequences`: what a changed rule would do to recorded calendars. Judges the golden histories anew and
//! prints every occurrence that would read differently.

use super::Command;
use crate::process::{cargo, run};
use crate::workspace::root;

pub(super) const COMMAND: Command = Command {
    name: "consequences",
    arguments: "",
    about: "judge the golden histories anew, and print what would read differently",
    run: |arguments| {
        super::takes_none(arguments)?;
        run(
            cargo(&root()).args([
                "test",
                "--quiet",
                "--package",
                "steadfast-app",
                "--test",
                "consequences",
                "--no-fail-fast",
                "--",
                "--nocapture",
            ]),
            "if that is meant, `cargo xtask bless` records it; read `git diff crates/app/tests/golden`",
        )
    },
};
