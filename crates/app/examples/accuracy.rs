//! Prints how often the audit is right about simulated lives: `accuracy [dialect|all] [small|ten_thousand] [seed]
//! [org|no-org|export] [mistakes shown] [check]`. `export`: of everybody's last export instead of the history. `check`: ends
//! with an error where it is less often right than is promised.

#[path = "../tests/accuracy/mod.rs"]
mod accuracy;

use accuracy::{Accuracy, Share, export::OfExports};
use std::process::ExitCode;
use steadfast_life::{Config, Dialect};

#[expect(clippy::print_stdout, reason = "an example that prints")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize, default: &str| words.get(at).map_or(default.to_owned(), Clone::clone);
    let seed = word(2, "1").parse().unwrap_or(1);
    let source = word(3, "org");
    let shown = word(4, "0").parse().unwrap_or(0);
    let mut all_short = Vec::new();
    let mut audited = 0;
    for dialect in Dialect::ALL {
        if word(0, "all") != "all" && word(0, "all") != dialect.as_str() {
            continue;
        }
        let config = if word(1, "small") == "small" {
            Config::small(dialect)
        } else {
            Config::ten_thousand(dialect)
        };
        let (line, mistakes, short) = if source == "export" {
            let of = accuracy::export::of_export(seed, &config);
            (of_exports(&of), of.mistakes.clone(), of.shortfalls())
        } else {
            let with_org = source != "no-org";
            let a = accuracy::of_history(seed, &config, with_org);
            let short = a.shortfalls(with_org);
            (of_history(&a), a.mistakes, short)
        };
        println!("{:14} {line}", dialect.as_str());
        audited += 1;
        for mistake in mistakes.iter().take(shown) {
            println!("    {mistake}");
        }
        let named = |short: String| format!("{}: {short}", dialect.as_str());
        all_short.extend(short.into_iter().map(named));
    }
    let check = word(5, "") == "check";
    for short in all_short.iter().filter(|_| check) {
        println!("{short}");
    }
    if audited == 0 || (check && !all_short.is_empty()) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn share(of: Share) -> String {
    format!("{:.4} of {}", of.rate(), of.of)
}

fn of_history(a: &Accuracy) -> String {
    format!(
        "outcomes {}  known {}  actors {}  blamed {}  causes {}  F1 {:.4} (found {} real {})  directions {}  excuses {}  \
         notices {}  hops {}  held {}  conflicts {}  without found {} told {}",
        share(a.outcomes),
        share(a.known),
        share(a.actors),
        a.manager_blamed,
        share(a.causes),
        a.f1(),
        share(a.found),
        share(a.real),
        share(a.directions),
        share(a.excuses),
        share(a.notices),
        share(a.hops),
        share(a.held),
        share(a.conflicts),
        share(a.without_found),
        share(a.without_real),
    )
}

fn of_exports(a: &OfExports) -> String {
    format!(
        "certain {}  known {}  re-timed {}  never promised {}  tidied {}  named {}  refusal gone {}  blamed {}  owners {}",
        share(a.certain),
        share(a.known),
        share(a.re_timed),
        a.never_promised,
        a.tidied,
        share(a.named),
        a.refusal_gone,
        a.manager_blamed,
        share(a.owners),
    )
}
