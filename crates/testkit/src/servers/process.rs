//! A child process that ends with its owner, and ports that are free.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// How long a server may take to listen: a loaded machine with two cores needs seconds, never minutes.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks.
const STEP: Duration = Duration::from_millis(20);

/// A running server.
pub(super) struct Process {
    child: Child,
    name: &'static str,
    /// Whether it is asked to end before it is ended.
    asked: bool,
}

impl Process {
    /// Starts `command`, which must stay in the foreground. The kernel ends it too if this thread is gone first.
    pub(super) fn start(name: &'static str, command: &mut Command, advice: &str) -> Self {
        let child = command
            .stdin(Stdio::null())
            // Cyrus' master, when stopped, stops its whole group: the servers of other tests are not in it.
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{name} does not start ({error}); {advice}"));
        Self {
            child,
            name,
            asked: true,
        }
    }

    /// One that takes its workers with it however it ends, and takes long when it is asked: it is killed.
    pub(super) fn unasked(mut self) -> Self {
        self.asked = false;
        self
    }

    /// Waits until something listens on `port`.
    pub(super) fn wait_for(&mut self, port: u16, log: impl Fn() -> String) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let looks = PATIENCE.as_millis() / STEP.as_millis();
        for _ in 0..looks {
            if TcpStream::connect(address).is_ok() {
                return;
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("{} ended at once ({status}): {}", self.name, log());
            }
            thread::sleep(STEP);
        }
        panic!("{} does not listen on {address}: {}", self.name, log());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // TERM first: a master process takes its workers with it. By its own id, never by name.
        let id = self.child.id().to_string();
        let ask = || Command::new("kill").args(["-TERM", &id]).status();
        let asked = self.asked && ask().is_ok_and(|status| status.success());
        let looks = if asked { 250 } else { 0 };
        for _ in 0..looks {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(STEP);
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A free loopback port. Somebody else may take it before it is used; then the server says so and the test fails.
pub(super) fn free_port() -> u16 {
    let found = || -> io::Result<u16> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        Ok(listener.local_addr()?.port())
    };
    found().expect("a free port on the loopback interface")
}

/// A folder that a server's own user can enter. Not the usual temporary one: that may be closed to others.
///
/// # Panics
/// When it cannot be made.
pub(super) fn folder_for_others(server: &str) -> TempDir {
    let folder = tempfile::Builder::new()
        .prefix(&format!("steadfast-{server}-"))
        .tempdir_in("/tmp")
        .expect("a folder");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))
        .expect("a folder that others can enter");
    folder
}
