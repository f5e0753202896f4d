//! Which crate may know which: the borders of ARCHITECTURE.md, held against what cargo sees.

use super::purity::PURE;
use super::{Check, Finding};
use crate::failure::Done;
use crate::workspace::{self, Metadata, Node, Package};
use std::collections::{BTreeMap, BTreeSet};

/// Every package of the workspace and the ones it may use, `steadfast-` left out.
const ARROWS: &[(&str, &[&str])] = &[
    ("calendar", &[]),
    ("ledger", &["calendar"]),
    ("signal", &[]),
    ("planner", &[]),
    ("guard", &["calendar", "ledger", "planner"]),
    ("life", &["calendar"]),
    ("rehearse", &["calendar", "ledger", "guard", "life"]),
    ("connect", &["calendar"]),
    ("store", &[]),
    (
        "app",
        &["calendar", "ledger", "signal", "guard", "life", "store"],
    ),
    (
        "cli",
        &[
            "calendar", "ledger", "signal", "planner", "guard", "life", "rehearse", "connect",
            "app", "store", "web", "heap",
        ],
    ),
    ("heap", &[]),
    ("web", &["calendar", "ledger", "app", "store"]),
    (
        "testkit",
        &[
            "calendar", "ledger", "signal", "life", "connect", "store", "app",
        ],
    ),
    ("fakes", &["calendar", "ledger", "life", "connect", "app"]),
    (
        "benches",
        &[
            "calendar", "ledger", "signal", "planner", "life", "connect", "store", "app", "web",
            "testkit",
        ],
    ),
    ("xtask", &[]),
];

/// What any package may use in its tests beside its arrows: builders, fakes, and organisations with known truth.
const FOR_TESTS: &[&str] = &["testkit", "fakes", "life"];

/// Packages that bring a runtime, a network, a database or chance; no pure crate may use one, not even
/// through another package.
const NOT_PURE: &[&str] = &[
    "async-std",
    "axum",
    "fastrand",
    "getrandom",
    "gix",
    "hyper",
    "mio",
    "rand",
    "reqwest",
    "rusqlite",
    "rustls",
    "sqlx",
    "tokio",
    "ureq",
];

pub(super) const CHECK: Check = Check {
    law: "crates use one another along the arrows of ARCHITECTURE.md, and pure crates use pure packages",
    hint: "move the code to the side of the border it belongs to; a new border is a decision: \
           ARCHITECTURE.md and xtask/src/checks/arrows.rs change together",
    find,
};

fn find() -> Done<Vec<Finding>> {
    let metadata = workspace::metadata("Cargo.toml")?;
    let map = workspace::read("ARCHITECTURE.md")?;
    let mut findings: Vec<Finding> = metadata.members().flat_map(against_arrows).collect();
    findings.extend(impure_uses(&metadata));
    for package in metadata.members() {
        let name = short(&package.name);
        if !map.contains(&format!("`{name}`")) {
            findings.push(Finding::new(
                "ARCHITECTURE.md",
                format!("the map does not name `{name}`"),
            ));
        }
    }
    Ok(findings)
}

fn short(package: &str) -> &str {
    package.strip_prefix("steadfast-").unwrap_or(package)
}

fn against_arrows(package: &Package) -> Vec<Finding> {
    let name = short(&package.name);
    let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
        return vec![Finding::new(
            &package.name,
            "has no place in ARROWS (xtask/src/checks/arrows.rs)",
        )];
    };
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.name.starts_with("steadfast-"))
        .filter(|dependency| {
            let used = short(&dependency.name);
            let in_tests = dependency.kind.as_deref() == Some("dev") && FOR_TESTS.contains(&used);
            !allowed.contains(&used) && !in_tests && used != name
        })
        .map(|dependency| Finding::new(&package.name, format!("may not use {}", dependency.name)))
        .collect()
}

fn impure_uses(metadata: &Metadata) -> Vec<Finding> {
    let Some(resolve) = &metadata.resolve else {
        return vec![Finding::new(
            "Cargo.toml",
            "cargo gave no graph of the packages",
        )];
    };
    let names: BTreeMap<&str, &str> = metadata
        .packages
        .iter()
        .map(|package| (package.id.as_str(), package.name.as_str()))
        .collect();
    let mut findings = Vec::new();
    for package in metadata
        .members()
        .filter(|package| PURE.contains(&short(&package.name)))
    {
        for id in everything_used_by(&package.id, &resolve.nodes) {
            let used = names.get(id).copied().unwrap_or(id);
            if NOT_PURE.contains(&used) {
                findings.push(Finding::new(
                    &package.name,
                    format!("is pure and may not use {used}"),
                ));
            }
        }
    }
    findings
}

/// Ids of all packages reached by normal arrows from `id`.
fn everything_used_by<'a>(id: &'a str, nodes: &'a [Node]) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut to_visit = vec![id];
    while let Some(here) = to_visit.pop() {
        let Some(node) = nodes.iter().find(|node| node.id == here) else {
            continue;
        };
        for edge in &node.deps {
            let normal = edge.dep_kinds.iter().any(|kind| kind.kind.is_none());
            if normal && reached.insert(edge.pkg.as_str()) {
                to_visit.push(&edge.pkg);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Dependency, Edge, EdgeKind};

    fn package(name: &str, uses: &[(&str, Option<&str>)]) -> Package {
        Package {
            id: name.to_owned(),
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            license: None,
            source: None,
            targets: Vec::new(),
            dependencies: uses
                .iter()
                .map(|(used, kind)| Dependency {
                    name: (*used).to_owned(),
                    kind: kind.map(str::to_owned),
                })
                .collect(),
        }
    }

    #[test]
    fn an_arrow_of_the_map_is_allowed_and_its_reverse_is_not() {
        assert_eq!(
            against_arrows(&package(
                "steadfast-ledger",
                &[("steadfast-calendar", None)]
            )),
            []
        );
        let reverse = against_arrows(&package(
            "steadfast-calendar",
            &[("steadfast-ledger", None)],
        ));
        assert_eq!(
            reverse,
            [Finding::new(
                "steadfast-calendar",
                "may not use steadfast-ledger"
            )]
        );
    }

    #[test]
    fn tests_may_use_builders_and_simulated_lives() {
        let tests = package("steadfast-signal", &[("steadfast-testkit", Some("dev"))]);
        assert_eq!(against_arrows(&tests), []);
        assert_eq!(
            against_arrows(&package("steadfast-signal", &[("steadfast-testkit", None)])).len(),
            1
        );
    }

    #[test]
    fn a_package_that_the_map_does_not_know_is_found() {
        assert_eq!(against_arrows(&package("steadfast-surprise", &[])).len(), 1);
    }

    #[test]
    fn a_runtime_is_found_behind_another_package() {
        let node = |id: &str, uses: &[&str]| Node {
            id: id.to_owned(),
            deps: uses
                .iter()
                .map(|used| Edge {
                    pkg: (*used).to_owned(),
                    dep_kinds: vec![EdgeKind { kind: None }],
                })
                .collect(),
        };
        let nodes = [node("a", &["b"]), node("b", &["tokio"]), node("tokio", &[])];
        assert!(everything_used_by("a", &nodes).contains("tokio"));
    }
}
