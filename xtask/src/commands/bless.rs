//! `cargo xtask bless`: rewrites what is generated from the code (reference pages, snapshots), so that the
//! change can be read in `git diff` before it is committed.

use super::Command;
use crate::process::{cargo, run};
use crate::transcripts;
use crate::workspace::root;

pub(super) const COMMAND: Command = Command {
    name: "bless",
    arguments: "",
    about: "rewrite generated pages and snapshots, to be read in git diff",
    run: |arguments| {
        super::takes_none(arguments)?;
        run(
            cargo(&root())
                .args(["test", "--workspace", "--no-fail-fast"])
                .env("STEADFAST_BLESS", "1")
                .env("INSTA_UPDATE", "always"),
            "a test that is about something else than generated text fails; mend that first",
        )?;
        transcripts::bless()?;
        eprintln!("blessed: read `git diff` before you commit");
        Ok(())
    },
};
