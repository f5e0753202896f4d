//! `steadfast plan FILE`.

mod asked;
mod draw;
mod explain;
mod json;
mod patience;

use crate::error::{CommandError, Kind, reading};
use crate::output;
use clap::Args;
use patience::Patience;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;
use steadfast_planner::instance::Instance;
use steadfast_planner::plan;

/// The largest instance that is read: some 300,000 pairs.
const MOST_BYTES: u64 = 1 << 30;

/// Plans one displaced 1:1, a manager's week or a whole organisation.
///
/// The file says who could meet when and what each place costs; docs/reference/plan.md shows its forms. Nothing is changed
/// anywhere: what comes out is a plan and the reason for every choice.
#[derive(Debug, Args)]
pub(crate) struct Plan {
    /// The instance, as JSON (- for stdin).
    file: PathBuf,
    /// Every place the pair of this id, or the 1:1 of the report of this name, could have, and why it is where it is.
    #[arg(long, value_name = "PAIR")]
    explain: Option<String>,
    /// The plan as data, or the weeks drawn before and after.
    #[arg(long, value_parser = ["json", "text"], default_value = "json")]
    format: String,
    /// Ends after so many seconds with the best plan so far, and says how much better another could be.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    seconds: Option<u64>,
    /// Where to write it, instead of to stdout.
    #[arg(long)]
    output: Option<PathBuf>,
}

impl Plan {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let instance = read(&self.file)?;
        let problem = instance.problem();
        let asked = self
            .explain
            .as_deref()
            .map(|which| asked::about(&instance, which));
        let asked = asked.transpose()?;
        let patience = Patience::new(self.seconds.map(Duration::from_secs));
        let made = plan::make(problem, &patience);
        patience.done();
        let plan = made.map_err(|error| {
            CommandError::new(
                Kind::Internal,
                format!("the plan did not pass its check: {error}"),
                "please report this, with the file if you may share it",
            )
        })?;
        let text = match (self.format.as_str(), asked) {
            ("text", Some(index)) => explain::text(&instance, &plan, index),
            ("text", None) => draw::text(&instance, &plan),
            (_, Some(index)) => explain::json(&instance, &plan, index),
            (_, None) => json::plan(&instance, &plan),
        };
        output::write(self.output.as_deref(), |out| out.write_all(text.as_bytes()))
    }
}

fn read(file: &Path) -> Result<Instance, CommandError> {
    let mut text = Vec::new();
    let read = if file.as_os_str() == "-" {
        io::stdin()
            .lock()
            .take(MOST_BYTES + 1)
            .read_to_end(&mut text)
    } else {
        File::open(file).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut text))
    };
    read.map_err(|error| reading(file, &error))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(CommandError::new(
            Kind::Input,
            format!("{} is larger than a gigabyte", file.display()),
            "plan parts of the organisation one by one",
        ));
    }
    Instance::read(&text).map_err(|error| {
        let what = format!("{}: {error}", file.display());
        CommandError::new(Kind::Input, what, error.hint())
    })
}
