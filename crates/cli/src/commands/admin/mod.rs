//! `steadfast admin …`: what only whoever runs the server may do.

mod new_key;
mod reset_link;
mod rotate_key;

use crate::error::CommandError;
use clap::{Args, Subcommand};

/// What only whoever runs the server may do.
#[derive(Debug, Args)]
pub(crate) struct Admin {
    #[command(subcommand)]
    command: AdminCommand,
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// A link for somebody who lost their password.
    ResetLink(reset_link::ResetLink),
    /// A key file, where there is none yet.
    NewKey(new_key::NewKey),
    /// A new key in the key file, and everything wrapped with it.
    RotateKey(rotate_key::RotateKey),
}

impl Admin {
    pub(super) fn run(self) -> Result<(), CommandError> {
        match self.command {
            AdminCommand::ResetLink(command) => command.run(),
            AdminCommand::NewKey(command) => command.run(),
            AdminCommand::RotateKey(command) => command.run(),
        }
    }
}
