//! `cargo xtask fuzz`: coverage-guided fuzzing of the parsers, without a nightly toolchain.
//!
//! This is what cargo-fuzz does, done here: the same compiler flags, then the built program with libFuzzer's own
//! options. Installing cargo-fuzz takes over a minute of processor time on every fresh machine, for ten lines.

use super::Command;
use crate::failure::{Done, Failure, at};
use crate::process::{cargo, program, run};
use crate::workspace::{self, root};
use std::path::{Path, PathBuf};

pub(super) const COMMAND: Command = Command {
    name: "fuzz",
    arguments: "[SECONDS [TARGET [FILE]]]",
    about: "fuzz every target, or one, for a time; without a time what CI runs; FILE runs one input (a crash) alone",
    run: |arguments| {
        let Some(said) = arguments.first() else {
            return fuzz_shortly();
        };
        let seconds = said.parse().map_err(|_| {
            Failure::new(
                format!("{said} is not a number of seconds"),
                "for instance: cargo xtask fuzz 60",
            )
        })?;
        match (arguments.get(1), arguments.get(2)) {
            (Some(target), Some(file)) => run_one_input(target, file),
            (only, _) => fuzz(seconds, only.map(String::as_str)),
        }
    },
};

/// Whether there is anything to fuzz yet.
pub(super) fn has_targets() -> bool {
    root().join("fuzz/Cargo.toml").is_file()
}

/// The same inputs every time, for every target: from the committed seeds alone, by one sequence of random numbers,
/// up to one count. A tree that passed passes again, and one that failed fails again. New inputs are what the long
/// runs are for.
pub(super) fn fuzz_shortly() -> Done {
    let built = build()?;
    for target in targets()? {
        let runs = short_runs(&target);
        eprintln!("fuzzing {target} with the same {runs} inputs as ever");
        let mut command = engine(&built, &target)?;
        command
            // Named one by one, in order: of a folder the order would be the file system's, and what is found would
            // be kept there.
            .arg(format!("-seed_inputs={}", seeds(&target)?.join(",")))
            .arg(format!("-seed={SHORT_SEED}"))
            .arg(format!("-runs={runs}"))
            .arg(format!("-max_total_time={SHORT_SECONDS}"))
            // Compared values are addresses, too, which differ from run to run.
            .arg("-use_cmp=0");
        run(&mut command, &hint(&target))?;
    }
    Ok(())
}

/// Any number will do, but zero, which asks for a random one.
const SHORT_SEED: u32 = 1;

/// Inputs of that target: seven seconds or so of one processor.
fn short_runs(target: &str) -> u32 {
    match target {
        // Each is expanded over years, and again.
        "recurrence" => 4_000,
        // Each is planned, with every place of everybody looked at again.
        "plan" => 3_000,
        _ => 12_000,
    }
}

/// Where a machine is so busy that the count is not reached, time ends the run: fewer of the same inputs.
const SHORT_SECONDS: u64 = 40;

/// The committed inputs of a target, in order of their names.
fn seeds(target: &str) -> Done<Vec<String>> {
    let folder = root().join("fuzz/seeds").join(target);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(at(&folder))? {
        let path = entry.map_err(at(&folder))?.path();
        files.push(path.display().to_string());
    }
    files.sort();
    Ok(files)
}

/// Fuzzes all targets, or `only` one, each for so many seconds, beginning with what was found before
/// (`fuzz/corpus`); in no seconds only that is run. A crash is a failure.
pub(super) fn fuzz(seconds: u64, only: Option<&str>) -> Done {
    let built = build()?;
    let targets: Vec<String> = targets()?
        .into_iter()
        .filter(|target| only.is_none_or(|wanted| wanted == target))
        .collect();
    if targets.is_empty() {
        return Err(Failure::new(
            format!("no fuzz target is called {}", only.unwrap_or("anything")),
            "fuzz/Cargo.toml names them",
        ));
    }
    let fuzz = root().join("fuzz");
    for target in targets {
        eprintln!("fuzzing {target} for {seconds} s");
        let corpus = fuzz.join("corpus").join(&target);
        std::fs::create_dir_all(&corpus).map_err(at(&corpus))?;
        let mut command = engine(&built, &target)?;
        command
            .arg(&corpus)
            .args(Some(fuzz.join("seeds").join(&target)).filter(|seeds| seeds.is_dir()))
            // To the engine, no seconds are all there are.
            .args((seconds == 0).then_some("-runs=0"))
            .arg(format!("-max_total_time={seconds}"));
        run(&mut command, &hint(&target))?;
    }
    Ok(())
}

/// A built target with what holds for every run of it.
fn engine(built: &Path, target: &str) -> Done<std::process::Command> {
    let fuzz = root().join("fuzz");
    let artifacts = fuzz.join("artifacts").join(target);
    std::fs::create_dir_all(&artifacts).map_err(at(&artifacts))?;
    let mut command = program(built.join(target), &fuzz);
    command
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        // An input that takes ten seconds or a gigabyte is a finding: bounded time and memory are promised.
        .args([
            "-timeout=10",
            "-rss_limit_mb=1024",
            "-print_final_stats=1",
            "-verbosity=0",
            "-print_funcs=0",
        ]);
    Ok(command)
}

fn hint(target: &str) -> String {
    format!(
        "the input is the newest file in fuzz/artifacts/{target}/; see it again with \
         `cargo xtask fuzz 0 {target} FILE`, make it a test case, then mend the code"
    )
}

fn run_one_input(target: &str, file: &str) -> Done {
    let built = build()?;
    run(
        program(built.join(target), &root()).arg(file),
        "this is the crash; make it a test case, then mend the code",
    )
}

/// Builds all targets with coverage and the address sanitizer; gives the folder of the programs.
fn build() -> Done<PathBuf> {
    let root = root();
    let host = workspace::host()?;
    let target_directory = workspace::metadata("Cargo.toml")?
        .target_directory
        .join("fuzz");
    run(
        cargo(&root)
            .args([
                "build",
                "--release",
                "--bins",
                "--manifest-path",
                "fuzz/Cargo.toml",
                "--target",
                &host,
            ])
            .arg("--target-dir")
            .arg(&target_directory)
            // The flags are unstable options of the compiler; this lets a stable one take them, for this build only.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", FLAGS.join(" ")),
        "see what the compiler says above",
    )?;
    Ok(target_directory.join(host).join("release"))
}

/// What libFuzzer needs compiled in: counters per edge, compared values, and checks of memory and overflow.
const FLAGS: &[&str] = &[
    "--cfg fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "-Zsanitizer=address",
    "-Cdebug-assertions",
    "-Ccodegen-units=1",
];

fn targets() -> Done<Vec<String>> {
    let metadata = workspace::metadata("fuzz/Cargo.toml")?;
    Ok(metadata
        .members()
        .flat_map(|package| &package.targets)
        .filter(|target| target.kind.iter().any(|kind| kind == "bin"))
        .map(|target| target.name.clone())
        .collect())
}
