//! `cargo xtask bench-server`: pages of a town of ten thousand people, and a round of their calendars, on both databases.

use super::Command;
use crate::process::{cargo, run};
use crate::workspace::root;

pub(super) const COMMAND: Command = Command {
    name: "bench-server",
    arguments: "[PEOPLE [SECONDS]]",
    about: "a server with ten thousand people at 200 requests a second, on SQLite and PostgreSQL",
    run: |arguments| {
        run(
            cargo(&root())
                .args([
                    "run",
                    "--release",
                    "--package",
                    "steadfast-benches",
                    "--bin",
                    "town",
                    "--",
                ])
                .args(arguments),
            "see above",
        )
    },
};
