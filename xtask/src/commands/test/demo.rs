//! A demo of our own on a free port.

use crate::failure::{Done, Failure};
use crate::process::program;
use crate::transcripts;
use crate::workspace::root;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

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
