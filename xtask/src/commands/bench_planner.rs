//! `cargo xtask bench-planner`: the planner beside OR-Tools CP-SAT and HiGHS, on the same instances in one run.

use super::Command;
use crate::install;
use crate::process::{cargo, run};
use crate::workspace::{self, root};

pub(super) const COMMAND: Command = Command {
    name: "bench-planner",
    arguments: "[SECONDS]",
    about: "the planner beside OR-Tools CP-SAT and HiGHS, which get so many seconds an instance",
    run: |arguments| {
        install::for_planner_peers()?;
        let scratch = workspace::metadata("Cargo.toml")?
            .target_directory
            .join("planner-peers");
        run(
            cargo(&root())
                .args([
                    "run",
                    "--release",
                    "--package",
                    "steadfast-planner",
                    "--example",
                    "plan_speed",
                    "--",
                ])
                .arg(install::planner_peers_python())
                .arg(&scratch)
                .args(arguments),
            "see above",
        )
    },
};
