//! `cargo xtask tools`: what the tests need beside Rust and a C compiler, installed once.

use super::{Command, takes_none};
use crate::install;

pub(super) const COMMAND: Command = Command {
    name: "tools",
    arguments: "",
    about: "install what the tests need (part of `test`; nothing to do when it is there)",
    run: |arguments| {
        takes_none(arguments)?;
        install::for_tests()
    },
};
