//! An intake that writes down what it is given, and small calendars to give.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;
use steadfast_calendar::Instant;
use steadfast_connect::{DocumentName, Intake, Limits, Options, SetAside, Source, SourceError};

/// What an intake was told, in order, one line each. Bodies are kept apart.
#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) lines: Vec<String>,
    pub(crate) bodies: Vec<String>,
    pub(crate) owners: Vec<Option<String>>,
    pub(crate) progress: Vec<(u64, Option<u64>)>,
    /// Bytes that went by, also where bodies are not kept.
    pub(crate) bytes: u64,
    /// Keep no bodies.
    pub(crate) only_count: bool,
}

impl Intake for Recorder {
    fn calendar(&mut self, name: DocumentName, body: &mut dyn Read) -> io::Result<()> {
        let mut line = format!("calendar {}", name.label);
        if let Some(owner) = &name.owner {
            write!(line, " of {owner}").expect("text");
        }
        if let Some(at) = name.snapshot {
            write!(line, " at {at}").expect("text");
        }
        if self.only_count {
            self.bytes += io::copy(body, &mut io::sink())?;
        } else {
            let mut text = String::new();
            body.read_to_string(&mut text)?;
            self.bytes += text.len() as u64;
            self.bodies.push(text);
        }
        self.lines.push(line);
        self.owners.push(name.owner);
        Ok(())
    }

    fn snapshot(&mut self, at: Instant) {
        self.lines.push(format!("snapshot {at}"));
    }

    fn gap(&mut self, from: Instant, to: Instant) {
        self.lines.push(format!("gap {from} {to}"));
    }

    fn gap_of(&mut self, owner: &str, from: Instant, to: Instant) {
        self.lines.push(format!("gap of {owner} {from} {to}"));
    }

    fn set_aside(&mut self, what: SetAside) {
        self.lines
            .push(format!("aside {}: {}", what.label, what.why));
    }

    fn warning(&mut self, label: &str, message: String) {
        self.lines.push(format!("warning {label}: {message}"));
    }

    fn progress(&mut self, done: u64, of: Option<u64>) {
        self.progress.push((done, of));
    }
}

impl Recorder {
    /// The lines, with a path that differs on every run left out.
    pub(crate) fn told(&self, root: &Path) -> String {
        let root = root.display().to_string();
        self.lines
            .iter()
            .map(|line| line.replace(&root, "…") + "\n")
            .collect()
    }
}

/// Reads a source with given options.
pub(crate) fn read_with(source: &Source, options: &Options) -> (Recorder, Result<(), SourceError>) {
    let mut recorder = Recorder::default();
    let result = steadfast_connect::read(source, options, &mut recorder);
    (recorder, result)
}

/// Reads a path with default options.
pub(crate) fn read_path(path: &Path) -> (Recorder, Result<(), SourceError>) {
    read_with(&Source::Path(path.to_owned()), &Options::default())
}

/// Options with small bounds, so that tests of bounds are quick.
pub(crate) fn tight() -> Options {
    Options {
        allow_private: true,
        limits: Limits {
            unpacked_bytes: 8 << 20,
            ratio_from: 1 << 20,
            entries: 50,
            depth: 4,
            download_bytes: 1 << 20,
            blob_bytes: 1 << 20,
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(20),
            whole: Duration::from_secs(20),
            ..Limits::default()
        },
        ..Options::default()
    }
}

/// A calendar of one event with this summary.
pub(crate) fn calendar(summary: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nBEGIN:VEVENT\r\nUID:{summary}@test\r\n\
         DTSTAMP:20260301T000000Z\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T093000Z\r\nSUMMARY:{summary}\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}
