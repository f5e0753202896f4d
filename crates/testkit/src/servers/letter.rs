//! What somebody else's reader makes of a mail, its calendar parts above all: Python's `email`, and icalendar (BSD-2-Clause; Xandikos
//! brings it).

use super::python;
use std::io::Write;
use std::process::{Command, Stdio};

/// A part of a mail that is a calendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The `method` of its content type; empty where it has none.
    pub method: String,
    /// What it is attached as; empty where it is not.
    pub file: String,
    /// Its METHOD, and of each of its events the properties with their parameters, in the order of the names; moments in UTC.
    pub said: Vec<String>,
}

const READ: &str = r#"
import datetime, email, email.policy, icalendar, sys
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
for part in mail.walk():
    if part.get_content_type() != "text/calendar":
        continue
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    out = ["METHOD=" + str(calendar["METHOD"])]
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        for name in sorted(event):
            values = event[name] if isinstance(event[name], list) else [event[name]]
            for value in values:
                params = getattr(value, "params", {})
                params = "".join(";%s=%s" % (key, params[key]) for key in sorted(params) if key != "TZID")
                moment = getattr(value, "dt", None)
                if isinstance(moment, datetime.datetime):
                    said = moment.astimezone(datetime.timezone.utc).isoformat()
                else:
                    said = str(value)
                out.append(name + params + "=" + " ".join(said.split()))
    print("\t".join([str(part["Content-Type"].params.get("method", "")), part.get_filename() or ""] + out))
"#;

const WORDS: &str = r#"
import email, email.policy, sys
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
sys.stdout.write(mail.get_body(preferencelist=("plain",)).get_content())
"#;

/// What whoever gets a mail reads in it: its plain text, decoded.
///
/// # Panics
/// When Python does not take the mail, or there is no such text in it.
pub fn words_of(mail: &str) -> String {
    read(WORDS, mail)
}

/// The parts of a mail that are calendars, in order.
///
/// # Panics
/// When Python does not take the mail or one of them.
pub fn parts_of(mail: &str) -> Vec<Part> {
    let said = read(READ, mail);
    let parts = said.lines().map(|line| {
        let mut fields = line.split('\t').map(str::to_owned);
        Part {
            method: fields.next().unwrap_or_default(),
            file: fields.next().unwrap_or_default(),
            said: fields.collect(),
        }
    });
    parts.collect()
}

/// What a program of Python's prints of a mail.
fn read(program: &str, mail: &str) -> String {
    let mut child = Command::new(python())
        .args(["-c", program])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("Python does not start ({error}): run `cargo xtask test`"));
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(mail.as_bytes()).expect("Python listens");
    drop(input);
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "Python takes it: {mail}");
    String::from_utf8(output.stdout).expect("text")
}
