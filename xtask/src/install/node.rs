//! Node packages, as the folder's lock file names them.

use crate::failure::{Done, at};
use crate::process::{program, run_as_talk};
use crate::workspace::root;

/// Makes `folder/node_modules` hold what its lock file says; nothing to do when it does already, or when
/// the folder has no lock file.
pub(super) fn packages_of(folder: &str) -> Done {
    let here = root().join(folder);
    let lock = here.join("package-lock.json");
    let Ok(wanted) = std::fs::read(&lock) else {
        return Ok(());
    };
    let stamp = here.join("node_modules/.installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("installing the node packages of {folder}");
    run_as_talk(
        program("npm", &here).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel",
            "error",
        ]),
        "see what npm says above; it needs its package registry once",
    )?;
    std::fs::write(&stamp, wanted).map_err(at(&stamp))
}
