//! `steadfast doctor`: what a server runs with, and what is wrong with it.

mod examine;
mod kept;
mod key;
mod mail;
mod tell;

use crate::error::{CommandError, Kind};
use crate::host::Host;
use crate::output;
use crate::ready::{self, Answer};
use crate::settings::{Listening, Mailing, Place, Reaching, Registered, Said, Settings};
use clap::Args;

/// What a server runs with, where each setting came from, what is wrong, and what to do about it.
///
/// Looks at the settings, the key file, the database and everything in it, whether the mail server lets it in, and whether a
/// server answers. It changes
/// nothing, and names nobody. Ends with 1 when something is wrong. Give it the settings that the server is given.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Only ask whether the server at the listening address can do its work; ends with 4 when it cannot.
    #[arg(long)]
    ready: bool,
    /// For people or for programs.
    #[arg(long, value_parser = ["text", "json"], default_value = "text")]
    format: String,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    listening: Listening,
    #[command(flatten)]
    reaching: Reaching,
    #[command(flatten)]
    mailing: Mailing,
    #[command(flatten)]
    registered: Registered,
}

impl Doctor {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let settings = Settings::of(Said {
            place: self.place,
            listening: self.listening,
            reaching: self.reaching,
            mailing: self.mailing,
            registered: self.registered,
        })?;
        if self.ready {
            return ready(&settings);
        }
        let mut found = examine::Found::default();
        let host = Host::new()?;
        host.run(async {
            examine::examine(&settings, &mut found).await;
            Ok(())
        })?;
        let text = if self.format == "json" {
            tell::json(&settings, &found)
        } else {
            tell::text(&settings, &found)
        };
        output::write(None, |out| out.write_all(text.as_bytes()))?;
        match found.findings.len() {
            0 => Ok(()),
            1 => Err(sick("one thing is wrong")),
            many => Err(sick(&format!("{many} things are wrong"))),
        }
    }
}

fn sick(what: &str) -> CommandError {
    CommandError::new(Kind::Findings, what, "each is told above, with what to do")
}

fn ready(settings: &Settings) -> Result<(), CommandError> {
    let listen = &settings.listen.value;
    let (what, hint) = match ready::ask(listen) {
        Answer::Ready => return Ok(()),
        Answer::NotReady => (
            format!("what answers at {listen} is not ready"),
            "see its log, and `steadfast doctor` without --ready",
        ),
        Answer::Nothing => (
            format!("nothing answers at {listen}"),
            "start it with `steadfast serve`, or say where it listens with --listen",
        ),
    };
    Err(CommandError::new(Kind::Reach, what, hint))
}
