//! The parts that a process of the drills can play.

use crate::bench::run;
use crate::process::PART;
use crate::{kill, nodes};

/// Not a test by itself: plays the part that the environment names, and none otherwise.
#[test]
fn child() {
    let Ok(part) = std::env::var(PART) else {
        return;
    };
    let mut lines = part.lines();
    let part = lines.next().unwrap();
    let address = lines.next().unwrap();
    let clock = lines.next().unwrap().parse().unwrap();
    run(async {
        match part {
            "server" => kill::serve(address, clock).await,
            "node" => nodes::node(address, clock, false).await,
            "told" => nodes::node(address, clock, true).await,
            other => panic!("no such part: {other}"),
        }
    });
}
