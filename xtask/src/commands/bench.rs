//! `cargo xtask bench`: our own speed, as a curve over the size of the input.

use super::Command;
use crate::failure::Failure;
use crate::process::{cargo, program, run};
use crate::workspace::{self, root};
use std::path::PathBuf;

pub(super) const COMMAND: Command = Command {
    name: "bench",
    arguments: "[MEGABYTES…]",
    about: "time reading, expanding and judging calendars from 1 MB to 1 GB",
    run: |arguments| {
        let built = build_ours()?;
        run(
            program(built.join("audit_speed"), &root()).args(arguments),
            "see above",
        )
    },
};

/// Builds what is measured: the program itself, and the programs of `benches/` that run it. Where they are: they are run
/// from there, for `cargo run` of one package alone builds all that it rests on once more.
pub(super) fn build_ours() -> Result<PathBuf, Failure> {
    let mut build = cargo(&root());
    build.args([
        "build",
        "--release",
        "--package",
        "steadfast-cli",
        "--package",
        "steadfast-benches",
    ]);
    run(&mut build, "see what the compiler says above")?;
    Ok(workspace::metadata("Cargo.toml")?
        .target_directory
        .join("release"))
}
