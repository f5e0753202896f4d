//! `steadfast rules list | explain ID | judge FILE`.

use crate::{
    error::{CommandError, Kind, reading},
    output,
};
use clap::{Args, Subcommand};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};
use steadfast_app::judge::{self, rules_text};

/// What counts as what.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// All rules, a line each.
    List {
        /// As JSON.
        #[arg(long, value_parser = ["text", "json"], default_value = "text")]
        format: String,
    },
    /// One rule: its meaning, its limits and why they are what they are.
    Explain {
        /// Its id, as `rules list` shows it.
        id: String,
        /// As JSON.
        #[arg(long, value_parser = ["text", "json"], default_value = "text")]
        format: String,
    },
    /// Judges the cases and sequences of a JSON file (- for stdin).
    Judge {
        /// The file.
        file: PathBuf,
    },
}

impl Rules {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let text = match self.command {
            RulesCommand::List { format } if format == "json" => pretty(&rules_text::list_json()),
            RulesCommand::List { .. } => rules_text::list(),
            RulesCommand::Explain { id, format } if format == "json" => {
                pretty(&rules_text::explain_json(&id).map_err(|error| unknown(&error))?)
            }
            RulesCommand::Explain { id, .. } => {
                rules_text::explain(&id).map_err(|error| unknown(&error))?
            }
            RulesCommand::Judge { file } => judged(&file)?,
        };
        output::write(None, |out| out.write_all(text.as_bytes()))
    }
}

fn judged(file: &Path) -> Result<String, CommandError> {
    let text = if file.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    let text = text.map_err(|error| reading(file, &error))?;
    let judged = judge::judge(&text).map_err(|error| {
        let hint = error.hint();
        CommandError::new(Kind::Input, format!("{}: {error}", file.display()), hint)
    })?;
    serde_json::to_string_pretty(&judged)
        .map(|json| json + "\n")
        .map_err(|error| CommandError::new(Kind::Internal, error, "please report this"))
}

fn unknown(error: &rules_text::UnknownRule) -> CommandError {
    CommandError::new(Kind::Usage, error, "see `steadfast rules list`")
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
