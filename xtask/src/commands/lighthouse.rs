//! `cargo xtask lighthouse`: the pages of a demo as Lighthouse sees them on a phone. Minutes, so not a part of the tests.

use super::test::Demo;
use super::{Command, takes_none};
use crate::install;
use crate::process::{cargo, program, run};
use crate::workspace::{metadata, root};

pub(super) const COMMAND: Command = Command {
    name: "lighthouse",
    arguments: "",
    about: "hold the demo's pages against Lighthouse, as on a phone",
    run: |arguments| {
        takes_none(arguments)?;
        install::for_lighthouse()?;
        let mut build = cargo(&root());
        // As people have it: one for development computes a page ten times as long.
        build.args(["build", "--release", "--package", "steadfast-cli"]);
        run(&mut build, "see what the compiler says above")?;
        let demo = Demo::of(
            &metadata("Cargo.toml")?
                .target_directory
                .join("release/steadfast"),
        )?;
        let mut look = program("node", &root().join("e2e/lighthouse"));
        look.arg("pages.mjs").arg(&demo.address);
        run(
            &mut look,
            "each line above names a page, what it misses, and why; `steadfast demo` shows it to you",
        )
    },
};
