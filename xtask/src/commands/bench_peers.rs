//! `cargo xtask bench-peers`: the same work by us and by others, interleaved in one run.

use super::{Command, bench};
use crate::failure::at;
use crate::install;
use crate::process::{program, run};
use crate::workspace::{self, root};

pub(super) const COMMAND: Command = Command {
    name: "bench-peers",
    arguments: "[ROUNDS]",
    about: "the same beside libical, icalendar + recurring-ical-events and ical.js, in one run",
    run: |arguments| {
        install::for_peers()?;
        let built = bench::build_ours()?;
        let root = root();
        let tools = workspace::metadata("Cargo.toml")?
            .target_directory
            .join("peers");
        std::fs::create_dir_all(&tools).map_err(at(&tools))?;
        let libical = tools.join("libical_peer");
        run(
            program("cc", &root)
                .args(["-O2", "-Wall", "-Wextra", "-o"])
                .arg(&libical)
                .args(["benches/peers/libical_peer.c", "-lical"]),
            "see what the C compiler says above",
        )?;
        run(
            program(built.join("peers"), &root)
                .args(arguments)
                .env("STEADFAST_PEER_LIBICAL", &libical)
                .env("STEADFAST_PEER_PYTHON", install::peers_python())
                .env("STEADFAST_PEER_SCRATCH", &tools),
            "see above",
        )
    },
};
