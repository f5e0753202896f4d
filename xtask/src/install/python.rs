//! Python packages, in folders of their own below the repository.

use crate::failure::{Done, at};
use crate::process::{program, run_as_talk};
use crate::workspace::root;
use std::path::PathBuf;

/// The Python that has Radicale, Xandikos and aiosmtpd; tests find it in `STEADFAST_TEST_PYTHON`.
pub(crate) fn python() -> PathBuf {
    root().join(".ci/tools/venv/bin/python")
}

/// The program that asks the API what its description promises.
pub(crate) fn schemathesis() -> PathBuf {
    root().join(".ci/tools/venv/bin/schemathesis")
}

/// The Python that has the peers of the benches.
pub(crate) fn peers() -> PathBuf {
    root().join(".ci/tools/peers-venv/bin/python")
}

/// The Python that has the peers of the planner.
pub(crate) fn planner_peers() -> PathBuf {
    root().join(".ci/tools/planner-peers-venv/bin/python")
}

pub(super) fn for_tests() -> Done {
    environment(".ci/tools/venv", ".ci/requirements.txt")
}

pub(super) fn for_peers() -> Done {
    environment(".ci/tools/peers-venv", "benches/peers/requirements.txt")
}

pub(super) fn for_planner_peers() -> Done {
    environment(
        ".ci/tools/planner-peers-venv",
        "benches/peers/planner-requirements.txt",
    )
}

/// Makes the environment in `folder` hold what `requirements` lists; nothing to do when it does already.
fn environment(folder: &str, requirements: &str) -> Done {
    let (root, hint) = (
        root(),
        "see what Python says above; it needs its package registry once",
    );
    let wanted_at = root.join(requirements);
    let wanted = std::fs::read(&wanted_at).map_err(at(&wanted_at))?;
    let stamp = root.join(folder).join("installed.txt");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("installing {requirements} into {folder}");
    run_as_talk(
        program("python3", &root).args(["-m", "venv", "--clear", folder]),
        hint,
    )?;
    run_as_talk(
        program(root.join(folder).join("bin/python"), &root).args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
            requirements,
        ]),
        hint,
    )?;
    std::fs::write(&stamp, wanted).map_err(at(&stamp))
}
