//! Plays the three years: `cargo run --release --example rehearse -- [PEOPLE [WEEKS [SEED [PERCENT_JOINED [PERCENT_SAID]]]]]`.
#![expect(clippy::print_stdout, reason = "a program of its own")]

use steadfast_rehearse::config::Config;
use steadfast_rehearse::report::report;

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse::<u32>().ok());
    let config = Config {
        people: numbers.next().unwrap_or(200),
        weeks: i64::from(numbers.next().unwrap_or(52)),
        seed: u64::from(numbers.next().unwrap_or(1)),
        joined: f64::from(numbers.next().unwrap_or(100)) / 100.0,
        said: f64::from(numbers.next().unwrap_or(30)) / 100.0,
        ..Config::default()
    };
    match report(&config) {
        Ok(report) => println!("{}", report.text()),
        Err(endless) => println!("{endless}"),
    }
}
