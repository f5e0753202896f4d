//! Assets: put together, named by the SHA-256 of what they hold, and built into the program. A name then never means two
//! things, and browsers may keep it for ever.

use sha2::{Digest, Sha256};
use std::{env, error::Error, fs, path::Path};

/// Name, ending, and the files it is put together from. The report brings the look; the pages add what a report lacks.
const ASSETS: &[(&str, &str, &[&str])] = &[
    (
        "STYLE",
        "css",
        &["../app/src/report/html/style.css", "assets/pages.css"],
    ),
    (
        "SCRIPT",
        "js",
        &[
            "../app/src/report/html/enhance.js",
            "assets/live.js",
            "assets/passkeys.js",
            "assets/watch.js",
        ],
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let mut code = String::new();
    for (name, ending, parts) in ASSETS {
        let mut bytes = Vec::new();
        for part in *parts {
            println!("cargo::rerun-if-changed={part}");
            bytes.extend(fs::read(part)?);
        }
        let hash: String = Sha256::digest(&bytes)
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let file = format!("steadfast.{hash}.{ending}");
        fs::write(Path::new(&out).join(&file), bytes)?;
        code.push_str(&format!(
            "/// Made by `build.rs`.\npub(crate) const {name}: Asset = Asset {{ name: {file:?}, ending: {ending:?}, \
             bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\")) }};\n"
        ));
    }
    fs::write(Path::new(&out).join("assets.rs"), code)?;
    Ok(())
}
