//! Commands that are run, and a server that is talked to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

pub(crate) const PASSWORD: &str = "correct horse battery";

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The program in `folder`, with none of the settings of whoever runs the tests.
pub(crate) fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_steadfast"));
    command.args(arguments).current_dir(folder);
    command.env("TMPDIR", folder);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("STEADFAST_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs it to its end.
pub(crate) fn run(arguments: &[&str], folder: &Path) -> Ran {
    ran(program(arguments, folder))
}

pub(crate) fn ran(mut command: Command) -> Ran {
    let done = command.stdin(Stdio::null()).output().unwrap();
    Ran {
        code: done.status.code().unwrap(),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}

/// A running server, and the address it printed.
pub(crate) struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
    pub(crate) address: String,
}

impl Running {
    pub(crate) fn start(arguments: &[&str], folder: &Path) -> Self {
        let mut command = program(arguments, folder);
        command.args(["--listen", "127.0.0.1:0"]);
        Self::of(command)
    }

    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let err = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.trim().trim_end_matches('/');
        let address = address.strip_prefix("http://").unwrap().to_owned();
        Self {
            child,
            out,
            err,
            address,
        }
    }

    pub(crate) fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1"), "", b"")
    }

    pub(crate) fn get_as(&self, path: &str, cookie: &str) -> String {
        self.ask(
            &format!("GET {path} HTTP/1.1"),
            &format!("Cookie: {cookie}\r\n"),
            b"",
        )
    }

    /// Sends a form; its values have to need no escaping.
    pub(crate) fn post(&self, path: &str, form: &str) -> String {
        let header = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.ask(&format!("POST {path} HTTP/1.1"), header, form.as_bytes())
    }

    /// Asks, with headers of one's own.
    pub(crate) fn ask(&self, first: &str, headers: &str, body: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (host, length) = (&self.address, body.len());
        write!(
            stream,
            "{first}\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {length}\r\n\
             {headers}Connection: close\r\n\r\n"
        )
        .unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sets it up as Maya, by the link that it printed; gives the cookie.
    pub(crate) fn set_up(&mut self) -> String {
        let mut line = String::new();
        while !line.contains("/set-up/") {
            line.clear();
            assert!(self.err.read_line(&mut line).unwrap() > 0, "no link");
        }
        let (_, token) = line.trim().split_once("/set-up/").unwrap();
        let form = format!(
            "organisation=Acme&name=Maya&email=maya%40example.com&password={}",
            PASSWORD.replace(' ', "+")
        );
        cookie(&self.post(&format!("/set-up/{token}"), &form))
    }

    /// Signs in as Maya; what was answered.
    pub(crate) fn sign_in(&self, password: &str) -> String {
        let password = password.replace(' ', "+");
        self.post(
            "/sign-in",
            &format!("email=maya%40example.com&password={password}"),
        )
    }

    /// Drops a calendar on the first page.
    pub(crate) fn hand_in(&self, cookie: &str, calendar: &str) {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"calendar\"; filename=\"a.ics\"\r\n\r\n{calendar}\r\n--x--\r\n"
        );
        let headers =
            format!("Cookie: {cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\n");
        let answer = self.ask("POST /start HTTP/1.1", &headers, body.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }

    /// Asks it to end; gives what else it wrote to standard output, and what to standard error.
    pub(crate) fn end(mut self) -> (String, String) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(asked.success());
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut err).unwrap();
        assert!(self.child.wait().unwrap().success(), "{err}");
        (out, err)
    }
}

/// The session cookie that an answer sets.
pub(crate) fn cookie(answer: &str) -> String {
    let (_, set) = answer
        .split_once("set-cookie: ")
        .unwrap_or_else(|| panic!("{answer}"));
    set.split(';').next().unwrap().to_owned()
}

/// Maya's weekly 1:1 with Ben.
pub(crate) const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\n\
    UID:maya-ben@example.com\r\nDTSTAMP:20260101T080000Z\r\nDTSTART:20260106T090000Z\r\nDTEND:20260106T093000Z\r\n\
    RRULE:FREQ=WEEKLY\r\nSUMMARY:1:1 Maya / Ben\r\nORGANIZER;CN=Maya Lind:mailto:maya@example.com\r\n\
    ATTENDEE;CN=Maya Lind;PARTSTAT=ACCEPTED:mailto:maya@example.com\r\n\
    ATTENDEE;CN=Ben Okafor;PARTSTAT=ACCEPTED:mailto:ben@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
