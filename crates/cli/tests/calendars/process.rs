//! Parts of this program in processes of their own, and hearing what they say.

use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The variable that tells a child its part: part, address, clock, each on a line.
pub(crate) const PART: &str = "STEADFAST_DRILL_PART";

/// A process that plays a part.
pub(crate) struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Process {
    pub(crate) fn start(part: &str, address: &str, clock: i64) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child::child", "--nocapture"])
            .env(PART, format!("{part}\n{address}\n{clock}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    /// The next thing that it says, and about whom.
    pub(crate) fn hear(&mut self) -> (String, String) {
        loop {
            let line = self.lines.next().expect("it ended too early").unwrap();
            // The test harness talks as well.
            let Some(said) = line.strip_prefix("drill: ") else {
                continue;
            };
            let (word, whom) = said.split_once(' ').unwrap();
            return (word.to_owned(), whom.to_owned());
        }
    }

    /// Hears on until it says `word`; gives about whom.
    pub(crate) fn hear_until(&mut self, word: &str) -> String {
        loop {
            let (said, whom) = self.hear();
            if said == word {
                return whom;
            }
        }
    }

    /// Lets it go on.
    pub(crate) fn go_on(&mut self) {
        let pipe = self.child.stdin.as_mut().unwrap();
        pipe.write_all(b"\n").unwrap();
    }

    /// SIGKILL: nothing of it runs after this. Gives the last thing that it said, if it was not heard yet.
    pub(crate) fn kill(mut self) -> Option<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let lines = self.lines.by_ref().map_while(Result::ok);
        let said = lines.filter_map(|line| line.strip_prefix("drill: ").map(str::to_owned));
        said.last()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Gone already, mostly.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Says something to whoever started this process. Past the harness, which would hold it back.
pub(crate) fn say(word: &str, whom: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\ndrill: {word} {whom}\n").as_bytes())
        .unwrap();
    out.flush().unwrap();
}

/// Waits until whoever started this process lets it go on.
pub(crate) fn wait() {
    std::io::stdin().read_exact(&mut [0]).unwrap();
}
