//! Prints how often the audit is right about simulated lives: `accuracy [dialect|all] [small|ten_thousand] [seed] [org|no-org] [mistakes shown]`.

#[path = "../tests/accuracy/mod.rs"]
mod accuracy;

use steadfast_life::{Config, Dialect};

#[expect(clippy::print_stdout, reason = "an example that prints")]
fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize, default: &str| words.get(at).map_or(default.to_owned(), Clone::clone);
    let seed = word(2, "1").parse().unwrap_or(1);
    let with_org = word(3, "org") != "no-org";
    let shown = word(4, "0").parse().unwrap_or(0);
    for dialect in Dialect::ALL {
        if word(0, "all") != "all" && word(0, "all") != dialect.as_str() {
            continue;
        }
        let config = if word(1, "small") == "small" {
            Config::small(dialect)
        } else {
            Config::ten_thousand(dialect)
        };
        let a = accuracy::of_history(seed, &config, with_org);
        println!(
            "{:14} outcomes {:.4} of {:6}  known {:.4}  actors {:.4} of {:5}  blamed {}  causes {:.4} of {:5}  F1 {:.4} (found {:.3} real {:.3})  directions {:.4}",
            dialect.as_str(),
            a.outcomes.rate(),
            a.outcomes.of,
            a.known.rate(),
            a.actors.rate(),
            a.actors.of,
            a.manager_blamed,
            a.causes.rate(),
            a.causes.of,
            a.f1(),
            a.found.rate(),
            a.real.rate(),
            a.directions.rate(),
        );
        for mistake in a.mistakes.iter().take(shown) {
            println!("    {mistake}");
        }
    }
}
