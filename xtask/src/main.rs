//! The repository's own chores: `cargo xtask test`, `dist`, `fuzz`, … One file per command in `commands/`,
//! one per check in `checks/`. `cargo xtask help` lists them.
//!
//! Written in Rust so that a clone needs nothing but the Rust toolchain to start; whatever else a chore
//! needs, the chore installs or names.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a chore talks to the person at the terminal; it has no other output"
)]

mod checks;
mod commands;
mod failure;
mod install;
mod process;
mod transcripts;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = arguments.collect();
    let outcome = if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", commands::help());
        Ok(())
    } else {
        commands::run(&name, &rest)
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
