//! `steadfast guard simulate`.

use crate::error::{CommandError, Kind};
use crate::output;
use clap::{Args, Subcommand};
use steadfast_rehearse::config::Config;
use steadfast_rehearse::report::report;

/// Weeks beyond which nobody rehearses; they are held in memory.
const MOST_WEEKS: i64 = 520;

/// What the guard does.
#[derive(Debug, Args)]
pub(crate) struct Guard {
    #[command(subcommand)]
    command: GuardCommand,
}

#[derive(Debug, Subcommand)]
enum GuardCommand {
    /// A made-up year in which 1:1s are attacked: without the guard, with its advice, and with its defence, side by side.
    Simulate(Simulate),
}

#[derive(Debug, Args)]
struct Simulate {
    /// People in the organisation.
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    people: u32,
    /// Weeks that are played.
    #[arg(long, value_name = "N", default_value_t = 52, value_parser = clap::value_parser!(i64).range(1..=MOST_WEEKS))]
    weeks: i64,
    /// Share of the times at which a 1:1 stands that something comes at: other meetings, moves, cuts, cancellations, leave.
    #[arg(long, value_name = "SHARE", default_value_t = 0.4, value_parser = share)]
    attacked: f64,
    /// Share of the guard's proposals that nobody answers.
    #[arg(long, value_name = "SHARE", default_value_t = 0.3, value_parser = share)]
    ignored: f64,
    /// Share of the people who lead nobody that has joined.
    #[arg(long, value_name = "SHARE", default_value_t = 1.0, value_parser = share)]
    joined: f64,
    /// Share of the meetings over a 1:1 of which their owner has said what sort they are.
    #[arg(long, value_name = "SHARE", default_value_t = 0.3, value_parser = share)]
    said: f64,
    /// The same seed gives the same year.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// As a table or as data.
    #[arg(long, value_parser = ["text", "json"], default_value = "text")]
    format: String,
}

impl Guard {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let GuardCommand::Simulate(simulate) = self.command;
        let config = Config {
            people: simulate.people,
            weeks: simulate.weeks,
            attacked: simulate.attacked,
            ignored: simulate.ignored,
            joined: simulate.joined,
            said: simulate.said,
            seed: simulate.seed,
        };
        let report = report(&config).map_err(|endless| {
            CommandError::new(
                Kind::Internal,
                endless,
                "please report this, with the command that you gave",
            )
        })?;
        let text = if simulate.format == "json" {
            format!("{:#}\n", report.json())
        } else {
            report.text()
        };
        output::write(None, |out| out.write_all(text.as_bytes()))
    }
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a share is a number from 0 to 1, like 0.4".to_owned()),
    }
}
