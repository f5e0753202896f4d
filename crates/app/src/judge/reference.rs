//! `docs/reference/rules.md`, generated from the rules.

use std::fmt::Write as _;
use steadfast_ledger::rules::ALL;

/// The whole page.
pub fn page() -> String {
    let mut page = String::from(
        "<!-- Generated from crates/ledger/src/rules by `cargo xtask bless`. Do not edit. -->\n\
         # The rules\n\n\
         What counts as what. Each rule is one file that holds its meaning, its limits with their reasons, the function \
         that decides, and its cases. The outcome is that of the first rule that fits, in the order kept, nudged, \
         skipped, moved, slipped, cancelled; how the rules work together is told in \
         [outcomes](../measure/outcomes.md), how to change one in [change a rule](../how-to/change-a-rule.md).\n\n\
         | rule | decides | file |\n|---|---|---|\n",
    );
    // Writing to a String cannot fail.
    for rule in ALL {
        let name = rule.file.rsplit('/').next().unwrap_or(rule.file);
        let anchor = rule.id.replace('.', "");
        let _ = writeln!(
            page,
            "| [`{}`](#{anchor}) | {} | [{name}](../../{}) |",
            rule.id, rule.decides, rule.file
        );
    }
    for rule in ALL {
        let _ = write!(
            page,
            "\n## `{}`\n\n**{}.** {}\n",
            rule.id, rule.title, rule.meaning
        );
        if !rule.thresholds.is_empty() {
            page.push_str("\n| limit | value | because |\n|---|---|---|\n");
        }
        for threshold in rule.thresholds {
            let _ = writeln!(
                page,
                "| {} | {} | {} |",
                threshold.name, threshold.value, threshold.why
            );
        }
    }
    page
}

#[cfg(test)]
#[test]
fn the_page_about_the_rules_is_current() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/rules.md");
    if std::env::var_os("STEADFAST_BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page(),
        "docs/reference/rules.md is not what the rules say; run \
         `STEADFAST_BLESS=1 cargo test -p steadfast-app reference` and read the difference"
    );
}
