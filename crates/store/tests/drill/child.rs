//! The parts that a process of the drill can play.

use crate::process::{PART, run, say};
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
    let number = lines.next().unwrap().parse().unwrap();
    let size = lines.next().unwrap().parse().unwrap();
    run(async {
        match part {
            "live" => kill::live(address, number, size).await,
            "node" => nodes::node(address, number, false).await,
            "told" => nodes::node(address, number, true).await,
            other => panic!("no such part: {other}"),
        }
    });
    say("end", 0);
}
