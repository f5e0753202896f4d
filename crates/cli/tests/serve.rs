//! The program as whoever runs it meets it: what it prints where, and how it ends.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "what does not start or answer fails the test, with its place"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running command, and the address it printed.
struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    address: String,
}

impl Running {
    fn start(arguments: &[&str], folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_steadfast"))
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .env("TMPDIR", folder)
            .env_remove("STEADFAST_DATABASE")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim().trim_end_matches('/');
        let address = address.strip_prefix("http://").unwrap().to_owned();
        Self {
            child,
            out,
            address,
        }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Asks it to end; gives what else it wrote to standard output, and what to standard error.
    fn end(mut self) -> (String, String) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(asked.success());
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut err).unwrap();
        assert!(self.child.wait().unwrap().success(), "{err}");
        (out, err)
    }
}

#[test]
fn a_server_prints_its_address_alone_and_ends_well_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let server = Running::start(&["serve"], folder.path());
    assert!(server.get("/readyz").starts_with("HTTP/1.1 200"));
    let (out, err) = server.end();
    assert_eq!(out, "", "standard output has one line");
    let (_, link) = err.split_once("/set-up/").expect("the link to set it up");
    let token: String = link.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(token.len(), 64);
    assert!(err.contains("request.route=/readyz response.status=200"));
    let database = fs::metadata(folder.path().join("steadfast.db")).unwrap();
    assert_eq!(database.permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_demo_lets_its_reader_in_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Running::start(&["demo"], folder.path());
    let answer = demo.get("/");
    assert!(answer.contains("location: /one-on-ones"), "{answer}");
    assert!(answer.contains("set-cookie: steadfast_demo="), "{answer}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let (out, err) = demo.end();
    assert_eq!(out, "");
    assert!(err.contains("Ctrl-C ends it"), "{err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
