//! The API of a demo, asked what its own description promises: does it answer every call in one of the shapes it names,
//! does it take what it says it takes and refuse the rest, and lets it nobody in without a token.

use super::demo::Demo;
use crate::failure::{Done, Failure, at};
use crate::install;
use crate::process::{program, run, text_of};
use crate::workspace::{self, root};

/// Seconds that it may take; what is asked is drawn anew from the same seed.
const SECONDS: &str = "50";
/// Calls of each kind that are drawn, beside those that try every limit of the description.
const EXAMPLES: &str = "25";
/// As often as the server lets one account call.
const PACE: &str = "50/s";

/// Starts a demo, makes a token as people make theirs, and asks.
pub(super) fn ask() -> Done {
    let folder = root().join("e2e");
    let demo = Demo::start()?;
    let mut token = program("node", &folder);
    token.arg("token.mjs").arg(&demo.address);
    let made = text_of(&mut token, "see whether `steadfast demo` lets you make one")?;
    let [token, pair, day] = made.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err(Failure::new(
            "the demo gave no token",
            "see what e2e/token.mjs prints",
        ));
    };
    // Drawn names name nothing: most calls are to be about a 1:1 that is there.
    let settings = workspace::metadata("Cargo.toml")?
        .target_directory
        .join("schemathesis.toml");
    let text = format!("[parameters]\n\"path.pair\" = \"{pair}\"\n\"path.day\" = \"{day}\"\n");
    std::fs::write(&settings, text).map_err(at(&settings))?;
    let mut asking = program(install::schemathesis(), &root());
    asking
        .arg("--config-file")
        .arg(&settings)
        .arg("run")
        .arg(format!("{}api/v1/openapi.json", demo.address))
        .arg("--header")
        .arg(format!("Authorization: Bearer {token}"))
        .args(["--phases", "coverage,fuzzing", "--seed", "1"])
        .args(["--max-time", SECONDS, "--max-examples", EXAMPLES])
        .args(["--rate-limit", PACE, "--no-color"]);
    run(
        &mut asking,
        "each failure above has the call that shows it; `steadfast demo` answers it to you",
    )
}
