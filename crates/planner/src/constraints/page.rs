//! `docs/reference/constraints.md`, generated from the constraints.

use super::{HARD, SOFT};
use std::fmt::Write as _;

/// The whole page.
pub fn page() -> String {
    let mut page = String::from(
        "<!-- Generated from crates/planner/src/constraints by `cargo xtask bless`. Do not edit. -->\n\
         # What makes a place possible, and what makes it better\n\n\
         By these the options of [format 2](plan.md) are made. What must be:\n\n\
         | constraint | asks | because | file |\n|---|---|---|---|\n",
    );
    let link = |file: &str| {
        let name = file.rsplit('/').next().unwrap_or(file);
        format!("[{name}](../../{file})")
    };
    // Writing to a String cannot fail.
    for hard in HARD {
        let file = link(hard.file);
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {file} |",
            hard.id, hard.meaning, hard.why
        );
    }
    page.push_str(
        "\nWhat makes it dearer. A place costs the sum. Going without costs more than if everybody that one \
         person meets were at their dearest place, times one more for each recent disruption of the pair, so that nobody goes \
         without to spare their teammates a move.\n\n\
         | constraint | counts | weight | because | file |\n|---|---|---:|---|---|\n",
    );
    for soft in SOFT {
        let file = link(soft.file);
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {file} |",
            soft.id, soft.meaning, soft.weight, soft.why
        );
    }
    page
}

#[cfg(test)]
#[test]
fn the_page_about_the_constraints_is_current() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/reference/constraints.md");
    if std::env::var_os("STEADFAST_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page(),
        "docs/reference/constraints.md is not what the constraints say; run `cargo xtask bless` and read the difference"
    );
}
