//! A node in a process of its own.

use crate::bench::{Bench, Net, run};
use std::io::Write as _;
use steadfast_app::server::acting::Step;

/// The variable that tells a child its part: address of the store, clock, each on a line.
pub(crate) const PART: &str = "STEADFAST_DRILL_PART";

fn say(word: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\ndrill: {word}\n").as_bytes())
        .unwrap();
    out.flush().unwrap();
}

/// Not a test by itself: does what is due in the store that the environment names, and nothing without.
#[test]
fn child() {
    let Ok(part) = std::env::var(PART) else {
        return;
    };
    let (address, clock) = part.split_once('\n').unwrap();
    run(async {
        let bench = Bench::at(address, clock.parse().unwrap()).await;
        let net = Net(Box::new(say));
        while bench.step(&net).await != Step::Idle {
            say("stepped");
        }
        say("idle");
    });
}
