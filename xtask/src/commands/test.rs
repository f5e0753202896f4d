//! `cargo xtask test`: everything that has to hold before a commit, in one command, on a fresh machine too.
//! `.ci/run` is this and nothing else.

mod api;
mod demo;
mod pages;

use super::{Command, fuzz, takes_none};
use crate::checks;
use crate::failure::Done;
use crate::install;
use crate::process::{Beside, Cost, cargo, measured, run};
use crate::transcripts;
use crate::workspace::root;
pub(super) use demo::Demo;

pub(super) const COMMAND: Command = Command {
    name: "test",
    arguments: "",
    about: "everything that has to hold: what CI runs (installs what it needs)",
    run: |arguments| {
        takes_none(arguments)?;
        test()
    },
};

/// One step. They run in order, cheapest first, and stop at the first that fails.
struct Step {
    name: &'static str,
    run: fn(&mut Aside) -> Done<Ran>,
}

/// Whether a step had anything to do.
enum Ran {
    /// It did its work.
    Yes,
    /// What it looks at is not there yet.
    NothingThere(&'static str),
}

/// What runs beside the steps: what waits for the network beside compiling; what computes, and what looks at reports in a
/// browser, behind the tests, which wait for servers and disks half of their time.
#[derive(Default)]
struct Aside {
    tools: Option<Beside>,
    fuzz: Option<Beside>,
    reports: Option<Beside>,
}

const STEPS: &[Step] = &[
    Step {
        name: "format",
        run: |aside| {
            aside.tools = Some(Beside::start("tools")?);
            format()
        },
    },
    Step {
        name: "lints",
        run: |_| lints(),
    },
    Step {
        name: "tools",
        run: |aside| finish(&mut aside.tools),
    },
    Step {
        name: "house",
        run: |_| checks::run_all().map(|()| Ran::Yes),
    },
    Step {
        name: "build",
        run: |_| build(),
    },
    Step {
        name: "tests",
        run: |aside| {
            if fuzz::has_targets() {
                aside.fuzz = Some(Beside::start_behind("fuzz")?);
            }
            aside.reports = Some(pages::look_at_reports()?);
            tests()
        },
    },
    Step {
        name: "examples",
        run: |_| examples(),
    },
    Step {
        name: "pages",
        run: |_| pages::look(),
    },
    Step {
        name: "reports",
        run: |aside| finish(&mut aside.reports),
    },
    Step {
        name: "fuzz",
        run: |aside| finish(&mut aside.fuzz),
    },
];

fn test() -> Done {
    let mut summary = Vec::new();
    let mut aside = Aside::default();
    for step in STEPS {
        eprintln!("\n== {}", step.name);
        let (outcome, cost) = measured(|| (step.run)(&mut aside));
        let ran = outcome
            .inspect_err(|_| print_summary(&summary))
            .map_err(|failure| failure.while_doing(step.name))?;
        summary.push((step.name, ran, cost));
    }
    print_summary(&summary);
    println!("all steps passed");
    Ok(())
}

/// Waits for what was begun beside.
fn finish(beside: &mut Option<Beside>) -> Done<Ran> {
    match beside.take() {
        Some(beside) => beside.finish().map(|()| Ran::Yes),
        None => Ok(Ran::NothingThere("nothing was begun")),
    }
}

fn print_summary(summary: &[(&str, Ran, Cost)]) {
    println!("\n{:<8} {:>8} {:>9}", "step", "clock s", "processor");
    for (name, ran, cost) in summary {
        let (wall, cpu) = (cost.wall.as_secs_f64(), cost.cpu.as_secs_f64());
        match ran {
            Ran::Yes => println!("{name:<8} {wall:>8.1} {cpu:>9.1}"),
            Ran::NothingThere(what) => println!("{name:<8} {:>8} {:>9} ({what})", "-", "-"),
        }
    }
}

fn format() -> Done<Ran> {
    let hint = "run `cargo fmt --all`, and the same with `--manifest-path fuzz/Cargo.toml`";
    // The fuzz targets are a workspace of their own.
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        if root().join(manifest).is_file() {
            let mut fmt = cargo(&root());
            fmt.args(["fmt", "--all", "--check", "--manifest-path", manifest]);
            run(&mut fmt, hint)?;
        }
    }
    Ok(Ran::Yes)
}

fn lints() -> Done<Ran> {
    let hint = "mend what clippy names; where it is wrong, #[expect(lint, reason = \"…\")]";
    let mut clippy = cargo(&root());
    clippy
        .args(["clippy", "--workspace", "--all-targets"])
        .args(locked());
    run(clippy.args(["--", "-D", "warnings"]), hint).map(|()| Ran::Yes)
}

/// Compiles the tests, so that what runs beside them finds the program and its examples built.
fn build() -> Done<Ran> {
    let hint = "mend what the compiler names above";
    run(all_tests().arg("--no-run"), hint).map(|()| Ran::Yes)
}

/// Unit, property, golden and documentation tests; also those that say generated pages are current.
fn tests() -> Done<Ran> {
    let hint =
        "read the first failing test above; where only generated text differs, `cargo xtask bless`";
    let mut command = all_tests();
    command
        .env("STEADFAST_TEST_PYTHON", install::test_python())
        .env("INSTA_UPDATE", "no");
    run(&mut command, hint).map(|()| Ran::Yes)
}

fn all_tests() -> std::process::Command {
    let mut command = cargo(&root());
    command
        .args(["test", "--workspace", "--no-fail-fast"])
        .args(locked());
    command
}

/// What the examples print is what their transcripts say.
fn examples() -> Done<Ran> {
    if !transcripts::are_there()? {
        return Ok(Ran::NothingThere("no transcripts in examples/ yet"));
    }
    transcripts::check().map(|()| Ran::Yes)
}

/// CI refuses a Cargo.lock that does not fit; at home cargo brings it in line.
fn locked() -> Option<&'static str> {
    std::env::var_os("CI").map(|_| "--locked")
}
