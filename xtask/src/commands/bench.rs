//! `cargo xtask bench`: our own speed, as a curve over the size of the input.

use super::Command;
use crate::failure::Done;
use crate::process::{cargo, run};
use crate::workspace::root;

pub(super) const COMMAND: Command = Command {
    name: "bench",
    arguments: "[MEGABYTES…]",
    about: "time reading, expanding and judging calendars from 1 MB to 1 GB",
    run: |arguments| {
        build_ours()?;
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

/// Builds what is measured: the program itself, and the programs of `benches/` that run it.
pub(super) fn build_ours() -> Done {
    let mut build = cargo(&root());
    build.args([
        "build",
        "--release",
        "--package",
        "steadfast-cli",
        "--package",
        "steadfast-benches",
    ]);
    run(&mut build, "see what the compiler says above")
}
