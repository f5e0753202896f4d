//! `cargo xtask bench`: our own speed, as a curve over the size of the input.

use super::Command;
use crate::process::{cargo, run};
use crate::workspace::root;

pub(super) const COMMAND: Command = Command {
    name: "bench",
    arguments: "[MEGABYTES…]",
    about: "time reading, expanding and judging calendars from 1 MB to 1 GB",
    run: |arguments| {
        run(
            cargo(&root())
                .args([
                    "run",
                    "--release",
                    "--package",
                    "steadfast-benches",
                    "--bin",
                    "audit_speed",
                    "--",
                ])
                .args(arguments),
            "see above",
        )
    },
};
