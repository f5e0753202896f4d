//! `cargo xtask dist`: stub
use super::Command;
pub(super) const COMMAND: Command = Command {
    name: "dist",
    arguments: "",
    about: "x",
    run: |_| Ok(()),
};
