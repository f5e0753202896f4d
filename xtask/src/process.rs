//! Running other programs, and what they cost.

use crate::failure::{Done, Failure, at};
use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A program to be run from the root of the repository, without standard input.
pub(crate) fn program(name: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// The cargo that started this chore, else the one on the path.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = program(
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        folder,
    );
    // What cargo tells the chore of itself, build scripts of others watch for: everything on top of them would be compiled
    // once for chores and once for people.
    for (name, _) in std::env::vars_os() {
        let told = name.to_string_lossy();
        if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// The chore of that name, without arguments. Through cargo: the tests build this very program anew, and its file is
/// another one then.
fn chore(name: &str) -> Command {
    let mut command = cargo(Path::new(env!("CARGO_MANIFEST_DIR")));
    command.args(["run", "--quiet", "--package", "xtask", "--", name]);
    command
}

/// The same command at the lowest priority: what runs in front is not slowed by it, and what others leave is used.
pub(crate) fn giving_way(command: &Command) -> Command {
    let folder = command.get_current_dir().unwrap_or(Path::new("."));
    let mut behind = program("nice", folder);
    behind
        .args(["-n", "19"])
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => behind.env(name, value),
            None => behind.env_remove(name),
        };
    }
    behind
}

/// A chore that runs beside others. What it says is kept until it is waited for; it ends with this value.
pub(crate) struct Beside {
    name: &'static str,
    hint: &'static str,
    child: Child,
    said: PathBuf,
}

impl Beside {
    /// Starts the chore of that name, without arguments.
    pub(crate) fn start(name: &'static str) -> Done<Self> {
        Self::of(name, chore(name), "see what it says above")
    }

    /// As [`Beside::start`], with what others leave of the processors.
    pub(crate) fn start_behind(name: &'static str) -> Done<Self> {
        Self::of(name, giving_way(&chore(name)), "see what it says above")
    }

    /// Starts `command`, called `name`; `hint` is what to do where it fails.
    pub(crate) fn of(name: &'static str, mut command: Command, hint: &'static str) -> Done<Self> {
        let said = std::env::temp_dir().join(format!("xtask-{name}-{}.log", std::process::id()));
        let out = File::create(&said).map_err(at(&said))?;
        let error = out.try_clone().map_err(at(&said))?;
        // A group of its own, so that all of it ends with it.
        command.process_group(0);
        let child = command.stdout(out).stderr(error).spawn();
        let child = child.map_err(|error| {
            Failure::new(format!("{name} did not start: {error}"), "run it alone")
        })?;
        Ok(Self {
            name,
            hint,
            child,
            said,
        })
    }

    /// Waits for its end and prints what it said.
    pub(crate) fn finish(mut self) -> Done {
        let ended = self.child.wait().map_err(at(&self.said))?;
        let said = std::fs::read(&self.said).map_err(at(&self.said))?;
        eprint!("{}", String::from_utf8_lossy(&said));
        if ended.success() {
            return Ok(());
        }
        Err(Failure::new(
            format!("{} ended with {ended}", self.name),
            self.hint,
        ))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It says no where it is over already.
        let group = format!("-{}", self.child.id());
        let _ = program("kill", Path::new("."))
            .args(["--", &group])
            .stderr(Stdio::null())
            .status();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.said);
    }
}

/// Runs to the end; its output goes where ours goes. A non-zero exit is a failure with that `hint`.
pub(crate) fn run(command: &mut Command, hint: &str) -> Done {
    let said = describe(command);
    let status = command
        .status()
        .map_err(|error| Failure::new(format!("`{said}` did not start: {error}"), hint))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{said}` ended with {status}"), hint))
}

/// As [`run`], with standard output sent to standard error: for programs whose talk is not our result.
pub(crate) fn run_as_talk(command: &mut Command, hint: &str) -> Done {
    run(command.stdout(std::io::stderr()), hint)
}

/// Runs to the end and gives what it wrote to standard output.
pub(crate) fn output_of(command: &mut Command, hint: &str) -> Done<Vec<u8>> {
    let said = describe(command);
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::new(format!("`{said}` did not start: {error}"), hint))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(Failure::new(
        format!("`{said}` ended with {}", output.status),
        hint,
    ))
}

/// As [`output_of`], as text.
pub(crate) fn text_of(command: &mut Command, hint: &str) -> Done<String> {
    let bytes = output_of(command, hint)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a program ends well, its output unseen: for asking whether something is there.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether a program of that name is on the path.
pub(crate) fn is_on_path(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

fn describe(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a piece of work cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Time on the clock.
    pub(crate) wall: Duration,
    /// Processor time of the programs it ran, user and system, to a hundredth of a second.
    /// Zero where the system does not tell.
    pub(crate) cpu: Duration,
}

/// Does `work` and measures it.
pub(crate) fn measured<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    #[expect(
        clippy::disallowed_methods,
        reason = "measuring is what this is for; nothing is decided by it"
    )]
    let (start, cpu) = (Instant::now(), children_cpu());
    let result = work();
    let cost = Cost {
        wall: start.elapsed(),
        cpu: children_cpu().saturating_sub(cpu),
    };
    (result, cost)
}

/// Processor time of all ended children: fields `cutime` and `cstime` of Linux's `/proc/self/stat`,
/// in ticks of which Linux has 100 a second for every architecture.
fn children_cpu() -> Duration {
    std::fs::read_to_string("/proc/self/stat")
        .ok()
        .and_then(|stat| children_ticks(&stat))
        .map_or(Duration::ZERO, |ticks| Duration::from_millis(ticks * 10))
}

fn children_ticks(stat: &str) -> Option<u64> {
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    let (_, after_name) = stat.rsplit_once(") ")?;
    let mut fields = after_name.split(' ').skip(13);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_time_is_read_behind_a_name_with_brackets() {
        let stat = "7 (a) b) S 1 7 7 0 -1 4194304 90 0 0 0 3 4 120 34 20 0 1 0 100 0 0";
        assert_eq!(children_ticks(stat), Some(154));
    }

    #[test]
    fn a_program_that_ends_badly_is_a_failure_that_says_what_to_do() {
        let failure = run(&mut Command::new("false"), "try again").unwrap_err();
        let said = failure.to_string();
        assert!(said.contains("`false` ended with exit status: 1"), "{said}");
        assert!(said.ends_with("do: try again"), "{said}");
    }
}
