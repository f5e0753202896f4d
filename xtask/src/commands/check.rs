//! `cargo xtask check`: the laws of the house that no compiler knows, in a second or two.

use super::Command;
use crate::checks;

pub(super) const COMMAND: Command = Command {
    name: "check",
    arguments: "",
    about: "borders between crates, purity, licences, file lengths (seconds; part of `test`)",
    run: |arguments| {
        super::takes_none(arguments)?;
        checks::run_all()
    },
};
