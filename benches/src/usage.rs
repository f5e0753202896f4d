//! What a piece of work, or a whole program, used.

use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a program used from its start to its end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Used {
    /// Seconds of processor time, user and system.
    pub cpu: f64,
    /// The most memory it held, in kilobytes (1024 bytes) of resident pages.
    pub peak_kb: i64,
    /// What it wrote to standard output, unless that was long.
    pub said: String,
}

/// Processor time of this process so far, in seconds.
pub fn own_cpu() -> f64 {
    getrusage(UsageWho::RUSAGE_SELF).map_or(0.0, |usage| seconds(&usage))
}

/// The most memory this process held so far, in kilobytes.
pub fn own_peak_kb() -> i64 {
    getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.max_rss())
}

/// Runs a program to its end and says what it used. The system gives the peak of the largest child only, so
/// this is for a process that runs one child and ends: the program `cost_of`.
///
/// # Errors
/// When the program does not start, or ends badly.
pub fn of_only_child(program: &str, arguments: &[String]) -> io::Result<Used> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!(
            "{program} ended with {}",
            output.status
        )));
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let said = String::from_utf8_lossy(&output.stdout);
    Ok(Used {
        cpu: seconds(&usage),
        peak_kb: usage.max_rss(),
        said: said.trim().chars().take(4096).collect(),
    })
}

/// Runs a program through `cost_of`, which stands beside this program, and says what it used.
///
/// # Errors
/// When the program does not start, ends badly, or `cost_of` is not there.
pub fn of_program(program: &Path, arguments: &[&str]) -> io::Result<Used> {
    let beside = std::env::current_exe()?.with_file_name("cost_of");
    let output = Command::new(beside)
        .arg(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!(
            "{} ended badly",
            program.display()
        )));
    }
    serde_json::from_slice(&output.stdout).map_err(io::Error::other)
}

fn seconds(usage: &Usage) -> f64 {
    let micros = |time: TimeVal| time.num_microseconds() as f64 / 1e6;
    micros(usage.user_time()) + micros(usage.system_time())
}

/// The middle of some measurements; of an even number, the upper of the two in the middle. Zero of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_does_not_depend_on_the_order() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![]), 0.0);
    }

    #[test]
    fn a_program_that_works_uses_time_and_memory() {
        let used = of_only_child(
            "sh",
            &[
                "-c".into(),
                "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo done".into(),
            ],
        );
        let used = used.unwrap();
        assert!(used.cpu > 0.0 && used.peak_kb > 0, "{used:?}");
        assert_eq!(used.said, "done");
    }
}
