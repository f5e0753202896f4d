//! Writes a made-up instance in format 1: `week REPORTS SEED`, `makegood SEED` or `org PEOPLE SEED [LOAD]`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its output is what it is for"
)]

use std::process::ExitCode;
use steadfast_planner::problem::Problem;
use steadfast_planner::{format1, sample};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match made(&arguments) {
        Ok(problem) => {
            println!("{}", format1::write(&problem));
            ExitCode::SUCCESS
        }
        Err(what) => {
            eprintln!(
                "{what}\nusage: make_instance week REPORTS SEED | makegood SEED | org PEOPLE SEED [LOAD]"
            );
            ExitCode::from(2)
        }
    }
}

fn made(arguments: &[String]) -> Result<Problem, String> {
    let number = |at: usize| {
        let word = arguments.get(at).ok_or("a number is missing")?;
        word.parse::<u32>()
            .map_err(|_| format!("{word} is no number"))
    };
    let made = match arguments.first().map(String::as_str) {
        Some("week") => sample::week(number(1)? as usize, u64::from(number(2)?)),
        Some("makegood") => sample::make_good(u64::from(number(1)?)),
        Some("org") => {
            let load = if arguments.len() > 3 { number(3)? } else { 100 };
            let load = i32::try_from(load).map_err(|_| "too much load".to_owned())?;
            sample::organisation(number(1)? as usize, u64::from(number(2)?), load)
        }
        _ => return Err("say what to make".to_owned()),
    };
    made.map_err(|flaw| flaw.to_string())
}
