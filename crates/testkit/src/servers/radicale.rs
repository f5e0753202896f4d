//! Radicale 3.9: a small CalDAV server without scheduling.

use super::process::{Process, free_port};
use super::python;
use super::web::asked_as_anybody;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A running Radicale with the given users; everybody's password is [`Radicale::PASSWORD`].
pub struct Radicale {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    // Dropped in this order: first the server, then its folder.
    _process: Process,
    folder: TempDir,
}

asked_as_anybody!(Radicale);

impl Radicale {
    /// Everybody's password.
    pub const PASSWORD: &str = "secret";

    /// Starts it. The Python that has it is named by `STEADFAST_TEST_PYTHON`, else `.ci/tools/venv/bin/python`.
    ///
    /// # Panics
    /// When it is not installed or does not start.
    pub fn start(users: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let passwords: String = users
            .iter()
            .map(|user| format!("{user}:{}\n", Self::PASSWORD))
            .collect();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("users"), passwords).expect("a file of users");
        let config = format!(
            "[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {}\n\
             htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {}\n[logging]\nlevel = warning\n",
            path("users").display(),
            path("storage").display(),
        );
        fs::write(path("config"), config).expect("a configuration");
        let log = fs::File::create(path("log")).expect("a log");
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "TERM"])
            .arg(python())
            .args(["-m", "radicale", "--config"])
            .arg(path("config"))
            .stdout(Stdio::null())
            .stderr(log);
        let advice = "run `cargo xtask test`, which installs radicale 3.9.0, or name a Python that has it in STEADFAST_TEST_PYTHON";
        let mut process = Process::start("Radicale", &mut command, advice);
        let log = path("log");
        process.wait_for(port, || {
            format!("{}; {advice}", fs::read_to_string(&log).unwrap_or_default())
        });
        Self {
            port,
            _process: process,
            folder,
        }
    }

    /// The file in which it keeps an object, given the object's path (`/maya/work/a.ics`).
    pub fn file_of(&self, path: &str) -> PathBuf {
        self.folder
            .path()
            .join("storage/collection-root")
            .join(path.trim_start_matches('/'))
    }
}
