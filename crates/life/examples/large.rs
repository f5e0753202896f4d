//! `large MEGABYTES person|series`: the calendar that speed and memory are measured with, to standard output.

use std::{
    io::{self, BufWriter, Write},
    process::ExitCode,
};
use steadfast_life::bench::{Shape, calendar};

/// Seed of everything that is measured.
const SEED: u64 = 42;

fn main() -> io::Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let megabytes = arguments.next().and_then(|said| said.parse::<usize>().ok());
    let shape = match arguments.next().as_deref() {
        Some("person") => Some(Shape::OnePerson),
        Some("series") => Some(Shape::Series),
        _ => None,
    };
    let (Some(megabytes), Some(shape)) = (megabytes, shape) else {
        writeln!(io::stderr(), "usage: large MEGABYTES person|series")?;
        return Ok(ExitCode::from(2));
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut outcome = Ok(());
    calendar(SEED, megabytes * 1_000_000, shape, |piece| {
        if outcome.is_ok() {
            outcome = out.write_all(piece);
        }
    });
    outcome.and_then(|()| out.flush())?;
    Ok(ExitCode::SUCCESS)
}
