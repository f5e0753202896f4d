//! Xandikos 0.4: a CalDAV server that keeps calendars in git, with tokens that are states of the whole.

use super::front::Front;
use super::process::{Process, free_port};
use super::python;
use super::web::asked_as_anybody;
use std::fs;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A running Xandikos with the given users; everybody's password is [`Xandikos::PASSWORD`]. The calendars of `maya`
/// are below `/maya/calendars/`.
pub struct Xandikos {
    /// Where it can be asked on 127.0.0.1.
    pub port: u16,
    // Dropped in this order: what stands before it, the server, its folder.
    _front: Front,
    _process: Process,
    _folder: TempDir,
}

asked_as_anybody!(Xandikos);

impl Xandikos {
    /// Everybody's password.
    pub const PASSWORD: &str = "secret";

    /// Starts it, by the Python that has Radicale too. By itself it takes passwords only over TLS; here, as its own
    /// manual has it, a proxy before it does.
    ///
    /// # Panics
    /// When it is not installed or does not start.
    pub fn start(users: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let storage = folder.path().join("storage");
        fs::create_dir(&storage).expect("a folder");
        let log = folder.path().join("log");
        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "TERM"])
            .arg(python())
            .args(["-m", "xandikos", "multi-user", "--defaults"])
            .args(["-l", "127.0.0.1", "-p", &port.to_string()])
            .args(["--trust-x-remote-user-from", "127.0.0.1", "-d"])
            .arg(&storage)
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log).expect("a log"));
        let advice = "run `cargo xtask test`, which installs xandikos 0.4.10, or name a Python that has it in STEADFAST_TEST_PYTHON";
        let mut process = Process::start("Xandikos", &mut command, advice);
        process.wait_for(port, || {
            format!("{}; {advice}", fs::read_to_string(&log).unwrap_or_default())
        });
        let front = Front::start(port, users, Self::PASSWORD);
        let server = Self {
            port: front.port,
            _front: front,
            _process: process,
            _folder: folder,
        };
        for user in users {
            // The first look makes the user's calendars.
            let reply = server.request("PROPFIND", &format!("/{user}/"), user, &["Depth: 0"], "");
            assert_eq!(
                reply.status, 207,
                "Xandikos makes the calendars of {user}: {}",
                reply.text
            );
        }
        server
    }
}
