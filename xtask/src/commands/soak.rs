//! `cargo xtask soak`: the long drills, for a night rather than a commit. Their figures go to docs/performance.md and, how
//! often the audit is right, to docs/measure/outcomes.md.

use super::{Command, fuzz};
use crate::failure::{Done, Failure};
use crate::install;
use crate::process::{cargo, measured, run};
use crate::workspace::{self, root};

/// Seconds per fuzz target when nothing is said: an hour.
const LONG_SECONDS: u64 = 3600;

/// How often a process that writes to a store is killed, on each database; and a server that keeps up with calendars.
const KILLS: &str = "1000";

/// How often a node that writes to people's calendars is killed.
const KILLS_WHILE_ACTING: &str = "10000";

/// Rounds of a walk on each calendar server.
const ROUNDS: &str = "500";

/// A test that can be longer, since it kills or walks at random.
struct Longer {
    package: &'static str,
    test: &'static str,
    kills: &'static str,
    /// What is wrong when it fails.
    broken: &'static str,
}

const LONGER: &[Longer] = &[
    Longer {
        package: "steadfast-connect",
        test: "sync",
        kills: KILLS,
        broken: "what was told of a calendar's changes does not add up to what is in it; the test says on which server",
    },
    Longer {
        package: "steadfast-store",
        test: "drill",
        kills: KILLS,
        broken: "the store lost or repeated something when it was killed; the test says what",
    },
    Longer {
        package: "steadfast-cli",
        test: "calendars",
        kills: KILLS,
        broken: "a server that was killed while it kept up with calendars lost or repeated something; the test says what",
    },
    Longer {
        package: "steadfast-cli",
        test: "acting",
        kills: KILLS_WHILE_ACTING,
        broken: "a node that was killed while it wrote to calendars did something twice or not at all; the test says what",
    },
];

/// The example that audits simulated lives, and what is asked of it: ten thousand 1:1s in each dialect, held to what is
/// promised.
const ACCURACY: (&str, &str) = ("steadfast-app", "accuracy");
/// With and without the organisation file.
const ACCURACY_OF: [&str; 2] = ["org", "no-org"];

pub(super) const COMMAND: Command = Command {
    name: "soak",
    arguments: "[SECONDS]",
    about: "the long drills: fuzzing (an hour per target unless said), a thousand kills per database, \
            ten thousand of a node that writes to calendars, five hundred rounds per calendar server, \
            ten thousand simulated 1:1s per dialect",
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
        all_are_there()?;
        install::for_soak()?;
        if fuzz::has_targets() {
            drill("fuzz", || fuzz::fuzz(seconds, None))?;
        }
        for longer in LONGER {
            drill(longer.test, || {
                let mut command = cargo(&root());
                command
                    .args(["test", "--package", longer.package, "--test", longer.test])
                    .args(["--", "--include-ignored"])
                    .env("STEADFAST_TEST_PYTHON", install::test_python())
                    .env("STEADFAST_DRILL_KILLS", longer.kills)
                    .env("STEADFAST_DRILL_ROUNDS", ROUNDS);
                run(&mut command, longer.broken)
            })?;
        }
        let (package, example) = ACCURACY;
        for of in ACCURACY_OF {
            drill(&format!("{example} {of}"), || {
                let mut command = cargo(&root());
                command
                    .args([
                        "run",
                        "--release",
                        "--package",
                        package,
                        "--example",
                        example,
                        "--",
                    ])
                    .args(["all", "ten_thousand", "1", of, "5", "check"]);
                run(
                    &mut command,
                    "the audit is less often right than is promised; each line above says in what",
                )
            })?;
        }
        Ok(())
    },
};

/// Whatever is named here is built: before a night is spent, and nothing is passed over.
fn all_are_there() -> Done {
    let metadata = workspace::metadata("Cargo.toml")?;
    let tests = LONGER.iter().map(|one| (one.package, one.test, "test"));
    let example = std::iter::once((ACCURACY.0, ACCURACY.1, "example"));
    for (package, name, kind) in tests.chain(example) {
        if !metadata.builds(package, name, kind) {
            return Err(Failure::new(
                format!("{package} has no {kind} called {name}"),
                "name what took its place in xtask/src/commands/soak.rs",
            ));
        }
    }
    Ok(())
}

fn drill(name: &str, work: impl FnOnce() -> Done) -> Done {
    let (outcome, cost) = measured(work);
    println!(
        "{name}: {:.0} s, {:.0} s of processor time",
        cost.wall.as_secs_f64(),
        cost.cpu.as_secs_f64()
    );
    outcome.map_err(|failure| failure.while_doing(name))
}
