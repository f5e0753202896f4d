//! `cargo xtask dist`: a tarball and a Debian package, for people who have no Rust. Each is unpacked, installed
//! somewhere harmless and run before it counts as made.

mod debian;
mod manual;
mod tree;

use super::{Command, takes_none};
use crate::failure::{Done, Failure, at};
use crate::process::{cargo, program, run, text_of};
use crate::workspace::{self, root};
use std::path::{Path, PathBuf};

pub(super) const COMMAND: Command = Command {
    name: "dist",
    arguments: "",
    about: "a release build as tarball and .deb in dist/, each installed and run once",
    run: |arguments| {
        takes_none(arguments)?;
        dist()
    },
};

/// What is packed, and where.
struct Release {
    /// Version of the workspace.
    version: String,
    /// The sort of machine, in the compiler's words.
    target: String,
    /// The built program.
    program: PathBuf,
    /// `dist/`.
    folder: PathBuf,
    /// Seconds since the epoch that all packed files bear: the last commit, so that one commit packs to the same
    /// bytes twice.
    moment: String,
}

fn dist() -> Done {
    let release = build()?;
    let tarball = tarball(&release)?;
    check_tarball(&release, &tarball)?;
    let package = debian::package(&release)?;
    debian::check(&release, &package)?;
    sums(&release, &[&tarball, &package])?;
    for file in [tarball, package] {
        println!("{}", file.display());
    }
    Ok(())
}

fn build() -> Done<Release> {
    let root = root();
    let mut build = cargo(&root);
    build.args([
        "build",
        "--release",
        "--locked",
        "--package",
        "steadfast-cli",
    ]);
    run(&mut build, "see what the compiler says above")?;
    let metadata = workspace::metadata("Cargo.toml")?;
    let version = metadata
        .members()
        .find(|package| package.name == "steadfast-cli")
        .map(|package| package.version.clone())
        .ok_or_else(|| {
            Failure::new(
                "there is no package steadfast-cli",
                "build the program first",
            )
        })?;
    let folder = root.join("dist");
    remade(&folder)?;
    let moment = text_of(
        program("git", &root).args(["log", "-1", "--format=%ct"]),
        "run this in a git clone",
    )?;
    Ok(Release {
        version,
        target: workspace::host()?,
        program: metadata.target_directory.join("release/steadfast"),
        folder,
        moment: moment.trim().to_owned(),
    })
}

fn tarball(release: &Release) -> Done<PathBuf> {
    let name = format!("steadfast-{}-{}", release.version, release.target);
    let staged = release.folder.join(&name);
    tree::portable(release, &staged)?;
    let file = release.folder.join(format!("{name}.tar.gz"));
    let mut pack = program("tar", &release.folder);
    pack.args([
        "--create",
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
    ])
    .arg(format!("--mtime=@{}", release.moment))
    // gzip without name and time, so that the same files pack to the same bytes.
    .args(["--use-compress-program", "gzip -9n", "--file"])
    .arg(&file)
    .arg(&name);
    run(&mut pack, "GNU tar and gzip are needed")?;
    std::fs::remove_dir_all(&staged).map_err(at(&staged))?;
    Ok(file)
}

fn check_tarball(release: &Release, file: &Path) -> Done {
    let scratch = release.folder.join("unpacked");
    remade(&scratch)?;
    let mut unpack = program("tar", &scratch);
    run(
        unpack
            .args(["--extract", "--strip-components=1", "--file"])
            .arg(file),
        "the tarball is broken",
    )?;
    runs(&scratch.join("steadfast"), release)?;
    std::fs::remove_dir_all(&scratch).map_err(at(&scratch))
}

/// That a packed program starts and is the version that was packed.
fn runs(packed: &Path, release: &Release) -> Done {
    let hint = "the packed program does not run on this machine";
    let said = text_of(program(packed, &release.folder).arg("--version"), hint)?;
    if said.trim() == format!("steadfast {}", release.version) {
        return Ok(());
    }
    Err(Failure::new(
        format!("the packed program calls itself {said:?}"),
        "`steadfast --version` says \"steadfast VERSION\"",
    ))
}

fn sums(release: &Release, files: &[&Path]) -> Done {
    let names = files.iter().filter_map(|file| file.file_name());
    let mut sum = program("sha256sum", &release.folder);
    let text = text_of(sum.args(names), "coreutils are needed")?;
    let file = release.folder.join("SHA256SUMS");
    std::fs::write(&file, text).map_err(at(&file))
}

/// An empty folder at that place.
fn remade(folder: &Path) -> Done {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(at(folder))?;
    }
    std::fs::create_dir_all(folder).map_err(at(folder))
}
