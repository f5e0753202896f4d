//! The binary `steadfast`: composition root. The only place that reads the clock, the arguments and the environment.

mod answering;
mod calendars;
mod chats;
mod commands;
mod error;
mod google;
mod google_lent;
mod host;
mod in_memory;
mod intake;
mod keys;
mod mailing;
mod offered;
mod output;
mod progress;
mod ready;
mod settings;
mod smtp;
mod writing;

use clap::Parser;
use std::process::ExitCode;

/// Keeps one-on-ones: what really happened to every 1:1, told early and in private.
#[derive(Debug, Parser)]
#[command(name = "steadfast", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => {
            let code = if told.use_stderr() { 2 } else { 0 };
            // Nothing can be done when even the help cannot be printed.
            let _ = told.print();
            suggest_audit(&told);
            return ExitCode::from(code);
        }
    };
    match arguments.command.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.tell(),
    }
}

/// `steadfast maya.ics`: the word that is missing is said.
#[expect(clippy::print_stderr, reason = "stderr is talk")]
fn suggest_audit(told: &clap::Error) {
    let word = std::env::args().nth(1).unwrap_or_default();
    let unknown = told.kind() == clap::error::ErrorKind::InvalidSubcommand;
    if unknown && std::path::Path::new(&word).exists() {
        eprintln!("  to look at that calendar: steadfast audit {word}");
    }
}
