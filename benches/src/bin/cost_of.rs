//! `cost_of PROGRAM ARGUMENTS…`: runs it and prints what it used as JSON.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own"
)]

use std::process::ExitCode;
use steadfast_benches::usage;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("usage: cost_of PROGRAM ARGUMENTS…");
        return ExitCode::from(2);
    };
    let rest: Vec<String> = arguments.collect();
    match usage::of_only_child(&program, &rest) {
        Ok(used) => {
            println!("{}", serde_json::json!(used));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{program}: {error}");
            ExitCode::FAILURE
        }
    }
}
