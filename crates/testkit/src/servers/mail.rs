//! A mail server that keeps what it takes, and fails as it is told (aiosmtpd 1.4, Apache-2.0; in Python).

use super::process::{Process, free_port};
use super::python;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// How the way to it is encrypted.
#[derive(Clone, Copy, Debug)]
pub enum Way<'a> {
    /// Not at all.
    Plain,
    /// After STARTTLS, without which it takes nothing; by this certificate and its key (PEM).
    StartTls(&'a str, &'a str),
    /// From the first byte.
    Implicit(&'a str, &'a str),
}

/// A running mail server.
pub struct Mailbox {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    // Dropped in this order: first the server, then its folder.
    _process: Process,
    folder: TempDir,
}

impl Mailbox {
    /// The password of whoever may sign in.
    pub const PASSWORD: &str = "secret";

    /// Starts it. With a user it takes mail from nobody else.
    ///
    /// # Panics
    /// When it is not installed or does not start.
    pub fn start(way: Way<'_>, user: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let path = |name: &str| folder.path().join(name);
        let how = match way {
            Way::Plain => "plain",
            Way::StartTls(..) => "starttls",
            Way::Implicit(..) => "tls",
        };
        if let Way::StartTls(certificate, key) | Way::Implicit(certificate, key) = way {
            fs::write(path("certificate.pem"), certificate).expect("a certificate");
            fs::write(path("key.pem"), key).expect("its key");
        }
        fs::write(path("smtpd.py"), include_str!("smtpd.py")).expect("a program");
        let log = path("log");
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "TERM"])
            .arg(python())
            .arg(path("smtpd.py"))
            .arg(port.to_string())
            .arg(folder.path())
            .args([how, user.unwrap_or_default()])
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log).expect("a log"));
        let advice = "run `cargo xtask test`, which installs aiosmtpd 1.4.6, or name a Python that has it in STEADFAST_TEST_PYTHON";
        let mut process = Process::start("aiosmtpd", &mut command, advice);
        process.wait_for(port, || {
            format!("{}; {advice}", fs::read_to_string(&log).unwrap_or_default())
        });
        Self {
            port,
            _process: process,
            folder,
        }
    }

    /// What becomes of the mails to come, one by one: `ok`, `rcpt 450 words`, `data 451 words`, or `drop`: taken, and the
    /// connection breaks before that is said.
    pub fn fails(&self, faults: &[&str]) {
        let lines: String = faults.iter().map(|line| format!("{line}\n")).collect();
        fs::write(self.folder.path().join("faults"), lines).expect("a file of faults");
    }

    /// The mails that it took, the first one first; each after a line `X-Rcpt-To` with whom it was for.
    pub fn mails(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("its folder");
        let mut paths: Vec<_> = entries
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "eml"))
            .collect();
        paths.sort();
        let read = |path: &Path| fs::read(path).expect("a mail");
        let mails = paths.iter().map(|path| read(path));
        mails
            .map(|mail| String::from_utf8(mail).expect("a mail in ASCII"))
            .collect()
    }

    /// The folder in which it keeps them.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
