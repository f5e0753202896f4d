//! One file per command.

mod admin;
mod audit;
mod backup;
mod completions;
mod demo;
mod doctor;
mod export;
mod guard;
mod plan;
mod played;
mod rebuild;
mod restore;
mod rules;
mod serve;
mod sync;

use crate::error::CommandError;
use clap::Subcommand;

/// What can be asked of the program.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What happened to your 1:1s, from a calendar you already have.
    Audit(Box<audit::Audit>),
    /// A made-up organisation to look around in.
    Demo(demo::Demo),
    /// The best place for every 1:1, with reasons: for one, a manager's week, or everybody.
    Plan(plan::Plan),
    /// What keeps 1:1s from other meetings, rehearsed on a made-up organisation.
    Guard(guard::Guard),
    /// The server, for a team.
    Serve(serve::Serve),
    /// What a server runs with, and what is wrong with it.
    Doctor(doctor::Doctor),
    /// One round of connected calendars, now.
    Sync(sync::Sync),
    /// Everything that is kept, in one file.
    Backup(backup::Backup),
    /// A backup into an empty database.
    Restore(restore::Restore),
    /// What is shown, judged anew from what is kept.
    Rebuild(rebuild::Rebuild),
    /// Everything about one person, for that person.
    Export(export::Export),
    /// Keys, and people who lost their password.
    Admin(admin::Admin),
    /// What counts as what: list the rules, explain one, or try a case.
    Rules(rules::Rules),
    /// Completions for your shell.
    Completions(completions::Completions),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Audit(command) => command.run(),
            Self::Demo(command) => command.run(),
            Self::Plan(command) => command.run(),
            Self::Guard(command) => command.run(),
            Self::Serve(command) => command.run(),
            Self::Doctor(command) => command.run(),
            Self::Sync(command) => command.run(),
            Self::Backup(command) => command.run(),
            Self::Restore(command) => command.run(),
            Self::Rebuild(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Admin(command) => command.run(),
            Self::Rules(command) => command.run(),
            Self::Completions(command) => command.run(),
        }
    }
}
