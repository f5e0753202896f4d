//! `steadfast completions SHELL`.

use crate::{Arguments, error::CommandError, output};
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Prints completions; put them where your shell looks for them.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Arguments::command(),
            "steadfast",
            &mut script,
        );
        output::write(None, |out| out.write_all(&script))
    }
}
