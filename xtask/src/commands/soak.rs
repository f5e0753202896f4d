//! `cargo xtask soak`: the long drills, for a night rather than a commit. Their figures go to docs/performance.md
//! and docs/status.md.

use super::{Command, fuzz};
use crate::failure::{Done, Failure};
use crate::install;
use crate::process::{cargo, measured, run};
use crate::workspace::{self, root};

/// Seconds per fuzz target when nothing is said: an hour.
const LONG_SECONDS: u64 = 3600;

/// How often a process that writes is killed, on each database.
const KILLS: &str = "1000";

/// Rounds of a walk on each calendar server.
const ROUNDS: &str = "500";

/// The tests that can be longer, since they kill or walk at random: package, test, and what is wrong when one fails.
const LONGER: &[(&str, &str, &str)] = &[
    (
        "steadfast-connect",
        "sync",
        "what was told of a calendar's changes does not add up to what is in it; the test says on which server",
    ),
    (
        "steadfast-store",
        "drill",
        "the store lost or repeated something when it was killed; the test says what",
    ),
    (
        "steadfast-cli",
        "calendars",
        "a server that was killed while it kept up with calendars lost or repeated something; the test says what",
    ),
];

pub(super) const COMMAND: Command = Command {
    name: "soak",
    arguments: "[SECONDS]",
    about: "the long drills: fuzzing (an hour per target unless said), a thousand kills per database, \
            five hundred rounds per calendar server, ten thousand simulated 1:1s per dialect",
    run: |arguments| {
        let seconds = match arguments.first() {
            None => LONG_SECONDS,
            Some(said) => said.parse().map_err(|_| {
                Failure::new(
                    format!("{said} is not a number of seconds"),
                    "for instance: cargo xtask soak 600",
                )
            })?,
        };
        install::for_soak()?;
        if fuzz::has_targets() {
            drill("fuzz", || fuzz::fuzz(seconds, None))?;
        }
        for (package, test, broken) in LONGER {
            drill(test, || {
                let mut command = cargo(&root());
                command
                    .args(["test", "--package", package, "--test", test])
                    .args(["--", "--include-ignored"])
                    .env("STEADFAST_TEST_PYTHON", install::test_python())
                    .env("STEADFAST_DRILL_KILLS", KILLS)
                    .env("STEADFAST_DRILL_ROUNDS", ROUNDS);
                run(&mut command, broken)
            })?;
        }
        for name in DRILLS {
            if workspace::metadata("Cargo.toml")?.builds_program(name) {
                drill(name, || {
                    run(
                        cargo(&root()).args([
                            "run",
                            "--release",
                            "--package",
                            "steadfast-benches",
                            "--bin",
                            name,
                        ]),
                        "the drill says above what came out otherwise than promised",
                    )
                })?;
            }
        }
        Ok(())
    },
};

/// Programs of `benches/` that are drills: they end badly when a promise is not kept.
const DRILLS: &[&str] = &["life_drill"];

fn drill(name: &str, work: impl FnOnce() -> Done) -> Done {
    let (outcome, cost) = measured(work);
    println!(
        "{name}: {:.0} s, {:.0} s of processor time",
        cost.wall.as_secs_f64(),
        cost.cpu.as_secs_f64()
    );
    outcome.map_err(|failure| failure.while_doing(name))
}
