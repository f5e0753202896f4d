//! `audit_speed [MEGABYTES…]`: our own speed and memory over the size of the input, as a Markdown table.
//!
//! For every size it writes the workload, then runs the library's pipeline and, where it is built,
//! `steadfast audit`, each in a process of its own; the middle of three runs counts.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own"
)]

use serde_json::Value;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use steadfast_benches::audit;
use steadfast_benches::usage::{Used, median, of_program};
use steadfast_benches::workload::{Shape, Workload};

/// Megabytes (10⁶ bytes) when none are named.
const SIZES: [usize; 5] = [1, 10, 50, 100, 1000];
/// Runs per size.
const RUNS: usize = 3;

fn main() -> ExitCode {
    let named: Result<Vec<usize>, _> = std::env::args().skip(1).map(|said| said.parse()).collect();
    let Ok(named) = named else {
        eprintln!("usage: audit_speed [MEGABYTES…]");
        return ExitCode::from(2);
    };
    let sizes = if named.is_empty() {
        SIZES.to_vec()
    } else {
        named
    };
    match curve(&sizes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn curve(sizes: &[usize]) -> io::Result<()> {
    println!(
        "| calendar | MB | occurrences | read s | group s | expand s | peak MB | whole audit s | peak MB | MB/s |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (name, shape) in [
        ("one person", Shape::OnePerson),
        ("1:1 series", Shape::Series),
    ] {
        for size in sizes {
            println!("{}", row(name, *size, &Workload::write(*size, shape)?)?);
        }
    }
    Ok(())
}

fn row(name: &str, size: usize, workload: &Workload) -> io::Result<String> {
    let pipeline = std::env::current_exe()?.with_file_name("pipeline");
    let path = workload.path().to_string_lossy();
    let library = runs(&pipeline, &[&path])?;
    let said: Vec<Value> = library
        .iter()
        .filter_map(|used| serde_json::from_str(&used.said).ok())
        .collect();
    let stage = |name: &str| {
        median(
            said.iter()
                .filter_map(|figures| figures[name].as_f64())
                .collect(),
        )
    };
    let audited = match audit::program() {
        Some(program) => {
            let used = runs(&program, &audit::arguments(&path))?;
            let cpu = median(used.iter().map(|used| used.cpu).collect());
            format!(
                "{cpu:.3} | {:.0} | {:.0}",
                peak_mb(&used),
                size as f64 / cpu
            )
        }
        None => "– | – | –".to_owned(),
    };
    Ok(format!(
        "| {name} | {size} | {} | {:.3} | {:.3} | {:.3} | {:.0} | {audited} |",
        stage("occurrences"),
        stage("read"),
        stage("group"),
        stage("expand"),
        peak_mb(&library)
    ))
}

fn runs(program: &Path, arguments: &[&str]) -> io::Result<Vec<Used>> {
    (0..RUNS).map(|_| of_program(program, arguments)).collect()
}

/// The most memory of the runs, in megabytes of 10⁶ bytes.
fn peak_mb(runs: &[Used]) -> f64 {
    median(
        runs.iter()
            .map(|used| used.peak_kb as f64 * 1024.0 / 1e6)
            .collect(),
    )
}
