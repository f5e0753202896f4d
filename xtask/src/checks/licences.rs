//! Licences, bans and sources of every package we build with, as `deny.toml` says.
//!
//! The file is cargo-deny's, and `cargo deny check licenses bans sources` reads it as well. This check exists
//! because installing cargo-deny costs more processor time than the whole test run (docs/performance.md has
//! the figure), while cargo itself already knows all it asks.

use super::{Check, Finding};
use crate::failure::{Done, Failure};
use crate::workspace::{self, Package};
use serde::Deserialize;

pub(super) const CHECK: Check = Check {
    law: "every package has an allowed licence, is not banned, and comes from the registry",
    hint: "replace the package; or allow it in deny.toml with the reason",
    find,
};

#[derive(Deserialize)]
struct Deny {
    licenses: Licences,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
    #[serde(default)]
    clarify: Vec<Clarified>,
}

#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Clarified {
    #[serde(rename = "crate")]
    name: String,
    expression: String,
}

#[derive(Deserialize)]
struct Bans {
    #[serde(default)]
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
    #[serde(default)]
    reason: String,
}

fn find() -> Done<Vec<Finding>> {
    let rules = parse(&workspace::read("deny.toml")?)?;
    let mut findings = Vec::new();
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        // The fuzz targets are a workspace of their own: they build with other flags.
        if workspace::root().join(manifest).is_file() {
            let metadata = workspace::metadata(manifest)?;
            findings.extend(
                metadata
                    .packages
                    .iter()
                    .flat_map(|package| against(&rules, package)),
            );
        }
    }
    Ok(findings)
}

fn parse(text: &str) -> Done<Deny> {
    toml::from_str(text)
        .map_err(|error| Failure::new(format!("deny.toml: {error}"), "mend the file"))
}

fn against(rules: &Deny, package: &Package) -> Vec<Finding> {
    let place = format!("{} {}", package.name, package.version);
    let Some(source) = &package.source else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    if !source.starts_with("registry+") && !source.starts_with("sparse+") {
        findings.push(Finding::new(&place, format!("comes from {source}")));
    }
    if let Some(ban) = rules.bans.deny.iter().find(|ban| ban.name == package.name) {
        findings.push(Finding::new(&place, format!("is banned: {}", ban.reason)));
    }
    if let Some(trouble) = licence_trouble(&rules.licenses, package) {
        findings.push(Finding::new(&place, trouble));
    }
    findings
}

fn licence_trouble(rules: &Licences, package: &Package) -> Option<String> {
    let clarified = rules
        .clarify
        .iter()
        .find(|entry| entry.name == package.name);
    let stated = match (clarified, &package.license) {
        (Some(entry), _) => &entry.expression,
        (None, Some(stated)) => stated,
        (None, None) => return Some("states no licence".to_owned()),
    };
    // Lax: old manifests write "MIT/Apache-2.0" for "or".
    let expression = match spdx::Expression::parse_mode(stated, spdx::ParseMode::LAX) {
        Ok(expression) => expression,
        Err(error) => {
            return Some(format!(
                "its licence is not understood: {stated} ({})",
                error.reason
            ));
        }
    };
    let excepted = rules
        .exceptions
        .iter()
        .filter(|exception| exception.name == package.name)
        .flat_map(|exception| &exception.allow);
    let allowed: Vec<&String> = rules.allow.iter().chain(excepted).collect();
    let satisfied = expression.evaluate(|requirement| {
        let named = requirement.to_string();
        allowed.iter().any(|licence| **licence == named)
    });
    (!satisfied).then(|| format!("its licence is not allowed: {stated}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        [licenses]
        allow = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"]
        exceptions = [{ crate = "special", allow = ["MPL-2.0"] }]
        [bans]
        deny = [{ crate = "openssl-sys", reason = "we use rustls" }]
    "#;

    fn check(name: &str, licence: Option<&str>, source: &str) -> Vec<String> {
        let package = Package {
            id: String::new(),
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: licence.map(str::to_owned),
            source: Some(source.to_owned()),
            dependencies: Vec::new(),
            targets: Vec::new(),
        };
        let rules = parse(RULES).unwrap();
        against(&rules, &package)
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn licences_are_judged_as_expressions() {
        let registry = "registry+somewhere";
        let none: [&str; 0] = [];
        assert_eq!(check("a", Some("MIT OR GPL-3.0-only"), registry), none);
        assert_eq!(check("a", Some("MIT/Apache-2.0"), registry), none);
        assert_eq!(
            check("a", Some("Apache-2.0 WITH LLVM-exception"), registry),
            none
        );
        assert_eq!(check("special", Some("MPL-2.0"), registry), none);
        assert_eq!(
            check("a", Some("MPL-2.0"), registry),
            ["its licence is not allowed: MPL-2.0"]
        );
        assert_eq!(
            check("a", Some("MIT AND GPL-3.0-only"), registry),
            ["its licence is not allowed: MIT AND GPL-3.0-only"]
        );
        assert_eq!(check("a", None, registry), ["states no licence"]);
    }

    #[test]
    fn a_banned_package_and_a_foreign_source_are_found() {
        assert_eq!(
            check("openssl-sys", Some("MIT"), "registry+x"),
            ["is banned: we use rustls"]
        );
        assert_eq!(
            check("a", Some("MIT"), "git+https://example.com/a"),
            ["comes from git+https://example.com/a"]
        );
    }
}
