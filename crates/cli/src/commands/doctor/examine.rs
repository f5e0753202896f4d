//! Looking at everything, one after the other; what is wrong with one thing does not end the look at the next.

use super::{kept, key, mail};
use crate::ready::{self, Answer};
use crate::settings::Settings;
use std::path::Path;

/// Something that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Finding {
    /// For programs.
    pub(super) code: &'static str,
    /// What is wrong, and where.
    pub(super) what: String,
    /// What to do.
    pub(super) todo: String,
}

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    /// How things stand: a name, and words.
    pub(super) state: Vec<(&'static str, String)>,
    /// What is wrong.
    pub(super) findings: Vec<Finding>,
}

impl Found {
    pub(super) fn stands(&mut self, name: &'static str, words: impl Into<String>) {
        self.state.push((name, words.into()));
    }

    pub(super) fn wrong(
        &mut self,
        code: &'static str,
        what: impl Into<String>,
        todo: impl Into<String>,
    ) {
        self.findings.push(Finding {
            code,
            what: what.into(),
            todo: todo.into(),
        });
    }
}

/// Looks at everything that the settings lead to.
pub(super) async fn examine(settings: &Settings, found: &mut Found) {
    let keys = key::examine(&settings.key.value, found);
    kept::examine(&settings.database.value, &keys, found).await;
    trusted(settings.trust.value.as_deref(), found);
    mail::examine(settings, found).await;
    let listen = &settings.listen.value;
    let answers = match ready::ask(listen) {
        Answer::Ready => format!("one answers at {listen} and is ready"),
        Answer::Nothing => format!("nothing answers at {listen}"),
        Answer::NotReady => {
            found.wrong(
                "not_ready",
                format!("what answers at {listen} is not ready"),
                "see its log; if it is another program, choose another address with --listen",
            );
            format!("something answers at {listen}")
        }
    };
    found.stands("server", answers);
}

fn trusted(file: Option<&Path>, found: &mut Found) {
    if let Some(file) = file
        && let Err(error) = std::fs::read(file)
    {
        found.wrong(
            "trust",
            format!("{} cannot be read: {error}", file.display()),
            "name a PEM file that the server may read with --trust, or take the setting away",
        );
    }
}

/// Whether others than the file's owner may read it. What systemd hands over as a credential is guarded by its folder.
pub(super) fn is_open_to_others(path: &Path) -> bool {
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY");
    if credentials.is_some_and(|folder| path.starts_with(folder)) {
        return false;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    false
}
