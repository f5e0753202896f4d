//! A demo of our own on a free port, and a server that nobody has set up yet.

use crate::failure::{Done, Failure, at};
use crate::process::program;
use crate::transcripts;
use crate::workspace::root;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

/// How often it is looked whether a server has said how it is set up, and how long apart.
const LOOKS: usize = 200;
const BETWEEN: Duration = Duration::from_millis(50);

/// A demo that runs as long as this is held.
pub(crate) struct Demo {
    child: Child,
    /// With a slash at its end.
    pub(crate) address: String,
}

impl Demo {
    /// Of the program that the tests build.
    pub(crate) fn start() -> Done<Self> {
        Self::of(&transcripts::built_program()?)
    }

    /// Of a program that is built.
    pub(crate) fn of(steadfast: &Path) -> Done<Self> {
        let failed =
            |what: String| Failure::new(what, "run `steadfast demo` by hand, and see what it says");
        let mut child = program(steadfast, &root())
            .args(["demo", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| failed(format!("the demo did not start: {error}")))?;
        // The address is the one line it prints, once it listens; it ends the stream if it does not get there.
        let mut line = String::new();
        let out = child.stdout.take();
        let read = out.map(|out| BufReader::new(out).read_line(&mut line));
        let demo = Self {
            child,
            address: line.trim().to_owned(),
        };
        match read {
            Some(Ok(_)) if demo.address.starts_with("http://") => Ok(demo),
            _ => Err(failed("the demo printed no address".to_owned())),
        }
    }
}

/// A server on a database of its own that nobody has set up, as long as this is held.
pub(crate) struct Fresh {
    running: Demo,
    /// The link that sets it up.
    pub(crate) set_up: String,
}

impl Fresh {
    /// Of the program that the tests build; everything it keeps is in `folder`.
    pub(crate) fn start(folder: &Path) -> Done<Self> {
        let failed = |what: String| {
            Failure::new(what, "run `steadfast serve` by hand, and see what it says")
        };
        // A file takes what it says later as well.
        let said = folder.join("said");
        let database = format!("sqlite:{}", folder.join("steadfast.db").display());
        let mut child = program(transcripts::built_program()?, &root())
            .args(["serve", "--listen", "127.0.0.1:0", "--database", &database])
            .stdout(Stdio::piped())
            .stderr(File::create(&said).map_err(at(&said))?)
            .spawn()
            .map_err(|error| failed(format!("the server did not start: {error}")))?;
        let mut address = String::new();
        let out = child.stdout.take();
        out.map(|out| BufReader::new(out).read_line(&mut address));
        let link = |text: String| {
            let mut lines = text.lines().map(str::trim);
            lines
                .find(|line| line.contains("/set-up/"))
                .map(str::to_owned)
        };
        let mut set_up = None;
        for _ in 0..LOOKS {
            set_up = std::fs::read_to_string(&said).ok().and_then(link);
            if set_up.is_some() {
                break;
            }
            std::thread::sleep(BETWEEN);
        }
        let running = Demo {
            child,
            address: address.trim().to_owned(),
        };
        match set_up {
            Some(set_up) => Ok(Self { running, set_up }),
            None => Err(failed("the server printed no link to set it up".to_owned())),
        }
    }

    /// With a slash at its end.
    pub(crate) fn address(&self) -> &str {
        &self.running.address
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // Asked first, so that it removes its folder; by its own id.
        let id = self.child.id().to_string();
        let asked = program("kill", &root()).args(["-TERM", &id]).status();
        if !asked.is_ok_and(|status| status.success()) {
            drop(self.child.kill());
        }
        drop(self.child.wait());
    }
}
