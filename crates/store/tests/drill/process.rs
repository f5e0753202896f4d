//! Starting a part in a process of its own, and hearing what it says.

use std::future::Future;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The variable that tells a child its part: part, address, number and size, each on a line.
pub(crate) const PART: &str = "STEADFAST_DRILL_PART";

/// A process that plays a part.
pub(crate) struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Process {
    pub(crate) fn start(part: &str, address: &str, number: u64, size: u64) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child::child", "--nocapture"])
            .env(PART, format!("{part}\n{address}\n{number}\n{size}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next thing that it says; `None` when it has ended.
    pub(crate) fn hear(&mut self) -> Option<(String, u64)> {
        loop {
            let line = self.lines.next()?.unwrap();
            // The test harness talks as well.
            let Some(said) = line.strip_prefix("drill: ") else {
                continue;
            };
            let (word, number) = said.split_once(' ').unwrap();
            return Some((word.to_owned(), number.parse().unwrap()));
        }
    }

    /// Hears on until it says `word`; gives the number it says.
    pub(crate) fn hear_until(&mut self, word: &str) -> u64 {
        loop {
            let (said, number) = self.hear().expect("it ended too early");
            if said == word {
                return number;
            }
        }
    }

    /// Lets it go on.
    pub(crate) fn go_on(&mut self) {
        let pipe = self.child.stdin.as_mut().unwrap();
        pipe.write_all(b"\n").unwrap();
    }

    /// SIGKILL: nothing of it runs after this.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// It has to end well by itself.
    pub(crate) fn end(mut self) {
        while self.hear().is_some() {}
        assert!(self.child.wait().unwrap().success());
    }
}

/// Says something to whoever started this process. Past the harness, which would hold it back.
pub(crate) fn say(word: &str, number: u64) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\ndrill: {word} {number}\n").as_bytes())
        .unwrap();
    out.flush().unwrap();
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}
