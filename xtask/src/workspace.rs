//! What the workspace consists of: its folder, its files, its packages as cargo sees them.

use crate::failure::{Done, Failure, at};
use crate::process::{cargo, program, text_of};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The root of the repository, where the workspace's Cargo.toml is.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Text of a file, named from the root.
pub(crate) fn read(name: &str) -> Done<String> {
    let path = root().join(name);
    std::fs::read_to_string(&path).map_err(at(&path))
}

/// Files of the repository, named from the root: those that git tracks, and new ones it does not ignore.
pub(crate) fn files() -> Done<Vec<String>> {
    let root = root();
    let listed = text_of(
        program("git", &root).args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ]),
        "run the chore in a git clone, with git installed",
    )?;
    let unique: BTreeSet<&str> = listed.split('\0').filter(|name| !name.is_empty()).collect();
    Ok(unique
        .into_iter()
        .filter(|name| root.join(name).is_file())
        .map(str::to_owned)
        .collect())
}

/// `cargo metadata`, as much of it as the chores read.
#[derive(Deserialize, Debug)]
pub(crate) struct Metadata {
    /// Every package of the build, ours and others'.
    pub(crate) packages: Vec<Package>,
    /// Ids of our own.
    pub(crate) workspace_members: Vec<String>,
    /// Where builds go.
    pub(crate) target_directory: PathBuf,
    /// The graph that cargo made of it.
    pub(crate) resolve: Option<Resolve>,
}

/// One package.
#[derive(Deserialize, Debug)]
pub(crate) struct Package {
    /// Cargo's id.
    pub(crate) id: String,
    /// Name.
    pub(crate) name: String,
    /// Version.
    pub(crate) version: String,
    /// Licence expression, if it states one.
    pub(crate) license: Option<String>,
    /// Where it comes from; `None`: this repository.
    pub(crate) source: Option<String>,
    /// What its manifest depends on.
    pub(crate) dependencies: Vec<Dependency>,
    /// What it builds.
    pub(crate) targets: Vec<Target>,
}

/// One line of a manifest's dependencies.
#[derive(Deserialize, Debug)]
pub(crate) struct Dependency {
    /// Name of the package.
    pub(crate) name: String,
    /// `None`: normal; else `dev` or `build`.
    pub(crate) kind: Option<String>,
}

/// One thing that a package builds.
#[derive(Deserialize, Debug)]
pub(crate) struct Target {
    /// Name.
    pub(crate) name: String,
    /// `bin`, `lib`, `test`, …
    pub(crate) kind: Vec<String>,
}

/// The resolved graph.
#[derive(Deserialize, Debug)]
pub(crate) struct Resolve {
    /// One node per package.
    pub(crate) nodes: Vec<Node>,
}

/// A package in the graph.
#[derive(Deserialize, Debug)]
pub(crate) struct Node {
    /// Cargo's id.
    pub(crate) id: String,
    /// What it uses.
    pub(crate) deps: Vec<Edge>,
}

/// An arrow in the graph.
#[derive(Deserialize, Debug)]
pub(crate) struct Edge {
    /// Id of the used package.
    pub(crate) pkg: String,
    /// In which way it is used.
    pub(crate) dep_kinds: Vec<EdgeKind>,
}

/// In which way a package is used.
#[derive(Deserialize, Debug)]
pub(crate) struct EdgeKind {
    /// `None`: normal; else `dev` or `build`.
    pub(crate) kind: Option<String>,
}

/// Asks cargo about the workspace whose manifest is at `manifest`, named from the root: what is built on
/// this sort of machine, so that nothing is fetched for others.
pub(crate) fn metadata(manifest: &str) -> Done<Metadata> {
    let host = host()?;
    let said = text_of(
        cargo(&root()).args([
            "metadata",
            "--format-version",
            "1",
            "--manifest-path",
            manifest,
            "--filter-platform",
            &host,
        ]),
        "see what cargo says above",
    )?;
    serde_json::from_str(&said).map_err(|error| {
        Failure::new(
            format!("cargo metadata was not understood: {error}"),
            "bring xtask/src/workspace.rs in line with this version of cargo",
        )
    })
}

/// The sort of machine this is, in the compiler's words.
pub(crate) fn host() -> Done<String> {
    let said = text_of(
        program("rustc", &root()).arg("-vV"),
        "install the Rust toolchain",
    )?;
    said.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc does not say its host", "see `rustc -vV`"))
}

impl Metadata {
    /// Our own packages.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
    }

    /// Whether one of our own packages builds something of that name and kind (`bin`, `test`, `example`, …).
    pub(crate) fn builds(&self, package: &str, name: &str, kind: &str) -> bool {
        self.members()
            .filter(|member| member.name == package)
            .flat_map(|member| &member.targets)
            .any(|target| target.name == name && target.kind.iter().any(|k| k == kind))
    }
}
