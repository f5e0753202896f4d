//! `peers [ROUNDS]`: the same work by us and by others, on the same file, in one interleaved run.
//!
//! Each program is run as a whole process, from its start to its end, once per round in turn, so that whatever
//! else the machine does falls on all of them alike; the middle of the rounds counts. The Python and JavaScript
//! peers take minutes on the large file, so they, and we and libical again, work on a tenth of it.
//! Prints a Markdown table for docs/performance.md.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own"
)]

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use steadfast_benches::audit;
use steadfast_benches::usage::{Used, median, of_program};
use steadfast_benches::workload::{Shape, Workload};

/// Rounds when nothing is said.
const ROUNDS: usize = 5;
/// Megabytes of the file that all can read in reasonable time, and of the one for the quick ones.
const SIZES: [usize; 2] = [5, 50];

fn main() -> ExitCode {
    let rounds = env::args().nth(1).map_or(Ok(ROUNDS), |said| said.parse());
    let Ok(rounds) = rounds else {
        eprintln!("usage: peers [ROUNDS]");
        return ExitCode::from(2);
    };
    let compared = SIZES.iter().try_for_each(|size| compare(*size, rounds));
    match compared {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One program that does the work.
struct Peer {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    used: Vec<Used>,
}

impl Peer {
    fn new(name: &'static str, program: impl Into<PathBuf>, arguments: &[&str]) -> Self {
        Self {
            name,
            program: program.into(),
            arguments: arguments.iter().map(|said| (*said).to_owned()).collect(),
            used: Vec::new(),
        }
    }

    fn cpu(&self) -> f64 {
        median(self.used.iter().map(|used| used.cpu).collect())
    }

    fn row(&self, bytes: f64, libical: f64) -> String {
        let cpu = self.cpu();
        let fastest = self
            .used
            .iter()
            .map(|used| used.cpu)
            .fold(f64::INFINITY, f64::min);
        let slowest = self.used.iter().map(|used| used.cpu).fold(0.0, f64::max);
        let peak = median(
            self.used
                .iter()
                .map(|used| used.peak_kb as f64 * 1024.0 / 1e6)
                .collect(),
        );
        format!(
            "| {} | {cpu:.3} ({fastest:.3}–{slowest:.3}) | {:.1} | {peak:.0} | {:.2}× | {} |",
            self.name,
            bytes / 1e6 / cpu,
            libical / cpu,
            self.occurrences()
        )
    }

    fn occurrences(&self) -> String {
        let said = self
            .used
            .first()
            .and_then(|used| serde_json::from_str::<serde_json::Value>(&used.said).ok());
        said.and_then(|figures| figures["occurrences"].as_u64())
            .map_or_else(|| "–".to_owned(), |count| count.to_string())
    }
}

fn compare(size: usize, rounds: usize) -> io::Result<()> {
    let workload = Workload::write(size, Shape::Series)?;
    let mut peers = peers(workload.path(), size == SIZES[0])?;
    for round in 1..=rounds {
        for peer in &mut peers {
            eprint!("\r{size} MB, round {round} of {rounds}: {:<40}", peer.name);
            let arguments: Vec<&str> = peer.arguments.iter().map(String::as_str).collect();
            peer.used.push(of_program(&peer.program, &arguments)?);
        }
    }
    eprintln!();
    let bytes = workload.bytes()? as f64;
    let libical = peers
        .iter()
        .find(|peer| peer.name == LIBICAL)
        .map_or(f64::NAN, Peer::cpu);
    println!("\n{size} MB, {rounds} rounds:\n");
    println!(
        "| program | CPU s, middle (least–most) | MB/s | peak MB | speed against libical | occurrences |"
    );
    println!("|---|---:|---:|---:|---:|---:|");
    for peer in &peers {
        println!("{}", peer.row(bytes, libical));
    }
    Ok(())
}

const LIBICAL: &str = "libical 3, bytes → expanded";

fn peers(file: &Path, with_slow_ones: bool) -> io::Result<Vec<Peer>> {
    let path = file.to_string_lossy();
    let here = env::current_exe()?;
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let mut peers = Vec::new();
    if let Some(program) = audit::program() {
        peers.push(Peer::new(
            "steadfast audit, bytes → judged",
            program,
            &audit::arguments(&path),
        ));
    }
    peers.push(Peer::new(
        "steadfast-calendar, bytes → expanded",
        here.with_file_name("pipeline"),
        &[&path],
    ));
    if let Some(program) = env::var_os("STEADFAST_PEER_LIBICAL") {
        peers.push(Peer::new(LIBICAL, program, &[&path]));
    }
    if with_slow_ones {
        let script = scripts.join("ical_js_peer.mjs");
        peers.push(Peer::new(
            "ical.js, bytes → expanded",
            "node",
            &[&script.to_string_lossy(), &path],
        ));
        if let Some(python) = env::var_os("STEADFAST_PEER_PYTHON") {
            let script = scripts.join("python_peer.py");
            let name = "icalendar + recurring-ical-events, bytes → expanded";
            peers.push(Peer::new(name, python, &[&script.to_string_lossy(), &path]));
        }
    }
    Ok(peers)
}
